"""What was decided about items beside what had been suggested, and the weights made from that."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from storage.models import OpinionItem, OpinionMark, OpinionModel
from storage.queries.opinion import NEWEST_MODEL
from storage.queries.tables import run, table_of
from storage.vocabulary import CaseId, Grade, ItemId, ItemVerdict, UnitId, UserId

_marks, _items = (table_of(each) for each in (OpinionMark, OpinionItem))
_ADD = insert(_marks).inline()  # nobody asks for the numbers they get


class Decided(NamedTuple):
    """What was suggested and decided about a case, or about a single item."""

    suggested: Grade | None
    decided: Grade | None
    verdict: ItemVerdict


class Marked(NamedTuple):
    """A mark that stands, as far as weights are made from it; *group* is its case or thread."""

    group: str
    by: UserId
    verdict: ItemVerdict
    grade: Grade | None
    seen: Mapping[str, Any]


class OpinionMarks:
    """The marks and weights of a bureau."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, marks: Sequence[Mapping[str, Any]]) -> None:
        """Keep rows of `OpinionMark`."""
        if marks:
            run(self._session, _ADD, marks)

    def of_item(self, item: ItemId) -> Sequence[OpinionMark]:
        """Return what was decided about an item, the earliest first."""
        return self._session.scalars(
            select(OpinionMark).where(OpinionMark.item == item).order_by(OpinionMark.id)
        ).all()

    def lately(self, bureau: UnitId, limit: int) -> Sequence[tuple[OpinionMark, OpinionItem]]:
        """Return the newest marks that were said about items, with these."""
        rows = self._session.execute(
            select(OpinionMark, OpinionItem)
            .join(OpinionItem, OpinionItem.id == OpinionMark.item)
            .where(OpinionMark.bureau == bureau, OpinionMark.of_case.is_(False))
            .order_by(OpinionMark.at.desc(), OpinionMark.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def last_by(self, bureau: UnitId, member: UserId, since: datetime) -> OpinionMark | None:
        """Return the last mark that a member said about an item, not before *since*."""
        return self._session.scalar(
            select(OpinionMark)
            .where(
                OpinionMark.bureau == bureau,
                OpinionMark.at >= since,
                OpinionMark.by == member,
                OpinionMark.of_case.is_(False),
            )
            .order_by(OpinionMark.id.desc())
            .limit(1)
        )

    def take_back(self, mark: OpinionMark) -> None:
        self._session.delete(mark)

    def forget_decision(self, case: CaseId, at: datetime) -> None:
        """Take away what was noted about a case for an act of that moment."""
        self._forget(case, _marks.c.at == at)

    def forget_ends(self, case: CaseId) -> None:
        """Take away that a case was a false alarm, or not ours: it goes on."""
        ends = (ItemVerdict.FALSE_ALARM, ItemVerdict.NOT_LOCAL)
        self._forget(case, _marks.c.verdict.in_(ends))

    def _forget(self, case: CaseId, which: ColumnElement[bool]) -> None:
        of_case = (_marks.c.case_id == case, _marks.c.of_case.is_(True))
        run(self._session, delete(_marks).where(*of_case, which))

    def decided(self, bureau: UnitId, since: datetime, until: datetime) -> Sequence[Decided]:
        """Return the last decision about each case and each single item of a time."""
        rows = run(
            self._session,
            select(
                _marks.c.case_id,
                _marks.c.item,
                _marks.c.of_case,
                _marks.c.suggested,
                _marks.c.grade,
                _marks.c.verdict,
            )
            .where(_marks.c.bureau == bureau, _marks.c.at >= since, _marks.c.at < until)
            .order_by(_marks.c.id),
        )
        last = {
            (row.case_id if row.of_case else row.item): Decided(
                row.suggested, row.grade, row.verdict
            )
            for row in rows
        }
        return list(last.values())

    def standing(self, bureau: UnitId, most: int) -> Sequence[Marked]:
        """Return the newest marks, of each person and item the last; at most *most*."""
        rows = run(
            self._session,
            select(
                _marks.c.item,
                _items.c.case_id,
                _items.c.thread,
                _marks.c.by,
                _marks.c.verdict,
                _marks.c.grade,
                _marks.c.seen,
            )
            .join(_items, _items.c.id == _marks.c.item)
            .where(_marks.c.bureau == bureau)
            .order_by(_marks.c.at.desc(), _marks.c.id.desc())
            .limit(most),
        )
        last: dict[tuple[ItemId, UserId], Marked] = {}
        for row in rows:
            group = row.case_id or f"item {row.thread or row.item}"
            mark = Marked(group, row.by, row.verdict, row.grade, row.seen)
            last.setdefault((row.item, row.by), mark)
        return list(last.values())

    def count_since(self, bureau: UnitId, since: datetime | None) -> int:
        """Return how many marks were made after *since*, or ever."""
        wanted = select(func.count()).select_from(_marks).where(_marks.c.bureau == bureau)
        if since is not None:
            wanted = wanted.where(_marks.c.at > since)
        found: int = run(self._session, wanted).scalar_one()
        return found

    def bureaus(self) -> Sequence[UnitId]:
        """Return the bureaus that have marks."""
        return self._session.scalars(select(OpinionMark.bureau).distinct()).all()

    def in_force(self, bureau: UnitId) -> tuple[int, Mapping[str, Any]] | None:
        """Return the version and the weights that a bureau judges by; None: those that ship."""
        found = run(self._session, NEWEST_MODEL, {"bureau": bureau}).one_or_none()
        return (found.version, found.weights) if found is not None else None

    def models(self, bureau: UnitId) -> Sequence[OpinionModel]:
        """Return all weights that a bureau ever had, the newest first."""
        self._session.flush()
        return self._session.scalars(
            select(OpinionModel)
            .where(OpinionModel.bureau == bureau)
            .order_by(OpinionModel.version.desc())
        ).all()

    def model(self, bureau: UnitId, version: int) -> OpinionModel | None:
        return self._session.get(OpinionModel, (bureau, version))

    def add_model(self, model: OpinionModel) -> None:
        self._session.add(model)
