"""The clock of the corpora: Monday 2026-09-21, 10:00 in Shanghai."""

from datetime import UTC, date, datetime

from bot.language.times import Clock
from handlers.rules.calendar import WorkCalendar

_OFF = [date(2026, 9, day) for day in (25, 26, 27)] + [date(2026, 10, day) for day in range(1, 8)]
_ON = [date(2026, 9, 20), date(2026, 10, 10)]


def clock() -> Clock:
    """Return the moment of the corpora with the holidays of that autumn."""
    exceptions = dict.fromkeys(_OFF, False) | dict.fromkeys(_ON, True)
    return Clock(
        now=datetime(2026, 9, 21, 2, 0, tzinfo=UTC), calendar=WorkCalendar(exceptions=exceptions)
    )
