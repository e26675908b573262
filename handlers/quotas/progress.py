"""How far units and people are with their quotas: the rules' own, or the bureau's plain number."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from handlers.kit.context import Context
from handlers.kit.scoring import of_period
from handlers.rules.attribution import counted_on
from handlers.rules.calendar import local, period_bounds
from handlers.rules.quota_pace import WARNED_FROM, Window, window
from handlers.rules.scoring.facts import Adoption
from handlers.rules.scoring.matching import APPROVED, SUBMITTED, fits_draft, fits_use
from handlers.rules.scoring.model import Quota, RuleSet
from handlers.rules.scoring.parts import OfUse
from handlers.rules.scoring.periods import begins, first_day, months_of, parts_of
from storage.models import Unit
from storage.queries.scores import Counted, UsedBy
from storage.vocabulary import NOBODY, Role, UnitId, UserId

ADOPTED, POINTS = "adopted", "points"
_COUNTED = (SUBMITTED, APPROVED, ADOPTED, POINTS)
_NOTHING = Decimal(0)


class QuotaPolicy(BaseModel):
    """How many drafts a month each unit is to hand in, where the rule set does not say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    monthly: int = Field(default=2, ge=0, description="drafts a month for each section")
    monthly_by_unit: dict[str, int] = Field(
        default_factory=dict, description="other numbers, by the unit's full path"
    )
    warnings: bool = Field(
        default=True, description="whether who is short is warned before the end of a period"
    )
    warn_on: tuple[int, ...] = Field(
        default=WARNED_FROM, description="days of a period's last month on which is warned"
    )

    def target(self, unit: Unit) -> Decimal:
        return Decimal(self.monthly_by_unit.get(unit.path, self.monthly))


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A quota, the length of its period, and what it asks of a unit, or of each of its officers."""

    quota: Quota
    length: str
    target: Callable[[Unit], Decimal | None]
    counted_by: str
    by_name: bool = False
    rules: RuleSet = field(default_factory=RuleSet)

    def day(self, used: UsedBy) -> date:
        """Return the day by which a use counts."""
        return counted_on(
            self.rules,
            used.adopted_on,
            local(used.entered_at).date(),
            late=used.late,
            submitted=local(used.submitted_at).date() if used.submitted_at else None,
        )

    def of_person(self, unit: Unit, name: str) -> Decimal | None:
        """Return what is asked of somebody: the targets name him where the rules are of people."""
        targets = self.quota.targets
        return targets.of(name) if self.by_name and targets is not None else self.target(unit)

    @property
    def plain(self) -> bool:
        """Whether it is the usual number of drafts handed in, of whatever kind."""
        quota = self.quota
        usual = quota.measure == SUBMITTED and quota.per == "unit" and not quota.name
        return usual and quota.filter == OfUse()

    @property
    def word(self) -> str:
        """What is counted: drafts or points."""
        return "分" if self.quota.measure == POINTS else "篇"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a unit, or one *member* of it, is with one of its duties.

    *signed*: how many drafts of that time have had the last signature, whatever their kind.
    """

    duty: Duty
    window: Window
    done: Decimal
    target: Decimal
    member: UserId = NOBODY
    signed: int = 0

    @property
    def missing(self) -> Decimal:
        return max(self.target - self.done, _NOTHING)


Board = Mapping[UnitId, Sequence[Progress]]
Officers = Mapping[UnitId, Mapping[UserId, str]]


def duties_of(ctx: Context, day: date, bureau: UnitId) -> Sequence[Duty]:
    """Return the quotas of a bureau on *day*: those of its rule set that can be counted.

    Where it has none, each section has its plain monthly number.
    """
    found = of_period(ctx.uow, bureau, day)
    rules = found[1] if found is not None else RuleSet()
    duties = [
        Duty(
            quota=quota,
            length=quota.period or rules.period,
            target=_target_of(quota),
            counted_by=rules.period,
            by_name=rules.subject == "person",
            rules=rules,
        )
        for quota in rules.quota
        if quota.measure in _COUNTED and quota.targets is not None
    ]
    if duties:
        return duties
    plain = ctx.policy(QuotaPolicy)
    usual = Quota(measure=SUBMITTED)
    return [Duty(quota=usual, length="month", target=plain.target, counted_by="month")]


def _target_of(quota: Quota) -> Callable[[Unit], Decimal | None]:
    targets = quota.targets
    return lambda unit: None if targets is None else targets.of(unit.name)


