"""投稿: write a draft, hand it in, change it, take it back, look at it."""
