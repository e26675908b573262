"""Cards that were sent and are settled: nobody is left with a button that does nothing."""

from handlers.kit.context import Context
from handlers.kit.messages import CardUpdate
from storage.vocabulary import OutboxStatus, Outcome, UserId


def grey(
    ctx: Context,
    subject: str,
    kind: str,
    label: str,
    code: str = "",
    only: UserId | None = None,
) -> None:
    """Drop the cards about *subject* that have not left, and write *label* on the others.

    Those of everybody, unless of *only* one member. *code* is the one-time code of the sender's
    press, if he pressed one.
    """
    ctx.uow.outbox.drop(subject, [kind], label, only)
    me = ctx.me.userid if ctx.me is not None else ""
    for card in ctx.uow.outbox.about(subject, [kind]):
        if only is not None and card.recipient != only:
            continue
        if card.status is OutboxStatus.ENDED and card.outcome is not Outcome.SENT:
            continue
        pressed = code if card.recipient == me else ""
        other = ctx.me is not None and card.recipient != me
        done = f"{ctx.sender.name}{label}" if other else label
        update = CardUpdate(label=done, card="" if pressed else card.id, response_code=pressed)
        ctx.tell("card_update", [card.recipient], update, subject=subject, stage=card.id)
