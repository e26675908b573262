"""舆情 on pages: the same acts as in words, and what a page shows of a case."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.cases import ending, handling, texts
from handlers.cases.assigning import assign
from handlers.cases.doubting import differ_numbered, doubts_of
from handlers.cases.finding import hats, numbered, seen, sees
from handlers.cases.grading import decide_grade, grade_said
from handlers.cases.linking import link_on_page
from handlers.cases.meanings import LEDGER_READERS
from handlers.cases.moving import owed_of
from handlers.cases.naming import grade_of, named
from handlers.cases.registry import registry
from handlers.cases.showing import DOUBTED, Listed, facts_of, listed, log_lines
from handlers.cases.undoing import last_here, undo_here
from handlers.cases.wording import approve_wording, propose_wording, refuse_wording
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import sees_as
from handlers.kit.refusals import refuse
from handlers.rules.calendar import short_time
from handlers.rules.cases.flow import ENDED, MOVES
from handlers.rules.cases.rights import may
from storage.models import Case, OpinionItem
from storage.vocabulary import NOBODY, CaseId, CaseMove, PictureOf

UNDO = "undo"
_Act = Callable[[Context, Case, str], str]
_MOST_ITEMS, _MOST_LINES = 50, 200
_NUMBER = re.compile(r"\d{1,6}")


def _grade(ctx: Context, case: Case, words: str) -> str:
    return decide_grade(ctx, case, grade_said(words))


def _approve(ctx: Context, case: Case, _words: str) -> str:
    return approve_wording(ctx, case)


def _merge(ctx: Context, case: Case, words: str) -> str:
    """Merge into the case that is named; both are locked in the order of their numbers."""
    return ending.merge_numbered(ctx, case.number, _numbered_there(case, words))


def _numbered_there(case: Case, words: str) -> int:
    found = _NUMBER.search(words)
    if found is None:
        raise UserError(texts.MERGE_WHICH.format(number=case.number))
    return int(found[0])


def _split(ctx: Context, case: Case, words: str) -> str:
    found = _NUMBER.search(words)
    if found is None:
        raise UserError(texts.SPLIT_WHICH.format(number=case.number))
    return ending.split(ctx, case, int(found[0]))


def _same(ctx: Context, case: Case, words: str) -> str:
    return ending.unite_numbered(ctx, (case.number, _numbered_there(case, words)))


def _other(ctx: Context, case: Case, words: str) -> str:
    return differ_numbered(ctx, case.number, _numbered_there(case, words))


_ACTS: Mapping[str, tuple[CaseMove, str, _Act]] = {
    "grade": (CaseMove.GRADE, "定级（写颜色）", _grade),
    "assign": (CaseMove.ASSIGN, "交办（写科室）", assign),
    "facts": (CaseMove.FACTS, "核实（属实、不属实，情况）", handling.facts),
    "progress": (CaseMove.PROGRESS, "续报", handling.progress),
    "wording": (CaseMove.WORDING, "拟口径", propose_wording),
    "approve": (CaseMove.APPROVE, "同意口径", _approve),
    "refuse": (CaseMove.REFUSE, "退回口径（写理由）", refuse_wording),
    "answer": (CaseMove.ANSWER, "已回应（写在哪里）", ending.answer),
    "report": (CaseMove.REPORT_UP, "上报（写报给谁）", handling.report_up),
    "instruct": (CaseMove.INSTRUCT, "记批示", handling.instruct),
    "watch": (CaseMove.WATCH, "转观察（可写几天）", ending.watch_as_said),
    "close": (CaseMove.CLOSE, "办结（写结果）", ending.close),
    "false": (CaseMove.FALSE_ALARM, "误报（写依据）", ending.false_alarm),
    "forward": (CaseMove.FORWARD, "转出（写转给谁）", ending.forward),
    "merge": (CaseMove.MERGE, "并入另一起（写编号）", _merge),
    "split": (CaseMove.SPLIT, "拆出条目（写条目编号）", _split),
    "same": (CaseMove.MERGE, "合并", _same),
    "differ": (CaseMove.DIFFER, "不是同一件事", _other),
    "link": (CaseMove.LINK, "关联（写 紧急2 或 稿件12）", link_on_page),
    "reopen": (CaseMove.REOPEN, "重新打开（写原因）", ending.reopen),
    "explain": (CaseMove.EXPLAIN, "超时原因", handling.explain),
}
"""What can be done on a case's page: the move, the words on it, the act."""
_OF_DOUBTS = frozenset({"same", "differ"})
_BY_NUMBERS = frozenset({"merge", *_OF_DOUBTS})
"""Of two cases the one with the lower number is locked first: these do it by themselves."""


