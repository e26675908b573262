"""How the slots of a meaning are read: small functions that capabilities combine."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from handlers.kit.meaning import Heard, Slot, Slots
from handlers.kit.patterns import later
from handlers.kit.words import LEVELS, OWN_UNIT, PLATFORMS

_URL = later(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_OWN_UNIT = later(OWN_UNIT)


def choice(name: str, table: Mapping[str, Any], *, unless: str = "") -> Slot:
    """Read the first value of *table* whose pattern is found; patterns are the table's values."""
    forms = [(value, later(pattern)) for value, pattern in table.items()]
    but = later(unless) if unless else None

    def read(heard: Heard) -> Slots:
        if but is not None and but.search(heard.plain):
            return {}
        for value, form in forms:
            if form.search(heard.plain):
                return {name: value}
        return {}

    return read


def longest(name: str, table: Mapping[str, Sequence[str]]) -> Slot:
    """Read the value of *table* that has the longest of its words in the text."""
    words = {word: value for value, each in table.items() for word in each}
    ordered = sorted(words, key=len, reverse=True)

    def read(heard: Heard) -> Slots:
        word = next((word for word in ordered if word in heard.plain), None)
        return {name: words[word]} if word else {}

    return read


def flag(name: str, pattern: str, *, value: object = True, unless: str = "") -> Slot:
    """Set *name* to *value* where *pattern* is found."""
    form, but = later(pattern), later(unless) if unless else None

    def read(heard: Heard) -> Slots:
        found = form.search(heard.plain) and not (but and but.search(heard.plain))
        return {name: value} if found else {}

    return read


def capture(name: str, *patterns: str, plain: bool = False) -> Slot:
    """Read the named group `x` of the first pattern that is found, as it was sent."""
    forms = [later(pattern, re.DOTALL) for pattern in patterns]

    def read(heard: Heard) -> Slots:
        for form in forms:
            if found := form.search(heard.plain):
                start, end = found.span("x")
                value = (heard.plain if plain else heard.raw)[start:end].strip(" \n,，。.:：、")
                if value:
                    return {name: value}
        return {}

    return read


def when(pattern: str, *slots: Slot, during: str = "", unless: str = "") -> Slot:
    """Read *slots* only where *pattern* is found and the situation is one of *during*."""
    form, but = later(pattern), later(unless) if unless else None
    kinds = during.split()

    def read(heard: Heard) -> Slots:
        if kinds and (heard.situation.kind or "-") not in kinds:
            return {}
        if not form.search(heard.plain) or (but and but.search(heard.plain)):
            return {}
        return _all(heard, slots)

    return read


def first_of(*slots: Slot) -> Slot:
    """Read the first of *slots* that finds something."""

    def read(heard: Heard) -> Slots:
        return next((found for slot in slots if (found := slot(heard))), {})

    return read


def _all(heard: Heard, slots: tuple[Slot, ...]) -> Slots:
    found: Slots = {}
    for slot in slots:
        found |= slot(heard)
    return found


def constant(**values: Any) -> Slot:
    """Return *values*, whatever was said."""
    return lambda _heard: dict(values)


def ids(heard: Heard) -> Slots:
    """Read the drafts that are meant: those named, else the one that is being talked about."""
    if named := heard.drafts():
        return {"ids": list(named)}
    situation = heard.situation
    if situation.kind in {"draft", "returned", "review_card"}:
        return {"ids": list(situation.numbers)}
    return {}


def number(name: str, thing: str, *, during: str) -> Slot:
    """Read the number of something that is no draft, said or being talked about."""
    kinds = during.split()

    def read(heard: Heard) -> Slots:
        said = heard.number_of(thing)
        if said is not None:
            return {name: said}
        if heard.situation.kind in kinds and heard.situation.numbers:
            return {name: heard.situation.numbers[0]}
        return {}

    return read


def url(heard: Heard) -> Slots:
    found = _URL.search(heard.raw)
    return {"url": found[0].rstrip(".,")} if found else {}


def _timed(name: str, read: Callable[[Heard], Any], *, note: bool = False) -> Slot:
    def slot(heard: Heard) -> Slots:
        found = read(heard)
        if found is None:
            return {}
        return {name: found.value} | ({"note": found.note} if note and found.note else {})

    return slot


def moment(name: str, *, note: bool = False) -> Slot:
    return _timed(name, lambda heard: heard.moment(), note=note)


def day(name: str) -> Slot:
    return _timed(name, lambda heard: heard.day())


def period(name: str = "period") -> Slot:
    return _timed(name, lambda heard: heard.period())


def since(name: str = "since") -> Slot:
    return _timed(name, lambda heard: heard.since())


def duration(name: str) -> Slot:
    return _timed(name, lambda heard: heard.duration())


def recurrence(name: str = "recur") -> Slot:
    return _timed(name, lambda heard: heard.recurrence())


def unit(name: str = "unit") -> Slot:
    """Read the unit: a named one, or `mine` for 我们科."""

    def read(heard: Heard) -> Slots:
        if _OWN_UNIT.search(heard.plain):
            return {name: "mine"}
        named = heard.units()
        return {name: named[0]} if named else {}

    return read


def named_unit(name: str = "unit") -> Slot:
    return lambda heard: {name: heard.units()[0]} if heard.units() else {}


def units(name: str = "units") -> Slot:
    return lambda heard: {name: list(heard.units())} if heard.units() else {}


def person(name: str) -> Slot:
    return lambda heard: {name: heard.people()[0]} if heard.people() else {}


platform: Slot = choice("platform", PLATFORMS)
level: Slot = choice("level", LEVELS)
