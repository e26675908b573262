"""What a sheet adds to the register: out of sight until all of it is there, then there at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from storage.models import (
    Adoption,
    AdoptionShare,
    AuditEntry,
    Dispatch,
    Draft,
    Instruction,
    Timer,
)
from storage.queries.adoptions import STANDING
from storage.queries.tables import dialect_of, run, table_of
from storage.vocabulary import (
    NOBODY,
    AdoptionId,
    ChannelId,
    DispatchStatus,
    DraftId,
    DraftStatus,
    EntryStatus,
    Form,
    InstructionId,
    Level,
    Remark,
    SheetId,
    TimerStatus,
    UnitId,
    UserId,
)

_uses, _remarks = table_of(Adoption), table_of(Instruction)
_shares, _sent, _drafts = table_of(AdoptionShare), table_of(Dispatch), table_of(Draft)
_AT_ONCE = 1_000


class KnownUse(NamedTuple):
    """A use that is registered, as far as a row of a sheet can say the same."""

    draft: DraftId
    channel: ChannelId
    day: date
    form: Form
    level: Level
    issue: str
    url: str


class KnownRemark(NamedTuple):
    """A leader's remark that is registered, as far as a row of a sheet can say the same."""

    draft: DraftId
    leader: str
    remark: Remark
    day: date


class Part(NamedTuple):
    """One member's part in an entry that a sheet adds; *of* is the member's unit."""

    entry: str
    is_use: bool
    draft: DraftId
    unit: UnitId
    counts_in: str
    member: UserId
    of: UnitId


class Gone(NamedTuple):
    """A draft that has come to a status in which nothing can be registered of it."""

    number: int
    title: str
    status: DraftStatus


