"""已回应、观察、办结、误报、转出、合并、拆分、重开: how a case ends, or begins again."""

from collections.abc import Collection
from datetime import timedelta

from handlers.cases import texts
from handlers.cases.alarms import alarm, names, settle
from handlers.cases.doubting import by_age
from handlers.cases.finding import allowed, hats, numbered
from handlers.cases.handling import next_step
from handlers.cases.limits import limits_of
from handlers.cases.moving import cannot, move, set_clocks
from handlers.cases.naming import grade_of, named
from handlers.cases.opening import ABSORBED, absorb, begin_again, open_case
from handlers.cases.telling import deciders, handlers_of, office_of, tell, who_knows
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CaseClosed, CaseReopened, RunsOfCaseAsked
from handlers.rules.calendar import short_time
from handlers.rules.cases.flow import ENDED, MOVES
from handlers.rules.cases.rights import may
from handlers.rules.cases.words import plain_days
from handlers.rules.escalation import later
from storage.models import Case, OpinionItem
from storage.vocabulary import CaseMove, CaseState, CaseStep, DraftId, Truth, UserId

_LONGEST_WATCH = timedelta(days=90)


def answer(ctx: Context, case: Case, where: str) -> str:
    """Write down that the bureau answered in public, and where.

    Raises:
        UserError: it is not the sender's to say, or the place is missing.
    """
    allowed(ctx, case, CaseMove.ANSWER)
    if not where:
        raise UserError(texts.ANSWER_WHERE.format(number=case.number))
    move(ctx, case, CaseMove.ANSWER, words=where, step=CaseStep.ANSWER)
    case.answered_at, case.answered_where = case.answered_at or ctx.now, where
    case.clock_at = ctx.now
    said = texts.TOLD_ANSWERED.format(name=named(case), who=ctx.sender.name, where=where)
    tell(ctx, case, {*handlers_of(ctx, case), *office_of(ctx, case)}, said)
    set_clocks(ctx, case)
    following = next_step(ctx, case)
    if not case.wording_approved_by:
        following = texts.ANSWER_NO_WORDING + following
    return texts.ANSWERED.format(name=named(case), where=where, next=following)


def watch(ctx: Context, case: Case, length: timedelta | None, words: str = "") -> str:
    """Let a case that was dealt with be watched, for what its grade says or for *length*.

    Raises:
        UserError: it is not the sender's to do.
    """
    allowed(ctx, case, CaseMove.WATCH)
    result = words or case.result or texts.CLOSED_WHY
    move(ctx, case, CaseMove.WATCH, words=result)
    plain = later(ctx.now, limits_of(ctx, case).watch, ctx.calendar())
    until = ctx.now + min(length, _LONGEST_WATCH) if length else plain
    case.watch_until, case.result = until, result
    settle(ctx, case, result)
    when = short_time(until, ctx.now)
    said = texts.TOLD_WATCHED.format(name=named(case), when=when, words=result)
    tell(ctx, case, {*deciders(ctx, case, CaseMove.CLOSE), *office_of(ctx, case)}, said)
    set_clocks(ctx, case)
    return texts.WATCHED.format(name=named(case), when=when, who=texts.closers(grade_of(case)))


def watch_as_said(ctx: Context, case: Case, words: str) -> str:
    """Let a case be watched for the days that *words* begin with, if they do: 3天 再看看."""
    days, rest = plain_days(words)
    return watch(ctx, case, days, rest)


def close(ctx: Context, case: Case, words: str) -> str:
    """Close a case; who may not close it asks whoever may.

    Raises:
        UserError: it has ended, or is not even the sender's to ask for.
    """
    if not may(hats(ctx, case), CaseMove.CLOSE, grade_of(case)):
        return _ask_closing(ctx, case, words)
    result = words or case.result or texts.CLOSED_WHY
    case.result = result
    return end(ctx, case, CaseMove.CLOSE, result)


