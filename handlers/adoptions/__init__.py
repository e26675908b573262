"""采用, 批示: where signed drafts went, who used them, which leader wrote on them."""
