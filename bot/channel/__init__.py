"""WeCom: callbacks in, API calls out."""
