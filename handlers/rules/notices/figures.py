"""What a notice is made of: the figures of all units in a period, each with its score lines.

A value that can be written as JSON, so that what was released stays what it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.vocabulary import OutsideMeasure

HIGH, LOW = ("city", "province", "nation"), ("own", "county")
"""Levels above the bureau's own county, and those within it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a score: the row of the rule set and its name, the fact, points, words, when.

    *on* is the day of what happened, where it is one thing; *by* is who of the office entered it.
    """

    rule: str
    row: str = ""
    cause: str
    points: Decimal
    note: str
    period: str = ""
    on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A use of a unit's item, with what it gave to that unit; *evidence* is a link, or words."""

    unit: str
    number: int
    title: str
    author: str
    channel: str
    level: str
    issue: str
    on: date
    evidence: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What another system (学习强国) counted for a unit; *target* 0: none."""

    source: str
    measure: OutsideMeasure
    value: int
    target: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """One unit in the period.

    *target* is None where the rules ask for no number of items; *missing* is how many there are
    too few. *adopted* counts items, each at its highest level in *levels* (own, county, city,
    province, nation). *points* are those of the rules' period, *total* those of the year so far.
    *place* counts within the *group*, *before* is the one of the period before. *named* are the
    words with which the rules' triggers name the unit. *called_for* drafts were ordered of it
    (约稿) and due in the period, *answered* of them were handed in, be it late.
    """

    id: str
    name: str
    group: str = ""
    target: int | None = None
    missing: int = 0
    submitted: int = 0
    approved: int = 0
    adopted: int = 0
    levels: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    remarks: int = 0
    points: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    place: int = 0
    before: int | None = None
    awarded: bool = False
    passed: bool | None = None
    named: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    called_for: int = 0
    answered: int = 0

    @property
    def higher(self) -> int:
        """How many of its items were used above the county."""
        return sum(self.levels[len(LOW) :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month brought: items handed in, and items used."""

    period: str
    submitted: int
    adopted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All units of a bureau in *period*, in the order of their names.

    *rules* is the title of the rule set, empty where there is none; then there are no points.
    *counted* is the period of the rules in which the points are (a quarter, perhaps). *triggers*:
    the rules say who is named. *evidence_until* is the cut-off of the next month, *next_target* how
    many items it asks of all units. Units may object within *appeal_days* working days.
    """

    bureau: str
    period: str
    counted: str
    rules: str
    units: tuple[UnitFigures, ...]
    uses: tuple[Use, ...] = ()
    trend: tuple[Month, ...] = ()
    triggers: bool = False
    evidence_until: date | None = None
    next_target: int = 0
    appeal_days: int = 0

    @property
    def submitted(self) -> int:
        return sum(unit.submitted for unit in self.units)

    @property
    def adopted(self) -> int:
        return sum(unit.adopted for unit in self.units)

    @property
    def remarks(self) -> int:
        return sum(unit.remarks for unit in self.units)

    @property
    def called_for(self) -> int:
        return sum(unit.called_for for unit in self.units)

    @property
    def answered(self) -> int:
        return sum(unit.answered for unit in self.units)

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(unit.levels for unit in self.units), strict=True))) or (0,) * 5

    @property
    def asked(self) -> Sequence[UnitFigures]:
        """The units of which a number of items is asked."""
        return [unit for unit in self.units if unit.target]

    @property
    def groups(self) -> Sequence[str]:
        return list(dict.fromkeys(unit.group for unit in self.units))

    def ranked(self, group: str) -> Sequence[UnitFigures]:
        """Return the units of a group, the first first."""
        members = [unit for unit in self.units if unit.group == group]
        return sorted(members, key=lambda unit: unit.place)

    def unit(self, name: str) -> UnitFigures | None:
        return next((unit for unit in self.units if name in {unit.name, unit.id}), None)


def percent(part: int, whole: int) -> str:
    """Return a rate as notices write it, or a dash where there is none."""
    if not whole:
        return "—"
    tenths = (part * 2000 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}%"


def period_name(period: str) -> str:
    """Return a period as people say it: 2026年, 2026年三季度, 2026年8月, a day as 2026年8月3日."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    if part[0] == "W":
        return f"{year}年第{int(part[1:])}周"
    if part[0] == "Q":
        return f"{year}年{'一二三四'[int(part[1]) - 1]}季度"
    if part[0] == "H":
        return f"{year}年{'上下'[int(part[1]) - 1]}半年"
    month, _, day = part.partition("-")
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")


def short_name(period: str) -> str:
    """Return a period without its year: 8月, 三季度; a year as it is."""
    name = period_name(period)
    return name.partition("年")[2] or name


def month_after(period: str) -> str:
    """Return the month that follows the month *period*."""
    year, month = int(period[:4]), int(period[5:])
    return f"{year + month // 12}-{month % 12 + 1:02}"


def month_before(period: str, back: int = 1) -> str:
    """Return the month *back* months before the month *period*."""
    months = int(period[:4]) * 12 + int(period[5:]) - 1 - back
    return f"{months // 12}-{months % 12 + 1:02}"
