"""The corpora, and how well they are understood."""

import copy
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.cli.utterances import Utterance, read_utterances, utterance_of
from bot.language.heard import Heard
from bot.language.likeness import Likeness
from bot.language.understanding import Understanding, Understood
from bot.meanings import examples, understanding
from tests.language.clock import clock

FOLDER = Path(__file__).with_name("corpus")
UNSEEN = ("held", "fresh", "strangers", "desks", "moods", "deputies", "juniors", "alike")
"""Corpora that nothing is learnt from; what each gave at first sight stands in docs/language.md."""

DECISIVE = frozenset({"approve", "return", "withdraw_draft", "close_opinion", "dispose_opinion"})
"""What decides about others' work: to hear it where it was not said is the worst fault."""

_FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a corpus with its right answer."""

    place: str
    utterance: Utterance
    intent: str
    slots: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a row was understood."""

    row: Row
    intent: str
    slots: dict[str, Any]

    @property
    def has_intent(self) -> bool:
        return self.intent == self.row.intent

    @property
    def has_slots(self) -> bool:
        """Tell whether the intent and each slot that the row names are right."""
        return self.has_intent and self.row.slots.items() <= self.slots.items()

    def __str__(self) -> str:
        """Say what is wrong, without the text: whoever tunes to it has no measure any more."""
        wrong = {
            name: (value, self.slots.get(name))
            for name, value in self.row.slots.items()
            if self.slots.get(name) != value
        }
        said = f"{self.row.place}: {self.row.intent}"
        return f"{said} as {self.intent}" if not self.has_intent else f"{said}: {wrong}"


@cache
def known() -> Sequence[Row]:
    """Return the examples of the capabilities."""
    return [
        Row(
            place=f"{example.intent} {number}",
            utterance=utterance_of(
                {"role": example.role, "context": example.context, "text": example.text}
            ),
            intent=example.intent,
            slots=example.slots,
        )
        for number, example in enumerate(examples())
    ]


@cache
def rows(name: str) -> Sequence[Row]:
    """Read a corpus of texts that nothing is learnt from."""
    content = (FOLDER / f"{name}.tsv").read_bytes()
    head, *lines = content.decode().splitlines()
    columns = head.split("\t")
    answers = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
    return [
        Row(
            place=f"{name}.tsv:{number}",
            utterance=utterance,
            intent=answer["intent"],
            slots=json.loads(answer["slots"]),
        )
        for number, (utterance, answer) in enumerate(
            zip(read_utterances(content, name), answers, strict=True), 2
        )
    ]


@cache
def _without(fold: int) -> Understanding:
    """Return an understanding that has not seen the examples of a fold."""
    left = [each for each in examples() if _fold(each.text) != fold]
    forgetful = copy.copy(understanding())
    forgetful._likeness = Likeness(left)
    return forgetful


def _fold(text: str) -> int:
    return zlib.crc32(text.encode()) % _FOLDS


def understood(utterance: Utterance, by: Understanding) -> Understood:
    return by.understand(Heard(utterance.text, utterance.situation, utterance.roles, clock()))


def outcomes(some: Iterable[Row], *, unseen: bool = False) -> Iterator[Outcome]:
    """Understand *some* rows; if *unseen*, each by what has not got it as an example."""
    for row in some:
        by = _without(_fold(row.utterance.text)) if unseen else understanding()
        found = understood(row.utterance, by)
        slots = json.loads(json.dumps(found.slots))
        yield Outcome(row=row, intent=found.intent, slots=slots)
