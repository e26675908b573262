"""Cases in words: the list, one case with what is owed, its ledger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.cases import texts
from handlers.cases.alarms import graded
from handlers.cases.doubting import doubts_of
from handlers.cases.finding import seen
from handlers.cases.moving import owed_of
from handlers.cases.naming import grade_of, named, unit_name
from handlers.kit.context import Context
from handlers.kit.events import IncidentsOfCaseAsked
from handlers.kit.finding import sees as sees_draft
from handlers.kit.listing import fitting
from handlers.rules.calendar import minutes_in_words, short_time
from handlers.rules.clipping import clipped
from handlers.rules.escalation import rank
from handlers.rules.opinion.posters import account_of, said_at, unnamed
from storage.models import Case, CaseEvent, Draft
from storage.vocabulary import NOBODY, CaseState, CaseStep, Grade, UserId

LINKED = "紧急信息"
"""What the incidents of a case are called among its facts."""
DOUBTED = "疑似同一事件"
"""What cases are called there that may be the same."""
_LINES = 12
_NEWEST = 5
"""How many lines of a ledger a phone shows below what a case is about; 下一页 shows more."""
_WORDS = 40
_UNACKED = frozenset(
    {
        CaseState.CLUE,
        CaseState.REGISTERED,
        CaseState.GRADED,
        CaseState.ASSIGNED,
        CaseState.REOPENED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A case as a list shows it; *late* names the steps that are overdue."""

    case: Case
    late: tuple[CaseStep, ...]


def listed(ctx: Context, cases: Iterable[Case]) -> list[Listed]:
    """Return cases with what is late, the latest and then the gravest first."""
    found = [Listed(case=case, late=late_steps(ctx, case)) for case in cases]
    return sorted(found, key=lambda one: (not one.late, -rank(grade_of(one.case))))


def late_steps(ctx: Context, case: Case) -> tuple[CaseStep, ...]:
    return tuple(one.step for one in owed_of(ctx, case) if one.due_at <= ctx.now)


def seen_open(ctx: Context) -> list[Case]:
    """Return what has not ended and is the sender's to see."""
    return seen(ctx, ctx.uow.cases.open_of(ctx.sender.bureau))


def list_cases(
    ctx: Context, status: str, grade: Grade | None, topic_words: Collection[str], *, count: bool
) -> str:
    """List what the sender may see: in work, overdue, not taken or closed; *count*: only how many.

    *topic_words*: only what one of them is in, if there are any.
    """
    if status == "closed":
        bureau = ctx.sender.bureau
        found = ctx.uow.cases.lately(bureau, 50, states=[CaseState.CLOSED])
        cases = seen(ctx, found)
    else:
        cases = seen_open(ctx)
    if status == "unacked":
        cases = [case for case in cases if case.state in _UNACKED]
    if grade is not None:
        cases = [case for case in cases if grade_of(case) is grade]
    if topic_words:
        cases = [one for one in cases if any(w in f"{one.title}{one.topic}" for w in topic_words)]
    lines = [one for one in listed(ctx, cases) if status != "overdue" or one.late]
    which = texts.ASKED_WHICH.get(status, texts.ASKED_WHICH[""])
    if not lines:
        return texts.LIST_EMPTY.format(which=which)
    if count:
        return _counted(lines, which)
    said = fitting([_line(one) for one in lines[:_LINES]])
    ctx.show("opinion", [one.case.number for one in lines[: len(said)]])
    return texts.LIST.format(which=which, count=len(lines), lines="\n".join(said))


def _counted(lines: Sequence[Listed], which: str) -> str:
    grades = [grade_of(one.case) for one in lines]
    parts = [
        f"{texts.COLOURS[grade]}色{grades.count(grade)}"
        for grade in reversed(Grade)
        if grade in grades
    ]
    return texts.COUNTED.format(
        which=which,
        count=len(lines),
        grades="、".join(parts),
        late=sum(bool(one.late) for one in lines),
    )


def _line(one: Listed) -> str:
    steps = "、".join(texts.STEPS[step] for step in one.late)
    return texts.LIST_LINE.format(
        number=one.case.number,
        colour=texts.COLOURS[grade_of(one.case)],
        title=one.case.title,
        state=texts.STATES[one.case.state],
        late=texts.LATE.format(steps=steps) if steps else "",
    )


def show_case(ctx: Context, case: Case) -> str:
    """Show one case: its facts, what is owed by when, and its ledger."""
    ctx.show("opinion", [case.number])
    facts = "\n".join(f"{name}：{value}" for name, value in facts_of(ctx, case) if value)
    owed = "".join(
        texts.OWED_LINE.format(
            step=texts.STEPS[one.step],
            when=short_time(one.due_at, ctx.now),
            late=texts.IS_LATE if one.due_at <= ctx.now else "",
        )
        + "\n"
        for one in sorted(owed_of(ctx, case), key=lambda one: one.due_at)
    )
    log = _lines_from(ctx, case, 0, _NEWEST)
    said = texts.SHOWN.format(
        name=named(case), state=texts.STATES[case.state], facts=facts, owed=owed, log=log
    )
    return ctx.with_link(said, f"cases/{case.id}")


