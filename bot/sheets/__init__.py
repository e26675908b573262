"""Sheets (.xlsx) of offices: taken in pieces, checked and entered by a worker, and written."""
