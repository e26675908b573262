"""Calls for drafts, the parts of units in them, and what answers them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from storage.models import Call, CallAnswer, CallPart, Draft
from storage.vocabulary import (
    CallId,
    CallPartId,
    CallStatus,
    DraftId,
    DraftStatus,
    PartState,
    PlanItemId,
    UnitId,
    UserId,
)

_OWED = (PartState.RECEIVED, PartState.CLAIMED, PartState.DECLINED)
_PLANNED = text("calls.plan_item <> ''")


class Owed(NamedTuple):
    """A part with its call."""

    part: CallPart
    call: Call


class Answering(NamedTuple):
    """A draft that answers a part, as far as a list shows it."""

    part: CallPartId
    draft: DraftId
    number: int
    title: str
    status: DraftStatus
    author: UserId
    handed_in_at: datetime | None
    on_time: bool


class Calls:
    """Calls, parts and answers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, call: Call, parts: Sequence[CallPart]) -> None:
        self._session.add(call)
        self._session.flush()  # its parts refer to it by a plain column
        self._session.add_all(parts)
        self._session.flush()  # reminders of them are set by what follows

    def add_part(self, part: CallPart) -> None:
        self._session.add(part)
        self._session.flush()  # its reminders follow

    def get(self, call: CallId) -> Call | None:
        return self._session.get(Call, call)

    def some(self, calls: Collection[CallId]) -> Sequence[Call]:
        return self._session.scalars(select(Call).where(Call.id.in_(calls))).all()

    def lock(self, call: CallId) -> Call:
        """Return the call as it now is, and keep others from changing it until the commit.

        Whoever changes a part holds its call, so that two never see different halves of it.
        """
        return self._session.get_one(Call, call, with_for_update=True, populate_existing=True)

    def latest_numbered(self, bureau: UnitId, number: int) -> Call | None:
        """Return the call with that number of the latest year that has one, locked."""
        return self._session.scalar(
            select(Call)
            .where(Call.bureau == bureau, Call.number == number)
            .order_by(Call.year.desc())
            .limit(1)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    def part(self, part: CallPartId) -> CallPart | None:
        return self._session.get(CallPart, part)

    def parts(self, call: CallId) -> Sequence[CallPart]:
        """Return the parts of a call as they now are, in the order in which they were ordered."""
        return self._session.scalars(
            select(CallPart)
            .where(CallPart.call == call)
            .order_by(CallPart.position)
            .execution_options(populate_existing=True)
        ).all()

    def parts_of(self, calls: Collection[CallId]) -> Mapping[CallId, Sequence[CallPart]]:
        found: dict[CallId, list[CallPart]] = {call: [] for call in calls}
        rows = self._session.scalars(
            select(CallPart).where(CallPart.call.in_(calls)).order_by(CallPart.position)
        )
        for part in rows:
            found[part.call].append(part)
        return found

    def owed_by(self, units: Collection[UnitId]) -> Sequence[Owed]:
        """Return what units owe, the first due first."""
        rows = self._session.execute(
            select(CallPart, Call)
            .join(Call, Call.id == CallPart.call)
            .where(CallPart.unit.in_(units), CallPart.state.in_(_OWED))
            .order_by(CallPart.due_at, Call.number)
        )
        return [Owed(row.CallPart, row.Call) for row in rows]

    def of_units(self, units: Collection[UnitId], limit: int, offset: int = 0) -> Sequence[Call]:
        """Return the calls in which units have a part, the latest first."""
        theirs = select(CallPart.call).where(CallPart.unit.in_(units))
        return self._page(select(Call).where(Call.id.in_(theirs)), limit, offset)

    def of_bureau(
        self, bureau: UnitId, limit: int, offset: int = 0, *, status: CallStatus | None = None
    ) -> Sequence[Call]:
        """Return a bureau's calls: open ones by their deadline, others the latest first."""
        found = select(Call).where(Call.bureau == bureau)
        if status is CallStatus.OPEN:
            found = found.where(Call.status == status).order_by(Call.due_at, Call.number)
            return self._session.scalars(found.offset(offset).limit(limit)).all()
        if status is not None:
            found = found.where(Call.status == status)
        return self._page(found, limit, offset)

    def _page(self, found: Select[Call], limit: int, offset: int) -> Sequence[Call]:
        ordered = found.order_by(Call.ordered_at.desc(), Call.number.desc())
        return self._session.scalars(ordered.offset(offset).limit(limit)).all()

    def of_plan_item(self, bureau: UnitId, item: PlanItemId) -> Sequence[Call]:
        """Return the calls that an item of a bureau's plan opened, the first first."""
        return self._session.scalars(
            select(Call)
            .where(_PLANNED, Call.bureau == bureau, Call.plan_item == item)
            .order_by(Call.ordered_at, Call.number)
        ).all()

    def planned_in(self, bureau: UnitId, start: datetime, end: datetime) -> Sequence[Call]:
        """Return the calls that a bureau's plan opened from *start* to before *end*."""
        return self._session.scalars(
            select(Call)
            .where(
                _PLANNED,
                Call.bureau == bureau,
                Call.ordered_at >= start,
                Call.ordered_at < end,
            )
            .order_by(Call.number)
        ).all()

    def touched_since(self, bureau: UnitId, since: datetime, limit: int) -> Sequence[CallId]:
        """Return the calls of a bureau of which a part was moved from *since* on."""
        return self._session.scalars(
            select(Call.id)
            .join(CallPart, CallPart.call == Call.id)
            .where(Call.bureau == bureau, CallPart.moved_at >= since)
            .order_by(CallPart.moved_at.desc())
            .limit(limit)
        ).all()

    def counts(self, bureau: UnitId) -> Mapping[CallStatus, int]:
        rows = self._session.execute(
            select(Call.status, func.count().label("calls"))
            .where(Call.bureau == bureau)
            .group_by(Call.status)
        )
        return {row.status: row.calls for row in rows}

    # --- answers -------------------------------------------------------------------------------

    def bind(self, answer: CallAnswer) -> None:
        self._session.add(answer)
        self._session.flush()  # it counts for what follows

    def unbind(self, answer: CallAnswer) -> None:
        self._session.delete(answer)
        self._session.flush()  # it counts no longer for what follows

    def answer_of(self, draft: DraftId) -> CallAnswer | None:
        return self._session.get(CallAnswer, draft)

    def handed_in(self, part: CallPartId) -> Sequence[CallAnswer]:
        """Return the answers to a part that have been handed in, the first first."""
        return self._session.scalars(
            select(CallAnswer)
            .where(CallAnswer.part == part, CallAnswer.handed_in_at.is_not(None))
            .order_by(CallAnswer.handed_in_at, CallAnswer.draft)
        ).all()

    def answers(self, parts: Collection[CallPartId]) -> Sequence[Answering]:
        """Return the drafts that answer parts, the first handed in first."""
        rows = self._session.execute(
            select(
                CallAnswer.part,
                CallAnswer.draft,
                Draft.number,
                Draft.title,
                Draft.status,
                Draft.author,
                CallAnswer.handed_in_at,
                CallAnswer.on_time,
            )
            .join(Draft, Draft.id == CallAnswer.draft)
            .where(CallAnswer.part.in_(parts))
            .order_by(CallAnswer.bound_at, CallAnswer.draft)
        )
        return [Answering(*row) for row in rows]

    def called_for(self, drafts: Collection[DraftId]) -> Mapping[DraftId, Owed]:
        """Return, for those of *drafts* that answer a call, which: 约稿 uses may count more."""
        rows = self._session.execute(
            select(CallAnswer.draft, CallPart, Call)
            .join(CallPart, CallPart.id == CallAnswer.part)
            .join(Call, Call.id == CallPart.call)
            .where(CallAnswer.draft.in_(drafts))
        )
        return {row.draft: Owed(row.CallPart, row.Call) for row in rows}

    # --- what is counted -----------------------------------------------------------------------

    def due_in(self, units: Collection[UnitId], start: datetime, end: datetime) -> Sequence[Owed]:
        """Return the parts of units that were or are due from *start* to before *end*.

        For done and ordered (完成/应完成), and for the ledger: a part counts in the month of its
        deadline, however late it was settled; its state says how (handlers/rules/calls.py).
        """
        rows = self._session.execute(
            select(CallPart, Call)
            .join(Call, Call.id == CallPart.call)
            .where(CallPart.unit.in_(units), CallPart.due_at >= start, CallPart.due_at < end)
            .order_by(CallPart.due_at, Call.number)
        )
        return [Owed(row.CallPart, row.Call) for row in rows]
