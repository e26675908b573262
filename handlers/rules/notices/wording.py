"""What a notice says of its figures, in the bureau's style: overall, good units, problems, next."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handlers.rules.notices.figures import (
    Figures,
    UnitFigures,
    month_after,
    percent,
    period_name,
    short_name,
)
from handlers.rules.notices.report import Section
from handlers.rules.notices.tables import USED
from handlers.rules.scoring.lines import plain

TITLE = "关于{period}信息宣传工作情况的通报"
ADDRESSED = "各科室、各单位："
HEADINGS: Mapping[str, str] = {
    "overall": "总体情况",
    "good": "较好的单位",
    "problems": "存在的问题",
    "next": "下月安排",
}
FREE: Mapping[str, str] = {"较好": "good", "问题": "problems", "下月": "next"}
"""The words by which the office names a paragraph of its own, and the section it stands in."""

OVERALL = (
    "{month}，各科室（单位）共报送信息{submitted}条，"
    "被采用{adopted}条，采用率{rate}{levels}{remarks}。"
)
NOTHING = "{month}，各科室（单位）没有报送信息。"
HIGHER = "；其中{levels}"
CITY, ABOVE = "市级采用{count}条", "省级及以上采用{count}条"
REMARKS = "；获领导批示{remarks}次"
ELSEWHERE = "{source}采用{used}条{done}。"
ELSEWHERE_MET = "，有目标的{aimed}个单位中{met}个完成目标"
CALLS = "完成约稿{answered}篇（应完成{called_for}篇）。"
TASKS = "有报送任务的{asked}个单位中，完成任务的{met}个，未完成的{short}个。"
GOOD = "报送采用情况较好的有：{names}。"
GOOD_IN_GROUP = "{group}中报送采用情况较好的有：{names}。"
GOOD_UNIT = "{name}（报送{submitted}条、采用{adopted}条）"
NONE_GOOD = "{month}没有单位的信息被采用。"
NAMED = "{words}的有：{names}。"
NAMED_SHORT = "{name}（差{missing}条）"
NOBODY_NAMED = "{month}没有需要通报的单位。"
STILL_SHORT = "未完成报送任务的{short}个单位，请抓紧补上。"
SUMMARY_GOOD = "较好的单位：{names}。"
SUMMARY_NAMED = "通报的单位：{names}。"
NEXT = "请各科室（单位）对照任务做好{next}的信息报送工作，注重质量，提高采用率。"
NEXT_TASKS = "{next}各单位报送任务共{target}条。"
APPEALS = (
    "各科室（单位）对本单位得分有异议的，请在本通报发布之日起{days}个工作日内{until}由信息员或负责人"
    "在信使里发送“申诉 {month} 得分 理由”，由办公室核实答复。"
)
EVIDENCE = "{next}采用情况的佐证，请于{until}前报办公室。"

_CITY = 2
_BEST = 3
_FEW = 6
_NUMERALS = "一二三四五六七八九十"


def title_of(figures: Figures) -> str:
    return TITLE.format(period=period_name(figures.period))


def sections(
    figures: Figures, free: Mapping[str, str], appeal_until: date | None = None
) -> tuple[Section, ...]:
    """Return the text of the notice; *free* are the office's own paragraphs by their section.

    *appeal_until* is known once it is released.
    """
    said = {
        "overall": [*overall(figures), *elsewhere(figures)],
        "good": list(_good(figures)),
        "problems": list(_problems(figures)),
        "next": list(_next(figures, appeal_until)),
    }
    return tuple(
        Section(
            key=key,
            heading=f"{_NUMERALS[place]}、{HEADINGS[key]}",
            paragraphs=tuple(paragraphs),
            free=free.get(key, ""),
        )
        for place, (key, paragraphs) in enumerate(said.items())
    )


def overall(figures: Figures) -> Sequence[str]:
    """Return what all units together did."""
    month = short_name(figures.period)
    if not figures.submitted and not figures.adopted:
        first = NOTHING.format(month=month)
    else:
        city, *above = figures.levels[_CITY:]
        counted = ((CITY, city), (ABOVE, sum(above)))
        higher = [form.format(count=count) for form, count in counted if count]
        first = OVERALL.format(
            month=month,
            submitted=figures.submitted,
            adopted=figures.adopted,
            rate=percent(figures.adopted, figures.submitted),
            levels=HIGHER.format(levels="、".join(higher)) if higher else "",
            remarks=REMARKS.format(remarks=figures.remarks) if figures.remarks else "",
        )
    said = [first]
    if figures.called_for:
        said.append(CALLS.format(answered=figures.answered, called_for=figures.called_for))
    if figures.asked:
        short = sum(bool(unit.missing) for unit in figures.asked)
        asked = len(figures.asked)
        said.append(TASKS.format(asked=asked, met=asked - short, short=short))
    return said


def elsewhere(figures: Figures) -> Iterator[str]:
    """Say what other systems used of all units, and how many of those met their targets."""
    found = [one for unit in figures.units for one in unit.elsewhere if one.measure is USED]
    for source in sorted({one.source for one in found}):
        here = [one for one in found if one.source == source]
        aimed = [one for one in here if one.target]
        met = sum(one.value >= one.target for one in aimed)
        used = sum(one.value for one in here)
        done = ELSEWHERE_MET.format(aimed=len(aimed), met=met) if aimed else ""
        yield ELSEWHERE.format(source=source, used=used, done=done)


def best(figures: Figures, group: str) -> Sequence[UnitFigures]:
    """Return the first three of a group, of those of whom something was used.

    With them come who share the third place, unless that would be more than a few.
    """
    first = [unit for unit in figures.ranked(group) if unit.place <= _BEST]
    worthy = [unit for unit in first if unit.adopted]
    return worthy if len(worthy) <= _FEW else worthy[:_BEST]


def _good(figures: Figures) -> Iterator[str]:
    found = False
    for group in figures.groups:
        if units := best(figures, group):
            found = True
            names = "、".join(
                GOOD_UNIT.format(name=each.name, submitted=each.submitted, adopted=each.adopted)
                for each in units
            )
            form = GOOD_IN_GROUP if len(figures.groups) > 1 and group else GOOD
            yield form.format(group=group, names=names)
    if not found:
        yield NONE_GOOD.format(month=short_name(figures.period))


def _problems(figures: Figures) -> Iterator[str]:
    """Name units only by the words of the rules' triggers."""
    words = list(dict.fromkeys(word for unit in figures.units for word in unit.named))
    for word in words:
        named = [unit for unit in figures.units if word in unit.named]
        names = "、".join(
            NAMED_SHORT.format(name=unit.name, missing=unit.missing)
            if unit.missing and unit.submitted
            else unit.name
            for unit in named
        )
        yield NAMED.format(words=word, names=names)
    short = sum(bool(unit.missing) for unit in figures.units)
    if not words and short:
        yield STILL_SHORT.format(short=short)
    elif not words:
        yield NOBODY_NAMED.format(month=short_name(figures.period))


