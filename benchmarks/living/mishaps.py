"""What nobody plans: it happens at any hour of any day."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.living import days
from benchmarks.living.world import World


@dataclass(kw_only=True)
class Mishaps(ABC):
    """Happen so many times within some days; *surprises* are answers that nobody expected."""

    world: World
    random: Random
    surprises: list[str]

    def plan(self, first: date, last: date, times: int) -> None:
        """Let it happen *times* times from *first* until before *last*."""
        for _ in range(times):
            day = first + days.DAY * self.random.randrange((last - first).days)
            minute = self.random.randrange(60)
            self.world.at(days.at(day, self.random.randrange(24), minute), self.happen)

    @abstractmethod
    def happen(self) -> None:
        """Let it happen now, and set when people do what is to be done about it."""
