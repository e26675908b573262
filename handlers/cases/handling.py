"""签收、核实、续报、上报、批示: what is done about a case while it is open."""

from handlers.cases import texts
from handlers.cases.alarms import alarm_if_worth
from handlers.cases.finding import ALERTED, TASK, allowed
from handlers.cases.moving import move, owed_of, set_clocks
from handlers.cases.naming import named
from handlers.cases.opening import hotter
from handlers.cases.registry import registry
from handlers.cases.telling import handlers_of, office_of, tell
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertEnded, AlertSubjectHeard, AlertTaken
from handlers.rules.calendar import local, short_time
from handlers.rules.cases.flow import CALM
from handlers.rules.cases.words import facts_said, plan_said, truth_said
from handlers.rules.escalation import rank
from handlers.rules.opinion.grading import REMARKED, REMARKED_LEAST
from handlers.rules.opinion.signs import signs
from storage.models import Case
from storage.vocabulary import CaseId, CaseMove, CaseStep, Truth


def _of_alert(ctx: Context, subject: str) -> Case | None:
    kind, _, key = subject.partition(":")
    return ctx.uow.cases.lock(CaseId(key)) if kind in {ALERTED, TASK} else None


@registry.on(AlertTaken)
def take(ctx: Context, event: AlertTaken) -> None:
    """Whoever takes the alert about a case has taken the case."""
    case = _of_alert(ctx, event.subject)
    if case is None or case.state in CALM:
        return
    move(ctx, case, CaseMove.ACK, step=CaseStep.ACK)
    case.holder = ctx.sender.userid
    case.acked_at = case.acked_at or ctx.now
    case.clock_at = ctx.now
    ctx.show("opinion", [case.number])
    set_clocks(ctx, case)


@registry.on(AlertEnded)
def hear_of_the_end(ctx: Context, event: AlertEnded) -> None:
    """Somebody ended the alert by his word: that is news of the case, which stays open."""
    case = _of_alert(ctx, event.subject)
    if case is None or case.state in CALM or not event.by_hand:
        return
    move(ctx, case, CaseMove.PROGRESS, words=texts.ENDED_BY_ALERT.format(why=event.why))
    case.clock_at = ctx.now
    set_clocks(ctx, case)


def progress(ctx: Context, case: Case, words: str) -> str:
    """Write down what is new; first facts and a plan count as such, and are told to who waits.

    Raises:
        UserError: it is not the sender's to say, or there are no words.
    """
    allowed(ctx, case, CaseMove.PROGRESS)
    if not words:
        raise UserError(texts.NEED_WORDS.format(usage=f"续报 {case.number} 已约谈开发商，明天复工"))
    if facts_said(words):
        return facts(ctx, case, words)
    planned = plan_said(words) and case.plan_at is None
    step = CaseStep.PLAN if planned else CaseStep.PROGRESS
    move(ctx, case, CaseMove.PROGRESS, words=words, step=step)
    hotter(case, signs(words).heat)
    _heard(ctx, case, words, planned=planned)
    said = texts.TOLD_PROGRESS.format(name=named(case), who=ctx.sender.name, words=words)
    tell(ctx, case, {*handlers_of(ctx, case), *office_of(ctx, case)}, said)
    set_clocks(ctx, case)
    return texts.PROGRESSED.format(
        name=named(case), what=texts.MOVES[CaseMove.PROGRESS], next=next_step(ctx, case)
    )


def facts(ctx: Context, case: Case, words: str) -> str:
    """Write down what was found out, and whether what is said in public is so.

    Raises:
        UserError: it is not the sender's to say, or there are no words.
    """
    allowed(ctx, case, CaseMove.FACTS)
    if not words:
        raise UserError(texts.NEED_WORDS.format(usage=f"核实 {case.number} 属实，停工两个月"))
    move(ctx, case, CaseMove.FACTS, words=words, step=CaseStep.FACTS)
    case.truth = truth_said(words) or case.truth
    case.facts_at = case.facts_at or ctx.now
    _heard(ctx, case, words, planned=plan_said(words))
    truth = texts.TRUTHS[case.truth]
    said = texts.TOLD_FACTS.format(name=named(case), who=ctx.sender.name, truth=truth, words=words)
    tell(ctx, case, {*handlers_of(ctx, case), *office_of(ctx, case)}, said)
    set_clocks(ctx, case)
    found = "" if case.truth is Truth.UNKNOWN else texts.FACTS_DONE.format(truth=truth)
    return texts.PROGRESSED.format(
        name=named(case),
        what=texts.MOVES[CaseMove.FACTS],
        next=found + next_step(ctx, case),
    )


