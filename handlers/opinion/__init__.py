"""舆情: public opinion. Understood so far, not done yet."""
