"""警报: what somebody has to take, and climbs until he does."""
