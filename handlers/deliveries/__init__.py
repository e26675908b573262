"""谁没收到, 减负报告: what became of what was told, and what it asks of people."""
