"""What reviews do when something happens to a draft."""

from handlers.kit.context import Context
from handlers.kit.events import DraftSubmitted, DraftWithdrawn
from handlers.kit.finding import named
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import texts
from handlers.reviews.commands import registry
from handlers.reviews.deciding import close_for_nothing
from handlers.reviews.gates import open_gate
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.reviewers import route_for
from handlers.rules.routes import OWN_SEAT, Gate, Stop
from storage.vocabulary import Urgency

registry.message(MessageKind(name="review_called_off", urgency=Urgency.PROMPT))


@registry.on(DraftSubmitted)
def start_review(ctx: Context, event: DraftSubmitted) -> str:
    """Fix the route as it stands today, and open its first gate.

    After a return the draft starts over: what an earlier gate approved was another text.
    """
    draft = ctx.uow.drafts.get(event.draft)
    routes = [(route.importance, route.gates) for route in ctx.policy(ReviewPolicy).routes]
    gates = [Gate(roles=(role,)) for role in route_for(routes, draft.importance)]
    draft.route = [Stop(gate=gate, seats=(OWN_SEAT,)).write() for gate in gates]
    draft.gate = 0
    return open_gate(ctx, draft)


@registry.on(DraftWithdrawn)
def call_off(ctx: Context, event: DraftWithdrawn) -> None:
    """Free the reviewers who were waited for, and tell those who had been asked."""
    draft = ctx.uow.drafts.get(event.draft)
    task = ctx.uow.reviews.open_task(draft.id)
    if task is None:
        return
    holders = [holder.member for holder in ctx.uow.reviews.holders(task.id)]
    close_for_nothing(ctx, draft, texts.CARD_WITHDRAWN)
    said = texts.CALLED_OFF.format(who=ctx.sender.name, name=named(draft))
    others = [member for member in holders if member != event.withdrawn_by]
    ctx.tell("review_called_off", others, Text(text=said), subject=task.id)
