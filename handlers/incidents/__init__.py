"""紧急信息: an emergency from its first line to its final report, against two clocks."""
