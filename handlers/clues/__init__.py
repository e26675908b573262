"""信息线索: what officers find in the media each day, and what becomes of it."""
