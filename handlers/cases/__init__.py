"""舆情 cases: opened, graded, assigned, answered, watched, closed; every step with its time."""
