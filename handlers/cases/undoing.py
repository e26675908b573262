"""撤销: what the sender just did to a case is taken back; the ledger keeps both lines."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cases import texts
from handlers.cases.alarms import names, settle
from handlers.cases.finding import TASK
from handlers.cases.moving import put_back, set_clocks
from handlers.cases.naming import heirs, named
from handlers.cases.registry import registry
from handlers.cases.telling import tell, who_knows
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CaseActUndone, LastActAsked, UndoAsked
from handlers.kit.undoing import UNDO_WITHIN
from handlers.rules.cases.flow import UNDOABLE
from storage.models import Case, CaseEvent
from storage.vocabulary import NOBODY, CaseId, CaseMove, DraftId, Grade, ItemId

_LATEST = 20
"""How many cases are looked at: who undoes something within minutes has just had it in hand."""
_LINES = 50
"""How many lines of a ledger are looked at: more are not written within minutes of a merge."""
_BY_ITSELF = frozenset({CaseMove.ADD, CaseMove.ALERT, CaseMove.OVERDUE})


def _last(ctx: Context, event: LastActAsked | UndoAsked) -> CaseEvent | None:
    recent = ctx.uow.cases.touched_since(ctx.sender.bureau, event.since, _LATEST)
    if not recent:
        return None
    return _last_of(ctx, recent, event.since)


def _last_of(ctx: Context, cases: Sequence[CaseId], since: datetime) -> CaseEvent | None:
    moves = UNDOABLE | {CaseMove.UNDO}
    return ctx.uow.cases.last_act(cases, ctx.sender.userid, since, moves)


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last(ctx, event)
    return act.at.isoformat() if act is not None and act.move in UNDOABLE else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Take back the sender's last act on a case; None if he has not had one in hand since.

    Raises:
        UserError: somebody has gone on from it.
    """
    act = _last(ctx, event)
    if act is not None:
        ctx.uow.cases.lock_all([act.case])  # in one order with what it was merged into
    case = ctx.uow.cases.lock(act.case) if act is not None else None
    if act is None or case is None or act.move not in UNDOABLE:
        return None
    return _take_back(ctx, case, act)


def last_here(ctx: Context, case: Case) -> CaseEvent | None:
    """Return what the sender has just done to a case and may take back; None if nothing."""
    since = ctx.now - UNDO_WITHIN
    act = _last_of(ctx, [case.id], since)
    return act if act is not None and act.move in UNDOABLE and not _after(ctx, act) else None


def undo_here(ctx: Context, case: Case) -> str:
    """Take back what the sender has just done to this case, which is locked.

    Raises:
        UserError: it is nothing, or somebody has gone on from it.
    """
    act = _last_of(ctx, [case.id], ctx.now - UNDO_WITHIN)
    if act is None or act.move not in UNDOABLE:
        raise UserError(texts.UNDO_NOTHING.format(name=named(case)))
    return _take_back(ctx, case, act)


def _after(ctx: Context, act: CaseEvent) -> CaseEvent | None:
    """Return what people did last to a case after *act*."""
    return ctx.uow.cases.last_after(act, _BY_ITSELF)


def _part(ctx: Context, case: Case, act: CaseEvent) -> CaseId | None:
    """Let a case have again what it gave when it was merged; return which case has had it.

    What that one knew by it is forgotten, where nothing was done or found about it since.
    """
    into = ctx.uow.cases.lock(case.merged_into)
    if into is None:
        return None
    line = heirs(ctx, into)
    lives = line[-1]
    still = set(ctx.uow.opinion.ids_of(lives.id))  # what was split off since stays where it is
    ctx.uow.opinion.give([ItemId(one) for one in act.before["items"] if one in still], case.id)
    for draft in act.before.get("drafts", ()):
        # It stayed with one that was merged into another which had it already.
        if any(ctx.uow.cases.unlink_draft(one.id, DraftId(draft)) for one in line):
            ctx.uow.cases.link_draft(case.id, DraftId(draft), ctx.sender.userid, ctx.now)
    if "into" in act.before and _rests(ctx, case, into, act):
        for name, value in act.before["into"].items():
            setattr(into, name, Grade(value) if name == "suggested" else value)
        set_clocks(ctx, into)
    _note(ctx, into, texts.UNMERGED.format(name=named(case)))
    return lives.id


def _rests(ctx: Context, case: Case, into: Case, act: CaseEvent) -> bool:
    """Tell whether nothing happened to *into* since but merges, and all into it taken back."""
    since = [one for one in ctx.uow.cases.log(into.id, _LINES) if one.id > act.id]
    parted = {one.words for one in since if one.move is CaseMove.UNDO}

    def is_past(one: CaseEvent) -> bool:
        added = one.move is CaseMove.ADD
        taken_back = added and texts.UNMERGED.format(name=one.words) in parted
        itself = added and one.words == named(case)
        return taken_back or itself or one.move in (CaseMove.MERGE, CaseMove.UNDO)

    return len(since) < _LINES and all(map(is_past, since))


def _note(ctx: Context, case: Case, what: str) -> None:
    """Write the line of the ledger that says what was taken back."""
    ctx.uow.cases.note(
        CaseEvent(
            case=case.id,
            at=ctx.now,
            move=CaseMove.UNDO,
            state=case.state,
            actor=ctx.sender.userid,
            words=what,
        )
    )


def _take_back(ctx: Context, case: Case, act: CaseEvent) -> str:
    later = _after(ctx, act)
    if later is not None:
        who = names(ctx, [later.actor]) if later.actor != NOBODY else texts.SYSTEM
        raise UserError(texts.GONE_ON.format(name=named(case), who=who))
    other = _part(ctx, case, act) if act.move is CaseMove.MERGE else None
    put_back(case, act.before)
    case.touched_at = ctx.now
    case.revision += 1
    what = texts.MOVES[act.move]
    _note(ctx, case, what)
    ctx.audit("case:undo", case.id, after={"move": act.move, "state": case.state})
    runs = act.before.get("runs", ())
    ctx.emit(CaseActUndone(case_id=case.id, at=act.at, merged_into=other, runs=runs))
    if act.move is CaseMove.ASSIGN:
        settle(ctx, case, texts.WHY_UNDONE, TASK)
    set_clocks(ctx, case)
    state = texts.STATES[case.state]
    said = texts.TOLD_UNDONE.format(who=ctx.sender.name, what=what, name=named(case), state=state)
    tell(ctx, case, who_knows(ctx, case), said)
    return texts.UNDONE.format(name=named(case), state=state)
