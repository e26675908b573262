"""How often something happened lately, by the world's clock."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    times: int
    within: timedelta


PER_MEMBER = (
    Limit(times=30, within=timedelta(minutes=1)),
    Limit(times=1000, within=timedelta(hours=1)),
)
PER_METHOD = (
    Limit(times=10_000, within=timedelta(minutes=1)),
    Limit(times=150_000, within=timedelta(hours=1)),
)


class Window:
    """Counts what happened, and says whether once more would still be within every limit."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._recent = [(limit, deque[datetime]()) for limit in limits]

    def admit(self, now: datetime) -> bool:
        """Count one more at *now* unless that would pass a limit."""
        for limit, moments in self._recent:
            while moments and now - moments[0] >= limit.within:
                moments.popleft()
        if any(len(moments) >= limit.times for limit, moments in self._recent):
            return False
        for _limit, moments in self._recent:
            moments.append(now)
        return True
