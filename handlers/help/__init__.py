"""帮助: what can be said; courtesy; and what the bot refuses."""
