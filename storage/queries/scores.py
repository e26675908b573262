"""What a unit's score is made of, and the lines that were made of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Session

from storage.models import (
    Adoption,
    AdoptionShare,
    Channel,
    Draft,
    Instruction,
    StoredRuleSet,
    StoredScoreLine,
    Unit,
)
from storage.queries.tables import run, table_of
from storage.vocabulary import (
    NOBODY,
    AdoptionId,
    DraftKind,
    DraftStatus,
    EntryStatus,
    Family,
    Form,
    Level,
    RuleSetId,
    UnitId,
    UserId,
)

_drafts = table_of(Draft)

NOT_HANDED_IN = (DraftStatus.COMPOSING, DraftStatus.CANCELLED, DraftStatus.WITHDRAWN)

_ALIKE = (
    _drafts.c.unit,
    _drafts.c.author,
    _drafts.c.kind,
    _drafts.c.channel,
    _drafts.c.signed_at.is_not(None),
)
_HANDED_IN_BY = (
    select(*_ALIKE, func.count())
    .where(
        _drafts.c.unit.in_(bindparam("units", expanding=True)),
        _drafts.c.submitted_at >= bindparam("start"),
        _drafts.c.submitted_at < bindparam("end"),
        _drafts.c.status.not_in(NOT_HANDED_IN),
    )
    .group_by(*_ALIKE)
)


class Use(NamedTuple):
    """An adoption that counts, with what its draft and its channel are called."""

    adoption: Adoption
    number: int
    year: int
    kind: DraftKind
    channel: str
    submitted_at: datetime | None


class Part(NamedTuple):
    """What one author has of an adoption."""

    adoption: AdoptionId
    unit: UnitId
    member: UserId
    weight: int


class Remarked(NamedTuple):
    """A leader's remark that counts, with the number and the author of its draft."""

    instruction: Instruction
    number: int
    year: int
    author: UserId
    submitted_at: datetime | None


class HandedIn(NamedTuple):
    """A draft that was handed in; *channel* is where its author wants it to go."""

    unit: UnitId
    author: UserId
    kind: DraftKind
    channel: str
    submitted_at: datetime | None
    signed_at: datetime | None


class Line(NamedTuple):
    """A line of the ledger; *member* is whose, where the rules are about people."""

    unit: UnitId
    period: str
    rule_set: RuleSetId
    rule: str
    cause: str
    points: Decimal
    note: str
    member: UserId = NOBODY


class Counted(NamedTuple):
    """How many drafts alike somebody handed in; *signed*: they have had the last signature."""

    unit: UnitId
    author: UserId
    kind: DraftKind
    channel: str
    signed: bool
    drafts: int


class UsedBy(NamedTuple):
    """One author's part in an adoption, and what kind of use it was."""

    unit: UnitId
    member: UserId
    adoption: AdoptionId
    kind: DraftKind
    channel: str
    level: Level
    family: Family
    form: Form
    flags: Sequence[str]
    adopted_on: date
    late: bool
    entered_at: datetime
    submitted_at: datetime | None


