"""A report before anybody decides how it looks: sections of text, and tables behind them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.rules.papers import Picture

Cell = str | int | Decimal | date | None
"""None is an empty cell; texts are never formulas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """*width* is in characters of Chinese text."""

    name: str
    width: float = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells under columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A table with its title; *note* stands below it."""

    title: str
    table: Table
    note: str = ""

    @property
    def width(self) -> float:
        return sum(column.width for column in self.table.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A row of values, one for each label of its chart."""

    name: str
    values: tuple[Decimal | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars over labels, upright or *lying*, or lines (*curve*); *said* tells it in words.

    Of a curve all values are drawn, and only some of the labels.
    """

    title: str
    said: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    lying: bool = False
    curve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Paragraphs under a heading, charts below them; *free* is what the office wrote itself."""

    key: str
    heading: str
    paragraphs: tuple[str, ...]
    free: str = ""
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A notice, an assessment sheet or a page about a unit.

    *mark* says what it is not yet. *signatures* are names of a row to be signed by hand. *foot*
    says where the figures come from. *flows*: its tables follow the text, each on no page of its
    own. *pictures* stand behind all else.
    """

    title: str
    addressed: str = ""
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] = ()
    signed: str = ""
    date: str = ""
    mark: str = ""
    signatures: tuple[str, ...] = ()
    foot: str = ""
    flows: bool = False
    pictures: tuple[Picture, ...] = ()
