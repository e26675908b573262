"""舆情日报: what its sections say (domain-rules §7.3), every figure from what it is given."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.rules.calendar import local
from handlers.rules.notices.report import Report, Section
from storage.vocabulary import Grade

TITLE = "舆情日报（{day}）"
TITLE_OF = "{year}年{month}月{day}日"
PERIOD = "监测时段：{begins}—{ends}"
ZERO = "今日未监测到涉本局负面舆情（零报告）。"
OVERALL, KEY, OTHERS, TOMORROW = "总体", "重点", "其他", "明日关注"
ELSEWHERE = "外地同类"
HEADING = "{place}、{name}"
NOTE = "{note}。"
FRESH = "新增涉本局舆情{count}起（较上期{change}），其中{grades}；"
FRESH_FIRST = "新增涉本局舆情{count}起，其中{grades}；"
STANDING = "在办{standing}，超时{late}，办结{closed}。"
CLUES = "另有{count}条线索待核。"
SAME = "持平"
GRADE = "{colour}{count}"
KEY_LINE = "{place}.【{colour}{suggested}】{title}（{where}）。{rest}"
SUGGESTED = "，建议级别"
DEMANDS = "诉求：{demands}。"
ASSIGNED = "已转{unit}{acked}。"
ACKED = "，{at}签收"
UNACKED = "，还没签收"
UNASSIGNED = "还没有交办。"
MEASURES = "{measures}。"
ANSWERED = "已回应（{where}）。"
OTHER = "{topic}{count}"
LIKE_OURS = "{count}件（{topics}），不计入本局，供参考：{titles}。"
NO_TOPIC = "其他"
WATCHING = "{title}（{until}前观察）"
DUE = "{title}（{until}前办）"
OVERDUE = "{title}（应在{until}前办，已超时）"
ON_DUTY = "值班：{names}"
CHECKED = "审核：{name}"
NOBODY_YET = "待审"
COLOURS = {Grade.RED: "红色", Grade.ORANGE: "橙色", Grade.YELLOW: "黄色", Grade.BLUE: "蓝色"}
_KEY, _TOMORROW = "key", "tomorrow"
_NAMED_ELSEWHERE = 3
_PLACES = "一二三四五"
_SHORT = {Grade.RED: "红", Grade.ORANGE: "橙", Grade.YELLOW: "黄", Grade.BLUE: "蓝"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as the report tells it; *decided*: a person gave the grade. No *unit*: nobody's."""

    title: str
    grade: Grade
    decided: bool
    platform: str = ""
    heat: str = ""
    topic: str = ""
    demands: str = ""
    unit: str = ""
    acked_at: datetime | None = None
    measures: str = ""
    answered: str = ""
    due_at: datetime | None = None
    watch_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An event of another place that is like what may happen here; it is no case of ours."""

    title: str
    topic: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is known of a period. *before* is how many were new in the last one, None of the first.

    *fresh* are new in it, *standing* all that have not ended; *elsewhere* is other places'.
    """

    begins: datetime
    ends: datetime
    fresh: Sequence[CaseLine]
    standing: Sequence[CaseLine]
    late: int
    closed: int
    clues: int
    before: int | None
    duty: Sequence[str]
    elsewhere: Sequence[Elsewhere] = ()


def daily(day: Day) -> Report:
    """Return what a day's report says, before anybody adds to it (`finished`)."""
    ends = local(day.ends)
    title = TITLE_OF.format(year=ends.year, month=ends.month, day=ends.day)
    return Report(
        title=TITLE.format(day=title),
        addressed=PERIOD.format(begins=_moment(day.begins), ends=_moment(day.ends)),
        sections=tuple(_sections(day)),
    )


def finished(
    title: str,
    addressed: str,
    sections: Sequence[Section],
    *,
    note: str = "",
    checked: str = "",
    duty: Sequence[str] = (),
) -> Report:
    """Return a report with what the liaison adds for tomorrow, who was on duty, who released it."""
    told = [text for one in sections if one.key == _TOMORROW for text in one.paragraphs]
    told += [NOTE.format(note=note)] if note else []
    last = [Section(key=_TOMORROW, heading=TOMORROW, paragraphs=tuple(told))] if told else []
    kept = [*(one for one in sections if one.key != _TOMORROW), *last]
    return Report(
        title=title,
        addressed=addressed,
        sections=tuple(
            replace(one, heading=HEADING.format(place=place, name=one.heading))
            for place, one in zip(_PLACES, kept, strict=False)
        ),
        signatures=(
            ON_DUTY.format(names="、".join(duty) or "—"),
            CHECKED.format(name=checked or NOBODY_YET),
        ),
    )


