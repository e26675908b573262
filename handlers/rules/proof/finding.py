"""What a proof is given and what it finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, unique
from typing import Any

from storage.vocabulary import DraftKind


@unique
class Finding(StrEnum):
    """What can be found; the group before the point is what a slip counts by."""

    NO_TIME = "elements.time"
    NO_PLACE = "elements.place"
    NO_WHO = "elements.who"
    NO_RESULT = "elements.result"
    TITLE_LONG = "title.long"
    TITLE_MARK = "title.mark"
    STALE = "stale.days"
    NOT_SAME_DAY = "stale.same_day"
    LEADER_NAME = "leader.name"
    LEADER_TITLE = "leader.title"
    LEADER_WITHOUT_TITLE = "leader.without_title"
    LEADER_ORDER = "leader.order"
    SLIP = "slip.word"
    PUNCTUATION = "slip.punctuation"
    SENSITIVE = "sensitive.word"
    SUM = "numbers.sum"
    RATE = "numbers.rate"
    DIFFERS = "numbers.differs"
    NO_SUCH_DATE = "numbers.date"
    WEEKDAY = "numbers.weekday"
    TOO_SHORT = "length.short"
    TOO_LONG = "length.long"

    @property
    def group(self) -> str:
        return self.value.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding: characters *start* to before *end* of the title or the body.

    *words* are what stands there, *instead* what should, where that can be told. What is missing
    has no place: it starts and ends at 0.
    """

    code: Finding
    in_title: bool = False
    start: int = 0
    end: int = 0
    words: str = ""
    instead: str = ""

    def write(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "code": self.code.value,
            "in_title": self.in_title,
            "start": self.start,
            "end": self.end,
            "words": self.words,
            "instead": self.instead,
        }

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Found":
        """Return what `write` gave."""
        return cls(**{**written, "code": Finding(written["code"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text as it is handed in; *today* is that day in Shanghai."""

    title: str
    body: str
    kind: DraftKind = DraftKind.DYNAMIC
    today: date
    is_workday: Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A leader with his titles; leaders are listed in their order."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word to be found: *instead* of it, and *unless* this pattern stands around it."""

    word: str
    instead: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """A bureau's data for the proof, as far as it has any."""

    leaders: Sequence[Leader] = ()
    slips: Sequence[Word] = ()
    sensitive: Sequence[Word] = ()
    title_limit: int = 30
    lengths: Mapping[DraftKind, tuple[int, int]] = field(default_factory=dict)
