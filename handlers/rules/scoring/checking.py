"""Finds what is written correctly and means something else than it seems.

Rows that never count, rows between which only their order decides, channels without points.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product

from handlers.rules.scoring.facts import LEVELS, Adoption
from handlers.rules.scoring.matching import UseTable
from handlers.rules.scoring.model import AdoptionRow, Channel, RuleSet
from handlers.rules.scoring.parts import OfRemark, OfUse
from handlers.rules.scoring.reading import Finding, Sheet, read_rule_sets
from handlers.rules.toml_lines import Place

OVERLAP = (
    "和第{line}行同样具体、能同时符合，分值不同；以第{line}行为准"
    " / overlaps the row of line {line}, which counts because it is first"
)
NEVER = "永远用不上，总是第{lines}行先符合 / never used: line {lines} always comes first"
NO_LENGTH = "永远用不上，没有这样的字数 / never used: no such length"
NO_POINTS = "渠道 {name} 没有分值 / no row gives points for this channel"
NO_CHANNEL = "没有渠道 {name}{hint} / no such channel"
NO_BONUS = "没有 bonus = true 的任务，bonus_cap 用不上 / no quota gives a bonus"
NOBODY_PASSES = "合格线高于封顶分，谁也达不到 / nobody can pass"
NOTHING_COUNTS = "没有采用、批示或任务的分值 / nothing gives points"
SAME_NAME = "任务 {name} 重复，请用 name 区分 / give each quota a name of its own"
NO_LEVEL = "按层级合计，但不知道 {names} 的层级 / stacking needs its level"

_OTHER = ""
_MOST_TRIED = 60_000
_MOST_ROWS = 300

Said = tuple[Sequence[str | int], str]
"""Where something was found, and what."""


def check(content: bytes) -> Sheet:
    """Read a file of rule sets, and look for what it cannot mean; never raises."""
    sheet = read_rule_sets(content)
    found = list(sheet.findings)
    for name, rules in sheet.rule_sets.items():
        found += warnings(name, rules, sheet.places[name])
    return Sheet(rule_sets=sheet.rule_sets, places=sheet.places, findings=tuple(sorted(found)))


def warnings(name: str, rules: RuleSet, place: Place) -> Iterator[Finding]:
    """Yield what can be used as it stands and is hardly meant."""
    for look in _LOOKS:
        for path, message in look(rules, place):
            yield Finding(line=place.line_of(path), message=message, rules=name, error=False)


def _overlaps(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find rows that fit the same use, are equally specific, and give different points."""
    rows = rules.adoption[:_MOST_ROWS]
    for later, row in enumerate(rows):
        for earlier, other in enumerate(rows[:later]):
            if row.weight == other.weight and row.points != other.points and _meet(row, other):
                line = place.line_of(("adoption", earlier))
                yield ("adoption", later), OVERLAP.format(line=line)


def _meet(one: OfUse, other: OfUse) -> bool:
    pairs = [
        *zip(one.places, other.places, strict=True),
        (one.kind, other.kind),
        (one.form, other.form),
        (one.flag, other.flag),
    ]
    return all(not a or not b or set(a) & set(b) for a, b in pairs) and _lengths_meet(one, other)


def _lengths_meet(one: OfUse, other: OfUse) -> bool:
    begin = max(one.words_from or 0, other.words_from or 0)
    ends = [end for end in (one.words_below, other.words_below) if end is not None]
    return not ends or begin < min(ends)


