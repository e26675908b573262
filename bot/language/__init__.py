"""What did the sender mean: text in a conversation -> Intent with slots."""
