"""Which month an adoption counts in, and whether it was entered in time.

An adoption belongs to the month in which it was used, whenever it is entered; what is entered after
the cut-off, a day of the next month, is late (domain-rules §4.2 item 14).
"""

from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """*month* is 2026-09; *until* is the last day on which it could be entered in time."""

    month: str
    until: date
    late: bool


def counting(used_on: date, entered_on: date, *, cutoff_day: int) -> Counting:
    """Return where what was used on one day and entered on another belongs.

    *cutoff_day* is from 1 to 28.
    """
    until = (used_on.replace(day=1) + _LONGEST_MONTH).replace(day=cutoff_day)
    return Counting(month=f"{used_on:%Y-%m}", until=until, late=entered_on > until)