def show_earlier(ctx: Context, case: Case, behind: int) -> str:
    """Show what stands in a case's ledger before its newest *behind* lines."""
    ctx.show("opinion", [case.number])
    return texts.EARLIER.format(name=named(case), log=_lines_from(ctx, case, behind, _LINES))


def _lines_from(ctx: Context, case: Case, behind: int, most: int) -> str:
    """Return up to *most* lines of a ledger, the newest first; 下一页 goes on from there."""
    known = log_lines(ctx, case, behind + most + 1)[::-1][behind:]
    lines = fitting(known[:most])
    if len(known) == len(lines):
        return "\n".join(lines)
    ctx.more("show_opinion", {"opinion_id": case.number, "behind": behind + len(lines)})
    return "\n".join([*lines, texts.MORE_LINES])


def facts_of(ctx: Context, case: Case) -> list[tuple[str, str]]:
    """Return what is known of a case, in the order of its ledger; empty where nothing is."""
    members = [case.finder, case.holder, case.closed_by]
    called = ctx.uow.members.names([one for one in members if one != NOBODY])
    truth = texts.TRUTHS[case.truth]

    def when(moment: datetime | None) -> str:
        return short_time(moment, ctx.now) if moment else ""

    return [
        ("定级", graded(ctx, case)),
        ("承办", unit_name(ctx, case) if case.unit != case.bureau else ""),
        ("签收", f"{called.get(case.holder, '')} {when(case.acked_at)}".strip()),
        ("来源", " ".join(filter(None, (said_at(case.platform, case.source), case.url)))),
        ("发现", f"{called.get(case.finder, texts.SYSTEM)} {when(case.found_at)}"),
        ("地点", case.place),
        ("诉求", case.demands),
        ("互动量", _heat(case)),
        ("核实", truth if case.facts_at else ""),
        ("措施", case.measures),
        (
            "口径",
            f"{case.wording}{'' if case.wording_approved_by else '（待审）'}"
            if case.wording
            else "",
        ),
        ("回应", f"{case.answered_where} {when(case.answered_at)}".strip()),
        ("上报", case.reported_to),
        ("批示", case.instruction),
        ("观察到", when(case.watch_until)),
        ("结果", case.result),
        ("超时原因", case.late_because),
        (DOUBTED, "；".join(_doubt(one) for one in doubts_of(ctx, case))),
        (LINKED, "；".join(ctx.emit(IncidentsOfCaseAsked(case_id=case.id)))),
        (
            "稿件",
            "；".join(_draft(ctx, one) for one in ctx.uow.cases.drafts_of([case.id])[case.id]),
        ),
    ]


def _draft(ctx: Context, draft: Draft) -> str:
    """Return how a draft is called; its title only to who may see it."""
    form = texts.LINKED_DRAFT if sees_draft(ctx, draft) else texts.HIDDEN_DRAFT
    return form.format(number=draft.number, title=draft.title)


def _doubt(case: Case) -> str:
    return texts.DOUBT.format(name=named(case), state=texts.STATES[case.state])


def _heat(case: Case) -> str:
    if case.heat_peak == case.heat_found:
        return case.heat_found
    return f"发现时{case.heat_found or '不详'}，最高{case.heat_peak}"


def log_lines(ctx: Context, case: Case, most: int) -> list[str]:
    """Return the newest lines of a case's ledger, the oldest first; they name no citizen."""
    events = ctx.uow.cases.log(case.id, most)
    people = {one for event in events for one in (event.actor, event.on_behalf_of)} - {NOBODY}
    called = ctx.uow.members.names(people)
    accounts = account_of(case.platform, case.source)
    return [_log_line(ctx, one, _who(one, called), unnamed(one.words, accounts)) for one in events]


def _who(event: CaseEvent, called: Mapping[UserId, str]) -> str:
    who = called.get(event.actor, texts.SYSTEM)
    absent = called.get(event.on_behalf_of, "")
    return texts.STANDING_IN.format(who=who, absent=absent) if absent else who


def _log_line(ctx: Context, event: CaseEvent, who: str, said: str) -> str:
    words = f"：{clipped(said, _WORDS)}" if said else ""
    took = ""
    if event.minutes is not None:
        limit = minutes_in_words(event.limit or 0)
        form = texts.TOOK_WORKING if event.in_working_time else texts.TOOK
        took = form.format(took=minutes_in_words(event.minutes), limit=limit)
    return texts.LOG_LINE.format(
        when=short_time(event.at, ctx.now),
        who=who,
        what=texts.MOVES[event.move],
        words=words + took,
    )
