"""When a feed is asked again, when it counts as broken, and for how long it may be silent."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from storage.vocabulary import SourceFault

WEEK: Final = timedelta(days=7)
"""For how long back it is shown what a source brought."""
_LONGEST_PAUSE: Final = timedelta(days=1)
_SHORTEST: Final = timedelta(minutes=5)
_DOUBLINGS: Final = 6
_IN_A_ROW: Final = 3
_LASTING: Final = frozenset({SourceFault.ADDRESS, SourceFault.NO_FEED})
"""What does not mend itself: told at once."""
_LEARNT_FROM: Final = 5
"""How often something new must have come before its usual time is known."""
_UNKNOWN: Final = timedelta(days=3)
_LEAST: Final = timedelta(hours=6)
_FORGETTING: Final = 0.98
_OLDEST: Final = timedelta(days=30)
_AHEAD: Final = timedelta(minutes=10)


def next_question(
    now: datetime, every: timedelta, failures: int, wished: timedelta = timedelta(0)
) -> datetime:
    """Return when a feed is asked again: later after each failure, not before it *wished*."""
    pause = every * (1 << min(failures, _DOUBLINGS))
    return now + max(every, min(max(pause, wished), _LONGEST_PAUSE))


def pace(every: timedelta, *, sensitive: bool) -> timedelta:
    """Return how long lies between two questions to a feed: half as long in sensitive periods."""
    return max(every / 2, min(every, _SHORTEST)) if sensitive else every


def is_broken(fault: SourceFault, failures: int) -> bool:
    """Tell whether people have to hear of it: it lasts, or failed several times in a row."""
    return fault in _LASTING or failures >= _IN_A_ROW


def usual_gap(before: int, gap: timedelta) -> int:
    """Return the usual time between two arrivals, in seconds; long ones are forgotten slowly."""
    return max(int(before * _FORGETTING), int(gap.total_seconds()))


def may_be_silent(silence: int, arrivals: int, usual: int) -> timedelta:
    """Return for how long a source may bring nothing: *silence* hours, else twice its usual gap."""
    if silence:
        return timedelta(hours=silence)
    if arrivals < _LEARNT_FROM:
        return _UNKNOWN
    return max(_LEAST, 2 * timedelta(seconds=usual))


def believed(posted_at: datetime | None, found_at: datetime) -> datetime | None:
    """Return when a post says that it was posted; one of the future was posted when it was found.

    Clocks differ by some minutes.
    """
    if posted_at is not None and posted_at > found_at + _AHEAD:
        return found_at
    return posted_at


def is_news(posted_at: datetime | None, found_at: datetime) -> bool:
    """Tell whether a post is recent enough to be taken; one without a date is."""
    return posted_at is None or posted_at > found_at - _OLDEST


def host_of(url: str) -> str:
    """Return the host of an address that may be a feed's; else nothing."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.username is None
        return (parts.hostname or "").lower() if usable else ""
    except ValueError:
        return ""