def _ask_closing(ctx: Context, case: Case, words: str) -> str:
    allowed(ctx, case, CaseMove.ASK_CLOSING)
    result = words or case.result or texts.CLOSED_WHY
    move(ctx, case, CaseMove.ASK_CLOSING, words=result)
    case.result = result
    whom = deciders(ctx, case, CaseMove.CLOSE)
    said = texts.TOLD_ASKED_CLOSING.format(
        who=ctx.sender.name, name=named(case), words=result, number=case.number
    )
    tell(ctx, case, whom, said)
    if not whom:
        return texts.ASKED_CLOSING_NOBODY.format(name=named(case))
    return texts.ASKED_CLOSING.format(name=named(case), people=names(ctx, whom))


_TOLD_END = {
    CaseMove.CLOSE: (texts.CLOSED, texts.TOLD_CLOSED),
    CaseMove.FALSE_ALARM: (texts.FALSE, texts.TOLD_FALSE),
    CaseMove.FORWARD: (texts.FORWARDED, texts.TOLD_NOT_OURS),
}


def end(ctx: Context, case: Case, how: CaseMove, words: str) -> str:
    """End a case by CLOSE, FALSE_ALARM or FORWARD; whoever knows of it hears of it once.

    Raises:
        UserError: it has ended, or is not the sender's to end.
    """
    allowed(ctx, case, how)
    hearers = who_knows(ctx, case)
    by_alert = {
        seat.member
        for kind in ("case", "case_task")
        for one in ctx.uow.alerts.standing(case.bureau, f"{kind}:{case.id}")
        for seat in ctx.uow.alerts.recipients(one.id)
    }
    move(ctx, case, how, words=words)
    case.closed_at, case.closed_by, case.watch_until = ctx.now, ctx.sender.userid, None
    case.result = words
    if how is CaseMove.FALSE_ALARM:
        case.truth = Truth.UNTRUE
    settle(ctx, case, words)
    set_clocks(ctx, case)
    done, told = _TOLD_END[how]
    said = told.format(name=named(case), who=ctx.sender.name, words=words)
    count = tell(ctx, case, hearers - by_alert, said) + len(by_alert - {ctx.sender.userid})
    _over(ctx, case)
    note = texts.CLOSED_TOLD.format(count=count) if count else ""
    return done.format(name=named(case), told=note)


def _over(ctx: Context, case: Case) -> None:
    ctx.emit(
        CaseClosed(case_id=case.id, bureau=case.bureau, state=case.state, by=ctx.sender.userid)
    )


def false_alarm(ctx: Context, case: Case, words: str) -> str:
    """End a case because nothing is behind it.

    Raises:
        UserError: the reason is missing, or it is not the sender's to end.
    """
    if not words:
        raise UserError(texts.FALSE_WHY.format(number=case.number))
    return end(ctx, case, CaseMove.FALSE_ALARM, words)


def forward(ctx: Context, case: Case, words: str) -> str:
    """End a case because it is somebody else's, to whom it was given.

    Raises:
        UserError: to whom is missing, or it is not the sender's to end.
    """
    if not words:
        raise UserError(texts.FORWARD_WHOM.format(number=case.number))
    return end(ctx, case, CaseMove.FORWARD, words)


def merge_numbered(ctx: Context, number: int, into: int) -> str:
    """Let case *into* have all items of case *number*.

    Raises:
        UserError: there is no such case, or they may not be merged.
    """
    # in one order, so that two merges never wait crosswise
    found = {one: numbered(ctx, one) for one in sorted((number, into))}
    return merge(ctx, found[number], found[into])


def unite_numbered(ctx: Context, pair: Collection[int]) -> str:
    """Merge the later of two cases into the earlier one.

    Raises:
        UserError: there is no such case, or they may not be merged.
    """
    newer, older = by_age(numbered(ctx, one) for one in sorted(pair))
    return merge(ctx, newer, older)


