"""How an alert climbs: the policy that it follows, its next rung, its code, what silences it.

```
OPEN ──taken──> HELD ──lease runs out──> asked ──silence──> OPEN, one rung higher
  │ silence: one rung higher; from the last one again and again
  └── empty and unreachable rungs are passed at once
OPEN, HELD, INHIBITED, SILENCED ──ended──> ENDED: whoever was told is told
```
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import Any, NamedTuple

from handlers.rules.calendar import WorkCalendar, add_working_hours
from handlers.rules.peace import Calm
from storage.vocabulary import Grade, Role, UserId

NOTICE = "notice"
"""The kind of an alert that somebody raises by hand, to be answered by each who gets it."""

NEVER_SILENCED = frozenset({NOTICE, "incident", "contingency", "duty", "canary"})
"""Kinds that no silence holds back: emergencies, duty, what a person calls out."""

HIGHEST_SILENCED = Grade.YELLOW
"""The gravest that a silence may hold back."""

ROLE_WORDS: Mapping[str, tuple[Role, ...]] = {
    "officer": (Role.OFFICER,),
    "section_head": (Role.SECTION_HEAD,),
    "office": (Role.OFFICE,),
    "deputy": (Role.DEPUTY,),
    "principal": (Role.PRINCIPAL,),
    "opinion_liaison": (Role.OPINION_LIAISON,),
    "admin": (Role.ADMIN,),
    "duty": (Role.DUTY,),
    "lead_duty": (Role.LEAD_DUTY,),
}
"""Whom the words of a policy stand for: who holds the role nearest to the alert's unit."""

LEADERS, NAMED, HOLDER, RAISER = "leaders", "named", "holder", "raiser"
WORDS = frozenset({*ROLE_WORDS, LEADERS, NAMED})
FOLLOWED = frozenset({*WORDS, HOLDER, RAISER})

_WAIT = re.compile(r"([1-9]\d{0,3})(m|h|d|wh)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_RANKS = {grade: rank for rank, grade in enumerate(Grade)}
_SHORT, _LONGEST = 99, 9999


def rank(grade: Grade) -> int:
    """Return how grave it is beside others."""
    return _RANKS[grade]


def is_wait(written: str) -> bool:
    return _WAIT.fullmatch(written) is not None


def later(moment: datetime, wait: str, calendar: WorkCalendar) -> datetime:
    """Return the moment that is *wait* later: 15m, 2h, 1d, or 4wh, which are working hours.

    Raises:
        ValueError: it has another form.
    """
    found = _WAIT.fullmatch(wait)
    if found is None:
        raise ValueError(f"not a wait: {wait!r}")
    number, unit = int(found[1]), found[2]
    if unit == "wh":
        return add_working_hours(moment, number, calendar)
    return moment + number * _UNITS[unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Whom a rung tells, in words of `WORDS`, and how long it waits for an answer."""

    tell: tuple[str, ...]
    wait: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What is asked for while an alert stands, *after* it was raised and then *every* so long."""

    name: str
    words: str
    after: str
    every: str = ""
    tell: tuple[str, ...] = (HOLDER,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How alerts of a kind and of some grades climb; empty conditions fit all.

    *each*: everybody who is told must answer for himself; else one is enough. *settles*: the answer
    is all that is wanted, and ends it. *lease* is for how long an answer is good, *patience* how
    long the question after it waits. From the last rung it is told again every *repeat*, at most
    *repeats* times, 0 without end. *group* is the least time between two words about more of the
    same. *calm*: it waits for the end of the night, or always for a digest.
    """

    steps: tuple[Step, ...]
    kind: str = ""
    grades: tuple[Grade, ...] = ()
    each: bool = False
    settles: bool = False
    lease: str = "2h"
    patience: str = "10m"
    repeat: str = "15m"
    repeats: int = 0
    group: str = "10m"
    follow_ups: tuple[FollowUp, ...] = ()
    calm: Calm = ""

    def fits(self, kind: str, grade: Grade) -> bool:
        return self.kind in {"", kind} and (not self.grades or grade in self.grades)

    def write(self) -> dict[str, Any]:
        """Return the policy in values that JSON can carry."""
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Policy":
        """Return the policy that `write` made *written* of."""
        return cls(
            **{
                **written,
                "grades": tuple(Grade(one) for one in written["grades"]),
                "steps": tuple(
                    Step(tell=tuple(one["tell"]), wait=one["wait"]) for one in written["steps"]
                ),
                "follow_ups": tuple(
                    FollowUp(**{**one, "tell": tuple(one["tell"])}) for one in written["follow_ups"]
                ),
            }
        )


def chosen(policies: Iterable[Policy], kind: str, grade: Grade) -> Policy:
    """Return the first policy that fits.

    Raises:
        LookupError: none does.
    """
    for policy in policies:
        if policy.fits(kind, grade):
            return policy
    raise LookupError(f"no policy for {kind} {grade}")


@unique
class Why(StrEnum):
    """Why a rung is passed at once."""

    NOBODY = "nobody"
    UNREACHABLE = "unreachable"
    TOLD_BEFORE = "told_before"


class Reach(NamedTuple):
    """Whom a rung finds: *members* can be told, *lost* cannot be reached."""

    members: tuple[UserId, ...]
    lost: tuple[UserId, ...] = ()


class Skip(NamedTuple):
    step: int
    why: Why
    lost: tuple[UserId, ...] = ()


class Rung(NamedTuple):
    """Where an alert stands next; *again*: it can climb no further, and is told once more there."""

    step: int
    members: tuple[UserId, ...]
    again: bool
    skipped: tuple[Skip, ...]


def next_rung(start: int, steps: Sequence[Reach], told: Collection[UserId]) -> Rung:
    """Return the first rung from *start* on that finds somebody who was not told yet.

    Where there is none, the highest rung that finds anybody is told again; never a lower one than
    the alert has reached, unless nobody else is left to tell.
    """
    skipped: list[Skip] = []
    for place in range(start, len(steps)):
        found = steps[place]
        fresh = tuple(one for one in found.members if one not in told)
        if fresh:
            return Rung(place, fresh, again=False, skipped=tuple(skipped))
        skipped.append(Skip(place, _why(found), found.lost))
    reached = max(start - 1, 0)
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].members:
            step = max(place, reached)
            return Rung(step, steps[place].members, again=True, skipped=tuple(skipped))
    return Rung(reached, (), again=True, skipped=tuple(skipped))


def _why(found: Reach) -> Why:
    if found.members:
        return Why.TOLD_BEFORE
    return Why.UNREACHABLE if found.lost else Why.NOBODY


def next_code(number: int, taken: Collection[int]) -> int:
    """Return a short code for the *number*-th alert of the year that none of *taken* has.

    Two digits as long as they last, then three, then four; each after the one before, so that a
    code comes back as late as possible.

    Raises:
        LookupError: ten thousand alerts stand.
    """
    first = 1
    for last in (_SHORT, 999, _LONGEST):
        size = last - first + 1
        for step in range(size):
            code = first + (number - 1 + step) % size
            if code not in taken:
                return code
        first = last + 1
    raise LookupError("no code is left")


def may_silence(kind: str, grade: Grade) -> bool:
    """Tell whether a silence may hold such an alert back."""
    return kind not in NEVER_SILENCED and rank(grade) <= rank(HIGHEST_SILENCED)
