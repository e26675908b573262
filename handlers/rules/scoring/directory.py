"""Finds what a rule set names and its bureau does not have, or has and the rule set leaves out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.settings import Said

UNIT, PERSON = "单位", "人员"
NOBODY_CALLED = (
    "{kind}名录里没有 {name}{hint}；请改成名录里的名称，或先导入名录"
    " / nobody of this name in the directory"
)
IN_NO_GROUP = (
    "{names} 不在任何一组，会单独排名；请补进 groups / in no group: they are ranked by themselves"
)
NO_CHANNEL = (
    "渠道登记里没有 {name}{hint}；请改成登记的名称，或先登记渠道"
    " / no channel of this name is registered"
)
WITHOUT_POINTS = (
    "登记的渠道 {names} 没有分值；请补一行 adoption，不计分可不理"
    " / these registered channels get no points: add a row if they should"
)
NO_TARGET = "没有写任务数，不会判完成与否；请写 targets / no targets: it is never judged"
NOT_FED = (
    "{measure} 没有数据来源，不会计；请导入同名的外部数据，或改用"
    " submitted、approved、adopted、points / nothing counts this measure: import such figures"
)

COUNTED = ("submitted", "approved", "adopted", "points")
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a bureau has; *measures* are what other systems counted, as a rule set calls it."""

    units: Collection[str] = ()
    people: Collection[str] = ()
    channels: Mapping[str, str] | None = None
    measures: Collection[str] = ()


def strangers(rules: RuleSet, known: Known) -> Iterator[Said]:
    """Yield what *rules* name that is not *known*, and what they leave out."""
    if known.units:
        yield from _groups(rules, known.units)
    people = rules.subject == "person"
    if subjects := known.people if people else known.units:
        yield from _targets(rules, subjects, PERSON if people else UNIT)
    if known.channels:
        yield from _channels(rules, known.channels)
    yield from _quotas(rules, known.measures)


def _quotas(rules: RuleSet, measures: Collection[str]) -> Iterator[Said]:
    for number, quota in enumerate(rules.quota):
        if quota.measure not in {*COUNTED, *measures}:
            yield ("quota", number, "measure"), NOT_FED.format(measure=quota.measure)
        elif quota.targets is None:
            yield ("quota", number), NO_TARGET


def _groups(rules: RuleSet, units: Collection[str]) -> Iterator[Said]:
    """Find patterns that fit no unit, and units in no group; people are in that of their unit."""
    for group, patterns in rules.groups.items():
        for pattern in patterns:
            if not any(fnmatchcase(unit, pattern) for unit in units):
                said = NOBODY_CALLED.format(kind=UNIT, name=pattern, hint=_hint(pattern, units))
                yield ("groups", group), said
    every = [pattern for patterns in rules.groups.values() for pattern in patterns]
    left = [unit for unit in units if not any(fnmatchcase(unit, pattern) for pattern in every)]
    if every and left:
        yield ("groups",), IN_NO_GROUP.format(names=_listed(left))


def _targets(rules: RuleSet, subjects: Collection[str], kind: str) -> Iterator[Said]:
    """Find numbers that are nobody's."""
    named: list[tuple[Sequence[str | int], str]] = [
        (("base", name), name) for name in rules.base.units
    ]
    for number, quota in enumerate(rules.quota):
        if quota.targets is not None:
            named += [(("quota", number, "targets", name), name) for name in quota.targets.units]
    for path, name in named:
        if not any(fnmatchcase(subject, name) for subject in subjects):
            hint = _hint(name, subjects)
            yield path, NOBODY_CALLED.format(kind=kind, name=name, hint=hint)


def _channels(rules: RuleSet, channels: Mapping[str, str]) -> Iterator[Said]:
    """Find channels by their names; *channels* has the level of each."""
    for number, row in enumerate(rules.adoption):
        for name in row.channel:
            if name not in channels:
                said = NO_CHANNEL.format(name=name, hint=_hint(name, channels))
                yield ("adoption", number, "channel"), said
    without = [
        name
        for name, level in channels.items()
        if not any(
            (not row.channel or name in row.channel) and (not row.level or level in row.level)
            for row in rules.adoption
        )
    ]
    if without and rules.adoption:
        yield ("adoption",), WITHOUT_POINTS.format(names=_listed(without))


def _hint(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"，是不是 {near[0]}？" if near else ""


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}个" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more
