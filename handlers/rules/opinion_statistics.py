"""舆情周报, 舆情月报: what a period brought beside the one before it, every figure counted."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from handlers.rules.briefings import COLOURS
from handlers.rules.calendar import minutes_in_words
from handlers.rules.cases.board import NO_PLATFORM, first_topic, share
from handlers.rules.escalation import rank
from handlers.rules.notices.report import Annex, Chart, Column, Report, Section, Series, Table
from handlers.rules.numerals import number as numeral
from storage.vocabulary import CaseMove, Grade

OVERALL, WHERE, STEPS, AGREED, KEY = "overall", "where", "steps", "agreed", "key"
_HEADINGS = {
    OVERALL: "总体情况",
    WHERE: "主题、平台和科室",
    STEPS: "响应用时",
    AGREED: "建议级别与核定级别",
    KEY: "重点舆情",
}
_PLACES = "一二三四五"
WEEKLY, MONTHLY = "舆情周报（{period}）", "舆情月报（{period}）"
ZERO = "本期没有登记涉本局舆情（零报告），上期{before}起。"
NOBODYS = "未交办"
_STEP_NAMES = {
    CaseMove.GRADE: "定级",
    CaseMove.ACK: "签收",
    CaseMove.FACTS: "核实",
    CaseMove.WORDING: "处置方案和口径",
    CaseMove.ANSWER: "公开回应",
    CaseMove.PROGRESS: "续报",
}
_OTHER_STEP = "处置方案和口径"
_MOST, _MOST_KEY = 8, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """A case that was registered in a period; *graded* is a person's word, None while nobody's."""

    name: str
    topic: str
    unit: str
    suggested: Grade
    graded: Grade | None
    state: str

    @property
    def grade(self) -> Grade:
        return self.graded or self.suggested


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """A step that was done: it took *minutes* of *limit*, by the clock or in working time."""

    move: CaseMove
    minutes: int
    limit: int
    in_working_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a period brought; *platforms* are posts of its cases by where they stood.

    *dropped* turned out to be false alarms, others' matters or the same, and count for nothing.
    """

    cases: Sequence[CaseFact]
    platforms: Mapping[str, int]
    closed: int
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """A period, the one before it, the steps that were done in it, and how things stand *at*.

    *standing* are open cases by section, *late* those of them with a step that is late. *agreed*
    says how often people decided what was suggested, and *decided* is the table of it, its head
    first; both empty where nobody decided anything.
    """

    title: str
    at: str
    now: Span
    before: Span
    steps: Sequence[StepFact]
    standing: Mapping[str, int]
    late: Mapping[str, int]
    agreed: str = ""
    decided: tuple[tuple[str, ...], ...] = ()


def week_name(first: date) -> str:
    """Name a week by its days: 2026年9月14日—20日."""
    last = first + timedelta(days=6)
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{first.year}年{first.month}月{first.day}日—{end}"


_WEEK_SAID = re.compile(r"(?:(上{1,3})个?|(?:这|本)一?|第?(\d{1,2}))(?:周|星期|礼拜)")
_MONTH_SAID = re.compile(
    r"(?:(\d{4})年?[-年]?)?(\d{1,2}|[一二三四五六七八九十]{1,2})月|(上{1,2}|本|这)个?月"
)


def period_said(words: str, today: date) -> str:
    """Return the week or month that *words* name, as 2026-W38 or 2026-09; empty if they do not.

    A month without a year is the last one of that name that has begun.
    """
    if found := _WEEK_SAID.search(words):
        if found[2]:
            return f"{today.isocalendar().year}-W{int(found[2]):02}"
        day = today - timedelta(days=7 * len(found[1] or ""))
        return f"{day.isocalendar().year}-W{day.isocalendar().week:02}"
    found = _MONTH_SAID.search(words)
    if found is None:
        return ""
    if found[3]:
        back = found[3].count("上")
        place = today.year * 12 + today.month - 1 - back
        return f"{place // 12}-{place % 12 + 1:02}"
    month = numeral(found[2]) or 0
    year = int(found[1]) if found[1] else today.year - (month > today.month)
    return f"{year}-{month:02}" if 1 <= month <= 12 else ""  # noqa: PLR2004 - months


