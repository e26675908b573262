"""What wipes points out: items, periods and years that count nothing, and the bounds of a score."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from handlers.rules.scoring import texts
from handlers.rules.scoring.duties import order
from handlers.rules.scoring.facts import Facts
from handlers.rules.scoring.lines import Step, plain, rounded, total
from handlers.rules.scoring.model import Cap, RuleSet, Strikes

_NOTHING = Decimal(0)
_WHOLE = ("zero_period", "zero_year")


def cap_steps(caps: Sequence[Cap], sort: str, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield a step for each cap on *sort* that its *steps* pass."""
    for number, cap in enumerate(caps, start=1):
        if cap.of == sort and (over := total(steps) - cap.max) > 0:
            note = texts.SORT_CAPS[sort].format(cap=plain(cap.max))
            yield Step(rule=f"cap[{number}]", cause=sort, points=-over, note=note)


def zeroed_items(rules: RuleSet, facts: Facts, steps: Sequence[Step]) -> Iterator[Step]:
    """Yield a step for each item that counts nothing any more; a step takes away only gains."""
    done: set[str] = set()
    for breach in sorted(facts.breaches, key=order):
        if breach.item in done or "zero_item" not in rules.effects_of(breach.event):
            continue
        done.add(breach.item)
        gained = total(step for step in steps if step.item and step.item == breach.item)
        if gained > 0:
            note = texts.ZERO_ITEM.format(what=texts.event(breach.event, breach.item))
            yield Step(
                rule=f"penalty.{breach.event}.zero_item",
                cause=breach.ref or breach.item,
                points=-gained,
                note=note,
            )


def zeroed_period(
    rules: RuleSet, facts: Facts, gains: Sequence[Step], losses: Sequence[Step]
) -> Iterator[Step]:
    """Yield the step that a breach or too many strikes take the whole score with.

    A breach wipes out the *gains* and leaves the *losses*, which are its and others' penalties;
    strikes wipe out what is left of both. Neither ever adds points.
    """
    left = total(gains)
    for event, effect in _wiping(rules, facts):
        note = texts.ZERO_YEAR if effect == "zero_year" else texts.ZERO_PERIOD
        rule = f"penalty.{event}.{effect}"
        yield Step(
            rule=rule,
            cause=event,
            points=-max(left, _NOTHING),
            note=note.format(what=texts.event(event)),
        )
        left = min(left, _NOTHING)
    strikes = rules.call.strikes
    if strikes and strikes.effect != "veto" and struck(strikes, facts):
        left += total(losses)
        note = texts.STRIKES.format(what=_named(strikes), n=strikes.n)
        yield Step(rule="strikes", cause=strikes.of, points=-max(left, _NOTHING), note=note)


def vetoes(rules: RuleSet, facts: Facts) -> Iterator[Step]:
    """Yield a step without points for each event that costs the awards."""
    events = sorted({breach.event for breach in facts.breaches})
    for event in events:
        if "veto" in rules.effects_of(event):
            note = texts.VETO.format(what=texts.event(event))
            yield Step(rule=f"penalty.{event}.veto", cause=event, points=_NOTHING, note=note)
    strikes = rules.call.strikes
    if strikes and strikes.effect == "veto" and struck(strikes, facts):
        note = texts.STRIKES_VETO.format(what=_named(strikes), n=strikes.n)
        yield Step(rule="strikes.veto", cause=strikes.of, points=_NOTHING, note=note)


def struck(strikes: Strikes, facts: Facts) -> bool:
    """Say whether there were as many strikes as it takes."""
    happened: Counter[str] = Counter()
    for call in facts.calls:
        happened[call.outcome] += call.times
    for breach in facts.breaches:
        happened[breach.event] += breach.times
    return happened[strikes.of] >= strikes.n


def zeroes_the_year(rules: RuleSet, facts: Facts) -> bool:
    strikes = rules.call.strikes
    by_strikes = bool(strikes and strikes.effect == "zero_year" and struck(strikes, facts))
    return by_strikes or any(effect == "zero_year" for _, effect in _wiping(rules, facts))


def bounds(rules: RuleSet, points: Decimal) -> Iterator[Step]:
    """Yield what brings *points* into the band of the rule set, then what rounds it."""
    bounded = points
    if rules.floor is not None and bounded < rules.floor:
        note = texts.FLOOR.format(bound=plain(rules.floor))
        yield Step(rule="floor", cause="floor", points=rules.floor - bounded, note=note)
        bounded = rules.floor
    if rules.ceiling is not None and bounded > rules.ceiling:
        note = texts.CEILING.format(bound=plain(rules.ceiling))
        yield Step(rule="ceiling", cause="ceiling", points=rules.ceiling - bounded, note=note)
        bounded = rules.ceiling
    if rest := rounded(bounded, rules.rounding) - bounded:
        yield Step(rule="rounding", cause="rounding", points=rest, note=texts.ROUNDING)


def _wiping(rules: RuleSet, facts: Facts) -> list[tuple[str, str]]:
    """Return each event that wipes out a period or a year, with which of them."""
    return [
        (event, effect)
        for event in sorted({breach.event for breach in facts.breaches})
        for effect in _WHOLE
        if effect in rules.effects_of(event)
    ]


def _named(strikes: Strikes) -> str:
    return texts.named({**texts.EVENT_NAMES, **texts.OUTCOME_NAMES}, strikes.of)
