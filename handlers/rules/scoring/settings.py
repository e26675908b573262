"""Finds settings of a rule set that come to nothing, contradict one another, or never happen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from handlers.rules.scoring.facts import LEVELS
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.notices import parse
from handlers.rules.scoring.standing import TIE_BREAKERS
from handlers.rules.scoring.texts import EVENT_NAMES, OUTCOME_NAMES
from handlers.rules.toml_lines import Place

NO_BONUS = (
    "没有 bonus = true 的任务，bonus_cap 用不上；请在任务的 on_extra 里写 bonus = true"
    " / no quota gives a bonus: write bonus = true in on_extra"
)
NOBODY_PASSES = "合格线高于封顶分，谁也达不到；请改低 pass_mark / nobody can pass: lower pass_mark"
EVERYBODY = "保底分不低于合格线，谁都合格；请改低 floor 或改高 pass_mark / everybody passes"
BASE_OVER = "基础分 {base} 高于封顶分；请改低 base 或改高 ceiling / the base is above the ceiling"
SUM_EXCEPTS = (
    "累加时每个渠道本来都计，exceptions 不起作用；请删去，或把 mode 改成 max"
    ' / with mode "sum" exceptions change nothing: delete them, or write mode "max"'
)
ALL_EXCEPTED = (
    '所有渠道都是例外，等于累加；请写 mode = "sum"，或减少 exceptions'
    ' / every channel is excepted, which is mode "sum"'
)
NO_N = 'n 只在 mode = "top_levels" 时起作用；请删去 / n is for top_levels only: delete it'
MANY_LEVELS = "一共只有{levels}个层级，n 用不到这么大；请改小 / there are only {levels} levels"
IDLE_CAP = "没有给这类得分的条款，cap 用不上；请删去 / nothing gives such points: delete the cap"
NO_MARK = "×1 或 +0 什么也不改；请改数值或删去这行 / this changes nothing: delete the row"
MUL_OF_NOTHING = (
    "没有采用分值，乘了还是0；请改写 points / there are no uses to multiply: give points"
)
NO_REMARK = (
    "没有这样的批示：{word}，只能写 written（批示）或 circled（圈阅）"
    " / a remark is written or circled"
)
ONLY_WITH = "只在 {other} 时起作用；请补上或删去 / works with {other} only: add that or delete this"
NO_EVENT = "没有事项 {word}，是不是 {near}？请改成后者 / no such event: is it {near}?"
NEVER_HAPPENS = (
    "没有扣分条款提到 {word}，永远不会累计；可以写 {known}"
    " / nothing counts as {word}: write one of these"
)
NOTHING_OF_ITEM = (
    "稿件没有得分可清，zero_item 永远不起作用；请删去，或写采用分值"
    " / items have no points to take away: delete it"
)
WIDER = "{event} 已按 {wider} 清零，{effect} 不起作用；请留一个 / the wider effect does it already"
KEPT_BY_FLOOR = (
    "清零以后仍按 floor 保底{floor}分，清零不起作用；请把 floor 改成0或删去"
    " / the floor gives the points back: set it to 0"
)
CAP_BELOW_ONE = "扣一次就超过上限 {cap}；请把 cap 改大 / one breach exceeds the cap: raise it"
NO_EFFECT = "既不扣分也没有 effect；请补上或删去 / neither points nor an effect: add one"
NEVER_NAMED = "永远不会点名：规则里没有 {what}；请补上或删去这行 / never fires: there is no {what}"
OTHER_PERIOD = (
    "按{counted}计分，{asked} 会按{counted}数；请写成 {times} {counted}"
    " / periods are counted by {counted}: write that"
)
TWICE = "和第{line}行写的一样，会点名两次；请删去一行 / the same as line {line}: delete one"
IN_TWO = "{name} 已归第{line}行的组，进不了这一组；请只留一处 / it is in the group of line {line}"
NO_TIE = "并列时看不到 {word}；可以写 {known} / a tie is broken by one of these"

_NEAR = 0.8
_EFFECTS = ("zero_year", "zero_period", "zero_item")

Said = tuple[Sequence[str | int], str]
"""Where something was found, and what."""

Look = Callable[[RuleSet, Place], Iterator[Said]]


def _bounds(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find bounds that leave no room between them."""
    bonuses = [quota for quota in rules.quota if quota.on_extra and quota.on_extra.bonus]
    if rules.bonus_cap is not None and not bonuses:
        yield ("bonus_cap",), NO_BONUS
    mark, base = rules.pass_mark, rules.base.default
    if rules.ceiling is not None:
        if mark is not None and mark > rules.ceiling:
            yield ("pass_mark",), NOBODY_PASSES
        if base is not None and base > rules.ceiling:
            yield ("base",), BASE_OVER.format(base=base)
    if mark is not None and rules.floor is not None and rules.floor >= mark:
        yield ("floor",), EVERYBODY


