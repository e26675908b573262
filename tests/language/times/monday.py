"""The clock that the examples are told by: Monday, 21 September 2026, 10:00 in Shanghai."""

from datetime import datetime

from bot.language.times import Clock
from handlers.rules.calendar import SHANGHAI, WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS

CALENDAR = WorkCalendar(exceptions=OFFICIAL_DAYS)


def clock(now: str = "2026-09-21 10:00") -> Clock:
    return Clock(datetime.fromisoformat(now).replace(tzinfo=SHANGHAI), CALENDAR)


MONDAY = clock()
