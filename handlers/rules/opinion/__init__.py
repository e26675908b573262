"""What is said in public about a bureau's field: which topic a post is about, and how grave."""