def statistics(facts: Statistics) -> Report:
    """Return what is reported of a period."""
    kept = [
        Section(key=OVERALL, heading=_HEADINGS[OVERALL], paragraphs=tuple(_overall(facts))),
        Section(
            key=WHERE,
            heading=_HEADINGS[WHERE],
            paragraphs=tuple(_where(facts)),
            charts=tuple(_charts(facts)),
        ),
        Section(key=STEPS, heading=_HEADINGS[STEPS], paragraphs=tuple(_steps(facts))),
        Section(key=AGREED, heading=_HEADINGS[AGREED], paragraphs=tuple(_agreed(facts))),
        Section(key=KEY, heading=_HEADINGS[KEY], paragraphs=tuple(_key(facts))),
    ]
    told = [one for one in kept if one.paragraphs]
    return Report(
        title=facts.title,
        sections=tuple(
            Section(
                key=one.key,
                heading=f"{_PLACES[place]}、{one.heading}",
                paragraphs=one.paragraphs,
                charts=one.charts,
            )
            for place, one in enumerate(told)
        ),
        annexes=tuple(_annexes(facts)),
    )


def picture(facts: Statistics) -> Chart | None:
    """Return the one picture of a period: its topics beside those of the one before."""
    return next(_charts(facts), None)


def headlines(report: Report) -> tuple[str, ...]:
    """Return the two lines that are read first."""
    said = {one.key: one.paragraphs for one in report.sections}
    return (*said[OVERALL][:1], *said.get(STEPS, ())[:1])


def _overall(facts: Statistics) -> Iterator[str]:
    now, before = facts.now, facts.before
    if not now.cases:
        yield ZERO.format(before=len(before.cases))
    else:
        counts = Counter(one.grade for one in now.cases)
        grades = "、".join(f"{name}{counts[one]}" for one, name in COLOURS.items() if counts[one])
        yield (
            f"本期登记舆情{len(now.cases)}起（上期{len(before.cases)}起，"
            f"{_change(len(now.cases), len(before.cases))}），其中{grades}；"
            f"办结{now.closed}起（上期{before.closed}起）。"
        )
    standing, late = sum(facts.standing.values()), sum(facts.late.values())
    yield f"截至{facts.at}，在办{standing}起，其中超时{late}起。"
    if now.dropped:
        yield f"另有{now.dropped}起为误报、转出或合并，不计入。"


def _where(facts: Statistics) -> Iterator[str]:
    if not facts.now.cases:
        return
    topics = Counter(first_topic(one.topic) for one in facts.now.cases)
    yield f"主题：{_listed(topics, '起')}。"
    if platforms := _named(facts.now.platforms):
        whole = platforms.total()
        each = "、".join(
            f"{_counted(name)}{count}条（{share(count, whole)}）"
            for name, count in platforms.most_common(_MOST)
        )
        yield f"平台：共{whole}条（上期{sum(facts.before.platforms.values())}条），{each}。"
    yield f"科室：{_listed(Counter(one.unit or NOBODYS for one in facts.now.cases), '起')}。"


def _counted(platform: str) -> str:
    """Return a platform as it stands before a count: the 1 of 123451条 would belong to either."""
    return f"{platform}热线" if platform[-1:].isdigit() else platform


def _steps(facts: Statistics) -> Iterator[str]:
    if not facts.steps:
        if facts.now.cases:
            yield "本期没有办完的限时环节。"
        return
    done = len(facts.steps)
    in_time = sum(one.minutes <= one.limit for one in facts.steps)
    yield f"限时环节办了{done}次，按时{in_time}次（{share(in_time, done)}）。"
    for name, steps in _by_step(facts.steps).items():
        kept = sum(one.minutes <= one.limit for one in steps)
        yield (
            f"{name}：{len(steps)}次，按时{kept}次（{share(kept, len(steps))}），"
            f"用时中位数{_middle(steps)}{_in_working_time(steps)}。"
        )


def _in_working_time(steps: Sequence[StepFact]) -> str:
    """Say how many of some steps are counted in working time, where any is."""
    working = sum(one.in_working_time for one in steps)
    which = "均" if working == len(steps) else f"{working}次"
    return f"（{which}按工作时间计）" if working else ""


