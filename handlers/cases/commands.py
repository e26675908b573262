"""What is said about cases of public opinion, exactly and in free words."""

import re
from collections.abc import Callable
from datetime import datetime

from handlers.cases import ending, handling, meanings, texts
from handlers.cases.assigning import assign, unit_named
from handlers.cases.doubting import numbers_in, two_said
from handlers.cases.finding import (
    allowed,
    before_me,
    numbered,
    registers_for,
    said_number,
    talked_of,
    the_one,
)
from handlers.cases.grading import decide_grade, grade_said
from handlers.cases.ledger_asked import where_ledger
from handlers.cases.naming import grade_of, named
from handlers.cases.plainly import done_in_words
from handlers.cases.registry import registry
from handlers.cases.showing import list_cases, show_case, show_earlier
from handlers.cases.wording import approve_wording, propose_wording, refuse_wording
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertClosingAsked, OpinionReportAsked
from handlers.kit.refusals import refuse
from handlers.kit.topics import TOPICS
from handlers.rules.calendar import SHANGHAI, length
from handlers.rules.calls import closing_of
from handlers.rules.cases.words import outcome_said
from storage.models import Case
from storage.vocabulary import CaseMove, Grade, Role

_HANDLING = frozenset(
    {
        Role.SECTION_HEAD,
        Role.OFFICE,
        Role.OPINION_LIAISON,
        Role.DUTY,
        Role.LEAD_DUTY,
        Role.DEPUTY,
        Role.PRINCIPAL,
    }
)
_KEEPING = frozenset({Role.OFFICE, Role.OPINION_LIAISON, Role.DEPUTY, Role.PRINCIPAL})
_REGISTERING = _HANDLING - {Role.SECTION_HEAD}
_APPROVING = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_ITEM = re.compile(r"(?:条目|线索)?\s*(\d{1,6})\s*号?")
_Act = Callable[[Context, Case, str], str]


def _with(ctx: Context, asked: Asked, act: _Act, move: CaseMove | None = None) -> str:
    refuse(asked.text)
    return act(ctx, numbered(ctx, asked.numbers[0], move), asked.text.strip())


@registry.command(
    "舆情列表",
    "看舆情",
    takes=Takes.WORDS,
    usage="舆情列表（或：超时的舆情、没签收的舆情、物业类舆情有几起）",
    purpose="看在办的舆情",
    shown_to=_HANDLING,
    means=meanings.listing,
    changes=False,
)
def list_opinion(ctx: Context, asked: Asked) -> str:
    """List cases, or show the one that is named."""
    refuse(asked.text)
    number = said_number(asked.text)
    if number is not None:
        return show_case(ctx, numbered(ctx, number))
    slots = asked.slots
    if slots.get("ask") == "ledger":
        return where_ledger(ctx, str(slots.get("date") or slots.get("period", "")))
    if form := slots.get("format"):
        period = str(slots.get("date") or slots.get("period", ""))
        return "".join(ctx.emit(OpinionReportAsked(form=str(form), period=period)))
    grade = Grade(slots["grade"]) if slots.get("grade") else None
    topic = TOPICS.get(str(slots.get("topic", "")), ())
    status = str(slots.get("status", "open"))
    return list_cases(ctx, status, grade, topic, count=slots.get("ask") == "count")


@registry.command(
    "舆情",
    takes=Takes.MAYBE_NUMBER,
    usage="舆情 3",
    purpose="看一起舆情的情况、时限和经过",
    changes=False,
)
def show_opinion(ctx: Context, asked: Asked) -> str:
    if behind := int(asked.slots.get("behind", 0)):
        return show_earlier(ctx, numbered(ctx, int(asked.slots["opinion_id"])), behind)
    if not asked.numbers:
        return list_opinion(ctx, asked)
    return _with(ctx, asked, lambda ctx, case, _words: show_case(ctx, case))


@registry.command(
    "定级",
    "调级",
    takes=Takes.NUMBER_AND_TEXT,
    usage="定级 3 黄色",
    purpose="定或调一起舆情的级别",
    shown_to=_HANDLING,
)
def grade_opinion(ctx: Context, asked: Asked) -> str:
    def decide(ctx: Context, case: Case, words: str) -> str:
        first, _, why = words.partition(" ")
        return decide_grade(ctx, case, grade_said(first), why.strip())

    return _with(ctx, asked, decide)


