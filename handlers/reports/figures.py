"""Reading the figures of a bureau: what was handed in, what was used, and the ledger's lines."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from handlers.kit.context import Context
from handlers.kit.scoring import of_period, officers_of, parts_within, score_of
from handlers.reports.policy import ReportPolicy
from handlers.rules.calendar import period_bounds
from handlers.rules.calls import DONE, ORDERED
from handlers.rules.notices.figures import (
    Elsewhere,
    Figures,
    Line,
    Month,
    UnitFigures,
    Use,
    month_after,
)
from handlers.rules.notices.tasks import (
    Done,
    longest_look_back,
    missing_of,
    months_to,
    named_for,
    target_of,
)
from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.naming import row_name
from handlers.rules.scoring.periods import (
    first_day,
    home_of,
    last_day,
    month_closes,
    months_of,
    parts_of,
    rolled_up,
)
from handlers.rules.scoring.standing import Place, group_of, places
from storage.models import Unit
from storage.queries.deductions import Entered
from storage.queries.reports import Used
from storage.queries.scores import Line as StoredLine
from storage.vocabulary import Level, OutsideMeasure, UnitId, UnitKind

_TREND = 6
_NO_POINTS = Decimal(0)
_PLAIN = RuleSet(tie_breakers=("adopted", "submitted"))
"""What a bureau without rules is ordered by."""

Scores = Mapping[tuple[UnitId, str], Score]
"""What each unit has in each period of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What all units' figures are made of: the rules, and what each unit did."""

    rules: RuleSet
    months: tuple[str, ...]
    periods: tuple[str, ...]
    by: Mapping[str, RuleSet]
    """The rules that each period is counted by."""
    done: Mapping[UnitId, Done]
    year: tuple[str, ...]
    """The periods of the year so far, by the rules that were in force in each."""
    scores: Scores

    def score(self, unit: Unit, periods: Sequence[str], period: str) -> Score:
        """Return a unit's score over *periods* of the rules, called *period*."""
        found = [self.scores.get((unit.id, each)) or _none(unit, each) for each in periods]
        return found[0] if len(found) == 1 else rolled_up(self.rules, period, found)


def sections(ctx: Context, bureau: UnitId) -> Sequence[Unit]:
    """Return the units that a bureau counts, in the order of their paths."""
    left_out = ctx.policy(ReportPolicy).left_out
    return [
        unit
        for unit in ctx.uow.members.units_of(bureau)
        if unit.kind is UnitKind.SECTION and unit.path not in left_out
    ]


def figures_of(ctx: Context, bureau: UnitId, period: str) -> Figures:
    """Return the figures of all units of a bureau in *period*, as the tables have them now."""
    units = sections(ctx, bureau)
    months = months_of(period)
    found = of_period(ctx.uow, bureau, last_day(first_day(months[-1]), "month"))
    rules = found[1] if found else _PLAIN
    ground = _ground(ctx, bureau, units, rules, months)
    standing = _standing(ground, units, ground.months, ground.periods, period)
    earlier = months_to(months[0], len(months) + 1)[:-1]
    before = _before(ground, units, earlier) if found else {}
    outlook = _outlook(ctx, bureau, units, period)
    elsewhere = _elsewhere(ctx, bureau, months)
    uses = ctx.uow.reports.used(bureau, months)
    remarks = ctx.uow.reports.remarked(bureau, months)
    calls = _calls(ctx, units, months)
    of_periods = {month for each in ground.periods for month in months_of(each)}
    entered = ctx.uow.deductions.entered(bureau, sorted(of_periods))
    return Figures(
        bureau=ctx.uow.members.unit(bureau).name,
        period=period,
        counted=ground.periods[0] if len(ground.periods) == 1 else period,
        rules=(rules.title or found[0].name) if found else "",
        units=tuple(
            replace(
                _unit(ground, unit, period, standing[unit.name], before.get(unit.name), entered),
                remarks=remarks.get(unit.id, 0),
                elsewhere=elsewhere.get(unit.id, ()),
                called_for=calls[unit.id][0],
                answered=calls[unit.id][1],
            )
            for unit in units
        ),
        uses=tuple(_uses(ground, uses, {unit.id: unit.name for unit in units})),
        trend=tuple(_trend(ground, months)),
        triggers=bool(rules.notice),
        evidence_until=outlook[0],
        next_target=outlook[1],
        appeal_days=rules.appeal_days if len(months) == 1 else 0,
    )


