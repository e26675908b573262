"""Cases of public opinion: which are open, whose, what was done to one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from storage.models import Case, CaseDoubt, CaseDraft, CaseEvent, Draft, OpinionItem
from storage.queries.tables import add_once, run, run_alone, table_of
from storage.sessions import WriteBehind
from storage.vocabulary import (
    CaseId,
    CaseMove,
    CaseState,
    DraftId,
    ItemId,
    UnitId,
    UserId,
)

# Written out, so that both databases see that the partial indexes answer the questions.
_OPEN = text("cases.state NOT IN ('closed', 'merged', 'false_alarm', 'not_ours')")
_ENDED = ("closed", "merged", "false_alarm", "not_ours")
_items = table_of(OpinionItem)
_SAYS_SO = (
    select(_items.c.id)
    .where(
        _items.c.case_id == bindparam("case"),
        _items.c.id != bindparam("item"),
        _items.c.platform == bindparam("platform"),
        _items.c.source == bindparam("source"),
    )
    .limit(1)
)
_cases, _lines = table_of(Case), table_of(CaseEvent)
_NOTE = insert(_lines).inline()
_NOTED = [column.key for column in _lines.columns if not column.primary_key]
_WANTED = (
    select(_cases.c.id, _cases.c.merged_into)
    .where(_cases.c.id.in_(bindparam("cases", expanding=True)))
    .cte("wanted", recursive=True)
)
_WITH_HEIRS = _WANTED.union(
    select(_cases.c.id, _cases.c.merged_into).join(_WANTED, _cases.c.id == _WANTED.c.merged_into)
)
# In the order in which two that somebody names are locked, too: nobody waits crosswise.
_LOCK_ALL = (
    select(Case)
    .where(Case.id.in_(select(_WITH_HEIRS.c.id)))
    .order_by(Case.number, Case.year)
    .with_for_update(of=Case)
    .execution_options(populate_existing=True)
)
_doubts = table_of(CaseDoubt)
_DIFFER = (
    update(_doubts)
    .where(_doubts.c.one == bindparam("the_one"), _doubts.c.other == bindparam("the_other"))
    .values(differ=True)
)


class Cases:
    """Cases and their ledger."""

    def __init__(self, session: WriteBehind) -> None:
        self._session = session
        self._locked: dict[CaseId, Case] = {}

    def add(self, case: Case) -> None:
        self._session.add(case)
        self._locked[case.id] = case

    def get(self, case: CaseId) -> Case | None:
        return self._session.get(Case, case)

    def lock(self, case: CaseId) -> Case | None:
        """Return the case as it now is, locked for this transaction."""
        if (held := self._locked.get(case)) is not None:
            return held
        self._session.flush()
        found = self._session.get(Case, case, with_for_update=True, populate_existing=True)
        if found is not None:
            self._locked[case] = found
        return found

    def lock_all(self, cases: Collection[CaseId]) -> None:
        """Lock cases, with those that they were merged into, in one order: `lock` has them then."""
        if wanted := [case for case in cases if case not in self._locked]:
            found = self._session.scalars(_LOCK_ALL, {"cases": wanted})
            self._locked.update((case.id, case) for case in found)

    def let_go(self) -> None:
        """Lock again what is asked for: what was locked in a savepoint is not any more."""
        self._locked.clear()

    def latest_numbered(self, bureau: UnitId, number: int) -> Case | None:
        """Return the case with that number of the latest year that has one, locked."""
        self._session.flush()
        return self._session.scalar(
            select(Case)
            .where(Case.bureau == bureau, Case.number == number)
            .order_by(Case.year.desc())
            .limit(1)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    def some(self, cases: Collection[CaseId]) -> Sequence[Case]:
        """Return those cases, the earliest first."""
        return self._session.scalars(
            select(Case).where(Case.id.in_(cases)).order_by(Case.registered_at, Case.number)
        ).all()

    def open_of(self, bureau: UnitId) -> Sequence[Case]:
        """Return what has not ended in a bureau, the latest first."""
        return self._session.scalars(
            select(Case)
            .where(Case.bureau == bureau, _OPEN)
            .order_by(Case.registered_at.desc(), Case.number.desc())
        ).all()

    def lately(
        self,
        bureau: UnitId,
        limit: int,
        offset: int = 0,
        *,
        states: Collection[CaseState] = (),
        seen_by: tuple[UserId, Collection[UnitId]] | None = None,
    ) -> Sequence[Case]:
        """Return the cases of a bureau, the latest first.

        *seen_by*: only those that a member found or took, or that belong to one of some units.
        """
        wanted = select(Case).where(Case.bureau == bureau)
        if states:
            wanted = wanted.where(Case.state.in_(states))
        if seen_by is not None:
            member, units = seen_by
            wanted = wanted.where(
                or_(Case.finder == member, Case.holder == member, Case.unit.in_(units))
            )
        return self._session.scalars(_latest(wanted).limit(limit).offset(offset)).all()

    def registered(self, bureau: UnitId, since: datetime, until: datetime) -> Sequence[Case]:
        """Return what was registered from *since* until before *until*, the earliest first."""
        return self._session.scalars(
            select(Case)
            .where(Case.bureau == bureau, Case.registered_at >= since, Case.registered_at < until)
            .order_by(Case.registered_at, Case.number)
        ).all()

    def touched_since(self, bureau: UnitId, since: datetime, limit: int) -> Sequence[CaseId]:
        """Return the cases in which something was done, the latest first."""
        return self._session.scalars(
            select(Case.id)
            .where(Case.bureau == bureau, Case.touched_at >= since)
            .order_by(Case.touched_at.desc())
            .limit(limit)
        ).all()

    def note(self, line: CaseEvent) -> None:
        """Write a line of a case's ledger, at the latest with the commit."""
        self._session.put_off(_NOTE, [{name: getattr(line, name) for name in _NOTED}])

    def log(self, case: CaseId, most: int) -> Sequence[CaseEvent]:
        """Return the newest *most* lines of a case's ledger, of these the oldest first."""
        newest = self._events(CaseEvent.case == case).order_by(CaseEvent.id.desc()).limit(most)
        return self._session.scalars(newest).all()[::-1]

    def acts(self, case: CaseId, moves: Collection[CaseMove]) -> Sequence[CaseEvent]:
        """Return the lines of such *moves* in a case's ledger, the oldest first."""
        wanted = self._events(CaseEvent.case == case, CaseEvent.move.in_(moves))
        return self._session.scalars(wanted.order_by(CaseEvent.id)).all()

    def last_after(self, event: CaseEvent, unless: Collection[CaseMove]) -> CaseEvent | None:
        """Return the last line of a case's ledger after *event* that is no such move."""
        later = self._events(
            CaseEvent.case == event.case, CaseEvent.id > event.id, CaseEvent.move.not_in(unless)
        )
        return self._session.scalar(later.order_by(CaseEvent.id.desc()).limit(1))

    def steps(self, cases: Collection[CaseId]) -> Mapping[CaseId, Sequence[CaseEvent]]:
        """Return of each how it began, its news, what was late or took time, the oldest first."""
        found: dict[CaseId, list[CaseEvent]] = {case: [] for case in cases}
        is_step = or_(
            CaseEvent.move.in_((CaseMove.REGISTER, CaseMove.PROGRESS, CaseMove.OVERDUE)),
            CaseEvent.minutes.is_not(None),
        )
        wanted = self._events(CaseEvent.case.in_(cases), is_step).order_by(CaseEvent.id)
        for event in self._session.scalars(wanted):
            found[event.case].append(event)
        return found

    def _events(self, *which: ColumnElement[bool]) -> Select[CaseEvent]:
        self._session.flush()
        return select(CaseEvent).where(*which)

    def last_act(
        self,
        cases: Collection[CaseId],
        member: UserId,
        since: datetime,
        moves: Collection[CaseMove],
    ) -> CaseEvent | None:
        """Return the last of such *moves* of a member in one of *cases*, not before *since*."""
        self._session.flush()
        return self._session.scalar(
            select(CaseEvent)
            .where(
                CaseEvent.case.in_(cases),
                CaseEvent.actor == member,
                CaseEvent.at >= since,
                CaseEvent.move.in_(moves),
            )
            .order_by(CaseEvent.id.desc())
            .limit(1)
        )

    def doubt(self, pair: Collection[CaseId], at: datetime) -> bool:
        """Note that two cases may be one; tell whether that was not known, nor denied, before."""
        one, other = sorted(pair)
        row = {"one": one, "other": other, "arisen_at": at, "differ": False}
        return add_once(self._session, CaseDoubt, row)

    def differ(self, pair: Collection[CaseId], at: datetime) -> None:
        """Note that two cases are two."""
        self.doubt(pair, at)
        one, other = sorted(pair)
        run(self._session, _DIFFER, {"the_one": one, "the_other": other})

    def doubted(self, case: CaseId) -> Sequence[Case]:
        """Return the open cases that may be the same as this one, the earliest first."""
        self._session.flush()
        others = union_all(
            select(CaseDoubt.other).where(CaseDoubt.one == case, CaseDoubt.differ.is_(False)),
            select(CaseDoubt.one).where(CaseDoubt.other == case, CaseDoubt.differ.is_(False)),
        )
        return self._session.scalars(
            select(Case).where(Case.id.in_(others), _OPEN).order_by(Case.registered_at, Case.number)
        ).all()

    def link_draft(self, case: CaseId, draft: DraftId, by: UserId, at: datetime) -> bool:
        """Note that a draft answers a case; tell whether that is new."""
        row = {"case": case, "draft": draft, "linked_at": at, "linked_by": by}
        return add_once(self._session, CaseDraft, row)

    def unlink_draft(self, case: CaseId, draft: DraftId) -> bool:
        """Take that back; tell whether it was so."""
        linked = delete(CaseDraft).where(CaseDraft.case == case, CaseDraft.draft == draft)
        return run(self._session, linked).rowcount > 0

    def drafts_of(self, cases: Collection[CaseId]) -> Mapping[CaseId, Sequence[Draft]]:
        """Return the drafts that answer each of some cases, in the order of their linking."""
        found: dict[CaseId, list[Draft]] = {case: [] for case in cases}
        linked = (
            select(CaseDraft.case, Draft)
            .join(Draft, Draft.id == CaseDraft.draft)
            .where(CaseDraft.case.in_(cases))
            .order_by(CaseDraft.linked_at, Draft.number)
        )
        for case, draft in self._session.execute(linked):
            found[case].append(draft)
        return found

    def denied(self, pair: Collection[CaseId]) -> bool:
        """Tell whether somebody has said that two cases are two."""
        one, other = sorted(pair)
        found = self._session.get(CaseDoubt, (one, other))
        return found is not None and found.differ

    def doubts(self, bureau: UnitId) -> Sequence[tuple[CaseId, CaseId]]:
        """Return the pairs of open cases of a bureau that may be one, the newest first."""
        self._session.flush()
        one, other = aliased(Case), aliased(Case)
        rows = self._session.execute(
            select(CaseDoubt.one, CaseDoubt.other)
            .join(one, one.id == CaseDoubt.one)
            .join(other, other.id == CaseDoubt.other)
            .where(
                one.bureau == bureau,
                CaseDoubt.differ.is_(False),
                one.state.not_in(_ENDED),
                other.state.not_in(_ENDED),
            )
            .order_by(CaseDoubt.arisen_at.desc())
        )
        return [(row.one, row.other) for row in rows]

    def counts(self, cases: Collection[CaseId]) -> Mapping[CaseId, int]:
        """Return of each how many items belong to it, those that only repeat one included."""
        rows = self._session.execute(
            select(OpinionItem.case_id, func.count().label("items"))
            .where(OpinionItem.case_id.in_(cases))
            .group_by(OpinionItem.case_id)
        )
        return {row.case_id: row.items for row in rows}

    def says_so_before(self, case: CaseId, item: ItemId, platform: str, source: str) -> bool:
        """Tell whether another item of the case comes from the same source.

        Items that joined the case in this transaction need not be written for that: a batch of
        posts is written at once.
        """
        joined = (one for one in self._session.dirty if isinstance(one, OpinionItem))
        if any(
            (one.case_id, one.platform, one.source) == (case, platform, source) and one.id != item
            for one in joined
        ):
            return True
        asked = {"case": case, "item": item, "platform": platform, "source": source}
        return run_alone(self._session, _SAYS_SO, asked).first() is not None


def _latest(wanted: Select[Case]) -> Select[Case]:
    return wanted.order_by(Case.registered_at.desc(), Case.number.desc())