@registry.command(
    "交办",
    takes=Takes.NUMBER_AND_MOMENT,
    usage="交办 3 物业科（带时限：交办 3 明天17点 物业科）",
    purpose="把舆情交给科室处置",
    shown_to=_HANDLING,
)
def assign_opinion(ctx: Context, asked: Asked) -> str:
    refuse(asked.text)
    return assign(ctx, numbered(ctx, asked.numbers[0]), asked.text, asked.at)


@registry.command(
    "续报舆情",
    "续报",
    takes=Takes.NUMBER_AND_TEXT,
    usage="续报 3 已约谈开发商",
    purpose="报舆情的新情况",
    means=meanings.heat,
    reads=meanings.news,
)
def progress_opinion(ctx: Context, asked: Asked) -> str:
    """Note what is new: 续报 3 已约谈开发商, 3号舆情点赞涨到5万, 刚才那条补一下，有人去了区政府."""
    if asked.numbers:
        return _with(ctx, asked, handling.progress, CaseMove.PROGRESS)
    number = said_number(asked.text)
    shown = talked_of(ctx)
    if number is None and len(shown) == 1:
        [number] = shown
    if number is None:
        return the_one(ctx, asked, "progress_opinion", lambda ctx, case: _news(ctx, case, asked))
    refuse(asked.text)
    return _news(ctx, numbered(ctx, number, CaseMove.PROGRESS), asked)


def _news(ctx: Context, case: Case, asked: Asked) -> str:
    return handling.progress(ctx, case, meanings.without_case(asked.text, case.number))


@registry.command(
    "核实",
    takes=Takes.NUMBER_AND_TEXT,
    usage="核实 3 属实，停工两个月",
    purpose="报舆情是否属实",
    shown_to=_HANDLING,
)
def verify_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, handling.facts)


@registry.command(
    "口径",
    takes=Takes.NUMBER_AND_TEXT,
    usage="口径 3 我局已约谈开发商……",
    purpose="拟对外口径，送领导审",
    shown_to=_HANDLING,
)
def word_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, propose_wording)


@registry.command(
    "同意口径",
    takes=Takes.NUMBER,
    usage="同意口径 3",
    purpose="同意对外口径",
    shown_to=_APPROVING,
)
def approve_opinion_wording(ctx: Context, asked: Asked) -> str:
    return approve_wording(ctx, numbered(ctx, asked.numbers[0]))


@registry.command(
    "退回口径",
    takes=Takes.NUMBER_AND_TEXT,
    usage="退回口径 3 没有写时间",
    purpose="退回对外口径",
    shown_to=_APPROVING,
)
def refuse_opinion_wording(ctx: Context, asked: Asked) -> str:
    case = numbered(ctx, asked.numbers[0])
    allowed(ctx, case, CaseMove.APPROVE)
    if not asked.text:
        raise UserError(texts.REFUSE_WHY.format(number=case.number))
    return refuse_wording(ctx, case, asked.text)


@registry.command(
    "已回应",
    takes=Takes.NUMBER_AND_TEXT,
    usage="已回应 3 抖音官方号评论区",
    purpose="记下已公开回应、在哪里",
    shown_to=_HANDLING,
)
def answer_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, ending.answer)


@registry.command(
    "舆情上报",
    takes=Takes.NUMBER_AND_TEXT,
    usage="舆情上报 3 区委宣传部",
    purpose="记下舆情报给了谁",
    shown_to=_HANDLING,
)
def report_opinion_up(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, handling.report_up)


@registry.command(
    "舆情批示",
    takes=Takes.NUMBER_AND_TEXT,
    usage="舆情批示 3 王局：今晚到现场",
    purpose="记下领导对舆情的批示",
    shown_to=_APPROVING | {Role.LEAD_DUTY},
)
def instruct_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, handling.instruct)


@registry.command(
    "观察舆情",
    takes=Takes.NUMBER_AND_TEXT,
    usage="观察舆情 3 3天",
    purpose="处置完了，再看几天",
    shown_to=_HANDLING,
)
def watch_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, ending.watch_as_said)


