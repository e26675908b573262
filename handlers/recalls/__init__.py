"""撤下, 更正: what was published is wrong, and is taken down or put right."""
