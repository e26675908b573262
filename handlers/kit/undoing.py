"""How long what somebody did may be taken back by himself."""

from datetime import timedelta

UNDO_WITHIN = timedelta(minutes=2)
