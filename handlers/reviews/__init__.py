"""审核: gates, who decides at them, and what happens when nobody does."""
