"""Calls, rates and breaches: what is added or taken off besides uses, remarks and quotas."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from handlers.rules.scoring import texts
from handlers.rules.scoring.facts import Breach, Calls, Facts
from handlers.rules.scoring.lines import Step, fine, plain
from handlers.rules.scoring.model import RuleSet, Threshold

_NOTHING = Decimal(0)


def call_steps(rules: RuleSet, calls: Sequence[Calls]) -> Iterator[Step]:
    """Yield a step for each call, or for several that ended alike."""
    points: dict[str, Decimal | None] = {
        "done": rules.call.done,
        "late": rules.call.late,
        "missed": rules.call.missed,
        "declined": rules.call.declined,
    }
    for call in sorted(calls, key=_call_order):
        each = points.get(call.outcome)
        told = texts.call(call.outcome, call.times, call.weight, call.why)
        note = (
            texts.CALL_WITHOUT_POINTS.format(what=told)
            if each is None
            else f"{told}，每篇{texts.given(each)}"
        )
        yield Step(
            rule=f"call.{call.outcome}",
            cause=call.ref or call.outcome,
            points=(each or _NOTHING) * call.times * call.weight,
            note=note,
        )


def threshold_steps(rules: RuleSet, facts: Facts) -> Iterator[Step]:
    """Yield a step for each bound that a known rate is on the wrong, or the right, side of."""
    for number, row in enumerate(rules.threshold, start=1):
        rate = facts.metrics.get(row.metric)
        if rate is None or _submitted(facts) < row.min_count or not row.applies(rate):
            continue
        name = texts.named(texts.METRIC_NAMES, row.metric)
        note = f"{name}{_rate(rate)}，{_sides(row)}，{texts.given(row.points)}"
        yield Step(rule=f"threshold[{number}]", cause=row.metric, points=row.points, note=note)


def penalty_steps(rules: RuleSet, breaches: Sequence[Breach]) -> Iterator[Step]:
    """Yield a step for each breach, then one for each event whose cap was passed."""
    taken: dict[str, Decimal] = defaultdict(Decimal)
    for breach in sorted(breaches, key=order):
        row = rules.penalty.get(breach.event)
        told = texts.event(breach.event, breach.item, breach.times, breach.why)
        points = row.points * breach.times if row else _NOTHING
        taken[breach.event] += points
        without = row is None and not rules.effects_of(breach.event)
        yield Step(
            rule=f"penalty.{breach.event}",
            cause=breach.ref or breach.item or breach.event,
            points=points,
            note=(
                texts.PENALTY_WITHOUT_POINTS.format(what=told)
                if without
                else f"{told}，{texts.given(points)}"
            ),
        )
    for event, points in taken.items():
        cap = rules.penalty[event].cap if event in rules.penalty else None
        if cap is not None and points < -abs(cap):
            note = texts.PENALTY_CAP.format(what=texts.event(event), cap=plain(abs(cap)))
            yield Step(
                rule=f"penalty.{event}.cap", cause=event, points=-abs(cap) - points, note=note
            )


def order(breach: Breach) -> tuple[str, str, str, int, str]:
    return (breach.event, breach.item, breach.ref, breach.times, breach.why)


def _call_order(call: Calls) -> tuple[str, str, int, int, str]:
    return (call.outcome, call.ref, call.times, call.weight, call.why)


def _sides(row: Threshold) -> str:
    reached = "" if row.at_least is None else f"达到{_rate(row.at_least)}"
    missed = "" if row.below is None else f"低于{_rate(row.below)}"
    return "、".join(filter(None, (reached, missed)))


def _submitted(facts: Facts) -> Decimal:
    if (known := facts.metrics.get("submitted")) is not None:
        return known
    return sum(
        (count.done or _NOTHING for count in facts.counts if count.measure == "submitted"),
        _NOTHING,
    )


def _rate(rate: Decimal) -> str:
    return f"{plain(fine(rate * 100))}%"
