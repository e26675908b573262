"""舆情 cases: their life, who may what, what is owed by when, what is worth telling again."""
