"""Finds quotas (任务数) and rates that are written correctly and hardly meant like that."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from handlers.rules.scoring.lines import plain
from handlers.rules.scoring.model import OnShort, Quota, RuleSet, Threshold
from handlers.rules.scoring.settings import ONLY_WITH, Look, Said
from handlers.rules.toml_lines import Place

NO_PERIOD = (
    "没写周期，按月计；请在规则或任务里写 period / no period: it is counted by the month, say so"
)
TOO_LONG = (
    "任务的周期长于规则的周期，到期才能算；请改短，或把规则的 period 改长"
    " / a quota's period cannot be longer than the rule set's"
)
NOT_NESTED = "周和月不能套在一起；请改成同一种周期 / weeks and months do not nest: use one of them"
CANNOT_FILTER = (
    "{measure} 只能按 {able} 筛选，{asked} 不起作用；请删去，或把 measure 改成 adopted"
    " / {measure} cannot be filtered by {asked}"
)
ALWAYS_MET = "任务数是0，总算完成；请写任务数，或改用 each / a target of 0 is always met"
PUNISHED = "完成任务反而扣分；请把 points 改成正数 / meeting the target costs points"
CAP_BELOW_ONE = "差一条就超过上限 {cap}；请把 cap 改大 / one missing exceeds the cap: raise it"
NO_BONUS_CAP = "没有 bonus_cap，bonus 不起作用；请写 bonus_cap 或删去 / bonus needs a bonus_cap"
BOTH = (
    "和第{line}行会同时符合，两行都算，共{points}分；只想算一行，请用 at_least 和 below 把两段分开"
    " / meets line {line}: both count; keep them apart with at_least and below"
)
OUT_OF_ORDER = (
    "门槛顺序不对：{metric} 在{rate}以上反而比以下得分低；请核对 below、at_least 和 points"
    " / thresholds out of order: a higher rate gives less"
)
NO_RATE = "比率在0到1之间，{bound}{what}；百分之三十请写 0.3 / a rate is between 0 and 1"
ALWAYS, NEVER = "总是符合", "永远不符合"

_LENGTHS = ("month", "quarter", "half", "year")
_ABLE: Mapping[str, Sequence[str]] = {
    "submitted": ("kind", "channel"),
    "approved": ("kind", "channel"),
    "points": (),
}
_IDLE: Mapping[str, tuple[frozenset[str], str]] = {
    "k": (frozenset({"multiple"}), 'mode = "multiple"'),
    "points": (frozenset({"per_missing", "flat"}), 'mode = "per_missing"'),
    "cap": (frozenset({"per_missing", "multiple"}), 'mode = "per_missing"'),
}


def _periods(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find quotas of which nobody said how often, or that are judged less often than counted."""
    without = [number for number, quota in enumerate(rules.quota) if quota.period is None]
    if without and "period" not in rules.model_fields_set:
        yield ("quota", without[0]), NO_PERIOD
    for number, quota in enumerate(rules.quota):
        where = ("quota", number)
        if quota.period is None:
            continue
        if (quota.period == "week") != (rules.period == "week"):
            yield (*where, "period"), NOT_NESTED
        elif _longer(quota.period, rules.period):
            yield (*where, "period"), TOO_LONG


def _longer(one: str, other: str) -> bool:
    return "week" not in {one, other} and _LENGTHS.index(one) > _LENGTHS.index(other)


def _filters(rules: RuleSet, _: Place) -> Iterator[Said]:
    for number, quota in enumerate(rules.quota):
        able = _ABLE.get(quota.measure)
        if able is None:
            continue
        asked = [key for key in quota.filter.model_fields_set if key not in able]
        for key in sorted(asked):
            said = CANNOT_FILTER.format(
                measure=quota.measure, able="、".join(able) or "无", asked=key
            )
            yield ("quota", number, "filter"), said


def _results(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find what becomes of a quota and cannot, or not as it says."""
    for number, quota in enumerate(rules.quota):
        where = ("quota", number)
        if _always_met(quota):
            yield (*where, "targets"), ALWAYS_MET
        if quota.on_met and quota.on_met.points < 0:
            yield (*where, "on_met"), PUNISHED
        if quota.on_extra and quota.on_extra.bonus and rules.bonus_cap is None:
            yield (*where, "on_extra"), NO_BONUS_CAP
        if quota.on_short:
            yield from (((*where, "on_short", key), said) for key, said in _idle(quota.on_short))


def _always_met(quota: Quota) -> bool:
    targets = quota.targets
    known = () if targets is None else (targets.default, *targets.units.values())
    return bool(known) and not any(known) and None not in known


def _idle(short: OnShort) -> Iterator[tuple[str, str]]:
    for key, (modes, other) in _IDLE.items():
        if key in short.model_fields_set and short.mode not in modes:
            yield key, ONLY_WITH.format(other=other)
    points = short.points if short.mode == "per_missing" else None
    if short.cap is not None and points is not None and abs(short.cap) < abs(points):
        yield "cap", CAP_BELOW_ONE.format(cap=plain(short.cap))


def _thresholds(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find rates that cannot be, rows that count together, and steps in the wrong order."""
    by_metric: dict[str, list[tuple[int, Threshold]]] = defaultdict(list)
    for number, row in enumerate(rules.threshold):
        by_metric[row.metric].append((number, row))
        if row.metric.endswith("rate"):
            yield from ((("threshold", number), said) for said in _impossible(row))
    for metric, rows in by_metric.items():
        for later, (number, row) in enumerate(rows):
            for earlier, other in rows[:later]:
                if _meet(row, other):
                    line = place.line_of(("threshold", earlier))
                    points = plain(row.points + other.points)
                    yield ("threshold", number), BOTH.format(line=line, points=points)
        for number, bound in _falls(rows):
            said = OUT_OF_ORDER.format(metric=metric, rate=plain(bound))
            yield ("threshold", number), said


def _impossible(row: Threshold) -> Iterator[str]:
    if row.below is not None and not 0 < row.below <= 1:
        yield NO_RATE.format(bound=plain(row.below), what=ALWAYS if row.below > 1 else NEVER)
    if row.at_least is not None and not 0 < row.at_least <= 1:
        yield NO_RATE.format(bound=plain(row.at_least), what=NEVER if row.at_least > 1 else ALWAYS)


def _meet(one: Threshold, other: Threshold) -> bool:
    begin = max(row.at_least or Decimal(0) for row in (one, other))
    ends = [row.below for row in (one, other) if row.below is not None]
    return not ends or begin < min(ends)


def _falls(rows: Sequence[tuple[int, Threshold]]) -> Iterator[tuple[int, Decimal]]:
    """Yield each bound at which a higher rate gives fewer points, and whose bound it is."""
    bounds = {
        bound: number
        for number, row in rows
        for bound in (row.at_least, row.below)
        if bound is not None
    }
    before = _together(rows, Decimal(-1))
    for bound, number in sorted(bounds.items()):
        now = _together(rows, bound)
        if now < before:
            yield number, bound
        before = now


def _together(rows: Sequence[tuple[int, Threshold]], rate: Decimal) -> Decimal:
    return sum((row.points for _, row in rows if row.applies(rate)), Decimal(0))


LOOKS: Sequence[Look] = (_periods, _filters, _results, _thresholds)
