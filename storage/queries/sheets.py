"""Sheets under way: their rows in order, and what was said of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from storage.models import Draft, Member, Sheet, SheetRow
from storage.queries.tables import run, table_of
from storage.vocabulary import DraftId, RowVerdict, SheetId, SheetStatus, UnitId, UserId

_rows = table_of(SheetRow)
_ADD = insert(_rows)
_JUDGE = (
    update(_rows)
    .where(_rows.c.sheet == bindparam("of_sheet"), _rows.c.number == bindparam("of_number"))
    .values(verdict=bindparam("is_now"), said=bindparam("is_said"))
)
UNDER_WAY = (SheetStatus.CHECKING, SheetStatus.ENTERING)
_sheets = table_of(Sheet)
_LEFT_LYING = (
    select(_sheets.c.id)
    .where(_sheets.c.status.in_(UNDER_WAY), _sheets.c.moved_at < bindparam("before"))
    .order_by(_sheets.c.moved_at)
    .limit(bindparam("most"))
)
_OPEN = (SheetStatus.STAGING, SheetStatus.CHECKING, SheetStatus.READY, SheetStatus.FAULTY)


class Sheets:
    """What offices hand in as tables."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, sheet: Sheet) -> None:
        self._session.add(sheet)
        self._session.flush()  # its rows refer to it by a plain column

    def add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            run(self._session, _ADD, rows)

    def get(self, sheet: SheetId) -> Sheet | None:
        return self._session.get(Sheet, sheet)

    def lock(self, sheet: SheetId) -> Sheet | None:
        """Return the sheet as it now is, and keep others from it until the commit."""
        return self._session.get(Sheet, sheet, with_for_update=True, populate_existing=True)

    def drop_open(self, member: UserId, book: str) -> None:
        """Forget what the member handed in before and never had entered."""
        open_ones = select(Sheet.id).where(
            Sheet.uploaded_by == member, Sheet.book == book, Sheet.status.in_(_OPEN)
        )
        self._session.execute(delete(SheetRow).where(SheetRow.sheet.in_(open_ones)))
        self._session.execute(
            delete(Sheet).where(
                Sheet.uploaded_by == member, Sheet.book == book, Sheet.status.in_(_OPEN)
            )
        )

    def latest(self, member: UserId, book: str, limit: int) -> Sequence[Sheet]:
        """Return what the member handed in, the newest first."""
        return self._session.scalars(
            select(Sheet)
            .where(Sheet.uploaded_by == member, Sheet.book == book)
            .order_by(Sheet.uploaded_at.desc(), Sheet.id)
            .limit(limit)
        ).all()

    def left_lying(self, before: datetime, limit: int) -> Sequence[SheetId]:
        """Return what is under way and on which nothing was done since *before*."""
        values = {"before": before, "most": limit}
        return run(self._session, _LEFT_LYING, values).scalars().all()

    def rows(self, sheet: SheetId, after: int, limit: int) -> Sequence[tuple[int, dict[str, Any]]]:
        """Return the next rows: their numbers and what stands in them."""
        found = self._session.execute(
            select(SheetRow.number, SheetRow.cells)
            .where(SheetRow.sheet == sheet, SheetRow.number > after)
            .order_by(SheetRow.number)
            .limit(limit)
        )
        return [(row.number, row.cells) for row in found]

    def judge(self, sheet: SheetId, verdicts: Sequence[tuple[int, RowVerdict, str]]) -> None:
        if verdicts:
            run(
                self._session,
                _JUDGE,
                [
                    {"of_sheet": sheet, "of_number": number, "is_now": verdict, "is_said": said}
                    for number, verdict, said in verdicts
                ],
            )

    def entered(self, sheet: Sheet) -> int:
        """Count the rows that have been looked at while it is being entered."""
        found = self._session.scalar(
            select(func.count()).where(SheetRow.sheet == sheet.id, SheetRow.number <= sheet.reached)
        )
        return found or 0

    def tally(self, sheet: SheetId) -> Mapping[RowVerdict, int]:
        """Count the rows by what was said of them."""
        found = self._session.execute(
            select(SheetRow.verdict, func.count().label("rows"))
            .where(SheetRow.sheet == sheet)
            .group_by(SheetRow.verdict)
        )
        return {row.verdict: row.rows for row in found}

    def said(self, sheet: SheetId, limit: int, offset: int = 0) -> Sequence[SheetRow]:
        """Return the rows about which something was said: what is wrong first, in their order."""
        wrong = (SheetRow.verdict != RowVerdict.FAULT).asc()
        return self._session.scalars(
            select(SheetRow)
            .where(SheetRow.sheet == sheet, SheetRow.said != "")
            .order_by(wrong, SheetRow.number)
            .offset(offset)
            .limit(limit)
        ).all()

    def every_row(self, sheet: SheetId) -> Iterator[SheetRow]:
        """Yield the rows in their order, some at a time."""
        yield from self._session.scalars(
            select(SheetRow)
            .where(SheetRow.sheet == sheet)
            .order_by(SheetRow.number)
            .execution_options(yield_per=1000)
        )

    def drafts_numbered(
        self, bureau: UnitId, years: Collection[int], numbers: Collection[int]
    ) -> Sequence[Draft]:
        return self._session.scalars(
            select(Draft).where(
                Draft.bureau == bureau, Draft.year.in_(years), Draft.number.in_(numbers)
            )
        ).all()

    def titles(self, bureau: UnitId, years: Collection[int]) -> Sequence[tuple[str, DraftId]]:
        """Return the title of each draft of the bureau in some years."""
        found = self._session.execute(
            select(Draft.title, Draft.id).where(Draft.bureau == bureau, Draft.year.in_(years))
        )
        return [(row.title, row.id) for row in found]

    def drafts(self, drafts: Collection[DraftId]) -> Sequence[Draft]:
        return self._session.scalars(select(Draft).where(Draft.id.in_(drafts))).all()

    def members(self, userids: Collection[UserId]) -> Sequence[Member]:
        return self._session.scalars(select(Member).where(Member.userid.in_(userids))).all()
