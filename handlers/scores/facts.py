"""What the tables know of units in a period, as the facts that a rule set is applied to."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from handlers.kit.scoring import officers_of
from handlers.rules.attribution import counted_on
from handlers.rules.calendar import local, period_bounds
from handlers.rules.calls import OUTCOMES
from handlers.rules.scoring.facts import Adoption, Breach, Calls, Count, Facts, Instruction
from handlers.rules.scoring.matching import APPROVED, SUBMITTED, fits_draft
from handlers.rules.scoring.model import Quota, RuleSet
from handlers.rules.scoring.periods import (
    months_of,
    parts_of,
    period_of,
)
from handlers.rules.scoring.uses import CALLED_FOR
from storage import models
from storage.models import OutsideFigure, Unit
from storage.queries.calls import Owed
from storage.queries.deductions import Deducted
from storage.queries.scores import HandedIn, Part, Use
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    NOBODY,
    AdoptionId,
    CallOutcome,
    DraftId,
    OutsideMeasure,
    Role,
    UnitId,
    UserId,
)

_OUTSIDE = {
    OutsideMeasure.ADOPTED: "",
    OutsideMeasure.REGISTERED: "注册",
    OutsideMeasure.ACTIVE: "登录",
    OutsideMeasure.POINTS: "积分",
}
_COUNTED_CALLS = frozenset(
    {CallOutcome.DONE, CallOutcome.LATE, CallOutcome.MISSED, CallOutcome.DECLINED}
)
"""What a part without content, excused or cancelled is: nothing that is counted."""
LATE_SUBMIT = "late_submit"
_COUNTED_BY_ENGINE = frozenset({"points", "adopted"})


Whose = tuple[UnitId, UserId]
"""A unit, or somebody in it."""
Span = tuple[date, date]
"""The first and the last day that count."""


def facts_of(
    uow: UnitOfWork, rules: RuleSet, units: Sequence[Unit], period: str, span: Span
) -> Iterator[tuple[Unit, UserId, Facts]]:
    """Yield the facts of each unit in *period*: uses, remarks, what was handed in.

    By rules about people, those of each officer of it and of whoever else did something there; a
    remark is the author's of its draft, and so is a breach that names nobody. What other systems
    counted is the units'. Of a week only the days of *span* count.
    """
    ids, months = [unit.id for unit in units], months_of(period)

    def whose(unit: UnitId, member: UserId) -> Whose:
        return unit, member if rules.subject == "person" else NOBODY

    uses = {
        use.adoption.id: use
        for use in uow.scores.uses(ids, months).values()
        if _counts_in(rules, use.adoption.adopted_on, use.adoption, use.submitted_at, span)
    }
    called_for = _called_for(uow, rules, uses)
    parts = _shares(
        (part for part in uow.scores.parts(ids, months) if part.adoption in uses), whose
    )
    remarks = _remarks(uow, rules, ids, period, span, whose)
    breaches = _breaches(uow, rules, ids, period, span, whose)
    calls = _calls(uow, rules, ids, span, breaches)
    drafts: dict[Whose, list[HandedIn]] = defaultdict(list)
    for draft in uow.scores.handed_in(ids, *_moments(span)):
        drafts[whose(draft.unit, draft.author)].append(draft)
    outside: dict[Whose, list[OutsideFigure]] = defaultdict(list)
    monthly = () if rules.period == "week" else uow.outside.of_units(ids, months[0], months[-1])
    for figure in monthly:
        outside[figure.unit, NOBODY].append(figure)
    bureau = units[0].bureau if units else UnitId("")
    people = officers_of(uow, rules, bureau) if rules.subject == "unit" else {}
    for unit, key, name in _subjects(
        uow, rules, units, {*parts, *remarks, *breaches, *calls, *drafts}
    ):
        adoptions = tuple(
            _adoption(uses[adoption], part, period, called_for)
            for adoption, part in parts.get(key, {}).items()
        )
        yield (
            unit,
            key[1],
            Facts(
                subject=name,
                period=period,
                adoptions=adoptions,
                instructions=tuple(remarks[key]),
                breaches=tuple(breaches[key]),
                calls=tuple(calls[key]),
                counts=(
                    *_counts(rules, period, drafts[key], _asked(rules, unit, people)),
                    *_counted_outside(rules, period, outside[key]),
                ),
                metrics={**_rates(adoptions, drafts[key]), **_rates_outside(outside[key])},
            ),
        )


def _subjects(
    uow: UnitOfWork, rules: RuleSet, units: Sequence[Unit], busy: Collection[Whose]
) -> Iterator[tuple[Unit, Whose, str]]:
    """Yield whom the rules are about, with their names: units, or people in them."""
    if rules.subject != "person":
        yield from ((unit, (unit.id, NOBODY), unit.name) for unit in units)
        return
    officers = uow.members.holders(units[0].bureau, {Role.OFFICER})[Role.OFFICER] if units else {}
    members: dict[UnitId, set[UserId]] = {unit.id: set(officers.get(unit.id, ())) for unit in units}
    for unit_id, member in busy:
        if unit_id in members:
            members[unit_id].add(member)
    names = uow.members.names({member for each in members.values() for member in each})
    for unit in units:
        for member in sorted(members[unit.id]):
            yield unit, (unit.id, member), names[member]


def _moments(span: Span) -> tuple[datetime, datetime]:
    """Return the first moment of *span* and the first after it."""
    return period_bounds(span[0].isoformat())[0], period_bounds(span[1].isoformat())[1]


def _shares(
    parts: Iterable[Part], whose: Callable[[UnitId, UserId], Whose]
) -> Mapping[Whose, Mapping[AdoptionId, tuple[int, int, Decimal | None]]]:
    """Return each one's place among how many, and his part where the parts differ."""
    of_adoption: dict[AdoptionId, Counter[Whose]] = defaultdict(Counter)
    for part in parts:
        of_adoption[part.adoption][whose(part.unit, part.member)] += part.weight
    found: dict[Whose, dict[AdoptionId, tuple[int, int, Decimal | None]]] = defaultdict(dict)
    for adoption, weights in of_adoption.items():
        whole = sum(weights.values())
        alike = len(set(weights.values())) == 1
        largest_first = sorted(weights, key=lambda key: (-weights[key], key))
        for place, key in enumerate(largest_first, start=1):
            share = None if alike else Decimal(weights[key]) / whole
            found[key][adoption] = (place, len(weights), share)
    return found


