"""配额, 排名: what a unit owes, how far it is, who is warned, and its place."""