@registry.command(
    "办结舆情",
    "舆情办结",
    takes=Takes.NUMBER_AND_TEXT,
    usage="办结舆情 3 已复工，业主认可",
    purpose="办结舆情（没有权限的转给能定的人）",
    shown_to=_HANDLING,
    means=meanings.close,
)
def close_opinion(ctx: Context, asked: Asked) -> str:
    """Close a case; said in free words while another kind of alert waits, the alert is meant."""
    refuse(asked.text)
    if asked.numbers:
        return _end(ctx, numbered(ctx, asked.numbers[0]), asked)
    if said_number(asked.text) is None and not talked_of(ctx) and not before_me(ctx):
        code = asked.slots.get("opinion_id")
        numbers = (int(code),) if code else ()
        ended = ctx.emit(AlertClosingAsked(numbers=numbers, words=asked.text))
        if ended:
            return "".join(ended)
    return the_one(ctx, asked, "close_opinion", lambda ctx, case: _end(ctx, case, asked))


def _end(ctx: Context, case: Case, asked: Asked) -> str:
    """End a case in the way that free words say: watched on, a false alarm, not ours, the same."""
    words = asked.text.strip(" 。.")
    if asked.free:
        words = outcome_said(meanings.without_case(words, case.number))
    reason = asked.slots.get("reason")
    if reason == "false_alarm":
        return ending.false_alarm(ctx, case, words)
    if reason == "not_ours":
        return ending.forward(ctx, case, words)
    if reason == "duplicate":
        raise UserError(texts.MERGE_WHICH.format(number=case.number))
    if asked.slots.get("watch"):
        return ending.watch(ctx, case, length(str(asked.slots["watch"])), words)
    return ending.close(ctx, case, words)


@registry.command(
    "误报",
    takes=Takes.NUMBER_AND_TEXT,
    usage="误报 3 经核实是旧视频",
    purpose="按误报办结舆情",
    shown_to=_KEEPING,
)
def mark_false(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, ending.false_alarm)


@registry.command(
    "转出舆情",
    takes=Takes.NUMBER_AND_TEXT,
    usage="转出舆情 3 邻区住建局 事发地不在本区",
    purpose="不属本单位的舆情转给别的单位",
    shown_to=_KEEPING,
)
def forward_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, ending.forward)


@registry.command(
    "合并舆情",
    "是同一件事",
    takes=Takes.WORDS,
    usage="合并舆情 3 5（把3号并入5号）",
    purpose="同一件事的两起并成一起",
    shown_to=_KEEPING,
    means=meanings.merge,
)
def merge_opinion(ctx: Context, asked: Asked) -> str:
    """Merge two cases: the one into the other as it is said, else the later into the earlier."""
    said = two_said(ctx, asked.text)
    if len(said) != len(("this", "into")):
        raise UserError(texts.MERGE_WHICH.format(number=said[0] if said else 3))
    is_ordered = not asked.free or meanings.INTO.search(asked.text)
    if said == numbers_in(asked.text) and is_ordered:
        return ending.merge_numbered(ctx, *said)
    return ending.unite_numbered(ctx, said)


@registry.command(
    "拆分舆情",
    takes=Takes.NUMBER_AND_TEXT,
    usage="拆分舆情 3 条目12",
    purpose="把一个条目从舆情里拆出来单独成一起",
    shown_to=_KEEPING,
)
def split_opinion(ctx: Context, asked: Asked) -> str:
    def cut(ctx: Context, case: Case, words: str) -> str:
        found = _ITEM.fullmatch(words)
        if found is None:
            raise UserError(texts.SPLIT_WHICH.format(number=case.number))
        return ending.split(ctx, case, int(found[1]))

    return _with(ctx, asked, cut)