def board(ctx: Context, bureau: UnitId, units: Sequence[Unit], asked: str) -> Board:
    """Return how far each of *units* of a bureau is with its duties in a period.

    The number of queries depends on how many lengths the duties have, not on the units.
    """
    found: dict[UnitId, list[Progress]] = {unit.id: [] for unit in units}
    ids = [unit.id for unit in units]
    duties = duties_of(ctx, max(first_day(months_of(asked)[-1]), begins(asked)), bureau)
    officers = _officers(ctx, bureau, duties)
    tallies: dict[str, _Tally] = {}
    for duty in duties:
        within = window(duty.length, asked)
        if within.period not in tallies:
            tallies[within.period] = _Tally(ctx, ids, within, duties)
        for unit in units:
            found[unit.id] += _progress(
                duty, within, unit, officers.get(unit.id, {}), tallies[within.period]
            )
    return found


def _officers(ctx: Context, bureau: UnitId, duties: Sequence[Duty]) -> Officers:
    """Return the officers of each unit with their names, where a duty is theirs."""
    if not any(duty.quota.per == "person" for duty in duties):
        return {}
    of_units = ctx.uow.members.holders(bureau, {Role.OFFICER})[Role.OFFICER]
    names = ctx.uow.members.names({officer for each in of_units.values() for officer in each})
    return {
        unit: {officer: names[officer] for officer in officers}
        for unit, officers in of_units.items()
    }


def _progress(
    duty: Duty, within: Window, unit: Unit, officers: Mapping[UserId, str], tally: "_Tally"
) -> list[Progress]:
    """Return the unit's progress, and before it that of each officer where the quota is his."""
    if duty.quota.per == "unit":
        each = duty.target(unit)
        if each is None:
            return []
        done, signed = tally.done(duty, unit.id), tally.signed(unit.id)
        target = each * within.times
        return [Progress(duty=duty, window=within, done=done, target=target, signed=signed)]
    own = [
        Progress(
            duty=duty,
            window=within,
            done=tally.done(duty, unit.id, officer),
            target=each * within.times,
            member=officer,
        )
        for officer, name in officers.items()
        if (each := duty.of_person(unit, name)) is not None
    ]
    together = sum((each.target for each in own), _NOTHING)
    done = tally.done(duty, unit.id)
    whole = Progress(duty=duty, window=within, done=done, target=together)
    return [*own, whole] if own else []


class _Tally:
    """What was done in one stretch, by unit and member; asked of the database once."""

    def __init__(
        self, ctx: Context, units: Collection[UnitId], within: Window, duties: Sequence[Duty]
    ) -> None:
        months = _months(within)
        asked = {duty.quota.measure for duty in duties}
        self._sent: dict[UnitId, list[Counted]] = defaultdict(list)
        self._used: dict[UnitId, list[UsedBy]] = defaultdict(list)
        self._earned: dict[UnitId, list[tuple[UserId, Decimal]]] = defaultdict(list)
        if asked & {SUBMITTED, APPROVED}:
            begun, _ = period_bounds(within.first.isoformat())
            _, over = period_bounds(within.last.isoformat())
            for sent in ctx.uow.scores.handed_in_by(units, begun, over):
                self._sent[sent.unit].append(sent)
        if ADOPTED in asked:
            for used in ctx.uow.scores.used_by(units, months):
                if within.length != "week" or within.first <= duties[0].day(used) <= within.last:
                    self._used[used.unit].append(used)
        if POINTS in asked:
            lengths = {duty.counted_by for duty in duties}
            periods = {part for each in lengths for part in parts_of(within.period, each)}
            for (unit, member), points in ctx.uow.scores.earned(units, periods).items():
                self._earned[unit].append((member, points))

    def signed(self, unit: UnitId) -> int:
        return sum(sent.drafts for sent in self._sent[unit] if sent.signed)

    def done(self, duty: Duty, unit: UnitId, member: UserId = NOBODY) -> Decimal:
        quota = duty.quota
        if quota.measure == POINTS:
            earned = (points for who, points in self._earned[unit] if member in {NOBODY, who})
            return sum(earned, _NOTHING)
        if quota.measure == ADOPTED:
            adopted = {
                used.adoption
                for used in self._used[unit]
                if member in {NOBODY, used.member} and fits_use(quota.filter, _use(used))
            }
            return Decimal(len(adopted))
        drafts = sum(
            sent.drafts
            for sent in self._sent[unit]
            if member in {NOBODY, sent.author}
            and fits_draft(quota, sent.kind, sent.channel, signed=sent.signed)
        )
        return Decimal(drafts)


def _months(within: Window) -> Sequence[str]:
    """Return the months that a stretch touches."""
    days = {f"{within.first:%Y-%m}", f"{within.last:%Y-%m}"}
    return sorted({*months_of(within.period), *days})


def _use(used: UsedBy) -> Adoption:
    return Adoption(
        item="",
        channel=used.channel,
        family=used.family,
        level=used.level,
        kind=used.kind,
        form=used.form,
        flags=frozenset(used.flags),
    )
