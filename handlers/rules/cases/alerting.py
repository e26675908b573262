"""What is worth telling about a case again: not each post, but what changes what is to be done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Any

from handlers.rules.calendar import WorkCalendar
from handlers.rules.escalation import later, rank
from storage.vocabulary import Grade

_DOUBLED = 2


@unique
class Because(StrEnum):
    """Why people are told again (opinion.md §4.5)."""

    GRAVER = "graver"
    MEDIA = "media"
    CASUALTIES = "casualties"
    SPREAD = "spread"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a case: as it is, or as people were last told of it.

    *harmed* are the dead, hurt and poisoned, *medium* how wide who carries it reaches (0 local to
    3 the nation), *sources* how many places say it.
    """

    grade: Grade
    harmed: int = 0
    medium: int = 0
    sources: int = 1
    at: str = ""

    def write(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Known":
        return cls(**{**written, "grade": Grade(written["grade"])})


MAINSTREAM = 1
"""From here on a medium is more than a post: a newspaper, a station, a city's own list."""


def worth_telling(told: Known, now: Known) -> Because | None:
    """Return why *now* is worth another alert after *told*; None where it can wait for a look."""
    if rank(now.grade) > rank(told.grade):
        return Because.GRAVER
    if now.harmed > told.harmed:
        return Because.CASUALTIES
    if now.medium >= MAINSTREAM > told.medium:
        return Because.MEDIA
    if now.sources >= max(told.sources, 1) * _DOUBLED:
        return Because.SPREAD
    return None


def not_before(
    because: Because, told_at: datetime, gap: str, calendar: WorkCalendar, now: datetime
) -> datetime:
    """Return when it may be told: at once what is graver or was asked for, else after the gap."""
    if because in {Because.GRAVER, Because.ASKED}:
        return now
    return max(now, later(told_at, gap, calendar))