def merge(ctx: Context, case: Case, into: Case) -> str:
    """Let *into* have all items of *case*, which ends; both are locked.

    Raises:
        UserError: they are the same, one has ended, or it is not the sender's to do.
    """
    allowed(ctx, case, CaseMove.MERGE)
    allowed(ctx, into, CaseMove.MERGE)
    if case.id == into.id:
        raise UserError(texts.MERGE_SELF)
    if into.state in ENDED:
        raise UserError(cannot(ctx, into, CaseMove.MERGE))
    items, drafts = ctx.uow.opinion.ids_of(case.id), _give_drafts(ctx, case, into)
    hearers = who_knows(ctx, case)
    why = texts.WHY_MERGED.format(number=into.number)
    known = {name: getattr(into, name) for name in ABSORBED}
    ctx.emit(running := RunsOfCaseAsked(case_id=case.id))
    move(
        ctx,
        case,
        CaseMove.MERGE,
        words=why,
        items=items,
        drafts=drafts,
        into=known,
        runs=running.found,
    )
    absorb(ctx, into, case)
    ctx.uow.opinion.give_all(case.id, into.id)
    case.merged_into, case.closed_at, case.closed_by = into.id, ctx.now, ctx.sender.userid
    case.result = why
    settle(ctx, case, why)
    set_clocks(ctx, case)
    move(ctx, into, CaseMove.ADD, words=named(case))
    said = texts.TOLD_MERGED.format(name=named(case), who=ctx.sender.name, into=named(into))
    tell(ctx, case, hearers, said)
    set_clocks(ctx, into)
    _over(ctx, case)
    return texts.MERGED.format(name=named(case), into=named(into), count=len(items))


def _give_drafts(ctx: Context, case: Case, into: Case) -> list[DraftId]:
    """Let the drafts that answer *case* answer *into*; return those that did not before."""
    cases, me = ctx.uow.cases, ctx.sender.userid
    linked = [one.id for one in cases.drafts_of([case.id])[case.id]]
    given = [one for one in linked if cases.link_draft(into.id, one, me, ctx.now)]
    for one in given:
        cases.unlink_draft(case.id, one)
    return given


def split(ctx: Context, case: Case, item_no: int) -> str:
    """Let one item of a case become a case of its own.

    Raises:
        UserError: it does not belong to the case, is its only one, or it is not the sender's to do.
    """
    allowed(ctx, case, CaseMove.SPLIT)
    item = ctx.uow.opinion.numbered_in(case.id, item_no)
    if item is None:
        raise UserError(texts.SPLIT_NOT.format(item=item_no, name=named(case)))
    if ctx.uow.cases.counts([case.id])[case.id] == 1:
        raise UserError(texts.SPLIT_LAST.format(name=named(case)))
    own, said = open_case(ctx, item)
    ctx.uow.cases.differ((own.id, case.id), ctx.now)
    move(ctx, case, CaseMove.SPLIT, words=item.words)
    return texts.SPLIT.format(item=item_no, name=named(case), opened=said)


def register_item(ctx: Context, item: OpinionItem, absent: UserId) -> str:
    """Open a case for an item that the machine had left as a clue, in the place of *absent*."""
    _, said = open_case(ctx, item, absent=absent)
    return texts.REGISTERED.format(item=item.number, opened=said)


def reopen(ctx: Context, case: Case, words: str) -> str:
    """Let a case that has ended begin again, and alert.

    Raises:
        UserError: the reason is missing, it has not ended or lives on in another, or it is not the
            sender's to do.
    """
    allowed(ctx, case, CaseMove.REOPEN)
    if not words and (case.state, CaseMove.REOPEN) in MOVES:
        raise UserError(texts.REOPEN_WHY.format(number=case.number))
    if case.state is CaseState.FALSE_ALARM:
        case.truth = Truth.UNKNOWN
    move(ctx, case, CaseMove.REOPEN, words=words)
    begin_again(ctx, case)
    ctx.emit(CaseReopened(case_id=case.id))
    told = alarm(ctx, case, None)
    set_clocks(ctx, case)
    ctx.show("opinion", [case.number])
    return texts.REOPENED.format(name=named(case), alerted=told)