class Scores:
    """Rule sets, what they are applied to, and the ledger of points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rule_sets(self, bureau: UnitId) -> Sequence[StoredRuleSet]:
        return self._session.scalars(
            select(StoredRuleSet)
            .where(StoredRuleSet.bureau == bureau)
            .order_by(StoredRuleSet.valid_from, StoredRuleSet.imported_at, StoredRuleSet.id)
        ).all()

    def has_rules(self, bureau: UnitId) -> bool:
        """Tell whether the bureau has a rule set at all, in force or not."""
        found = select(StoredRuleSet.id).where(StoredRuleSet.bureau == bureau).limit(1)
        return self._session.scalar(found) is not None

    def lock(self, rule_set: StoredRuleSet) -> None:
        """Wait until nobody else makes lines by *rule_set*, and keep others waiting."""
        self._session.refresh(rule_set, with_for_update=True)

    def bureaus_with_rules(self) -> Sequence[UnitId]:
        return self._session.scalars(
            select(StoredRuleSet.bureau).distinct().order_by(StoredRuleSet.bureau)
        ).all()

    def add_rule_set(self, rule_set: StoredRuleSet) -> None:
        self._session.add(rule_set)

    def parts(self, units: Collection[UnitId], months: Collection[str]) -> Sequence[Part]:
        """Return who shares the confirmed adoptions of *months* that one of *units* has part in."""
        rows = self._session.execute(
            select(
                AdoptionShare.adoption,
                AdoptionShare.unit,
                AdoptionShare.member,
                AdoptionShare.weight,
            ).where(AdoptionShare.adoption.in_(_shared_by(units, months)))
        )
        return [Part(*row) for row in rows]

    def uses(self, units: Collection[UnitId], months: Collection[str]) -> Mapping[AdoptionId, Use]:
        """Return the confirmed adoptions of *months* that one of *units* has part in."""
        rows = self._session.execute(
            select(Adoption, Draft.number, Draft.year, Draft.kind, Channel.name, Draft.submitted_at)
            .join(Draft, Draft.id == Adoption.draft)
            .join(Channel, Channel.id == Adoption.channel)
            .where(Adoption.id.in_(_shared_by(units, months)))
        )
        return {row[0].id: Use(*row) for row in rows}

    def remarks(self, units: Collection[UnitId], months: Collection[str]) -> Sequence[Remarked]:
        rows = self._session.execute(
            select(Instruction, Draft.number, Draft.year, Draft.author, Draft.submitted_at)
            .join(Draft, Draft.id == Instruction.draft)
            .where(
                Instruction.unit.in_(units),
                Instruction.counts_in.in_(months),
                Instruction.status == EntryStatus.CONFIRMED,
            )
        )
        return [Remarked(*row) for row in rows]

    def handed_in(
        self, units: Collection[UnitId], start: datetime, end: datetime
    ) -> Sequence[HandedIn]:
        """Return the drafts of *units* that were handed in from *start* to before *end*."""
        rows = self._session.execute(
            select(
                Draft.unit,
                Draft.author,
                Draft.kind,
                Draft.channel,
                Draft.submitted_at,
                Draft.signed_at,
            ).where(*_handed_in(units, start, end))
        )
        return [HandedIn(*row) for row in rows]

    def handed_in_by(
        self, units: Collection[UnitId], start: datetime, end: datetime
    ) -> Sequence[Counted]:
        """Count the drafts of *units* that were handed in from *start* to before *end*."""
        asked = {"units": list(units), "start": start, "end": end}
        return [Counted(*row) for row in run(self._session, _HANDED_IN_BY, asked)]

    def used_by(self, units: Collection[UnitId], months: Collection[str]) -> Sequence[UsedBy]:
        """Return who of *units* has part in which confirmed adoption of *months*."""
        rows = self._session.execute(
            select(
                AdoptionShare.unit,
                AdoptionShare.member,
                AdoptionShare.adoption,
                Draft.kind,
                Channel.name,
                Adoption.level,
                Adoption.family,
                Adoption.form,
                Adoption.flags,
                Adoption.adopted_on,
                Adoption.late,
                Adoption.entered_at,
                Draft.submitted_at,
            )
            .join(Adoption, Adoption.id == AdoptionShare.adoption)
            .join(Draft, Draft.id == Adoption.draft)
            .join(Channel, Channel.id == Adoption.channel)
            .where(
                AdoptionShare.unit.in_(units),
                Adoption.bureau.in_(_bureaus_of(units)),
                Adoption.counts_in.in_(months),
                Adoption.status == EntryStatus.CONFIRMED,
            )
        )
        return [UsedBy._make(row) for row in rows]

    def earned(
        self, units: Collection[UnitId], periods: Collection[str]
    ) -> Mapping[tuple[UnitId, UserId], Decimal]:
        """Return what the uses of items gave *units* in *periods*, by the ledger.

        By rules about people it is what each of them was given; by others it is nobody's own.
        """
        of_cap = and_(StoredScoreLine.rule.startswith("cap["), StoredScoreLine.cause == "adoption")
        rows = self._session.execute(
            select(
                StoredScoreLine.unit,
                StoredScoreLine.member,
                func.sum(StoredScoreLine.points).label("points"),
            )
            .where(
                StoredScoreLine.unit.in_(units),
                StoredScoreLine.period.in_(periods),
                or_(StoredScoreLine.rule.startswith("adoption"), of_cap),
            )
            .group_by(StoredScoreLine.unit, StoredScoreLine.member)
        )
        return {(row.unit, row.member): row.points for row in rows}

    def totals(self, units: Collection[UnitId], period: str) -> Mapping[UnitId, Decimal]:
        """Return the scores of *units* in *period*, of those that have lines."""
        rows = self._session.execute(
            select(StoredScoreLine.unit, func.sum(StoredScoreLine.points).label("points"))
            .where(StoredScoreLine.unit.in_(units), StoredScoreLine.period == period)
            .group_by(StoredScoreLine.unit)
        )
        return {row.unit: row.points for row in rows}

    def lines_of(self, units: Collection[UnitId], period: str) -> Mapping[UnitId, Sequence[Line]]:
        """Return the lines of *units* in *period*, in their order, of those that have any."""
        return self._by_unit(StoredScoreLine.unit.in_(units), StoredScoreLine.period == period)

    def standings(
        self, bureau: UnitId, periods: Collection[str]
    ) -> Mapping[UnitId, Sequence[Line]]:
        """Return the lines of every unit of a bureau in *periods*, in their order.

        A unit's score in a period is the sum of the points of its lines there.
        """
        return self._by_unit(StoredScoreLine.bureau == bureau, StoredScoreLine.period.in_(periods))

    def _by_unit(self, *which: ColumnElement[bool]) -> Mapping[UnitId, Sequence[Line]]:
        found: dict[UnitId, list[Line]] = {}
        rows = self._session.execute(
            select(
                StoredScoreLine.unit,
                StoredScoreLine.period,
                StoredScoreLine.rule_set,
                StoredScoreLine.rule,
                StoredScoreLine.cause,
                StoredScoreLine.points,
                StoredScoreLine.note,
                StoredScoreLine.member,
            )
            .where(*which)
            .order_by(StoredScoreLine.unit, StoredScoreLine.period, StoredScoreLine.position)
        )
        for row in rows:
            found.setdefault(row.unit, []).append(Line(*row))
        return found

    def replace(
        self, units: Collection[UnitId], period: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Let *rows* be all lines of *units* in *period*."""
        if not units:
            return
        self._session.execute(
            delete(StoredScoreLine).where(
                StoredScoreLine.unit.in_(units), StoredScoreLine.period == period
            )
        )
        if rows:
            self._session.execute(insert(StoredScoreLine), rows)

    def points_of(
        self, units: Collection[UnitId], causes: Collection[str]
    ) -> Mapping[str, Mapping[UnitId, Decimal]]:
        """Return what each of *causes* (adoptions, say) gave to which of *units*, by the ledger."""
        rows = self._session.execute(
            select(
                StoredScoreLine.cause,
                StoredScoreLine.unit,
                func.sum(StoredScoreLine.points).label("points"),
            )
            .where(StoredScoreLine.unit.in_(units), StoredScoreLine.cause.in_(causes))
            .group_by(StoredScoreLine.cause, StoredScoreLine.unit)
        )
        found: dict[str, dict[UnitId, Decimal]] = {}
        for row in rows:
            found.setdefault(row.cause, {})[row.unit] = row.points
        return found

    def adoption_units(self, adoption: AdoptionId) -> Collection[UnitId]:
        """Return the units that have part in an adoption."""
        found = select(AdoptionShare.unit).where(AdoptionShare.adoption == adoption)
        return set(self._session.scalars(found))


def _handed_in(
    units: Collection[UnitId], start: datetime, end: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        Draft.unit.in_(units),
        Draft.submitted_at >= start,
        Draft.submitted_at < end,
        Draft.status.not_in(NOT_HANDED_IN),
    )


def _shared_by(units: Collection[UnitId], months: Collection[str]) -> Select[AdoptionId]:
    return (
        select(AdoptionShare.adoption)
        .join(Adoption, Adoption.id == AdoptionShare.adoption)
        .where(
            AdoptionShare.unit.in_(units),
            Adoption.bureau.in_(_bureaus_of(units)),
            Adoption.counts_in.in_(months),
            Adoption.status == EntryStatus.CONFIRMED,
        )
    )


def _bureaus_of(units: Collection[UnitId]) -> Select[UnitId]:
    """Return whose units they are: adoptions are found by bureau and month, without history."""
    return select(Unit.bureau).where(Unit.id.in_(units)).distinct()
