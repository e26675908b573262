"""What a finder is given, and what it gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.holidays import Holiday, Workdays, holidays_from


@dataclass(frozen=True, slots=True)
class Found:
    """A time in a text: what it means, and the place [start, end) where it is said."""

    value: str  # ISO 8601 of Shanghai's clock, or what the finder says it gives
    start: int
    end: int
    at: datetime | None = None  # in UTC, where the value is a moment
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Now, and which days are working days."""

    now: datetime
    calendar: Workdays

    @property
    def here(self) -> datetime:
        return local(self.now)

    @property
    def today(self) -> date:
        return self.here.date()

    def holidays(self) -> Iterator[Holiday]:
        """Yield the holidays that are not over, in order."""
        return holidays_from(self.today, self.calendar)

    def note(self, day: date) -> str:
        return "" if self.calendar.is_workday(day) else "holiday"


def day_start(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)
