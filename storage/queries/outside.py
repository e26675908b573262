"""Figures that other systems counted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from storage.models import OutsideFigure, OutsideStaged, Unit
from storage.queries.tables import run, table_of
from storage.vocabulary import OutsideMeasure, SheetId, UnitId, UserId

_figures, _staged = table_of(OutsideFigure), table_of(OutsideStaged)
_SAME = and_(
    *(_figures.c[name] == _staged.c[name] for name in ("unit", "month", "source", "measure"))
)
_TARGET = func.coalesce(func.nullif(_staged.c.target, 0), _figures.c.target)
"""A sheet that names no target leaves the one that is known."""
_CHANGE = (
    update(_figures)
    .where(
        *(
            _figures.c[name] == bindparam(f"of_{name}")
            for name in ("unit", "month", "source", "measure")
        )
    )
    .values(
        value=bindparam("new"),
        target=bindparam("new_target"),
        entered_by=bindparam("by"),
        entered_at=bindparam("at"),
    )
)


class Change(NamedTuple):
    """A figure that a sheet brings otherwise than it is known."""

    unit: UnitId
    month: str
    source: str
    measure: OutsideMeasure
    old: int
    old_target: int
    new: int
    new_target: int


class Short(NamedTuple):
    """A unit that a sheet says to be below its target in a month."""

    unit: UnitId
    name: str
    month: str
    source: str
    value: int
    target: int


class Outside:
    """What was taken over from elsewhere, by unit and month."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_all(self, figures: Sequence[OutsideFigure]) -> None:
        self._session.add_all(figures)
        self._session.flush()

    def of_units(self, units: Collection[UnitId], first: str, last: str) -> Sequence[OutsideFigure]:
        """Return the figures of units in the months from *first* to *last*, month by month."""
        return self._session.scalars(
            select(OutsideFigure)
            .where(OutsideFigure.unit.in_(units), OutsideFigure.month.between(first, last))
            .order_by(OutsideFigure.month, OutsideFigure.source, OutsideFigure.measure)
        ).all()

    def of_bureau(self, bureau: UnitId, months: Collection[str]) -> Sequence[OutsideFigure]:
        return self._session.scalars(
            select(OutsideFigure).where(
                OutsideFigure.bureau == bureau, OutsideFigure.month.in_(months)
            )
        ).all()

    def last_month(self, bureau: UnitId) -> str:
        """Return the latest month of which there are figures; empty if there are none."""
        return (
            self._session.scalar(
                select(OutsideFigure.month)
                .where(OutsideFigure.bureau == bureau)
                .order_by(OutsideFigure.month.desc())
                .limit(1)
            )
            or ""
        )

    def stage(self, figures: Sequence[OutsideStaged]) -> None:
        """Keep what a sheet brings where no other question looks."""
        self._session.add_all(figures)
        self._session.flush()

    def staged_rows(self, sheet: SheetId) -> int:
        """Return of how many units, months and sources a sheet brings something."""
        rows = (
            select(_staged.c.unit, _staged.c.month, _staged.c.source)
            .where(_staged.c.sheet == sheet)
            .distinct()
            .subquery()
        )
        return self._session.scalar(select(func.count()).select_from(rows)) or 0

    def staged_months(self, sheet: SheetId) -> Mapping[str, frozenset[UnitId]]:
        """Return the units of each month of which a sheet brings something."""
        found: dict[str, set[UnitId]] = {}
        rows = select(_staged.c.month, _staged.c.unit).where(_staged.c.sheet == sheet).distinct()
        for month, unit in self._session.execute(rows):
            found.setdefault(month, set()).add(unit)
        return {month: frozenset(units) for month, units in found.items()}

    def staged_aimed(self, sheet: SheetId, month: str) -> bool:
        """Tell whether a sheet names a target for anybody in a month."""
        return self._session.scalar(select(literal(1)).where(*_aimed(sheet, month)).limit(1)) == 1

    def staged_short(self, sheet: SheetId, month: str) -> Sequence[Short]:
        """Return who is below the target that a sheet names for a month, in the order of paths."""
        rows = (
            select(
                _staged.c.unit,
                Unit.name,
                _staged.c.month,
                _staged.c.source,
                _staged.c.value,
                _staged.c.target,
            )
            .join(Unit, Unit.id == _staged.c.unit)
            .where(*_aimed(sheet, month), _staged.c.value < _staged.c.target)
            .order_by(Unit.path, _staged.c.source)
        )
        return [Short(*row) for row in self._session.execute(rows)]

    def changes(self, sheet: SheetId) -> Sequence[Change]:
        """Return which known figures a sheet brings otherwise."""
        rows = (
            select(
                _figures.c.unit,
                _figures.c.month,
                _figures.c.source,
                _figures.c.measure,
                _figures.c.value,
                _figures.c.target,
                _staged.c.value,
                _TARGET,
            )
            .join(_staged, _SAME)
            .where(
                _staged.c.sheet == sheet,
                or_(_staged.c.value != _figures.c.value, _figures.c.target != _TARGET),
            )
            .order_by(_figures.c.month, _figures.c.unit)
        )
        return [Change(*row) for row in self._session.execute(rows)]

    def release(self, sheet: SheetId, changes: Sequence[Change], by: UserId, at: datetime) -> None:
        """Let what a sheet brings be there: its *changes*, and all that is not known yet."""
        if changes:
            run(
                self._session,
                _CHANGE,
                [
                    {
                        "of_unit": one.unit,
                        "of_month": one.month,
                        "of_source": one.source,
                        "of_measure": one.measure,
                        "new": one.new,
                        "new_target": one.new_target,
                        "by": by,
                        "at": at,
                    }
                    for one in changes
                ],
            )
        columns = ("unit", "month", "source", "measure", "value", "target")
        fresh = (
            select(
                *(_staged.c[name] for name in columns),
                Unit.bureau,
                literal(by, _figures.c.entered_by.type),
                literal(at, _figures.c.entered_at.type),
            )
            .join(Unit, Unit.id == _staged.c.unit)
            .where(_staged.c.sheet == sheet, ~select(_figures.c.unit).where(_SAME).exists())
        )
        names = [*columns, "bureau", "entered_by", "entered_at"]
        run(self._session, insert(_figures).from_select(names, fresh))
        self.forget_staged(sheet)

    def forget_staged(self, sheet: SheetId) -> None:
        run(self._session, delete(_staged).where(_staged.c.sheet == sheet))


def _aimed(sheet: SheetId, month: str) -> tuple[ColumnElement[bool], ...]:
    return (
        _staged.c.sheet == sheet,
        _staged.c.month == month,
        _staged.c.measure == OutsideMeasure.ADOPTED,
        _staged.c.target > 0,
    )
