"""Finds what is written correctly and means something else than it seems.

Rows that never count, rows between which only their order decides, channels without points; what
settings come to nothing is looked for in `settings` and `tasks`. Each finding says what to do next.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product
from typing import Any

from handlers.rules.scoring import settings, tasks
from handlers.rules.scoring.facts import LEVELS, Adoption
from handlers.rules.scoring.matching import OTHER, PRINCIPAL, UseTable
from handlers.rules.scoring.model import AdoptionRow, Channel, InstructionRow, Modifier, RuleSet
from handlers.rules.scoring.parts import Conditions, OfRemark, OfUse
from handlers.rules.scoring.reading import Finding, Sheet, read_rule_sets
from handlers.rules.scoring.settings import Said
from handlers.rules.toml_lines import Place

OVERLAP = (
    "和第{line}行同样具体、能同时符合，分值不同，以第{line}行为准；请给其中一行加条件，或删去一行"
    " / overlaps line {line}, which counts because it is first: add a condition to one of them"
)
NEVER = (
    "永远用不上，总是第{lines}行先符合；请删去，或加一个条件"
    " / never used: line {lines} always comes first: delete this row or add a condition"
)
NO_LENGTH = (
    "永远用不上，没有这样的字数；words_from 要小于 words_below"
    " / never used: words_from must be below words_below"
)
NO_POINTS = (
    "渠道 {name} 没有分值；请加一行 adoption，不计分就把它从 channels 删去"
    " / no row gives points for this channel: add one, or delete the channel"
)
NO_CHANNEL = (
    "没有渠道 {name}{hint}；请改成登记的名称，或写进 channels / no such channel: add it to channels"
)
OTHER_LEVEL = (
    "channels 里 {name} 是 {known}，这行要 {asked}，符合不了；请改成一致"
    " / this channel has another level in channels"
)
NOTHING_COUNTS = (
    "没有采用、批示或任务的分值，谁都是基础分；请至少写一行 adoption 或 quota"
    " / nothing gives points: write an adoption or a quota"
)
SAME_NAME = "任务 {name} 重复，请用 name 区分 / give each quota a name of its own"
NO_LEVEL = (
    "按层级合计，但不知道 {names} 的层级；请在 channels 里写明 level / stacking needs its level"
)

_OTHER = ""
_MOST_TRIED = 60_000
_MOST_ROWS = 300


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


Rival = AdoptionRow | InstructionRow | Modifier


def _rivals(rules: RuleSet) -> Iterator[tuple[str, list[tuple[int, Rival]]]]:
    """Yield, sort by sort, the rows of which only one counts for one fact, with their numbers."""
    yield "adoption", list(enumerate(rules.adoption[:_MOST_ROWS]))
    yield "instruction", list(enumerate(rules.instruction[:_MOST_ROWS]))
    by_flag: dict[tuple[str, ...], list[tuple[int, Rival]]] = defaultdict(list)
    for number, row in enumerate(rules.modifier[:_MOST_ROWS]):
        by_flag[row.flag].append((number, row))
    yield from (("modifier", rows) for rows in by_flag.values())


def _overlaps(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find rows that fit the same fact, are equally specific, and give different points."""
    for sort, rows in _rivals(rules):
        for later, (number, row) in enumerate(rows):
            for earlier, other in rows[:later]:
                alike = row.weight == other.weight and _worth(row) != _worth(other)
                if alike and _meet(row, other) and (sort == "adoption" or not _covers(other, row)):
                    line = place.line_of((sort, earlier))
                    yield (sort, number), OVERLAP.format(line=line)


def _covered(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find remarks' rows and marks that another row always comes before."""
    for sort, rows in _rivals(rules):
        for later, (number, row) in enumerate(rows):
            first = next(
                (
                    earlier
                    for at, (earlier, other) in enumerate(rows)
                    if sort != "adoption"
                    and (other.weight > row.weight or (other.weight == row.weight and at < later))
                    and _covers(other, row)
                ),
                None,
            )
            if first is not None:
                yield (sort, number), NEVER.format(lines=place.line_of((sort, first)))


def _worth(row: Rival) -> tuple[Any, ...]:
    return tuple(getattr(row, key, None) for key in ("points", "mul", "add", "set"))


def _asked(row: Conditions) -> Sequence[tuple[str, ...]]:
    if isinstance(row, OfUse):
        return (*row.places, row.kind, row.form, row.flag)
    if isinstance(row, OfRemark):
        return (*row.places, row.rank, row.remark)
    return row.places


def _meet(one: Conditions, other: Conditions) -> bool:
    pairs = zip(_asked(one), _asked(other), strict=True)
    return all(_share(a, b) for a, b in pairs) and _lengths_meet(one, other)


def _share(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether one word can be among both; every rank but one is another leader's."""
    return not a or not b or bool(set(a) & set(b)) or (_others(a, b) or _others(b, a))


def _others(ranks: Sequence[str], named: Sequence[str]) -> bool:
    return OTHER in ranks and not set(named) <= {PRINCIPAL}


def _covers(one: Conditions, other: Conditions) -> bool:
    """Say whether whatever fits *other* fits *one* as well, as far as words go."""
    pairs = zip(_asked(one), _asked(other), strict=True)
    if not all(not a or (b and set(b) <= set(a)) for a, b in pairs):
        return False
    if not isinstance(one, OfUse) or not isinstance(other, OfUse):
        return True
    begins = (one.words_from or 0) <= (other.words_from or 0)
    ends = one.words_below is None or (
        other.words_below is not None and other.words_below <= one.words_below
    )
    return begins and ends


def _lengths_meet(one: Conditions, other: Conditions) -> bool:
    if not isinstance(one, OfUse) or not isinstance(other, OfUse):
        return True
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


def _other_levels(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find rows about a channel at a level that the channel does not have."""
    rows: Mapping[str, Sequence[OfUse]] = {"adoption": rules.adoption, "modifier": rules.modifier}
    for sort, listed in rows.items():
        for number, row in enumerate(listed):
            for name in row.channel:
                known = rules.channels.get(name, Channel()).level
                if known and row.level and not set(known) & set(row.level):
                    asked = "、".join(row.level)
                    said = OTHER_LEVEL.format(name=name, known=known[0], asked=asked)
                    yield (sort, number), said


def _empty(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find rule sets by which everybody has the same."""
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
    _covered,
    _worthless,
    _misnamed,
    _other_levels,
    _empty,
    _same_quotas,
    _without_level,
    *settings.LOOKS,
    *tasks.LOOKS,
)
