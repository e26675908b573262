"""年度宣传计划: how far a node is, when it is reminded of, and an item as it is said in one line.

planned ──a call is opened──▶ called ──a unit hands in──▶ done
   │                            │  ▲                       │
   │                            │  └──its draft is withdrawn
   └──────── cancelled ◀────────┘

The office may also say that a node is done, and take that back. What is overdue is seen from the
clock and never written down.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handlers.rules.calendar import WorkCalendar, workday_before
from handlers.rules.written_days import written_day
from storage.vocabulary import NodeStatus

OPEN = frozenset({NodeStatus.PLANNED, NodeStatus.CALLED})
TOPIC_LIMIT, WORDS_LIMIT, LARGEST = 60, 200, 5
MOST_NODES = 12
LOOKED_AHEAD = timedelta(days=300)
"""A day that is said without its year is the latest of its name that is no farther off."""

_DAY = re.compile(
    r"(?:\d{4}\s?[-/.年]\s?)?\d{1,2}\s?(?:[-/.]\s?\d{1,2}(?!\d)|月\s?\d{1,2}\s?[日号]?)"
    r"|20\d{6}"
)
_APART = re.compile(r"[\s、,，;；]+")
_LABEL = re.compile(
    r"(?P<label>缘由|依据|类型|形式|渠道|媒体|责任人|科室)\s?[:：]\s?(?P<x>[^\s,，;；]+)"
)
_LABELS = {
    "缘由": "why",
    "依据": "why",
    "类型": "kind",
    "形式": "kind",
    "渠道": "channel",
    "媒体": "channel",
    "责任人": "people",
    "科室": "units",
}
_WEIGHT = re.compile(r"权重\s?(?P<n>[1-5])")
_NO_CALLS = re.compile(r"不(?:用|要)?自动约稿|不约稿")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An item as it was said; *names* are of units, *people* of members, both as they were said.

    *unread* are days that cannot be.
    """

    topic: str
    days: Sequence[date]
    names: Sequence[str]
    people: Sequence[str] = ()
    why: str = ""
    kind: str = ""
    channel: str = ""
    weight: int = 1
    opens_calls: bool = True
    unread: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Nodes of a plan, without those that were cancelled; *due* are those whose day has come.

    *planned* is the sum of *done*, *overdue*, *called* and *ahead*.
    """

    planned: int = 0
    done: int = 0
    overdue: int = 0
    called: int = 0
    ahead: int = 0
    due: int = 0
    due_done: int = 0


@dataclass(slots=True)
class _Said:
    topic: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def is_overdue(status: NodeStatus, due_on: date, today: date) -> bool:
    return status in OPEN and due_on < today


def tally(nodes: Iterable[tuple[NodeStatus, date]], today: date) -> Tally:
    """Count nodes, each with its day."""
    standing = [(status, day) for status, day in nodes if status is not NodeStatus.CANCELLED]
    due = [status for status, day in standing if day <= today]
    ahead = [status for status, day in standing if day >= today]
    return Tally(
        planned=len(standing),
        done=sum(status is NodeStatus.DONE for status, _ in standing),
        overdue=sum(is_overdue(status, day, today) for status, day in standing),
        called=ahead.count(NodeStatus.CALLED),
        ahead=ahead.count(NodeStatus.PLANNED),
        due=len(due),
        due_done=due.count(NodeStatus.DONE),
    )


def moments(
    due_on: date, days_before: Collection[int], calendar: WorkCalendar
) -> Mapping[int, datetime]:
    """Return when the office opens so many working days before a node."""
    return {
        days: calendar.opening(workday_before(due_on, days, calendar.is_workday))
        for days in sorted(days_before, reverse=True)
    }


def workdays_until(today: date, day: date, is_workday: Callable[[date], bool]) -> int:
    """Count the working days after *today*, *day* among them."""
    after = (today + timedelta(days=ahead) for ahead in range(1, (day - today).days + 1))
    return sum(map(is_workday, after))


def read_wish(text: str, today: date) -> Wish | None:
    """Read 国庆安全宣传 9月28日 物业科 燃气科 渠道：市日报; None where there is no topic.

    The topic stands before the first day, units after it.
    """
    text = text.strip()
    labelled: dict[str, str] = {
        _LABELS[found["label"]]: found["x"] for found in _LABEL.finditer(text)
    }
    weight = _WEIGHT.search(text)
    plain = _NO_CALLS.sub(" ", _WEIGHT.sub(" ", _LABEL.sub(" ", text)))
    said = _taken_apart(plain)
    topic = " ".join(said.topic).strip("《》：:，,、 ")
    if not topic:
        return None
    read = {each: written_day(each, today + LOOKED_AHEAD) for each in said.days}
    return Wish(
        topic=topic,
        days=sorted({day for day in read.values() if day is not None}),
        names=[*said.names, *names_in(labelled.get("units", ""))],
        people=tuple(names_in(labelled.get("people", ""))),
        why=labelled.get("why", ""),
        kind=labelled.get("kind", ""),
        channel=labelled.get("channel", ""),
        weight=int(weight["n"]) if weight else 1,
        opens_calls=_NO_CALLS.search(text) is None,
        unread=tuple(each for each, day in read.items() if day is None),
    )


def _taken_apart(text: str) -> _Said:
    said = _Said()
    first = _DAY.search(text)
    before, after = (text[: first.start()], text[first.start() :]) if first else (text, "")
    said.topic = [each for each in before.split() if each]
    said.days = [found[0] for found in _DAY.finditer(after)]
    said.names = names_in(_DAY.sub(" ", after))
    return said


def names_in(text: str) -> list[str]:
    """Return the names that a list holds: 物业科、燃气科."""
    return [name for name in _APART.split(text) if name]


def days_in(text: str, today: date) -> tuple[list[date], list[str]]:
    """Return the days of a cell, the first first, and the words in it that are none."""
    days: list[date] = []
    wrong: list[str] = []
    for word in names_in(text):
        day = written_day(word, today)
        if day is None:
            wrong.append(word)
        elif day not in days:
            days.append(day)
    return sorted(days), wrong
