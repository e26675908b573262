"""撤销: take back one's own verdict while nobody has acted on it."""

from collections.abc import Collection
from datetime import datetime

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, SigningUndone, UndoAsked
from handlers.kit.finding import named
from handlers.kit.messages import Text
from handlers.kit.undoing import UNDO_WITHIN
from handlers.reviews import texts, way
from handlers.reviews.beyond import forget_asked
from handlers.reviews.deciding import SAID, close_for_nothing
from handlers.reviews.gates import open_gate
from handlers.reviews.people import names
from handlers.rules.review_flow import MOVES, IllegalMoveError, Move, after
from handlers.rules.routes import OWN_SEAT
from storage.models import Draft, ReviewDecision
from storage.vocabulary import DraftStatus, Verdict


def undo(ctx: Context) -> str:
    """Undo the sender's last verdict of the last two minutes; its gate is open again.

    Where another capability did something for him since, that is what he takes back.

    Raises:
        UserError: there is none, or somebody has acted on it.
    """
    decision = ctx.uow.reviews.latest_by(ctx.sender.userid, ctx.now - UNDO_WITHIN)
    last = decision.decided_at if decision is not None else ctx.now - UNDO_WITHIN
    if moments := ctx.emit(LastActAsked(since=last)):
        latest = max(datetime.fromisoformat(moment) for moment in moments)
        if said := ctx.emit(UndoAsked(since=latest)):
            return said[0]
    if decision is None:
        raise UserError(texts.NOTHING_TO_UNDO)
    return take_back(ctx, decision)


def undoable(ctx: Context, draft: Draft, decided: Collection[datetime]) -> bool:
    """Tell whether the last verdict of the sender may still be undone and was about this draft.

    *decided* is when verdicts on it were given: long ago, and no table is asked.
    """
    recent = any(at > ctx.now - UNDO_WITHIN for at in decided)
    if not recent or (draft.status, Move.UNDO) not in MOVES:
        return False
    latest = ctx.uow.reviews.latest_by(ctx.sender.userid, ctx.now - UNDO_WITHIN)
    return latest is not None and latest.draft == draft.id


def take_back(ctx: Context, decision: ReviewDecision) -> str:
    """Undo the sender's verdict.

    Raises:
        UserError: somebody has acted on it.
    """
    draft = ctx.uow.drafts.lock(decision.draft)
    before = {"status": draft.status, "gate": draft.gate}
    _refuse_if_acted_on(ctx, draft, decision)
    task = ctx.uow.reviews.task(decision.task)
    seat = task.seat if task is not None else OWN_SEAT
    if draft.gate != decision.gate:
        close_for_nothing(ctx, draft, texts.CARD_UNDONE)
    forget_asked(ctx, draft, decision)
    ctx.uow.reviews.take_back_passes(draft.id, draft.version, gate=decision.gate, seat=seat)
    decision.undone_at = ctx.now
    draft.status = after(draft.status, Move.UNDO)
    draft.gate = decision.gate
    if draft.signed_at is not None:
        draft.signed_at = None
        ctx.emit(SigningUndone(draft=draft.id))
    ctx.audit("draft:undo", draft.id, before=before, after={"verdict": decision.verdict})
    open_gate(ctx, draft, way.passed(ctx, draft))
    verdict = SAID[decision.verdict]
    told = texts.AUTHOR_UNDONE.format(who=ctx.sender.name, name=named(draft), verdict=verdict)
    ctx.tell(
        "review_result", [draft.author], Text(text=told), subject=decision.task, stage="undone"
    )
    return texts.UNDONE.format(name=named(draft), verdict=verdict)


def _refuse_if_acted_on(ctx: Context, draft: Draft, decision: ReviewDecision) -> None:
    decisions = ctx.uow.reviews.decisions(draft.id)
    last = decisions[-1] if decisions else None
    returned = decision.verdict is Verdict.RETURN and draft.status is DraftStatus.RETURNED
    try:
        after(draft.status, Move.UNDO)
        moved_on = draft.version != decision.version or last is not decision
    except IllegalMoveError:
        moved_on = True
    if moved_on or (decision.verdict is Verdict.RETURN and not returned):
        who = names(ctx, [last.decided_by if last else draft.author])
        raise UserError(texts.TOO_LATE_TO_UNDO.format(name=named(draft), who=who))
