"""得分: what sections' work is worth; `examples/` has rule sets of real bureaus."""