@registry.command(
    "立案",
    takes=Takes.NUMBER,
    usage="立案 12（条目12）",
    purpose="把一个条目登记成舆情",
    shown_to=_REGISTERING,
)
def register_clue(ctx: Context, asked: Asked) -> str:
    """Open a case for what a machine had found and not thought worth one."""
    [number] = asked.numbers
    absent = registers_for(ctx)
    item = ctx.uow.opinion.latest_numbered(ctx.sender.bureau, number)
    if item is None:
        raise UserError(texts.CLUE_NOT_FOUND.format(item=number))
    case = ctx.uow.cases.get(item.case_id) if item.case_id else None
    if case is not None:
        raise UserError(texts.CLUE_TAKEN.format(item=number, name=named(case)))
    return ending.register_item(ctx, item, absent)


@registry.command(
    "重开舆情",
    takes=Takes.NUMBER_AND_TEXT,
    usage="重开舆情 3 又有业主发视频",
    purpose="办结的舆情重新打开",
    shown_to=_HANDLING,
    means=meanings.reopen,
)
def reopen_opinion(ctx: Context, asked: Asked) -> str:
    if asked.numbers:
        return _with(ctx, asked, ending.reopen)
    refuse(asked.text)
    said = numbers_in(asked.text)
    if not said:
        raise UserError(texts.REOPEN_WHICH)
    return ending.reopen(ctx, numbered(ctx, said[0]), asked.text.strip())


@registry.command(
    "超时原因",
    takes=Takes.NUMBER_AND_TEXT,
    usage="超时原因 3 现场没有信号",
    purpose="说明舆情为什么超时",
    shown_to=_HANDLING,
)
def explain_opinion(ctx: Context, asked: Asked) -> str:
    return _with(ctx, asked, handling.explain)


@registry.command(
    "处置舆情",
    takes=Takes.NUMBER_AND_TEXT,
    usage="处置舆情 3 已派人到现场（或：3号舆情交物业科、升为橙色）",
    purpose="处置一起舆情：交办、续报、口径、定级",
    shown_to=_HANDLING,
    means=meanings.dispose,
)
def dispose_opinion(ctx: Context, asked: Asked) -> str:
    """Do what free words say about a case."""
    refuse(asked.text)
    if asked.numbers:
        return _dispose(ctx, numbered(ctx, asked.numbers[0]), asked)
    return the_one(ctx, asked, "dispose_opinion", lambda ctx, case: _dispose(ctx, case, asked))


def _by_when(ctx: Context, said: str) -> datetime:
    """Return by when is meant: a day without an hour is over when the office closes."""
    moment = datetime.fromisoformat(said)
    moment = moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment
    return moment if "T" in said else closing_of(moment, ctx.calendar())


def _grade_meant(case: Case, named_one: str | None, words: str) -> Grade | None:
    """Return the grade that is named, else the one that 升一级 or 调低一级 comes to."""
    if named_one:
        return Grade(named_one)
    by = meanings.steps(words)
    if not by:
        return grade_said(words)
    grades = list(Grade)
    return grades[max(0, min(grades.index(grade_of(case)) + by, len(grades) - 1))]


def _assign(ctx: Context, case: Case, asked: Asked, words: str) -> str:
    """Give a case to the section that was understood, or else to the one that *words* name."""
    unit, due = str(asked.slots.get("unit", "")), asked.slots.get("due")
    if unit_named(ctx, case.bureau, unit)[0] is None:
        unit = words
    at = _by_when(ctx, str(due)) if due else None
    return assign(ctx, case, unit, at, free=True)


def _dispose(ctx: Context, case: Case, asked: Asked) -> str:
    slots, words = asked.slots, meanings.without_case(asked.text, case.number)
    if (done := done_in_words(ctx, case, words)) is not None:
        return done
    match slots.get("action"):
        case "regrade":
            return decide_grade(ctx, case, _grade_meant(case, slots.get("grade"), words))
        case "regrade_assign":
            grade = _grade_meant(case, slots.get("grade"), words)
            said = [] if grade and grade is case.grade else [decide_grade(ctx, case, grade)]
            return "\n".join([*said, _assign(ctx, case, asked, words)])
        case "assign":
            return _assign(ctx, case, asked, words)
        case "statement":
            return propose_wording(ctx, case, meanings.wording_in(words))
        case "report":
            whom = "、".join(slots.get("report_to", ()))
            return handling.report_up(ctx, case, whom)
        case _:
            return handling.progress(ctx, case, words)
