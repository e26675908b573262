"""值班: the duty roster. Understood so far, not done yet."""
