"""What units handed in and what was used of it, for notices, sheets and dashboards."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from storage.models import (
    Adoption,
    AdoptionShare,
    Channel,
    Draft,
    Instruction,
    Member,
    RoleAssignment,
    StoredScoreLine,
    Unit,
)
from storage.queries.scores import NOT_HANDED_IN, Line
from storage.vocabulary import (
    AdoptionId,
    DraftKind,
    EntryStatus,
    Level,
    Role,
    UnitId,
    UserId,
)

_RANKS = {level: rank for rank, level in enumerate(Level)}


class Sent(NamedTuple):
    """How many drafts alike a unit handed in, and how many of them are signed, by span."""

    unit: UnitId
    kind: DraftKind
    channel: str
    submitted: Sequence[int]
    signed: Sequence[int]


class Taken(NamedTuple):
    """How many items of a unit count in a month, at their highest level."""

    unit: UnitId
    month: str
    level: Level
    items: int


class Used(NamedTuple):
    """A use that counts for a unit, with what it is called."""

    adoption: AdoptionId
    unit: UnitId
    number: int
    title: str
    author: str
    channel: str
    level: Level
    issue: str
    url: str
    words: str
    scan: str
    on: date


class Reports:
    """Counts for many units at once, each by one question."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def sent(
        self, units: Collection[UnitId], spans: Sequence[tuple[datetime, datetime]]
    ) -> Sequence[Sent]:
        """Count what *units* handed in, for each span from its start to before its end."""
        within = [
            (Draft.submitted_at >= start) & (Draft.submitted_at < end) for start, end in spans
        ]
        signed = Draft.signed_at.is_not(None)
        rows = self._session.execute(
            select(
                Draft.unit,
                Draft.kind,
                Draft.channel,
                *(func.count().filter(span) for span in within),
                *(func.count().filter(span, signed) for span in within),
            )
            .where(
                Draft.unit.in_(units),
                Draft.submitted_at >= min(start for start, _ in spans),
                Draft.submitted_at < max(end for _, end in spans),
                Draft.status.not_in(NOT_HANDED_IN),
            )
            .group_by(Draft.unit, Draft.kind, Draft.channel)
        )
        half = 3 + len(spans)
        return [
            Sent(*row[:3], tuple(map(int, row[3:half])), tuple(map(int, row[half:])))
            for row in rows
        ]

    def taken(self, bureau: UnitId, months: Collection[str]) -> Sequence[Taken]:
        """Count a bureau's items that were used, by unit, month and highest level."""
        rank = func.max(case(_RANKS, value=Adoption.level))
        items = (
            select(
                AdoptionShare.unit,
                Adoption.counts_in.label("month"),
                Adoption.draft,
                rank.label("rank"),
            )
            .join(Adoption, Adoption.id == AdoptionShare.adoption)
            .where(
                Adoption.bureau == bureau,
                Adoption.counts_in.in_(months),
                Adoption.status == EntryStatus.CONFIRMED,
            )
            .group_by(AdoptionShare.unit, Adoption.counts_in, Adoption.draft)
            .subquery()
        )
        rows = self._session.execute(
            select(items.c.unit, items.c.month, items.c.rank, func.count()).group_by(
                items.c.unit, items.c.month, items.c.rank
            )
        )
        levels = list(Level)
        return [Taken(row[0], row[1], levels[row[2]], row[3]) for row in rows]

    def remarked(self, bureau: UnitId, months: Collection[str]) -> dict[UnitId, int]:
        """Count leaders' remarks on the items of each unit."""
        rows = self._session.execute(
            select(Instruction.unit, func.count())
            .where(
                Instruction.bureau == bureau,
                Instruction.counts_in.in_(months),
                Instruction.status == EntryStatus.CONFIRMED,
            )
            .group_by(Instruction.unit)
        )
        return {row[0]: row[1] for row in rows}

    def used(self, bureau: UnitId, months: Collection[str]) -> Sequence[Used]:
        """Return each use with each unit that has part in it, unit by unit in their order."""
        part = (
            select(AdoptionShare.adoption, AdoptionShare.unit)
            .join(Adoption, Adoption.id == AdoptionShare.adoption)
            .where(Adoption.bureau == bureau, Adoption.counts_in.in_(months))
            .distinct()
            .subquery()
        )
        rows = self._session.execute(
            select(
                Adoption.id,
                part.c.unit,
                Draft.number,
                Draft.title,
                Member.name.label("author"),
                Channel.name.label("channel"),
                Adoption.level,
                Adoption.issue,
                Adoption.url,
                Adoption.words,
                Adoption.scan,
                Adoption.adopted_on,
            )
            .join(part, part.c.adoption == Adoption.id)
            .join(Draft, Draft.id == Adoption.draft)
            .join(Member, Member.userid == Draft.author)
            .join(Channel, Channel.id == Adoption.channel)
            .join(Unit, Unit.id == part.c.unit)
            .where(Adoption.status == EntryStatus.CONFIRMED)
            .order_by(Unit.path, Adoption.adopted_on, Draft.number, Adoption.id)
        )
        return [Used._make(row) for row in rows]

    def sums(self, bureau: UnitId, periods: Collection[str]) -> Sequence[Line]:
        """Return the ledger of *periods* with one line for each row of the rules: no words."""
        line = StoredScoreLine
        alike = (line.unit, line.period, line.rule_set, line.rule)
        rows = self._session.execute(
            select(*alike, func.sum(line.points))
            .where(line.bureau == bureau, line.period.in_(periods))
            .group_by(*alike)
        )
        return [Line(*row[:4], cause="", points=row[4], note="") for row in rows]

    def holders(self, bureau: UnitId, roles: Collection[Role]) -> Sequence[tuple[UserId, UnitId]]:
        """Return the active members of a bureau who hold one of *roles*, each with his unit."""
        rows = self._session.execute(
            select(Member.userid, Member.unit)
            .join(RoleAssignment, RoleAssignment.member == Member.userid)
            .where(Member.bureau == bureau, Member.active, RoleAssignment.role.in_(roles))
            .distinct()
            .order_by(Member.userid)
        )
        return [(row.userid, row.unit) for row in rows]