def _calls(
    ctx: Context, units: Sequence[Unit], months: Sequence[str]
) -> Mapping[UnitId, tuple[int, int]]:
    """Return how many drafts were ordered of each unit and due then, and how many it handed in."""
    start, end = period_bounds(months[0])[0], period_bounds(months[-1])[1]
    ordered: dict[UnitId, int] = {unit.id: 0 for unit in units}
    answered = dict(ordered)
    for part, call in ctx.uow.calls.due_in(list(ordered), start, end):
        ordered[part.unit] += call.pieces if part.state in ORDERED else 0
        answered[part.unit] += call.pieces if part.state in DONE else 0
    return {unit: (ordered[unit], answered[unit]) for unit in ordered}


def _ground(
    ctx: Context, bureau: UnitId, units: Sequence[Unit], rules: RuleSet, months: tuple[str, ...]
) -> Ground:
    """Read everything that was done from the first month that anything is said of."""
    last = months[-1]
    until = last_day(first_day(last), "month")
    year = [
        part
        for part in parts_within(ctx.uow, bureau, last[:4], until)
        if home_of(part.period) <= until
    ]
    back = max(longest_look_back(rules), 2 * len(months), _TREND, int(last[5:]))
    looked_at = months_to(last, back)
    by = dict.fromkeys(_periods(rules, looked_at), rules)
    by |= {part.period: part.rules for part in year}
    shown: Sequence[str] = _periods(rules, months)
    if len(months) > 1:
        of_whole = [each.period for each in year if home_of(each.period) >= first_day(months[0])]
        shown = of_whole or shown
    return Ground(
        rules=rules,
        months=months,
        periods=tuple(shown),
        by=by,
        done=_done(ctx, bureau, units, rules, looked_at),
        year=tuple(part.period for part in year),
        scores=_scores(ctx, bureau, units, by, shown),
    )


def _periods(rules: RuleSet, months: Sequence[str]) -> tuple[str, ...]:
    found = (period for month in months for period in parts_of(month, rules.period))
    return tuple(dict.fromkeys(found))


def _done(
    ctx: Context, bureau: UnitId, units: Sequence[Unit], rules: RuleSet, months: Sequence[str]
) -> Mapping[UnitId, Done]:
    officers = officers_of(ctx.uow, rules, bureau)
    found = {unit.id: Done(officers=officers.get(unit.id, 0)) for unit in units}
    spans = [period_bounds(month) for month in months]
    for sent in ctx.uow.reports.sent(list(found), spans):
        for month, submitted, signed in zip(months, sent.submitted, sent.signed, strict=True):
            sort = month, sent.kind, sent.channel
            found[sent.unit].submitted[sort] += submitted
            found[sent.unit].signed[sort] += signed
    for taken in ctx.uow.reports.taken(bureau, months):
        if taken.unit in found:
            found[taken.unit].taken[taken.month, taken.level] += taken.items
    return found


def _scores(
    ctx: Context,
    bureau: UnitId,
    units: Sequence[Unit],
    by: Mapping[str, RuleSet],
    shown: Sequence[str],
) -> Scores:
    """Return the scores of periods *by* their rules; only those *shown* have all their lines."""
    names = {unit.id: unit.name for unit in units}
    lines: dict[tuple[UnitId, str], list[StoredLine]] = defaultdict(list)
    for line in ctx.uow.reports.sums(bureau, [each for each in by if each not in shown]):
        lines[line.unit, line.period].append(line)
    for unit, stored in ctx.uow.scores.standings(bureau, shown).items():
        for line in stored:
            lines[unit, line.period].append(line)
    return {
        (unit, period): score_of(by[period].title, by[period], names[unit], period, found)
        for (unit, period), found in lines.items()
        if unit in names
    }


def _none(unit: Unit, period: str) -> Score:
    return Score(rules="", subject=unit.name, period=period, points=_NO_POINTS, lines=())


def _standing(
    ground: Ground,
    units: Sequence[Unit],
    months: Sequence[str],
    periods: Sequence[str],
    period: str,
) -> Mapping[str, Place]:
    scores = [ground.score(unit, periods, period) for unit in units]
    ties = {
        unit.name: {
            "adopted": Decimal(ground.done[unit.id].taken_in(months)),
            "submitted": Decimal(ground.done[unit.id].sent_in(months)),
        }
        for unit in units
    }
    return {place.subject: place for place in places(ground.rules, scores, ties)}


def _before(ground: Ground, units: Sequence[Unit], months: Sequence[str]) -> Mapping[str, int]:
    """Return the places of the period before; none where nobody had points in it."""
    periods = _periods(ground.rules, months)
    if not any((unit.id, period) in ground.scores for unit in units for period in periods):
        return {}
    standing = _standing(ground, units, months, periods, periods[-1])
    return {name: place.place for name, place in standing.items()}


