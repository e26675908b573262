"""舆情专报: what is said about one case, every figure from what is given (domain-rules §7.3)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.rules.briefings import COLOURS
from handlers.rules.calendar import local
from handlers.rules.cases.board import NO_PLATFORM
from handlers.rules.cases.flow import ENDED
from handlers.rules.cases.words import whole_clauses
from handlers.rules.clipping import clipped_in_paper
from handlers.rules.notices.report import Annex, Chart, Column, Report, Section, Table
from handlers.rules.opinion.heat import RECENT, RISING, Said, pace, spread_chart
from handlers.rules.opinion.posters import unnamed
from handlers.rules.opinion.views import views
from storage.vocabulary import CaseState, Grade, Truth

RISK, WHAT, SPREAD, VIEWS, DONE, ADVICE = "risk", "what", "spread", "views", "done", "advice"
HEADINGS = {
    RISK: "风险研判",
    WHAT: "事件经过",
    SPREAD: "传播情况",
    VIEWS: "主要观点",
    DONE: "处置情况",
    ADVICE: "工作建议",
}
EDITABLE = frozenset({RISK, ADVICE})
PROPOSED = "（拟，请审改）"
TITLE = "关于{title}的舆情专报"
NUMBER = "〔{year}〕第{number}期"
DRAFT = "（拟稿，未审定）"
LONGEST_RISK = 200
_PLACES = "一二三四五六"
_LEVELS = {Grade.BLUE: "一般", Grade.YELLOW: "较大", Grade.ORANGE: "重大", Grade.RED: "特别重大"}
_TRUTHS = {
    Truth.UNKNOWN: "是否属实还在核实",
    Truth.TRUE: "经核实属实",
    Truth.PARTLY: "经核实部分属实",
    Truth.UNTRUE: "经核实不属实",
}
_ENDS = {
    CaseState.CLOSED: "已办结",
    CaseState.FALSE_ALARM: "已按误报办结",
    CaseState.NOT_OURS: "不属本单位，已转出",
    CaseState.MERGED: "已合并",
}
_VIEWS_NOTE = "观点按用语自动归类，引文不具名，请核对。"
_MOST_ROWS, _MOST_VIEWS, _WORDS = 100, 5, 60
_COLUMNS = (("序号", 3), ("时间", 6), ("平台", 4), ("内容", 18), ("互动量", 4), ("条目", 3))
_HOURS = round(RECENT.total_seconds() / 3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An item of the case; *account* is who posted it, and is never printed."""

    number: int
    words: str
    account: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a case at *now*; *done* is what was done, each with its time.

    *unit* is empty while it is nobody's, *result* while it has not ended; *late* names the steps
    that are overdue.
    """

    now: datetime
    title: str
    state: CaseState
    result: str
    grade: Grade
    decided: bool
    place: str
    unit: str
    truth: Truth
    demands: str
    heat: str
    answered: str
    found_at: datetime
    platform: str
    first_words: str
    posts: Sequence[Post]
    done: Sequence[tuple[datetime, str]]
    late: Sequence[str]


def special(about: About, advice: Mapping[str, str]) -> Report:
    """Return a special report before anybody has read it; `read_through` adds what a person wrote.

    *advice* are the bureau's sentences by the condition under which each is proposed.
    """
    paragraphs: Mapping[str, Sequence[str]] = {
        RISK: [risk_line(about)],
        WHAT: list(_what(about)),
        SPREAD: list(_spread(about)),
        VIEWS: list(_views(about)),
        DONE: list(_done(about)),
        ADVICE: list(_advice(about, advice)),
    }
    chart = spread_of(about)
    return Report(
        title=TITLE.format(title=about.title),
        sections=tuple(
            Section(
                key=key,
                heading=f"{_PLACES[place]}、{heading}",
                paragraphs=tuple(paragraphs[key]),
                charts=(chart,) if key == SPREAD and chart is not None else (),
            )
            for place, (key, heading) in enumerate(HEADINGS.items())
        ),
        annexes=tuple(_annexes(about)),
    )


_FITS = 13
"""Characters of a case's title that stand whole above its curve."""


def spread_of(about: About) -> Chart | None:
    """Return the curve of how many posts there were by when."""
    said = [one.said for one in about.posts]
    title = whole_clauses(about.title, _FITS)
    return spread_chart(said, about.now, f"{title}传播曲线（累计条数）")


def risk_line(about: About) -> str:
    """Return the risk in one line, at most two hundred characters."""
    speed = pace([one.said for one in about.posts], about.now)
    platforms = {one.said.platform or NO_PLATFORM for one in about.posts}
    who = "定为" if about.decided else "建议定为"
    said = (
        f"{who}{COLOURS[about.grade]}（{_LEVELS[about.grade]}）。"
        f"已有{len(platforms)}个平台{len(about.posts)}条信息，近{_HOURS}小时{speed.recent}条，"
        f"传播{speed.word}；{'，'.join(filter(None, _standing(about)))}。"
    )
    return said[:LONGEST_RISK]


def _standing(about: About) -> Iterator[str]:
    """Yield how it stands: whether it is so, what was answered, what is late or how it ended."""
    yield _truth(about)
    if about.answered:
        yield f"已公开回应（{about.answered}）"
    if about.state in ENDED:
        yield _ENDS[about.state] + (f"（{about.result.rstrip('。')}）" if about.result else "")
        return
    if not about.answered:
        yield "还没有公开回应"
    if about.late:
        yield f"{'、'.join(about.late)}已超时"