class Filling:
    """Entries that a sheet has *staged*: no question about the register finds them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known_uses(self, drafts: Collection[DraftId]) -> Sequence[KnownUse]:
        found = self._session.execute(
            select(
                Adoption.draft,
                Adoption.channel,
                Adoption.adopted_on,
                Adoption.form,
                Adoption.level,
                Adoption.issue,
                Adoption.url,
            ).where(Adoption.draft.in_(drafts), Adoption.status.in_(STANDING))
        )
        return [KnownUse(*row) for row in found]

    def known_remarks(self, drafts: Collection[DraftId]) -> Sequence[KnownRemark]:
        found = self._session.execute(
            select(
                Instruction.draft, Instruction.leader, Instruction.remark, Instruction.given_on
            ).where(Instruction.draft.in_(drafts), Instruction.status.in_(STANDING))
        )
        return [KnownRemark(*row) for row in found]

    def gone(self, sheet: SheetId, standing: Collection[DraftStatus]) -> Gone | None:
        """Keep others from the sheet's drafts; return the first that is *standing* no longer."""
        named = _drafts.c.id.in_(_drafts_of(_uses, sheet).union(_drafts_of(_remarks, sheet)))
        run(
            self._session,
            select(_drafts.c.id).where(named).order_by(_drafts.c.id).with_for_update(),
        ).all()
        found = run(
            self._session,
            select(_drafts.c.number, _drafts.c.title, _drafts.c.status)
            .where(named, _drafts.c.status.not_in(standing))
            .order_by(_drafts.c.number)
            .limit(1),
        ).first()
        return Gone(*found) if found is not None else None

    def drop_known(self, sheet: SheetId, bureau: UnitId, since: datetime) -> int:
        """Leave out what somebody else entered *since* then; return how much that is."""
        uses = self._session.execute(
            select(Adoption.draft, Adoption.channel, Adoption.adopted_on).where(
                Adoption.bureau == bureau,
                Adoption.counts_in.in_(_months_of(_uses, sheet)),
                Adoption.entered_at >= since,
                Adoption.status.in_(STANDING),
            )
        ).all()
        remarks = self._session.execute(
            select(
                Instruction.draft, Instruction.leader, Instruction.given_on, Instruction.remark
            ).where(
                Instruction.bureau == bureau,
                Instruction.counts_in.in_(_months_of(_remarks, sheet)),
                Instruction.entered_at >= since,
                Instruction.status.in_(STANDING),
            )
        ).all()
        use = tuple_(Adoption.draft, Adoption.channel, Adoption.adopted_on)
        remark = tuple_(
            Instruction.draft, Instruction.leader, Instruction.given_on, Instruction.remark
        )
        dropped = 0
        for place in range(0, len(uses), _AT_ONCE):
            some = use.in_([tuple(row) for row in uses[place : place + _AT_ONCE]])
            dropped += self._remove_uses(sheet, some)
        for place in range(0, len(remarks), _AT_ONCE):
            some = remark.in_([tuple(row) for row in remarks[place : place + _AT_ONCE]])
            dropped += self._remove_remarks(sheet, some)
        return dropped

    def parts(self, sheet: SheetId) -> Iterator[Part]:
        """Yield who has part in what will count, entry by entry; of a remark the author has."""
        uses = (
            select(
                Adoption.id,
                literal(value=True),
                Adoption.draft,
                Adoption.unit,
                Adoption.counts_in,
                AdoptionShare.member,
                AdoptionShare.unit,
            )
            .join(AdoptionShare, AdoptionShare.adoption == Adoption.id)
            .join(Draft, Draft.id == Adoption.draft)
            .where(*_counting(_uses, sheet))
            .order_by(Draft.year, Draft.number, Adoption.adopted_on, Adoption.id)
        )
        remarks = (
            select(
                Instruction.id,
                literal(value=False),
                Instruction.draft,
                Instruction.unit,
                Instruction.counts_in,
                Draft.author,
                Instruction.unit,
            )
            .join(Draft, Draft.id == Instruction.draft)
            .where(*_counting(_remarks, sheet))
            .order_by(Draft.year, Draft.number, Instruction.given_on, Instruction.id)
        )
        for found in (uses, remarks):
            rows = self._session.execute(found.execution_options(yield_per=_AT_ONCE))
            for row in rows:
                yield Part(*row)

    def proposed(self, sheet: SheetId) -> Sequence[str]:
        """Return what somebody else is to confirm, by its ids."""
        found = [
            *self._session.scalars(select(Adoption.id).where(*_staged(_uses, sheet, NOBODY))),
            *self._session.scalars(select(Instruction.id).where(*_staged(_remarks, sheet, NOBODY))),
        ]
        return [str(entry) for entry in found]

    def dispatch(
        self, sheet: SheetId, moves: Mapping[DraftStatus, DraftStatus], me: UserId, now: datetime
    ) -> None:
        """Note where the sheet says that drafts were used; they were sent there as well."""
        where = select(_uses.c.draft, _uses.c.channel).where(*_counting(_uses, sheet))
        sent = select(_sent.c.draft, _sent.c.channel).where(
            _sent.c.status != DispatchStatus.TAKEN_BACK,
            _sent.c.draft.in_(_drafts_of(_uses, sheet)),
        )
        unsent = tuple_(_uses.c.draft, _uses.c.channel).not_in(sent)
        for before, after in moves.items():
            fresh = select(_uses.c.draft).where(*_counting(_uses, sheet), unsent)
            run(
                self._session,
                update(_drafts)
                .where(_drafts.c.id.in_(fresh), _drafts.c.status == before)
                .values(status=after),
            )
        run(
            self._session,
            update(_sent)
            .where(
                _sent.c.status != DispatchStatus.TAKEN_BACK,
                tuple_(_sent.c.draft, _sent.c.channel).in_(where),
            )
            .values(status=DispatchStatus.ADOPTED, closed_by=me, closed_at=now),
        )
        values = {
            "id": func.min(_uses.c.id),
            "draft": _uses.c.draft,
            "channel": _uses.c.channel,
            "dispatched_by": _value(_sent.c.dispatched_by, me),
            "dispatched_at": _value(_sent.c.dispatched_at, now),
            "inferred": _value(_sent.c.inferred, value=True),
            "status": _value(_sent.c.status, DispatchStatus.ADOPTED),
            "reason": _value(_sent.c.reason, ""),
            "closed_by": _value(_sent.c.closed_by, me),
            "closed_at": _value(_sent.c.closed_at, now),
        }
        added = select(*values.values()).where(*_counting(_uses, sheet), unsent)
        grouped = added.group_by(_uses.c.draft, _uses.c.channel)
        run(self._session, insert(_sent).from_select(list(values), grouped))

    def release(self, sheet: SheetId, me: UserId, now: datetime, inbound: str) -> None:
        """Let what is staged count from this transaction on, each entry with its audit."""
        for table in (_uses, _remarks):
            self._audit(sheet, table, me, now, inbound)
            counted = {"status": EntryStatus.CONFIRMED, "entered_at": now, "decided_at": now}
            run(self._session, update(table).where(*_counting(table, sheet)).values(counted))
            asked = {"status": EntryStatus.PROPOSED, "entered_at": now}
            run(self._session, update(table).where(*_staged(table, sheet)).values(asked))
        self._session.expire_all()

    def discard(self, sheet: SheetId) -> None:
        """Forget what is staged, with the clocks that were set for it."""
        timers = table_of(Timer)
        subjects = select(_remarks.c.id).where(*_staged(_remarks, sheet))
        run(
            self._session,
            update(timers)
            .where(timers.c.subject.in_(subjects), timers.c.status == TimerStatus.PENDING)
            .values(status=TimerStatus.CANCELLED),
        )
        self._remove_uses(sheet)
        self._remove_remarks(sheet)
        self._session.expire_all()

    def adoptions(self, entries: Collection[str]) -> Sequence[Adoption]:
        ids = [AdoptionId(entry) for entry in entries]
        return self._session.scalars(select(Adoption).where(Adoption.id.in_(ids))).all()

    def instructions(self, entries: Collection[str]) -> Sequence[Instruction]:
        ids = [InstructionId(entry) for entry in entries]
        return self._session.scalars(select(Instruction).where(Instruction.id.in_(ids))).all()

    def _audit(self, sheet: SheetId, table: Any, me: UserId, now: datetime, inbound: str) -> None:
        audit = table_of(AuditEntry)
        is_sqlite = dialect_of(self._session) == "sqlite"
        document = func.json_object if is_sqlite else func.jsonb_build_object
        values = {
            "at": _value(audit.c.at, now),
            "tag": _value(audit.c.tag, "adoption:confirm"),
            "subject": table.c.id,
            "actor": _value(audit.c.actor, me),
            "on_behalf_of": _value(audit.c.on_behalf_of, NOBODY),
            "before": _value(audit.c.before, {}),
            "after": document(
                "draft", table.c.draft, "counts_in", table.c.counts_in, "sheet", table.c.sheet
            ),
            "inbound": _value(audit.c.inbound, inbound),
        }
        confirmed = select(*values.values()).where(*_counting(table, sheet))
        run(self._session, insert(audit).from_select(list(values), confirmed))

    def _remove_uses(self, sheet: SheetId, *which: ColumnElement[bool]) -> int:
        gone = (*_staged(_uses, sheet), *which)
        shared = _shares.c.adoption.in_(select(_uses.c.id).where(*gone))
        run(self._session, delete(_shares).where(shared))
        return run(self._session, delete(_uses).where(*gone)).rowcount

    def _remove_remarks(self, sheet: SheetId, *which: ColumnElement[bool]) -> int:
        return run(
            self._session, delete(_remarks).where(*_staged(_remarks, sheet), *which)
        ).rowcount


def _staged(table: Any, sheet: SheetId, decided_by: str | None = None) -> list[ColumnElement[bool]]:
    """Return what holds of the staged entries; nobody has decided what is only proposed."""
    holds = [table.c.sheet == sheet, table.c.status == EntryStatus.STAGED]
    return holds if decided_by is None else [*holds, table.c.decided_by == decided_by]


def _counting(table: Any, sheet: SheetId) -> list[ColumnElement[bool]]:
    return [*_staged(table, sheet), table.c.decided_by != NOBODY]


def _drafts_of(table: Any, sheet: SheetId) -> Select[DraftId]:
    return select(table.c.draft).where(*_staged(table, sheet))


def _months_of(table: Any, sheet: SheetId) -> Select[str]:
    return select(table.c.counts_in).where(*_staged(table, sheet)).distinct()


def _value(column: Any, value: Any) -> ColumnElement[Any]:
    """Return a value as the column's type writes it."""
    return literal(value, column.type)