def chat_text(report: Report) -> str:
    """Return a report as it is read in the chat."""
    lines = [report.title, report.addressed]
    for section in report.sections:
        apart = "\n" if section.key == _KEY else ""
        lines.append(f"{section.heading}：{apart}{(apart).join(section.paragraphs)}")
    return "\n".join([*lines, "　".join(report.signatures)])


def _sections(day: Day) -> Iterator[Section]:
    overall = tuple(_overall(day))
    yield Section(key="overall", heading=OVERALL, paragraphs=overall)
    key, rest = _parted(day)
    if key:
        lines = tuple(_key_line(place, one, day.ends) for place, one in enumerate(key, 1))
        yield Section(key=_KEY, heading=KEY, paragraphs=lines)
    if rest:
        yield Section(key="others", heading=OTHERS, paragraphs=(_others(rest),))
    if day.elsewhere:
        yield Section(key="elsewhere", heading=ELSEWHERE, paragraphs=(_elsewhere(day.elsewhere),))
    if coming := tuple(_coming(day.standing, day.ends)):
        yield Section(key=_TOMORROW, heading=TOMORROW, paragraphs=("；".join(coming) + "。",))


def _overall(day: Day) -> Iterator[str]:
    if not day.fresh:
        yield ZERO
    else:
        counts = Counter(one.grade for one in day.fresh)
        grades = "、".join(
            GRADE.format(colour=colour, count=counts[grade])
            for grade, colour in COLOURS.items()
            if counts[grade]
        )
        form = FRESH_FIRST if day.before is None else FRESH
        yield form.format(count=len(day.fresh), grades=grades, change=_change(day))
    if day.fresh or day.standing or day.closed:
        yield STANDING.format(standing=len(day.standing), late=day.late, closed=day.closed)
    if day.clues:
        yield CLUES.format(count=day.clues)


def _change(day: Day) -> str:
    change = len(day.fresh) - (day.before or 0)
    return f"{change:+d}" if change else SAME


def _parted(day: Day) -> tuple[list[CaseLine], list[CaseLine]]:
    """Part what stands, or is new, into what is told at length and what is counted."""
    told = list(dict.fromkeys([*day.fresh, *day.standing]))
    ranks = list(COLOURS)
    key = sorted(
        (one for one in told if one.grade is not Grade.BLUE), key=lambda one: ranks.index(one.grade)
    )
    return key, [one for one in day.fresh if one.grade is Grade.BLUE]


def _key_line(place: int, one: CaseLine, now: datetime) -> str:
    rest = [DEMANDS.format(demands=one.demands)] if one.demands else []
    if one.unit:
        acked = ACKED.format(at=_clock(one.acked_at, now)) if one.acked_at else UNACKED
        rest.append(ASSIGNED.format(unit=one.unit, acked=acked))
    else:
        rest.append(UNASSIGNED)
    rest += [MEASURES.format(measures=one.measures.rstrip("。"))] if one.measures else []
    rest += [ANSWERED.format(where=one.answered)] if one.answered else []
    return KEY_LINE.format(
        place=place,
        colour=_SHORT[one.grade],
        suggested="" if one.decided else SUGGESTED,
        title=one.title,
        where="，".join(filter(None, (one.platform, one.heat))) or "来源不详",
        rest="".join(rest),
    )


def _clock(moment: datetime, now: datetime) -> str:
    """Write a moment by the clock, with its day where that is not the report's."""
    there = local(moment)
    return f"{there:%H:%M}" if there.date() == local(now).date() else _moment(moment)


def _others(rest: Sequence[CaseLine]) -> str:
    return f"{_by_topic([one.topic for one in rest])}。"


def _elsewhere(found: Sequence[Elsewhere]) -> str:
    ranks = list(COLOURS)
    gravest = sorted(found, key=lambda one: ranks.index(one.grade))[:_NAMED_ELSEWHERE]
    return LIKE_OURS.format(
        count=len(found),
        topics=_by_topic([one.topic for one in found]),
        titles="；".join(one.title for one in gravest),
    )


def _by_topic(topics: Sequence[str]) -> str:
    counts = Counter(topic or NO_TOPIC for topic in topics)
    return "、".join(OTHER.format(topic=name, count=n) for name, n in counts.most_common())


def _coming(standing: Sequence[CaseLine], now: datetime) -> Iterator[str]:
    for one in standing:
        if one.watch_until is not None:
            yield WATCHING.format(title=one.title, until=_moment(one.watch_until))
        elif one.due_at is not None:
            form = DUE if one.due_at > now else OVERDUE
            yield form.format(title=one.title, until=_moment(one.due_at))


def _moment(moment: datetime) -> str:
    there = local(moment)
    return f"{there.month}月{there.day}日{there:%H:%M}"