def _truth(about: About) -> str:
    """Say whether it is so; of what has ended nobody is still finding out."""
    unknown = about.truth is Truth.UNKNOWN and about.state in ENDED
    return "" if unknown else _TRUTHS[about.truth]


def _what(about: About) -> Iterator[str]:
    accounts = _accounts(about)
    where = f"在{about.platform}" if about.platform else ""
    first = clipped_in_paper(unnamed(about.first_words, accounts), _WORDS)
    yield f"{_moment(about.found_at)}，{where}发现：“{first}”。"
    facts = [
        f"涉及{about.place}" if about.place else "",
        f"诉求为{about.demands.rstrip('。')}" if about.demands else "",
        _truth(about),
    ]
    if any(facts):
        yield "，".join(filter(None, facts)) + "。"


def _spread(about: About) -> Iterator[str]:
    if not about.posts:
        yield "没有记录到信息条目。"
        return
    counts = Counter(one.said.platform or NO_PLATFORM for one in about.posts)
    named = "、".join(f"{name}{count}条" for name, count in counts.most_common())
    yield f"截至{_moment(about.now)}共{len(about.posts)}条：{named}。"
    first = min(about.posts, key=lambda one: one.said.at)
    hours = Counter(
        local(one.said.at).replace(minute=0, second=0, microsecond=0) for one in about.posts
    )
    peak, most = max(hours.items(), key=lambda one: (one[1], one[0]))
    most_said = f"，{peak.month}月{peak.day}日{peak.hour}时最多（{most}条）" if most > 1 else ""
    heat = f"；单条互动量最高{about.heat}" if about.heat else ""
    yield f"最早{_moment(first.said.at)}{most_said}{heat}。"


def _views(about: About) -> Iterator[str]:
    found = views([one.words for one in about.posts], _accounts(about))[:_MOST_VIEWS]
    for place, one in enumerate(found, 1):
        quote = f"：“{one.quote}”" if one.quote else ""
        yield f"{place}.{one.name}（{one.count}条，{one.percent}%）{quote}。"
    yield _VIEWS_NOTE if found else "没有记录到观点。"


def _done(about: About) -> Iterator[str]:
    for at, what in about.done:
        yield f"{_moment(at)}，{what.rstrip('。')}。"
    if not about.done:
        yield "还没有处置记录。"
    if about.late:
        yield f"超时未办：{'、'.join(about.late)}。"


def _advice(about: About, sentences: Mapping[str, str]) -> Iterator[str]:
    speed = pace([one.said for one in about.posts], about.now)
    stands, answerable = about.state not in ENDED, about.state not in {*ENDED, CaseState.WATCHING}
    holds = {
        "closed": about.state is CaseState.CLOSED,
        "false_alarm": about.state is CaseState.FALSE_ALARM,
        "not_ours": about.state is CaseState.NOT_OURS,
        "unassigned": stands and not about.unit,
        "unverified": stands and about.truth is Truth.UNKNOWN,
        "unanswered": answerable and not about.answered,
        "rising": speed.word == RISING,
        "late": bool(about.late),
        "always": stands,
    }
    chosen = [sentences[name] for name, holding in holds.items() if holding and sentences[name]]
    for place, sentence in enumerate(chosen, 1):
        said = sentence.replace("{unit}", about.unit or "承办科室")
        yield f"{place}.{said.rstrip('。')}。"


def _annexes(about: About) -> Iterator[Annex]:
    if not about.posts:
        return
    accounts = _accounts(about)
    rows = tuple(
        (
            place,
            _moment(one.said.at),
            one.said.platform or NO_PLATFORM,
            clipped_in_paper(unnamed(one.words, accounts), _WORDS),
            one.said.interactions or None,
            one.number,
        )
        for place, one in enumerate(about.posts[:_MOST_ROWS], 1)
    )
    left = len(about.posts) - len(rows)
    yield Annex(
        title="信息清单",
        table=Table(
            columns=tuple(Column(name=name, width=width) for name, width in _COLUMNS), rows=rows
        ),
        note=f"另有{left}条，见舆情页面。" if left else "",
    )


def _accounts(about: About) -> set[str]:
    return {one.account for one in about.posts if one.account and one.account != one.said.platform}


def _moment(moment: datetime) -> str:
    there = local(moment)
    return f"{there.month}月{there.day}日{there:%H:%M}"


def read_through(report: Report, edits: Mapping[str, str], *, released: bool) -> Report:
    """Return a report with what a person wrote in place of a section.

    Advice that nobody touched says that it is a proposal, until a person has released it.
    """
    return replace(
        report, sections=tuple(_edited(one, edits, released=released) for one in report.sections)
    )


def _edited(section: Section, edits: Mapping[str, str], *, released: bool) -> Section:
    if section.key in edits:
        return replace(section, paragraphs=(), free=edits[section.key])
    if section.key == ADVICE and not released:
        return replace(section, heading=section.heading + PROPOSED)
    return section


def summary(report: Report) -> tuple[str, ...]:
    """Return the risk and the first advice, each on a line, as leaders read them first."""
    said = {one.key: [*one.paragraphs, *one.free.splitlines()] for one in report.sections}
    first = next(iter(said[ADVICE]), "")
    return tuple(filter(None, (*said[RISK][:1], first and f"建议：{first.lstrip('1.、')}")))
