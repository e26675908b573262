"""范文: what was adopted or remarked on, found by word, with what was changed before."""
