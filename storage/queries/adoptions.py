"""Channels, and what became of drafts: dispatched, adopted, remarked on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from storage.models import (
    Adoption,
    AdoptionShare,
    Channel,
    Dispatch,
    Draft,
    Instruction,
    Member,
    Unit,
)
from storage.queries.tables import add_all_once, run, table_of
from storage.vocabulary import (
    NO_SHEET,
    AdoptionId,
    ChannelId,
    DispatchStatus,
    DraftId,
    EntryStatus,
    InstructionId,
    UnitId,
    UserId,
)

Entry = Adoption | Instruction
STANDING = (EntryStatus.PROPOSED, EntryStatus.CONFIRMED)
"""An entry that stands: nobody refused, replaced or took it back."""


_adoptions = table_of(Adoption)
_COUNTED_IN = (
    select(_adoptions.c.unit, func.count().label("adoptions"))
    .where(
        _adoptions.c.unit.in_(bindparam("units", expanding=True)),
        _adoptions.c.counts_in.in_(bindparam("months", expanding=True)),
        _adoptions.c.status == EntryStatus.CONFIRMED,
    )
    .group_by(_adoptions.c.unit)
)

_AT_ONCE = 500


class Used(NamedTuple):
    """A line of the register: an adoption with what people call its draft and its channel."""

    adoption: Adoption
    number: int
    title: str
    unit: str
    channel: str


class Remarked(NamedTuple):
    """An instruction with what people call its draft."""

    instruction: Instruction
    number: int
    title: str


class RegisteredUse(NamedTuple):
    """An adoption with all that a list of the register says of it."""

    adoption: Adoption
    year: int
    number: int
    title: str
    unit: str
    channel: str
    entered_by: str
    authors: str


class RegisteredRemark(NamedTuple):
    """An instruction with all that a list of the register says of it."""

    instruction: Instruction
    year: int
    number: int
    title: str
    unit: str
    entered_by: str


class Unanswered(NamedTuple):
    """A draft that was sent to a channel of which nobody knows yet what it made of it."""

    number: int
    title: str
    author: UserId
    channel: str


class Adoptions:
    """The office's register."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_channels(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add channels, except those of a name that the bureau has."""
        add_all_once(self._session, Channel, rows)

    def channels(self, bureau: UnitId) -> Sequence[Channel]:
        return self._session.scalars(
            select(Channel).where(Channel.bureau == bureau).order_by(Channel.name)
        ).all()

    def channel_names(self, channels: Iterable[ChannelId]) -> Mapping[ChannelId, str]:
        found = select(Channel.id, Channel.name).where(Channel.id.in_(set(channels)))
        return {row.id: row.name for row in self._session.execute(found)}

    def dispatch(self, dispatch: Dispatch) -> None:
        self._session.add(dispatch)

    def dispatches(self, drafts: Collection[DraftId]) -> Sequence[Dispatch]:
        """Return where drafts were sent, first to last, but for what was taken back."""
        return self._session.scalars(
            select(Dispatch)
            .where(Dispatch.draft.in_(drafts), Dispatch.status != DispatchStatus.TAKEN_BACK)
            .order_by(Dispatch.dispatched_at, Dispatch.id)
        ).all()

    def unanswered(self, bureau: UnitId, since: datetime, before: datetime) -> Sequence[Unanswered]:
        """Return what was sent from *since* on, *before* then, and has no result, by number."""
        rows = self._session.execute(
            select(Draft.number, Draft.title, Draft.author, Channel.name)
            .select_from(Dispatch)
            .join(Draft, Draft.id == Dispatch.draft)
            .join(Channel, Channel.id == Dispatch.channel)
            .where(
                Dispatch.status == DispatchStatus.SENT,
                Dispatch.dispatched_at >= since,
                Dispatch.dispatched_at < before,
                Draft.bureau == bureau,
            )
            .order_by(Draft.year, Draft.number, Channel.name)
        )
        return [Unanswered(*row) for row in rows]

    def dispatched_by(self, member: UserId, since: datetime) -> Sequence[Dispatch]:
        """Return what the member sent from *since* on, the latest first."""
        return self._session.scalars(
            select(Dispatch)
            .where(
                Dispatch.dispatched_by == member,
                Dispatch.dispatched_at >= since,
                Dispatch.status == DispatchStatus.SENT,
            )
            .order_by(Dispatch.dispatched_at.desc())
        ).all()

    def closed_by(self, member: UserId, since: datetime) -> Sequence[Dispatch]:
        """Return of what the member said from *since* on that it was not used, the latest first."""
        return self._session.scalars(
            select(Dispatch)
            .where(
                Dispatch.closed_by == member,
                Dispatch.closed_at >= since,
                Dispatch.status == DispatchStatus.NOT_ADOPTED,
            )
            .order_by(Dispatch.closed_at.desc())
        ).all()

    def add(self, adoption: Adoption, shares: Collection[AdoptionShare]) -> None:
        self._session.add(adoption)
        self._session.flush()  # its shares refer to it by a plain column
        self._session.add_all(shares)

    def add_all(
        self,
        adoptions: Sequence[Adoption],
        shares: Sequence[AdoptionShare],
        instructions: Sequence[Instruction],
    ) -> None:
        """Add many entries at once."""
        self._session.add_all([*adoptions, *instructions])
        self._session.flush()  # shares refer to adoptions by a plain column
        self._session.add_all(shares)
        self._session.flush()

    def instruct(self, instruction: Instruction) -> None:
        self._session.add(instruction)

    def adoption(self, adoption: str) -> Adoption | None:
        """Return an adoption as it now is."""
        return self._session.get(Adoption, AdoptionId(adoption), populate_existing=True)

    def instruction(self, instruction: str) -> Instruction | None:
        """Return an instruction as it now is."""
        return self._session.get(Instruction, InstructionId(instruction), populate_existing=True)

    def of_drafts(
        self, drafts: Collection[DraftId], statuses: Collection[EntryStatus] = STANDING
    ) -> Sequence[Adoption]:
        return self._session.scalars(
            select(Adoption)
            .where(Adoption.draft.in_(drafts), Adoption.status.in_(statuses))
            .order_by(Adoption.adopted_on, Adoption.entered_at, Adoption.id)
        ).all()

    def users_of(self, drafts: Collection[DraftId]) -> Mapping[DraftId, Sequence[str]]:
        """Return for each draft that was used the names of the channels that used it."""
        rows = self._session.execute(
            select(Adoption.draft, Channel.name)
            .join(Channel, Channel.id == Adoption.channel)
            .where(Adoption.draft.in_(drafts), Adoption.status == EntryStatus.CONFIRMED)
            .order_by(Adoption.adopted_on, Adoption.id)
        )
        users: dict[DraftId, list[str]] = {}
        for draft, name in rows:
            if name not in users.setdefault(draft, []):
                users[draft].append(name)
        return users

    def instructions_of(
        self, drafts: Collection[DraftId], statuses: Collection[EntryStatus] = STANDING
    ) -> Sequence[Instruction]:
        return self._session.scalars(
            select(Instruction)
            .where(Instruction.draft.in_(drafts), Instruction.status.in_(statuses))
            .order_by(Instruction.given_on, Instruction.entered_at, Instruction.id)
        ).all()

    def shares(self, adoption: AdoptionId) -> Sequence[AdoptionShare]:
        """Return the authors' shares, the largest first."""
        return self._session.scalars(
            select(AdoptionShare)
            .where(AdoptionShare.adoption == adoption)
            .order_by(AdoptionShare.weight.desc(), AdoptionShare.member)
        ).all()

    def authors_of(self, adoptions: Collection[str]) -> Mapping[str, Sequence[UserId]]:
        """Return who shares each of *adoptions*, the largest share first."""
        found: dict[str, list[UserId]] = {}
        for place in range(0, len(ids := sorted(adoptions)), _AT_ONCE):
            rows = self._session.execute(
                select(AdoptionShare.adoption, AdoptionShare.member)
                .where(AdoptionShare.adoption.in_(ids[place : place + _AT_ONCE]))
                .order_by(AdoptionShare.weight.desc(), AdoptionShare.member)
            )
            for adoption, member in rows:
                found.setdefault(adoption, []).append(member)
        return found

    def decided_by(self, member: UserId, since: datetime) -> Entry | None:
        """Return the entry that the member confirmed last, from *since* on, if it still stands.

        What came in by a sheet is not one entry of many that he means.
        """
        latest: list[Entry] = []
        for kind in (Adoption, Instruction):
            latest += self._session.scalars(
                select(kind)
                .where(
                    kind.decided_by == member,
                    kind.decided_at >= since,
                    kind.status == EntryStatus.CONFIRMED,
                    kind.sheet == NO_SHEET,
                )
                .order_by(kind.decided_at.desc())
                .limit(1)
            )
        return max(latest, key=lambda entry: entry.decided_at or since, default=None)

    def used(
        self,
        bureau: UnitId,
        month: str,
        *,
        units: Collection[UnitId] | None = None,
        member: UserId | None = None,
    ) -> Sequence[Used]:
        """Return what counts in *month* (2026-09) or is proposed for it, the newest first.

        *units* or *member* narrow it to the drafts of units, or to those that he has a share in.
        """
        found = _used().where(
            Adoption.bureau == bureau,
            Adoption.counts_in == month,
            Adoption.status.in_(STANDING),
        )
        if units is not None:
            found = found.where(Adoption.unit.in_(units))
        if member is not None:
            found = found.join(AdoptionShare, AdoptionShare.adoption == Adoption.id)
            found = found.where(AdoptionShare.member == member)
        return self._read(found.order_by(Adoption.adopted_on.desc(), Draft.number.desc()))

    def _read(self, found: Select[Adoption, int, str, str, str]) -> Sequence[Used]:
        return [Used(*row) for row in self._session.execute(found)]

    def page(
        self,
        bureau: UnitId,
        month: str,
        statuses: Collection[EntryStatus],
        *,
        units: Collection[UnitId],
        channel: str,
        part: range,
    ) -> Sequence[Used]:
        """Return a part of a month's register, the newest first; *channel* narrows it by name."""
        found = _used().where(
            Adoption.bureau == bureau,
            Adoption.counts_in == month,
            Adoption.status.in_(statuses),
            Adoption.unit.in_(units),
        )
        if channel:
            found = found.where(Channel.name == channel)
        newest = found.order_by(Adoption.adopted_on.desc(), Draft.number.desc(), Adoption.id)
        return self._read(newest.limit(len(part)).offset(part.start))

    def remarked(
        self,
        bureau: UnitId,
        month: str,
        units: Collection[UnitId] | None = None,
        statuses: Collection[EntryStatus] = STANDING,
    ) -> Sequence[Remarked]:
        """Return the leaders' instructions that count in *month*, the newest first."""
        found = (
            select(Instruction, Draft.number, Draft.title)
            .join(Draft, Draft.id == Instruction.draft)
            .where(
                Instruction.bureau == bureau,
                Instruction.counts_in == month,
                Instruction.status.in_(statuses),
            )
        )
        if units is not None:
            found = found.where(Instruction.unit.in_(units))
        rows = self._session.execute(found.order_by(Instruction.given_on.desc()))
        return [Remarked(*row) for row in rows]

    def registered_uses(self, bureau: UnitId, first: str, last: str) -> Sequence[RegisteredUse]:
        """Return what counts in the months from *first* to *last*, or waits, by day."""
        rows = self._session.execute(
            select(
                Adoption,
                Draft.year,
                Draft.number,
                Draft.title,
                Unit.name.label("unit"),
                Channel.name.label("channel"),
                Member.name.label("entered_by"),
            )
            .join(Draft, Draft.id == Adoption.draft)
            .join(Unit, Unit.id == Adoption.unit)
            .join(Channel, Channel.id == Adoption.channel)
            .join(Member, Member.userid == Adoption.entered_by)
            .where(
                Adoption.bureau == bureau,
                Adoption.counts_in.between(first, last),
                Adoption.status.in_(STANDING),
            )
            .order_by(Adoption.adopted_on, Draft.number, Adoption.id)
        ).all()
        bylines = self._bylines(bureau, first, last)
        return [RegisteredUse(*row, authors=bylines.get(row.Adoption.id, "")) for row in rows]

    def _bylines(self, bureau: UnitId, first: str, last: str) -> Mapping[AdoptionId, str]:
        """Return for each adoption its authors as people write them: 王芳、陈静 3:2."""
        rows = self._session.execute(
            select(AdoptionShare.adoption, Member.name, AdoptionShare.weight)
            .join(Adoption, Adoption.id == AdoptionShare.adoption)
            .join(Member, Member.userid == AdoptionShare.member)
            .where(Adoption.bureau == bureau, Adoption.counts_in.between(first, last))
            .order_by(AdoptionShare.adoption, AdoptionShare.weight.desc(), AdoptionShare.member)
        )
        shares: dict[AdoptionId, list[tuple[str, int]]] = {}
        for adoption, name, weight in rows:
            shares.setdefault(adoption, []).append((name, weight))
        return {adoption: _byline(some) for adoption, some in shares.items()}

    def registered_remarks(
        self, bureau: UnitId, first: str, last: str
    ) -> Sequence[RegisteredRemark]:
        """Return the instructions that count in the months from *first* to *last*, or wait."""
        rows = self._session.execute(
            select(
                Instruction,
                Draft.year,
                Draft.number,
                Draft.title,
                Unit.name.label("unit"),
                Member.name.label("entered_by"),
            )
            .join(Draft, Draft.id == Instruction.draft)
            .join(Unit, Unit.id == Instruction.unit)
            .join(Member, Member.userid == Instruction.entered_by)
            .where(
                Instruction.bureau == bureau,
                Instruction.counts_in.between(first, last),
                Instruction.status.in_(STANDING),
            )
            .order_by(Instruction.given_on, Draft.number, Instruction.id)
        )
        return [RegisteredRemark(*row) for row in rows]

    def proposed(self, bureau: UnitId) -> Sequence[Entry]:
        """Return the bureau's entries that wait for somebody's yes, the oldest first."""
        waiting: list[Entry] = []
        for kind in (Adoption, Instruction):
            waiting += self._session.scalars(
                select(kind).where(kind.bureau == bureau, kind.status == EntryStatus.PROPOSED)
            )
        return sorted(waiting, key=lambda entry: (entry.entered_at, entry.id))

    def counted_in(
        self, units: Collection[UnitId], months: Collection[str]
    ) -> Mapping[UnitId, int]:
        """Count, for each unit, the adoptions that count in one of *months*."""
        asked = {"units": list(units), "months": list(months)}
        return {row.unit: row.adoptions for row in run(self._session, _COUNTED_IN, asked)}


def _used() -> Select[Adoption, int, str, str, str]:
    return (
        select(Adoption, Draft.number, Draft.title, Unit.name, Channel.name)
        .join(Draft, Draft.id == Adoption.draft)
        .join(Unit, Unit.id == Adoption.unit)
        .join(Channel, Channel.id == Adoption.channel)
    )


def _byline(shares: Sequence[tuple[str, int]]) -> str:
    names = "、".join(name for name, _ in shares)
    alike = len({weight for _, weight in shares}) == 1
    return names if alike else f"{names} {':'.join(str(weight) for _, weight in shares)}"
