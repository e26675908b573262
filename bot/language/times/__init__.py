"""Times anywhere in a text, as slot values.

Each finder takes a text that is normalised (half-width, simplified Chinese, one character for one)
and reads the first 2,000 characters of it; what it gives is written in ISO 8601 wherever that has a
word for it. None of them raises on any text.
"""

from bot.language.times.durations import find_duration
from bot.language.times.found import Clock, Found
from bot.language.times.moments import parse_moment
from bot.language.times.periods import find_period
from bot.language.times.points import find_day, find_moment, find_moments
from bot.language.times.ranges import find_days
from bot.language.times.recurrences import find_recurrence
from bot.language.times.since import find_since

__all__ = [
    "Clock",
    "Found",
    "find_day",
    "find_days",
    "find_duration",
    "find_moment",
    "find_moments",
    "find_period",
    "find_recurrence",
    "find_since",
    "parse_moment",
]
