"""Who approves that something published is taken down or put right."""

from collections.abc import Sequence

from handlers.kit.context import Context
from handlers.rules.routes import Stop
from storage.models import Draft, Recall
from storage.vocabulary import Role, UserId, Verdict


def approvers(ctx: Context, draft: Draft, recall: Recall) -> Sequence[UserId]:
    """Return who may approve: whoever signed, and those of the sign-off role; else the principal.

    With the substitutes of these; without the one who asks for it and the one who wrote it.
    """
    out = {draft.author, recall.asked_by, recall.done_by}
    last = Stop.read(draft.route[-1]).gate if draft.route else None
    roles = last.roles if last is not None else ()
    signed = [
        decision.decided_by
        for decision in ctx.uow.reviews.decisions(draft.id)
        if decision.verdict is Verdict.APPROVE and decision.gate == len(draft.route) - 1
    ]
    holding = [one for role in roles for one in ctx.uow.members.holding(role, draft.unit)]
    principal = ctx.uow.members.holding(Role.PRINCIPAL, draft.unit)
    for found in ([*signed[-1:], *holding], principal):
        own = [one for one in dict.fromkeys(found) if one not in out]
        standing_in = [one for one, _ in ctx.uow.members.substitutes_for(own, ctx.now)]
        chosen = [*own, *(one for one in standing_in if one not in {*own, *out})]
        if chosen:
            return [one for one in chosen if ctx.uow.members.active(one) is not None]
    return []


def names(ctx: Context, members: Sequence[UserId]) -> str:
    return "、".join(ctx.uow.members.names(members).values())
