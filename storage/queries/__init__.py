"""The questions that are asked of the tables, one class per aggregate."""
