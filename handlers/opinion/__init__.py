"""舆情: what is said in public is found, judged and handed to who keeps the cases."""