@registry.form("case")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``do`` to ``case``; ``words`` go with it.

    Raises:
        UserError: there is no such case or act, or it is not the sender's to do.
    """
    found = ctx.uow.cases.get(CaseId(form.fields["case"]))
    if found is None or not sees(ctx, found):
        raise UserError(texts.NONE_OPEN)
    if form.fields["do"] == UNDO:
        ctx.uow.cases.lock_all([found.id])
        return undo_here(ctx, numbered(ctx, found.number))
    wanted = _ACTS.get(form.fields["do"])
    if wanted is None:
        raise UserError(texts.NONE_OPEN)
    words = form.fields["words"].strip()
    refuse(words)
    _, _, act = wanted
    by_numbers = form.fields["do"] in _BY_NUMBERS
    return act(ctx, found if by_numbers else numbered(ctx, found.number), words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """A step that is not done: its name, by when, and whether that is over."""

    step: str
    when: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A case that may be the same; *acts* are what the visitor may say of it."""

    id: CaseId
    number: int
    name: str
    state: str
    acts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOnPage:
    """A case as its page shows it; *acts* are what the visitor may do now."""

    id: CaseId
    name: str
    colour: str
    grade: str
    state: str
    wording: str
    facts: list[tuple[str, str]]
    owed: list[Owing]
    items: list[OpinionItem]
    count: int
    files: list[tuple[str, str]]
    log: list[str]
    acts: list[tuple[str, str]]
    doubts: list[Doubt]


def case_on_page(ctx: Context, case_id: str) -> CaseOnPage | None:
    """Return a case that the visitor may see; None where there is none."""
    case = ctx.uow.cases.get(CaseId(case_id))
    if case is None or not sees(ctx, case):
        return None
    grade = grade_of(case)
    return CaseOnPage(
        id=case.id,
        name=named(case),
        colour=grade.value,
        grade=texts.GRADES[grade] + ("" if case.grade else "，待定"),
        state=texts.STATES[case.state],
        wording=case.wording,
        facts=[(name, value) for name, value in facts_of(ctx, case) if value and name != DOUBTED],
        owed=[
            Owing(
                step=texts.STEPS[one.step],
                when=short_time(one.due_at, ctx.now),
                late=one.due_at <= ctx.now,
            )
            for one in sorted(owed_of(ctx, case), key=lambda one: one.due_at)
        ],
        items=list(ctx.uow.opinion.newest_in(case.id, _MOST_ITEMS)),
        count=ctx.uow.cases.counts([case.id]).get(case.id, 0),
        files=[
            (one.id, one.sha256)
            for one in ctx.uow.pictures.of(PictureOf.CASE, case.id)
            if one.sha256
        ],
        log=list(reversed(log_lines(ctx, case, _MOST_LINES))),
        acts=_acts(ctx, case),
        doubts=_doubts(ctx, case),
    )


def _doubts(ctx: Context, case: Case) -> list[Doubt]:
    """Return the cases that this one may be the same as, and what the visitor may say of each."""
    decides = may(hats(ctx, case), CaseMove.DIFFER, grade_of(case))
    acts = [(name, words) for name, (_, words, _) in _ACTS.items() if name in _OF_DOUBTS]
    return [
        Doubt(
            id=one.id,
            number=one.number,
            name=named(one),
            state=texts.STATES[one.state],
            acts=acts if decides else [],
        )
        for one in doubts_of(ctx, case)
    ]


def _acts(ctx: Context, case: Case) -> list[tuple[str, str]]:
    """Return what the visitor may do; who may not close it may ask for that."""
    worn, grade = hats(ctx, case), grade_of(case)
    waits = bool(case.wording) and case.wording_approved_by == NOBODY
    undone = last_here(ctx, case)
    found = [(UNDO, texts.UNDO_ACT.format(what=texts.MOVES[undone.move]))] if undone else []
    for name, (move, words, _) in _ACTS.items():
        of_wording = move in {CaseMove.APPROVE, CaseMove.REFUSE}
        if name in _OF_DOUBTS or (case.state, move) not in MOVES or (of_wording and not waits):
            continue
        right = CaseMove.APPROVE if of_wording else move
        asks = {CaseMove.GRADE: CaseMove.PROPOSE, CaseMove.CLOSE: CaseMove.ASK_CLOSING}
        if may(worn, right, grade) or may(worn, asks.get(right, right), grade):
            found.append((name, words))
    return found


def seen_by_visitor(ctx: Context, *, ended: bool, limit: int, offset: int) -> list[Listed]:
    """Return a page of cases that the visitor may see: what is late first, then the gravest."""
    bureau = ctx.sender.bureau
    if not ended:
        found = seen(ctx, ctx.uow.cases.open_of(bureau))
        return listed(ctx, found)[offset : offset + limit]
    rows = ctx.uow.cases.lately(bureau, limit, offset, states=ENDED)
    return listed(ctx, seen(ctx, rows))


def may_read_ledger(ctx: Context) -> bool:
    """Tell whether the visitor, or whom he stands in for, may take the whole ledger away."""
    return any(LEDGER_READERS & one.roles.keys() for one in sees_as(ctx))
