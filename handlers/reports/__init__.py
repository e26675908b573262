"""通报: the monthly notice, assessment sheets, the page about a unit."""
