"""What reviews do when something happens to a draft."""

from handlers.kit.context import Context
from handlers.kit.events import ClocksRecounted, DraftSubmitted, DraftWithdrawn
from handlers.kit.finding import named
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import texts, way
from handlers.reviews.commands import registry
from handlers.reviews.deciding import close_for_nothing
from handlers.reviews.gates import AT_THE_LIMIT, advance
from handlers.reviews.routing import set_route
from storage.vocabulary import TaskId, Urgency

registry.message(MessageKind(name="review_called_off", urgency=Urgency.PROMPT))


@registry.on(DraftSubmitted)
def start_review(ctx: Context, event: DraftSubmitted) -> str:
    """Fix the route as it stands today, and open the first gate that is to approve this text.

    After a return the route is the one of the first submission. Earlier approvals are good for the
    new text only where the route says so and nothing but the wording was changed.
    """
    draft = ctx.uow.drafts.get(event.draft)
    if not draft.route:
        set_route(ctx, draft)
    way.carry_over(ctx, draft)
    _, said = advance(ctx, draft)
    return said


@registry.on(DraftWithdrawn)
def call_off(ctx: Context, event: DraftWithdrawn) -> None:
    """Free the reviewers who were waited for, and tell those who had been asked."""
    draft = ctx.uow.drafts.get(event.draft)
    tasks = [task.id for task in ctx.uow.reviews.open_tasks(draft.id)]
    asked = [holder.member for holder in ctx.uow.reviews.seated(tasks)]
    close_for_nothing(ctx, draft, texts.CARD_WITHDRAWN)
    said = texts.CALLED_OFF.format(who=ctx.sender.name, name=named(draft))
    others = [member for member in asked if member != event.withdrawn_by]
    ctx.tell("review_called_off", others, Text(text=said), subject=draft.id)


@registry.on(ClocksRecounted)
def move_due_moments(ctx: Context, event: ClocksRecounted) -> None:
    """Let tasks be due when their second reminder now comes: it stands at that very moment."""
    due = {
        TaskId(subject): moment
        for (kind, subject, stage), moment in event.moments.items()
        if kind == "review_reminder" and stage == AT_THE_LIMIT
    }
    for task in ctx.uow.reviews.tasks_called(due):
        task.due_at = due[task.id]
