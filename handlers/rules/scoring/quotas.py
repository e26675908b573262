"""What becomes of quotas (任务数): met, short, or exceeded."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from handlers.rules.scoring import texts
from handlers.rules.scoring.facts import Adoption, Count, Facts
from handlers.rules.scoring.lines import Step, fine, plain
from handlers.rules.scoring.matching import fits_use
from handlers.rules.scoring.model import Each, OnExtra, Quota, RuleSet

POINTS, ADOPTED = "points", "adopted"
_NOTHING = Decimal(0)


def quota_steps(
    rules: RuleSet, facts: Facts, uses: Sequence[Adoption], earned: Decimal
) -> Iterator[Step]:
    """Yield the steps of each quota in each of its own periods, then the bonus cap's.

    *earned* is what all uses gave; a quota about points without a count of its own is measured by
    it, one about adopted items by *uses*.
    """
    bonus = _NOTHING
    for number, quota in enumerate(rules.quota, start=1):
        for count in _counts(rules, quota, facts):
            done = _done(quota, count, uses, earned)
            target = count.target
            if target is None and quota.targets:
                target = quota.targets.of(facts.subject)
            for kind, step in _steps(quota, f"quota[{number}]", count, done, target):
                bonus += step.points if kind == "bonus" else 0
                yield step
    if rules.bonus_cap is not None and bonus > rules.bonus_cap:
        note = texts.BONUS_CAP.format(cap=plain(rules.bonus_cap))
        yield Step(rule="bonus_cap", cause="bonus", points=rules.bonus_cap - bonus, note=note)


def _counts(rules: RuleSet, quota: Quota, facts: Facts) -> list[Count]:
    """Return what was counted for *quota*: under its name, else under its measure."""
    names = {each.name for each in rules.quota if each.name}
    wanted = quota.name if any(count.measure == quota.name for count in facts.counts) else None
    measure = wanted or quota.measure
    found = [
        count
        for count in facts.counts
        if count.measure == measure and (wanted or count.measure not in names)
    ]
    return sorted(found, key=lambda count: (count.during, repr((count.done, count.target))))


def _done(quota: Quota, count: Count, uses: Sequence[Adoption], earned: Decimal) -> Decimal:
    if count.done is not None:
        return count.done
    if quota.measure == POINTS:
        return earned
    if quota.measure == ADOPTED:
        return Decimal(sum(use.times for use in uses if fits_use(quota.filter, use)))
    return _NOTHING


def _steps(
    quota: Quota, rule: str, count: Count, done: Decimal, target: Decimal | None
) -> Iterator[tuple[str, Step]]:
    told = texts.counted(quota, count, done, target)

    def step(kind: str, points: Decimal, note: str) -> tuple[str, Step]:
        cause = count.during or quota.called
        return kind, Step(rule=f"{rule}.{kind}", cause=cause, points=fine(points), note=note)

    if quota.base:
        yield step("base", quota.base, f"{quota.called}{texts.BASE}")
    if quota.each:
        points = _each(quota.each, done)
        yield step("each", points, f"{told}，每条{texts.given(quota.each.points)}")
    if target is None:
        return
    if done >= target:
        points = _when_met(quota)
        won = f"，{texts.given(points)}" if points else ""
        yield step("on_met", points, f"{told}，完成任务{won}")
    else:
        points = _when_short(quota, done, target)
        short = f"差{plain(target - done)}{texts.unit_of(quota)}"
        note = f"{told}，{short}{_how_short(quota, points)}"
        yield step("on_short", points, note)
    if quota.on_extra and done > target:
        points = _extra(quota.on_extra, done - target)
        kind = "bonus" if quota.on_extra.bonus else "on_extra"
        unit = texts.unit_of(quota)
        each = f"每{unit}{texts.given(quota.on_extra.points)}"
        yield step(kind, points, f"{told}，超{plain(done - target)}{unit}，{each}")


def _each(each: Each, done: Decimal) -> Decimal:
    points = done * each.points
    return points if each.cap is None else min(points, each.cap)


def _extra(extra: OnExtra, over: Decimal) -> Decimal:
    points = over * extra.points
    return points if extra.cap is None else min(points, extra.cap)


def _when_met(quota: Quota) -> Decimal:
    if quota.on_met:
        return quota.on_met.points
    return quota.full or _NOTHING


def _when_short(quota: Quota, done: Decimal, target: Decimal) -> Decimal:
    short = quota.on_short
    if short is None or short.mode == "nothing":
        return _NOTHING
    if short.mode == "pro_rata":
        full = _when_met(quota) if quota.full is None else quota.full
        return full * max(done, _NOTHING) / target
    if short.mode == "flat":
        return short.points or _NOTHING
    each = -(short.k or _NOTHING) if short.mode == "multiple" else short.points or _NOTHING
    points = (target - done) * each
    return points if short.cap is None else max(points, -abs(short.cap))


def _how_short(quota: Quota, points: Decimal) -> str:
    short = quota.on_short
    if short is None or short.mode == "nothing":
        return "，不扣分"
    if short.mode == "pro_rata":
        return f"，按比例得{plain(fine(points))}分"
    if short.mode == "flat":
        return f"，{texts.given(points)}"
    most = "" if short.cap is None else f"，最多{texts.given(-abs(short.cap))}"
    if short.mode == "multiple":
        return f"，按差额的{plain(short.k or _NOTHING)}倍扣分{most}"
    return f"，每{texts.unit_of(quota)}{texts.given(short.points or _NOTHING)}{most}"
