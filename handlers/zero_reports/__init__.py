"""零报告: a unit says that it has nothing for the month; who says nothing is asked, once."""