def _heard(ctx: Context, case: Case, words: str, *, planned: bool) -> None:
    """Let the clock of progress run anew; whoever has the alert need not be asked so soon."""
    case.clock_at = ctx.now
    case.overdue = {one: level for one, level in case.overdue.items() if one != CaseStep.PROGRESS}
    if planned:
        case.plan_at = case.plan_at or ctx.now
        case.measures = words
    for kind in (ALERTED, TASK):
        ctx.emit(AlertSubjectHeard(bureau=case.bureau, subject=f"{kind}:{case.id}"))


def next_step(ctx: Context, case: Case) -> str:
    """Say which step is due first, and by when."""
    left = sorted(owed_of(ctx, case), key=lambda one: one.due_at)
    if not left:
        return ""
    when = short_time(left[0].due_at, ctx.now)
    return texts.NEXT.format(step=texts.STEPS[left[0].step], when=when)


def report_up(ctx: Context, case: Case, whom: str) -> str:
    """Write down to whom above a case was reported.

    Raises:
        UserError: it is not the sender's to do, or nobody is named.
    """
    allowed(ctx, case, CaseMove.REPORT_UP)
    if not whom:
        raise UserError(texts.REPORT_WHOM.format(number=case.number))
    move(ctx, case, CaseMove.REPORT_UP, words=whom)
    here = local(ctx.now)
    line = f"{here.month}月{here.day}日 {here:%H:%M} {whom}"
    case.reported_to = "；".join(filter(None, (case.reported_to, line)))
    return texts.REPORTED.format(name=named(case), whom=whom)


def instruct(ctx: Context, case: Case, words: str) -> str:
    """Write down what a leader said about a case, and tell whoever deals with it.

    What a leader speaks about is suggested to be yellow at least.

    Raises:
        UserError: it is not the sender's to enter, or there are no words.
    """
    allowed(ctx, case, CaseMove.INSTRUCT)
    if not words:
        raise UserError(texts.NEED_WORDS.format(usage=f"舆情批示 {case.number} 王局：今晚到现场"))
    move(ctx, case, CaseMove.INSTRUCT, words=words)
    case.instruction = "；".join(filter(None, (case.instruction, words)))
    said = texts.TOLD_INSTRUCTED.format(name=named(case), who=ctx.sender.name, words=words)
    tell(ctx, case, {*handlers_of(ctx, case), *office_of(ctx, case)}, said)
    raised = _raise_suggestion(ctx, case)
    return texts.INSTRUCTED.format(name=named(case)) + (texts.REMARKED if raised else "")


def _raise_suggestion(ctx: Context, case: Case) -> bool:
    """Suggest no less than what leaders speak about is; tell whether that is more than before.

    A grade that a person decided stays, and people hear that it may be too low.
    """
    if rank(case.suggested) >= rank(REMARKED_LEAST):
        return False
    case.suggested = REMARKED_LEAST
    case.why = "，".join(filter(None, (case.why, REMARKED)))
    alarm_if_worth(ctx, case)
    set_clocks(ctx, case)
    return True


def explain(ctx: Context, case: Case, words: str) -> str:
    """Write down why something was late.

    Raises:
        UserError: it is not the sender's to say, or there are no words.
    """
    allowed(ctx, case, CaseMove.EXPLAIN)
    if not words:
        raise UserError(texts.NEED_WORDS.format(usage=f"超时原因 {case.number} 现场没有信号"))
    move(ctx, case, CaseMove.EXPLAIN, words=words)
    case.late_because = "；".join(filter(None, (case.late_because, words)))
    return texts.EXPLAINED.format(name=named(case))
