"""What reviews do when something happens to a draft."""

from collections.abc import Sequence

from handlers.kit.context import Context
from handlers.kit.events import (
    ClocksRecounted,
    Deadline,
    DeadlinesAsked,
    DraftSubmitted,
    DraftWithdrawn,
    MembersLeft,
)
from handlers.kit.finding import draft_numbered, named
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import texts, way
from handlers.reviews.commands import registry
from handlers.reviews.deciding import close_for_nothing
from handlers.reviews.gates import AT_THE_LIMIT, advance
from handlers.reviews.jobs import ask_others
from handlers.reviews.returned import dates_of
from handlers.reviews.routing import set_route
from storage.models import Draft
from storage.vocabulary import DraftStatus, TaskId, Urgency

_MOST = 50
"""How many returned drafts one author has in hand at most, as far as 到期 shows them."""

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


@registry.on(MembersLeft)
def pass_on(ctx: Context, event: MembersLeft) -> None:
    """Ask others at once to decide what only those could who have left; what is put off waits."""
    for task in ctx.uow.reviews.held_by(event.members):
        put_off = ctx.uow.drafts.get(task.draft).status is DraftStatus.ON_HOLD
        if not put_off and not ctx.uow.reviews.waited_for(task.id):
            ask_others(ctx, task, texts.AUTHOR_LEFT)


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


@registry.on(DeadlinesAsked)
def add_deadlines(ctx: Context, event: DeadlinesAsked) -> None:
    """Add what waits for the sender to decide or to mend; of one draft, who is waited for."""
    if event.kind == "draft":
        _add_of_draft(ctx, event)
    elif not event.kind:
        own = ctx.uow.drafts.of_author(ctx.sender.userid, _MOST, status=DraftStatus.RETURNED)
        _add_returned(ctx, event, own, texts.YOU)
        event.found.extend(
            Deadline(at=one.task.due_at, line=texts.DUE_YOURS.format(name=named(one.draft)))
            for one in ctx.uow.reviews.waiting_for(ctx.sender.userid)
            if one.status is not DraftStatus.ON_HOLD
        )


def _add_returned(ctx: Context, event: DeadlinesAsked, drafts: Sequence[Draft], who: str) -> None:
    """Add until when each of *drafts* that came back is wanted again, where that was said."""
    wanted = dates_of(ctx, [draft.id for draft in drafts])
    event.found.extend(
        Deadline(at=wanted[draft.id], line=texts.DUE_RETURNED.format(name=named(draft), who=who))
        for draft in drafts
        if draft.id in wanted
    )


def _add_of_draft(ctx: Context, event: DeadlinesAsked) -> None:
    draft = draft_numbered(ctx, event.number)
    if draft.status is DraftStatus.RETURNED:
        is_own = draft.author == ctx.sender.userid
        author = ctx.uow.members.names([draft.author])[draft.author]
        _add_returned(ctx, event, [draft], texts.YOU if is_own else author)
    tasks = ctx.uow.reviews.open_tasks(draft.id)
    holders = ctx.uow.reviews.seated([task.id for task in tasks])
    names = ctx.uow.members.names([holder.member for holder in holders])
    for task in tasks:
        who = "、".join(names[one.member] for one in holders if one.task == task.id)
        line = texts.DUE_THEIRS.format(name=named(draft), who=who)
        event.found.append(Deadline(at=task.due_at, line=line))
