"""Taking a draft back before it is sent out, said in the chat or done on its page."""

from handlers.drafts import published, texts
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import DraftWithdrawn
from handlers.kit.finding import facts, named, viewer
from handlers.kit.messages import Text
from handlers.rules.review_flow import MOVES, RELEASED, IllegalMoveError, Move, after
from handlers.rules.visibility import DraftFacts, Viewer, may_withdraw
from storage.models import Draft
from storage.vocabulary import ConversationState, DraftStatus


def withdrawable(who: Viewer, what: DraftFacts) -> bool:
    """Tell whether *who* could withdraw the draft as it stands now."""
    return (what.status, _move(what.status)) in MOVES and may_withdraw(who, what)


def withdraw(ctx: Context, draft: Draft) -> str:
    """Take the draft back; whoever has it before him is told by what that sets off.

    Raises:
        UserError: it is out, it has ended, or it is not the sender's to withdraw.
    """
    if draft.status in published.OUT:
        raise UserError(texts.RETRACT_INSTEAD.format(name=named(draft), number=draft.number))
    if not may_withdraw(viewer(ctx), facts(ctx, draft)):
        signed = draft.status in RELEASED
        who = "已签发，办公室" if signed else "作者、科室负责人或办公室"
        raise UserError(texts.MAY_NOT_WITHDRAW.format(name=named(draft), who=who))
    before = draft.status
    try:
        draft.status = after(draft.status, _move(draft.status))
    except IllegalMoveError:
        raise UserError(
            texts.CANNOT_WITHDRAW.format(name=named(draft), status=texts.STATUS[before])
        ) from None
    ctx.audit("draft:withdraw", draft.id, before={"status": before}, after={"status": draft.status})
    if ctx.talk is not None and ctx.talk.subject == draft.id:
        ctx.turn(ConversationState.IDLE)
    ctx.emit(DraftWithdrawn(draft=draft.id, withdrawn_by=ctx.sender.userid))
    if draft.author != ctx.sender.userid:
        said = texts.YOURS_WITHDRAWN.format(who=ctx.sender.name, name=named(draft))
        ctx.tell("draft_withdrawn", [draft.author], Text(text=said), subject=draft.id)
    return texts.WITHDRAWN.format(name=named(draft))


def _move(status: DraftStatus) -> Move:
    return Move.CANCEL if status is DraftStatus.COMPOSING else Move.WITHDRAW