def _adoption(
    use: Use,
    part: tuple[int, int, Decimal | None],
    period: str,
    called_for: Collection[DraftId],
) -> Adoption:
    place, authors, share = part
    marks = {CALLED_FOR} if use.adoption.draft in called_for else set()
    return Adoption(
        item=_item(use.number, use.year, period),
        channel=use.channel,
        family=use.adoption.family,
        level=use.adoption.level,
        kind=use.kind,
        form=use.adoption.form,
        flags=frozenset({*use.adoption.flags, *marks}),
        authors=authors,
        place=place,
        share=share,
        ref=use.adoption.id,
    )


def _counts_in(
    rules: RuleSet,
    happened: date,
    entry: models.Adoption | models.Instruction | models.Deduction,
    submitted: datetime | None,
    span: Span,
) -> bool:
    """Tell whether an entry of the months that a period touches counts in it, of whose days *span*.

    Its month is kept with it, so only a week has to be looked for.
    """
    if rules.period != "week":
        return True
    day = counted_on(
        rules,
        happened,
        local(entry.entered_at).date(),
        late=entry.late,
        submitted=local(submitted).date() if submitted else None,
    )
    return span[0] <= day <= span[1]


def _remarks(
    uow: UnitOfWork,
    rules: RuleSet,
    units: Sequence[UnitId],
    period: str,
    span: Span,
    whose: Callable[[UnitId, UserId], Whose],
) -> dict[Whose, list[Instruction]]:
    found: dict[Whose, list[Instruction]] = defaultdict(list)
    for remark, number, year, author, handed_in in uow.scores.remarks(units, months_of(period)):
        if not _counts_in(rules, remark.given_on, remark, handed_in, span):
            continue
        found[whose(remark.unit, author)].append(
            Instruction(
                level=remark.level,
                rank=remark.rank,
                remark=remark.remark,
                item=_item(number, year, period),
                ref=remark.id,
            )
        )
    return found


def _breaches(
    uow: UnitOfWork,
    rules: RuleSet,
    units: Sequence[UnitId],
    period: str,
    span: Span,
    whose: Callable[[UnitId, UserId], Whose],
) -> dict[Whose, list[Breach]]:
    found: dict[Whose, list[Breach]] = defaultdict(list)
    for each in uow.deductions.of_units(units, months_of(period)):
        member = each.deduction.member or each.author
        if not _counts_in(rules, each.deduction.happened_on, each.deduction, None, span):
            continue
        if member or rules.subject != "person":
            found[whose(each.deduction.unit, member)].append(_breach(each, period))
    return found


def _calls(
    uow: UnitOfWork,
    rules: RuleSet,
    units: Sequence[UnitId],
    span: Span,
    breaches: dict[Whose, list[Breach]],
) -> dict[Whose, list[Calls]]:
    """Return how the calls ended that were due in *span*; late ones may be *breaches*."""
    found: dict[Whose, list[Calls]] = defaultdict(list)
    by_person = rules.subject == "person"
    for owed in uow.calls.due_in(units, *_moments(span)):
        member = owed.part.claimed_by if by_person else NOBODY
        if member or not by_person:
            key = owed.part.unit, member
            _settled(rules, owed, found[key], breaches[key])
    return found