def _stacking(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find exceptions that are none, and a number of levels that says nothing."""
    stacking = rules.stacking
    named = {name for row in rules.adoption for name in row.channel} | set(rules.channels)
    if stacking.exceptions:
        if stacking.mode == "sum":
            yield ("stacking", "exceptions"), SUM_EXCEPTS
        elif all(row.channel for row in rules.adoption) and named <= set(stacking.exceptions):
            yield ("stacking", "exceptions"), ALL_EXCEPTED
    if "n" in stacking.model_fields_set:
        if stacking.mode != "top_levels":
            yield ("stacking", "n"), NO_N
        elif stacking.n > len(LEVELS):
            yield ("stacking", "n"), MANY_LEVELS.format(levels=len(LEVELS))


def _caps(rules: RuleSet, _: Place) -> Iterator[Said]:
    call = rules.call
    given = {
        "adoption": bool(rules.adoption or rules.modifier),
        "instruction": bool(rules.instruction),
        "call": any((call.done, call.late, call.missed, call.declined)),
        "quota": bool(rules.quota),
    }
    for number, cap in enumerate(rules.cap):
        if not given[cap.of]:
            yield ("cap", number), IDLE_CAP


def _marks(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find marks and remarks that change nothing."""
    for number, mark in enumerate(rules.modifier):
        if mark.mul == 1 or mark.add == 0:
            yield ("modifier", number), NO_MARK
    scoring = rules.adoption or any(mark.set is not None for mark in rules.modifier)
    if rules.call.weight is not None and not scoring:
        yield ("call", "weight"), MUL_OF_NOTHING
    for number, row in enumerate(rules.instruction):
        if row.mul is not None and not scoring:
            yield ("instruction", number), MUL_OF_NOTHING
        for word in row.remark:
            if word not in {"written", "circled"}:
                yield ("instruction", number, "remark"), NO_REMARK.format(word=word)


def _shares(rules: RuleSet, _: Place) -> Iterator[Said]:
    share = rules.share
    idle: Mapping[str, tuple[bool, str]] = {
        "ratio": (share.mode != "ratio", 'mode = "ratio"'),
        "max_people": (share.mode in {"ratio", "each_full"}, 'mode = "equal"'),
        "office_share": (share.office_share_if_diff_over is None, "office_share_if_diff_over"),
    }
    for key, (is_idle, other) in idle.items():
        if key in share.model_fields_set and is_idle:
            yield ("share", key), ONLY_WITH.format(other=other)


def _zeroing(rules: RuleSet, _: Place) -> Iterator[Said]:
    """Find effects that never take anything away, and events that nobody can name."""
    kept = KEPT_BY_FLOOR.format(floor=rules.floor) if (rules.floor or 0) > 0 else ""
    for event, path in _events(rules).items():
        near = get_close_matches(event, EVENT_NAMES, n=1, cutoff=_NEAR)
        if near and event not in EVENT_NAMES:
            yield path, NO_EVENT.format(word=event, near=near[0])
        effects = [effect for effect in _EFFECTS if effect in rules.effects_of(event)]
        for effect in effects[1:]:
            yield path, WIDER.format(event=event, wider=effects[0], effect=effect)
        if effects == ["zero_item"] and not (rules.adoption or rules.instruction):
            yield path, NOTHING_OF_ITEM
        if kept and effects and effects != ["zero_item"]:
            yield path, kept


def _strikes(rules: RuleSet, _: Place) -> Iterator[Said]:
    strikes, where = rules.call.strikes, ("call", "strikes")
    if strikes is None:
        return
    if strikes.effect != "veto" and (rules.floor or 0) > 0:
        yield where, KEPT_BY_FLOOR.format(floor=rules.floor)
    known = (*OUTCOME_NAMES, *_events(rules))
    if strikes.of not in {*known, *EVENT_NAMES}:
        yield where, NEVER_HAPPENS.format(word=strikes.of, known=", ".join(known))


def _events(rules: RuleSet) -> Mapping[str, Sequence[str | int]]:
    """Return each event that the rules name, and where."""
    listed = {
        event: (effect, number)
        for effect in (*_EFFECTS, "veto")
        for number, event in enumerate(getattr(rules, effect))
    }
    return {**listed, **{event: ("penalty", event) for event in rules.penalty}}


def _penalties(rules: RuleSet, _: Place) -> Iterator[Said]:
    for event, row in rules.penalty.items():
        if row.cap is not None and abs(row.cap) < abs(row.points):
            yield ("penalty", event), CAP_BELOW_ONE.format(cap=row.cap)
        if not row.points and not rules.effects_of(event):
            yield ("penalty", event), NO_EFFECT


def _notices(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find triggers that never fire, fire twice, or count by another period than they say."""
    needed = {
        "below_pass": (rules.pass_mark is None, "pass_mark"),
        "below_target": (not rules.quota, "quota"),
    }
    seen: dict[tuple[str, int], int] = {}
    for number, row in enumerate(rules.notice):
        state, times = parse(row.when)
        is_missing, what = needed.get(state, (False, ""))
        if is_missing:
            yield ("notice", number), NEVER_NAMED.format(what=what)
        unit = row.when.split()[-1].rstrip("s")
        if unit in {"week", "month", "quarter", "half", "year"} and unit != rules.period:
            said = OTHER_PERIOD.format(counted=rules.period, asked=row.when, times=times)
            yield ("notice", number), said
        if (state, times) in seen:
            line = place.line_of(("notice", seen[state, times]))
            yield ("notice", number), TWICE.format(line=line)
        seen.setdefault((state, times), number)


def _standing(rules: RuleSet, place: Place) -> Iterator[Said]:
    """Find groups that nobody comes into, and figures that break no tie."""
    before: list[tuple[str, str]] = []
    for group, patterns in rules.groups.items():
        for name in patterns:
            taken = [of for of, pattern in before if fnmatchcase(name, pattern)]
            if taken:
                line = place.line_of(("groups", taken[0]))
                yield ("groups", group), IN_TWO.format(name=name, line=line)
        before += [(group, pattern) for pattern in patterns]
    for word in rules.tie_breakers:
        if word not in TIE_BREAKERS:
            yield ("tie_breakers",), NO_TIE.format(word=word, known="、".join(TIE_BREAKERS))


LOOKS: Sequence[Look] = (
    _bounds,
    _stacking,
    _caps,
    _marks,
    _shares,
    _zeroing,
    _strikes,
    _penalties,
    _notices,
    _standing,
)