def _unit(
    ground: Ground,
    unit: Unit,
    period: str,
    place: Place,
    before: int | None,
    entered: Mapping[str, Entered],
) -> UnitFigures:
    rules, months, done = ground.rules, ground.months, ground.done[unit.id]
    score = ground.score(unit, ground.periods, period)
    counted = [ground.scores.get((unit.id, each)) for each in ground.periods]
    levels = [done.taken_in(months, level) for level in Level]
    return UnitFigures(
        id=unit.id,
        name=unit.name,
        group=group_of(rules, unit.name),
        target=target_of(rules, unit.name, months, done.officers),
        missing=missing_of(rules, unit.name, months, done),
        submitted=done.sent_in(months),
        approved=done.signed_in(months),
        adopted=done.taken_in(months),
        levels=(levels[0], levels[1], levels[2], levels[3], levels[4]),
        points=score.points,
        total=ground.score(unit, ground.year, period).points,
        place=place.place,
        before=before,
        awarded=place.awarded,
        passed=score.passed,
        named=named_for(
            rules,
            unit.name,
            months,
            done,
            lambda named: _passed(ground.scores.get((unit.id, named))),
        ),
        lines=tuple(
            Line(
                rule=line.rule,
                row=row_name(ground.by[each.period], line.rule),
                cause=line.cause,
                points=line.points,
                note=line.note,
                period=each.period,
                on=entered[line.cause].on if line.cause in entered else None,
                by=entered[line.cause].by if line.cause in entered else "",
            )
            for each in counted
            if each is not None
            for line in each.lines
        ),
    )


def _passed(score: Score | None) -> bool | None:
    return score.passed if score else None


def _uses(ground: Ground, uses: Sequence[Used], names: Mapping[UnitId, str]) -> Sequence[Use]:
    points: dict[tuple[UnitId, str], Decimal] = defaultdict(Decimal)
    for (unit, period), score in ground.scores.items():
        if period in ground.periods:
            for line in score.lines:
                points[unit, line.cause] += line.points
    return [
        Use(
            unit=names[use.unit],
            number=use.number,
            title=use.title,
            author=use.author,
            channel=use.channel,
            level=use.level,
            issue=use.issue,
            on=use.on,
            evidence=use.url or use.words or ("扫描件" if use.scan else ""),
            points=points[use.unit, use.adoption],
        )
        for use in uses
        if use.unit in names
    ]


def _trend(ground: Ground, months: Sequence[str]) -> Sequence[Month]:
    return [
        Month(
            period=month,
            submitted=sum(done.sent_in([month]) for done in ground.done.values()),
            adopted=sum(done.taken_in([month]) for done in ground.done.values()),
        )
        for month in months_to(months[-1], max(_TREND, len(months)))
    ]


def _elsewhere(
    ctx: Context, bureau: UnitId, months: Sequence[str]
) -> Mapping[UnitId, tuple[Elsewhere, ...]]:
    """Return what other systems counted for each unit in *months*, summed up."""
    sums: dict[UnitId, dict[tuple[str, OutsideMeasure], list[int]]] = defaultdict(dict)
    for figure in ctx.uow.outside.of_bureau(bureau, months):
        sum_ = sums[figure.unit].setdefault((figure.source, figure.measure), [0, 0])
        sum_[0] += figure.value
        sum_[1] += figure.target
    return {
        unit: tuple(
            Elsewhere(source=source, measure=measure, value=value, target=target)
            for (source, measure), (value, target) in sorted(found.items())
        )
        for unit, found in sums.items()
    }


def trend_of_unit(ctx: Context, unit: UnitId, period: str) -> Sequence[Month]:
    """Return what one unit handed in and had used, by month."""
    found = ctx.uow.members.unit(unit)
    months = months_of(period)
    span = months_to(months[-1], max(_TREND, len(months)))
    done = _done(ctx, found.bureau, [found], _PLAIN, span)[unit]
    return [
        Month(period=month, submitted=done.sent_in([month]), adopted=done.taken_in([month]))
        for month in span
    ]


def _outlook(
    ctx: Context, bureau: UnitId, units: Sequence[Unit], period: str
) -> tuple[date | None, int]:
    """Return what comes after a month: until when its proof counts, how much is asked."""
    if len(months_of(period)) > 1:
        return None, 0
    following = month_after(period)
    found = of_period(ctx.uow, bureau, last_day(first_day(following), "month"))
    if found is None:
        return None, 0
    rules = found[1]
    officers = officers_of(ctx.uow, rules, bureau)
    asked = (
        target_of(rules, unit.name, [following], officers.get(unit.id, 0)) or 0 for unit in units
    )
    return month_closes(rules, following, ctx.calendar().is_workday), sum(asked)
