"""先别批 of a draft that waits, 可以 of one that waits for others: neither decides anything."""

from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named
from handlers.reviews import meanings, texts
from handlers.reviews.commands import ask_for_verdict, registry
from handlers.reviews.deciding import task_of


@registry.meaning(meanings.not_yet)
def offer_to_hold(ctx: Context, asked: Asked) -> str:
    """Ask whether what shall not be decided yet is put off.

    Raises:
        UserError: it does not wait for the sender; says for whom.
    """
    numbers = [int(number) for number in asked.slots.get("ids", ())]
    if not numbers:
        waiting = ctx.uow.reviews.waiting_for(ctx.sender.userid)
        if len(waiting) != 1:
            raise UserError(texts.HOLD_WHICH.format(count=len(waiting)))
        numbers = [waiting[0].draft.number]
    drafts = [draft_numbered(ctx, number) for number in sorted(numbers)]
    for draft in drafts:
        task_of(ctx, draft)
    option = Option(label="", command="hold_draft", numbers=tuple(draft.number for draft in drafts))
    names = "、".join(named(draft) for draft in drafts)
    return ctx.offer(texts.OFFER_HOLD.format(names=names), option, confirming="hold_draft")


@registry.meaning(meanings.of_others)
def say_who_decides(ctx: Context, asked: Asked) -> str:
    """Answer 可以 after a look at a draft that waits for somebody else."""
    draft = draft_numbered(ctx, asked.slots["ids"][0])
    try:
        task_of(ctx, draft)
    except UserError as refusal:
        return texts.DECIDED_BY_OTHERS.format(why=refusal, number=draft.number)
    return ask_for_verdict(ctx, asked)
