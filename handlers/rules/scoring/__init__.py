"""Scoring: how a bureau counts its sections' work, and why a score is what it is.

A rule set is what its TOML says (`model`, `reading`, `checking`), facts are values (`facts`), a
score is the sum of its lines (`engine`).
"""
