"""简报, 专刊: the office picks signed items, edits them, has them signed, prints and sends them."""
