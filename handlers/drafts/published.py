"""A draft that is out already: whoever wants it back or changed is led to 撤下 and 更正."""

from handlers.drafts import texts
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import facts, named, viewer
from storage.models import Draft
from storage.vocabulary import DraftStatus, Role

OUT = (DraftStatus.DISPATCHED, DraftStatus.CORRECTED)


def offer_retraction(ctx: Context, draft: Draft, asked: Asked) -> str:
    """Ask whether it shall be asked for that the draft is taken down; the office may do it first.

    Raises:
        UserError: it was not said why.
    """
    at_once = "urgent" in asked.slots and viewer(ctx).holds(
        {Role.OFFICE}, facts(ctx, draft).lineage
    )
    if not asked.text:
        instead = texts.RETRACT_AT_ONCE_INSTEAD if at_once else texts.RETRACT_INSTEAD
        raise UserError(instead.format(name=named(draft), number=draft.number))
    if at_once:
        return _offer(ctx, draft, "retract_at_once", texts.OFFER_RETRACTION_AT_ONCE, asked.text)
    return _offer(ctx, draft, "ask_retraction", texts.OFFER_RETRACTION, asked.text)


def offer_correction(ctx: Context, draft: Draft, asked: Asked) -> str:
    """Ask whether it shall be asked for that the draft is put right.

    Raises:
        UserError: it was not said what is wrong.
    """
    edits = (texts.SHOULD_BE.format(old=old, new=new) for old, new in _replaced(asked))
    why = str(asked.slots.get("wrong", "")) or "，".join(edits)
    if not why:
        raise UserError(texts.CORRECT_INSTEAD.format(name=named(draft), number=draft.number))
    return _offer(ctx, draft, "ask_correction", texts.OFFER_CORRECTION, why)


def _replaced(asked: Asked) -> list[tuple[str, str]]:
    return list(asked.slots.get("replace", {}).items())


def _offer(ctx: Context, draft: Draft, command: str, question: str, why: str) -> str:
    option = Option(label="", command=command, numbers=(draft.number,), text=why)
    return ctx.offer(question.format(name=named(draft), wrong=why), option, confirming=command)
