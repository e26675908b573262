"""约稿: calls for drafts. Understood so far, not done yet."""