def _settled(rules: RuleSet, owed: Owed, calls: list[Calls], breaches: list[Breach]) -> None:
    """Write down how a unit's part in a call ended, if it did.

    What came late is the call's own, unless the rules know nothing of late calls but of items that
    are handed in late: then it is that breach, and only that.
    """
    outcome = OUTCOMES.get(owed.part.state)
    which = f"{owed.call.number}号约稿“{owed.call.topic}”"
    late = outcome is CallOutcome.LATE and rules.call.late is None
    if late and LATE_SUBMIT in rules.events:
        breaches.append(Breach(event=LATE_SUBMIT, ref=owed.part.id, why=which))
    elif outcome in _COUNTED_CALLS:
        weight = owed.call.weight
        calls.append(Calls(outcome=str(outcome), ref=owed.part.id, weight=weight, why=which))


def _called_for(
    uow: UnitOfWork, rules: RuleSet, uses: Mapping[AdoptionId, Use]
) -> Collection[DraftId]:
    """Return the drafts of *uses* that answered a call, where the rules ask for that."""
    rows = (*rules.modifier, *rules.adoption, *(quota.filter for quota in rules.quota))
    if rules.call.weight is None and not any(CALLED_FOR in row.flag for row in rows):
        return ()
    return set(uow.calls.called_for({use.adoption.draft for use in uses.values()}))


def _breach(found: Deducted, period: str) -> Breach:
    entry = found.deduction
    return Breach(
        event=entry.event,
        item=_item(found.number, found.year, period) if found.number else "",
        ref=entry.id,
        why=f"{entry.happened_on.month}月{entry.happened_on.day}日，{entry.reason}",
    )


def _item(number: int, year: int, period: str) -> str:
    """Name a draft within a period: numbers begin anew with each year."""
    return str(number) if f"{year}" == period[:4] else f"{year}年{number}"


def _asked(rules: RuleSet, unit: Unit, people: Mapping[UnitId, int]) -> Mapping[str, Decimal]:
    """Return the targets of *unit* that are the sum of its officers'."""
    return {
        quota.called: target * people.get(unit.id, 0)
        for quota in rules.quota
        if quota.per == "person"
        and people
        and quota.targets is not None
        and (target := quota.targets.of(unit.name)) is not None
    }


def _counts(
    rules: RuleSet, period: str, drafts: Sequence[HandedIn], targets: Mapping[str, Decimal]
) -> Iterator[Count]:
    for quota in rules.quota:
        target = targets.get(quota.called)
        if quota.measure in _COUNTED_BY_ENGINE:
            yield Count(measure=quota.called, target=target)
        elif quota.measure in {SUBMITTED, APPROVED}:
            for during, done in _handed_in(rules, quota, period, drafts):
                yield Count(measure=quota.called, done=done, target=target, during=during)


def _handed_in(
    rules: RuleSet, quota: Quota, period: str, drafts: Sequence[HandedIn]
) -> Iterator[tuple[str, Decimal]]:
    """Yield what was done in each of the quota's own periods within *period*."""
    length = quota.period or rules.period
    done = dict.fromkeys(parts_of(period, length), 0)
    for draft in drafts:
        if draft.submitted_at is None:
            continue
        if fits_draft(quota, draft.kind, draft.channel, signed=draft.signed_at is not None):
            done[period_of(local(draft.submitted_at).date(), length)] += 1
    for during, number in done.items():
        named = during if during != period else ""
        yield named, Decimal(number)


def _counted_outside(
    rules: RuleSet, period: str, figures: Sequence[OutsideFigure]
) -> Iterator[Count]:
    """Yield what other systems counted, where a figure was taken over; no figure is no nought."""
    for quota in rules.quota:
        length = quota.period or rules.period
        done: dict[str, int] = {}
        for figure in figures:
            if measured(figure) == quota.measure:
                during = period_of(date.fromisoformat(f"{figure.month}-01"), length)
                done[during] = done.get(during, 0) + figure.value
        for during, value in done.items():
            named = during if during != period else ""
            yield Count(measure=quota.called, done=Decimal(value), during=named)


def _rates_outside(figures: Sequence[OutsideFigure]) -> Mapping[str, Decimal]:
    """Return for each figure with a target the part of it that was reached, as 学习强国_rate."""
    reached: dict[str, tuple[int, int]] = {}
    for figure in figures:
        value, target = reached.get(measured(figure), (0, 0))
        reached[measured(figure)] = (value + figure.value, target + figure.target)
    return {
        f"{name}_rate": Decimal(value) / target
        for name, (value, target) in reached.items()
        if target
    }


def measured(figure: OutsideFigure) -> str:
    """Return what a rule set calls a figure: 学习强国, 学习强国注册, 学习强国登录, 学习强国积分."""
    return figure.source + _OUTSIDE[figure.measure]


def _rates(adoptions: Sequence[Adoption], drafts: Sequence[HandedIn]) -> Mapping[str, Decimal]:
    submitted = Decimal(len(drafts))
    if not submitted:
        return {"submitted": submitted}
    used = len({use.item for use in adoptions})
    return {"submitted": submitted, "adoption_rate": used / submitted}