def _agreed(facts: Statistics) -> Iterator[str]:
    if facts.agreed:
        yield f"{facts.agreed}。"
    elif facts.now.cases:
        yield "本期没有人核定级别或标注。"
    waiting = sum(one.graded is None for one in facts.now.cases)
    if waiting:
        yield f"本期登记的{waiting}起还没有核定级别。"


def _key(facts: Statistics) -> Iterator[str]:
    grave = [one for one in facts.now.cases if one.grade is not Grade.BLUE]
    grave.sort(key=lambda one: -rank(one.grade))
    for place, one in enumerate(grave[:_MOST_KEY], 1):
        grade = COLOURS[one.grade] + ("" if one.graded else "，待定")
        yield f"{place}.【{grade}】{one.name}，{one.unit or NOBODYS}，{one.state}。"


def _charts(facts: Statistics) -> Iterator[Chart]:
    if not facts.now.cases and not facts.before.cases:
        return
    counted = {
        "主题（起）": [
            Counter(first_topic(one.topic) for one in span.cases)
            for span in (facts.now, facts.before)
        ],
        "平台（条）": [_named(span.platforms) for span in (facts.now, facts.before)],
        "科室（起）": [
            Counter(one.unit or NOBODYS for one in span.cases) for span in (facts.now, facts.before)
        ],
    }
    for title, (now, before) in counted.items():
        names = [name for name, _ in (now + before).most_common(_MOST)]
        if names:
            yield Chart(
                title=title,
                said=f"本期{now.total()}，上期{before.total()}",
                labels=tuple(names),
                series=tuple(
                    Series(name=name, values=tuple(each[one] for one in names))
                    for name, each in (("本期", now), ("上期", before))
                ),
                lying=True,
            )


def _annexes(facts: Statistics) -> Iterator[Annex]:
    now = Counter(one.unit or NOBODYS for one in facts.now.cases)
    before = Counter(one.unit or NOBODYS for one in facts.before.cases)
    names = sorted({*now, *before, *facts.standing}, key=lambda one: (-now[one], one))
    rows = tuple(
        (name, now[name], before[name], facts.standing.get(name, 0), facts.late.get(name, 0))
        for name in names
    )
    if rows:
        yield Annex(
            title="各科室舆情办理情况",
            table=_table(
                (("科室", 8), ("本期登记", 5), ("上期登记", 5), ("在办", 4), ("超时", 4)), rows
            ),
            note=f"在办和超时截至{facts.at}。",
        )
    steps = tuple(
        (
            name,
            len(each),
            sum(one.minutes <= one.limit for one in each),
            _middle(each),
            minutes_in_words(max(one.minutes for one in each)),
        )
        for name, each in _by_step(facts.steps).items()
    )
    if steps:
        columns = (
            ("环节", 8),
            ("次数", 4),
            ("按时", 4),
            ("用时中位数", 8),
            ("最长", 8),
        )
        yield Annex(title="限时环节用时", table=_table(columns, steps))
    if facts.agreed and facts.decided:
        head, *decided = facts.decided
        table = _table([(name, 4) for name in head], tuple(decided))
        yield Annex(title="建议级别与核定级别对照", table=table)


def _table(columns: Sequence[tuple[str, float]], rows: tuple[tuple[str | int, ...], ...]) -> Table:
    return Table(
        columns=tuple(Column(name=name, width=width) for name, width in columns), rows=rows
    )


def _middle(steps: Sequence[StepFact]) -> str:
    return minutes_in_words(round(median(one.minutes for one in steps)))


def _by_step(steps: Sequence[StepFact]) -> Mapping[str, list[StepFact]]:
    found: dict[str, list[StepFact]] = {}
    for one in steps:
        found.setdefault(_STEP_NAMES.get(one.move, _OTHER_STEP), []).append(one)
    return found


def _named(platforms: Mapping[str, int]) -> Counter[str]:
    return Counter({name or NO_PLATFORM: count for name, count in platforms.items()})


def _listed(counts: Counter[str], unit: str) -> str:
    return "、".join(f"{name}{count}{unit}" for name, count in counts.most_common(_MOST))


def _change(now: int, before: int) -> str:
    return f"{now - before:+d}" if now != before else "持平"