def _unreachable(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find rows for which no use is left, since others always come first."""
    rows = rules.adoption[:_MOST_ROWS]
    table = UseTable(rows)
    for number, row in enumerate(rows):
        winners = _winners(table, number, _uses_for(row, rules), _MOST_TRIED // len(rows))
        if winners is not None:
            lines = sorted({place.line_of(("adoption", winner)) for winner in winners})
            named = "、".join(map(str, lines))
            yield ("adoption", number), (NEVER.format(lines=named) if lines else NO_LENGTH)


def _winners(
    table: UseTable[AdoptionRow], number: int, uses: Iterable[Adoption], most: int
) -> set[int] | None:
    """Return the rows that come before row *number* for all *uses*.

    None where the row has a use, or where more than *most* would have to be tried.
    """
    winners: set[int] = set()
    for tried, use in enumerate(uses):
        found = table.find(use)
        if found is None or found[0] == number + 1 or tried == most:
            return None
        winners.add(found[0] - 1)
    return winners


def _uses_for(row: OfUse, rules: RuleSet) -> Iterator[Adoption]:
    """Yield every sort of use that *row* fits, the least like any other row first."""
    rows = rules.adoption
    words = (
        _words(row.channel, (word for each in rows for word in each.channel)),
        _words(row.family, (word for each in rows for word in each.family)),
        _words(row.level, LEVELS),
        _words(row.kind, (word for each in rows for word in each.kind)),
        _words(row.form, (word for each in rows for word in each.form)),
        _words(row.flag, (word for each in rows for word in each.flag)),
    )
    bounds = {bound or 0 for each in rows for bound in (each.words_from, each.words_below)}
    lengths = [length for length in sorted(bounds | {0}) if _long_enough(row, length)]
    for (channel, family, level, kind, form, flag), length in product(product(*words), lengths):
        known = rules.channels.get(channel, Channel())
        yield Adoption(
            item="",
            channel=channel,
            family=family,
            level=level if row.level else next(iter(known.level), level),
            kind=kind,
            form=form,
            flags=frozenset({flag} - {_OTHER}),
            words=length,
        )


def _long_enough(row: OfUse, length: int) -> bool:
    return length >= (row.words_from or 0) and (row.words_below is None or length < row.words_below)


def _words(asked: Sequence[str], used: Iterable[str]) -> Sequence[str]:
    return asked or (_OTHER, *dict.fromkeys(used))


def _worthless(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find channels that no row gives points for."""
    for name, channel in rules.channels.items():
        if not any(_may_fit(row, name, channel) for row in rules.adoption):
            yield ("channels", name), NO_POINTS.format(name=name)


def _may_fit(row: OfUse, name: str, channel: Channel) -> bool:
    level = next(iter(channel.level), _OTHER)
    return (
        (not row.channel or name in row.channel)
        and (not row.level or not level or level in row.level)
        and (not row.family or not channel.family or channel.family in row.family)
    )


def _misnamed(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find names that stand for no channel, where it is known which there are."""
    known = set(rules.channels) or {word for row in rules.adoption for word in row.channel}
    if not rules.channels and not all(row.channel for row in rules.adoption):
        return
    for path, name in _named_channels(rules):
        if known and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"，是不是 {near[0]}？" if near else ""
            yield path, NO_CHANNEL.format(name=name, hint=hint)


def _named_channels(rules: RuleSet) -> Iterator[tuple[Sequence[str | int], str]]:
    rows: Mapping[str, Sequence[OfUse | OfRemark]] = {
        "adoption": rules.adoption,
        "modifier": rules.modifier,
        "instruction": rules.instruction,
    }
    for sort, listed in rows.items():
        for number, row in enumerate(listed):
            yield from (((sort, number, "channel"), name) for name in row.channel)
    yield from ((("stacking", "exceptions"), name) for name in rules.stacking.exceptions)


def _idle(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find settings that nothing comes of."""
    bonuses = [quota for quota in rules.quota if quota.on_extra and quota.on_extra.bonus]
    if rules.bonus_cap is not None and not bonuses:
        yield ("bonus_cap",), NO_BONUS
    if rules.ceiling is not None and (rules.pass_mark or rules.ceiling) > rules.ceiling:
        yield ("pass_mark",), NOBODY_PASSES
    if not (rules.adoption or rules.quota or rules.instruction):
        yield (), NOTHING_COUNTS


def _same_quotas(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find quotas that cannot be told apart."""
    for number, quota in enumerate(rules.quota):
        if quota.called in (each.called for each in rules.quota[:number]):
            yield ("quota", number), SAME_NAME.format(name=quota.called)


def _without_level(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find rows of a channel without a level where stacking goes by levels."""
    if rules.stacking.mode != "top_levels":
        return
    for number, row in enumerate(rules.adoption):
        names = [name for name in row.channel if not rules.channels.get(name, Channel()).level]
        if names and not row.level:
            yield ("adoption", number), NO_LEVEL.format(names="、".join(names))


_LOOKS: Sequence[Callable[[RuleSet, Place], Iterator[Said]]] = (
    _overlaps,
    _unreachable,
    _worthless,
    _misnamed,
    _idle,
    _same_quotas,
    _without_level,
)
