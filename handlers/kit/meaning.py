"""What a text can mean, as capabilities declare it; bot/language finds which one was meant.

A `Meaning` is one intent of domain-rules §8: cues that speak for it, and the slots that it takes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from storage.vocabulary import Role

GATHERING = "gathering"
"""The situation of whoever has not said whether he comes; whatever else is said is said as ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the talk stands at when a text arrives: the context grammar of domain-rules §8.

    *kind* is its word (`review_card`, `pending`, `ask` ...; empty where nothing is being talked
    about), *numbers* the drafts, call, case or request that it names, *word* the slot that was
    asked for, the intent to confirm or the period of a report. *since* is when the last of what
    waits came; none where it is not known.
    """

    kind: str = ""
    numbers: tuple[int, ...] = ()
    word: str = ""
    menu: Mapping[int, str] = field(default_factory=dict)
    group: bool = False
    mentioned: bool = False
    since: datetime | None = None

    @property
    def written(self) -> str:
        """The situation in the context grammar, without its numbers."""
        return f"{self.kind}:{self.word}" if self.word else self.kind or "-"


class Found(Protocol):
    """A value and its place in the text."""

    @property
    def value(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def note(self) -> str: ...


class Heard(Protocol):
    """A text with everything that can be read from it, each thing only when it is asked for.

    *raw* is what was sent without mentions; *plain* is the same character for character in half
    width, lower case and simplified characters. Places in the one are places in the other.
    """

    @property
    def raw(self) -> str: ...
    @property
    def plain(self) -> str: ...
    @property
    def situation(self) -> Situation: ...
    @property
    def roles(self) -> frozenset[Role]: ...

    def part(self, start: int, end: int | None = None) -> "Heard":
        """Return a stretch of the text as a text of its own."""
        ...

    def drafts(self) -> tuple[int, ...]:
        """Return the draft numbers that the text names, lists and ranges spelt out."""
        ...

    def excepted(self) -> tuple[int, ...]:
        """Return the numbers that it leaves out of a whole: 除了5号都同意."""
        ...

    def number_of(self, thing: str) -> int | None:
        """Return the number of a *thing* that is no draft: 5号约稿, 第3期舆情."""
        ...

    def moment(self) -> Found | None: ...
    def day(self) -> Found | None: ...
    def days(self) -> tuple[str, str] | None: ...
    def period(self) -> Found | None: ...
    def since(self) -> Found | None: ...
    def duration(self) -> Found | None: ...
    def recurrence(self) -> Found | None: ...

    def units(self) -> tuple[str, ...]:
        """Return the sections and offices that it names, in order."""
        ...

    def people(self) -> tuple[str, ...]:
        """Return the people that it names, as named: 王局, 小王, 李娜."""
        ...


Slots = dict[str, Any]
Slot = Callable[[Heard], Slots]
"""Reads some slots from a text; what is not there is left out."""

Judge = Callable[[Heard], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A pattern that speaks for a meaning.

    *strength* runs from 1 (the last that it could be) to 9 (it can be nothing else). The cue is
    heard only in the situations *during*, from the *roles*, and where *unless* is not found;
    empty means anywhere, anybody, always.
    """

    pattern: str
    strength: int
    during: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    unless: str = ""


def cue(
    pattern: str,
    strength: int,
    *,
    during: str = "",
    roles: frozenset[Role] = frozenset(),
    unless: str = "",
) -> Cue:
    """Declare a cue; *during* names situations with spaces between, `-` stands for none."""
    return Cue(
        pattern=pattern,
        strength=strength,
        during=tuple(during.split()),
        roles=roles,
        unless=unless,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One intent: its cues, its slots, and how careful to be with it.

    *guarded*: it decides something about others' work, so it is never heard in a question, a
    quotation or a negation. *only* these roles may say it; empty means everybody. *asks* are the
    slots that the bot asks for; the next text fills them, unless it says what is *beside* the
    question and is understood as something else. *also* are the meanings that may follow
    in the same line. Without the slot *needs* the bot asks which. *words* are those in which
    slips are mended. *doubt* replaces the patterns by which questions and talk are known. A guarded
    one that is heard less than *sure* is asked about before it is done.
    """

    name: str
    cues: tuple[Cue, ...]
    slots: tuple[Slot, ...] = ()
    guarded: bool = False
    only: frozenset[Role] = frozenset()
    also: tuple[str, ...] = ()
    needs: str = ""
    doubt: str = ""
    words: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    beside: str = ""
    sure: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What can be said to a capability: its meanings, and the file of its examples."""

    meanings: tuple[Meaning, ...]
    examples: Path


def declared(module: str, *meanings: Meaning) -> Declared:
    """Declare the *meanings* of a capability; `examples.tsv` stands beside *module*, a file."""
    return Declared(meanings=meanings, examples=Path(module).with_name("examples.tsv"))