def _next(figures: Figures, appeal_until: date | None) -> Iterator[str]:
    following = short_name(month_after(figures.period))
    yield NEXT.format(next=following)
    if figures.next_target:
        yield NEXT_TASKS.format(next=following, target=figures.next_target)
    if until := figures.evidence_until:
        yield EVIDENCE.format(next=following, until=f"{until.month}月{until.day}日")
    if days := figures.appeal_days:
        by = f"（{appeal_until.month}月{appeal_until.day}日前）" if appeal_until else ""
        yield APPEALS.format(days=days, until=by, month=short_name(figures.period))


def summary(figures: Figures, unit: UnitFigures | None) -> str:
    """Return three lines for a phone: mine (or all), the good ones, those who are named."""
    month = short_name(figures.period)
    good = [each.name for group in figures.groups for each in best(figures, group)]
    named = [each.name for each in figures.units if each.named]
    return "\n".join(
        [
            _mine(figures, unit) if unit else "".join(overall(figures)),
            SUMMARY_GOOD.format(names=_few(good)) if good else NONE_GOOD.format(month=month),
            SUMMARY_NAMED.format(names=_few(named)) if named else NOBODY_NAMED.format(month=month),
        ]
    )


def _few(names: Sequence[str]) -> str:
    """Return the first names, and how many there are where that is not all."""
    more = f"等{len(names)}个" if len(names) > _FEW else ""
    return "、".join(names[:_FEW]) + more


def _mine(figures: Figures, unit: UnitFigures) -> str:
    said = f"{unit.name}{short_name(figures.period)}报送{unit.submitted}条、采用{unit.adopted}条"
    if unit.target:
        done = f"差{unit.missing}条" if unit.missing else "已完成"
        said += f"，任务{unit.target}条{done}"
    if figures.rules:
        said += f"，得分{plain(unit.points)}分，{standing(figures, unit)}"
    return said + "。"


def standing(figures: Figures, unit: UnitFigures) -> str:
    """Return where a unit stands: 居科室组并列第2位（共8个），上期第4位."""
    of = len(figures.ranked(unit.group))
    group = f"{unit.group}组" if unit.group else ""
    before = f"，上期第{unit.before}位" if unit.before else ""
    tied = sum(each.place == unit.place for each in figures.ranked(unit.group)) > 1
    place = f"{'并列' if tied else ''}第{unit.place}位"
    return f"居{group}{place}（共{of}个）{before}"
