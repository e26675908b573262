"""Emergency plans (应急预案) as data: what sets one off, and who has to do what in which time."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from handlers.rules.escalation import rank
from storage.vocabulary import Grade

INCIDENT, CASE = "incident", "case"
_ALL = "+"
_KIND = re.compile(r"(?:应急)?预案$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """*tell* are words for people as alert policies have them, *within* is a length such as 30m."""

    words: str
    tell: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan starts for what is of *at_least* that grade and has one of *words* in it.

    A word of several parts (燃气+漏) asks for all of them: a complaint about a bill has 燃气 too.
    """

    name: str
    words: tuple[str, ...]
    tasks: tuple[Task, ...]
    at_least: Grade = Grade.BLUE
    of: tuple[str, ...] = (INCIDENT, CASE)

    def fits(self, kind: str, grade: Grade, text: str) -> bool:
        return (
            kind in self.of
            and rank(grade) >= rank(self.at_least)
            and any(all(part in text for part in word.split(_ALL)) for word in self.words)
        )

    def write(self) -> dict[str, Any]:
        """Return the plan in values that JSON can carry."""
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Plan":
        """Return the plan that `write` made *written* of."""
        return cls(
            name=written["name"],
            words=tuple(written["words"]),
            at_least=Grade(written["at_least"]),
            of=tuple(written["of"]),
            tasks=tuple(
                Task(words=one["words"], tell=tuple(one["tell"]), within=one["within"])
                for one in written["tasks"]
            ),
        )


def called(plans: Iterable[Plan], said: str) -> Plan | None:
    """Return the plan of that name; else the first that a word of its name or its own means."""
    known = list(plans)
    exact = next((one for one in known if one.name == said), None)
    stem = _KIND.sub("", said)
    near = (one for one in known if stem and (stem in one.name or stem in one.words))
    return exact or next(near, None)


def minutes(span: timedelta) -> int:
    """Return whole minutes, each that has begun."""
    return -(-span // timedelta(minutes=1))
