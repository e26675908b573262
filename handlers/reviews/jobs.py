"""Clocks of a review: remind, remind again, then ask somebody else."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.kit.asked import Due
from handlers.kit.context import Context, Said
from handlers.kit.finding import named
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import texts
from handlers.reviews.benches import barred, bench_of
from handlers.reviews.commands import registry
from handlers.reviews.gates import add_holders, set_escalation, shout
from handlers.reviews.people import names
from handlers.reviews.policy import ReviewPolicy
from handlers.reviews.returned import RETURN_DUE, date_after
from handlers.reviews.way import stop_at
from handlers.rules.calendar import short_time
from handlers.rules.reviewers import Holder
from storage.models import Draft, ReviewTask
from storage.vocabulary import (
    DraftId,
    DraftStatus,
    Standing,
    TaskId,
    TaskStatus,
    Topic,
    Urgency,
    UserId,
)

registry.message(MessageKind(name=RETURN_DUE, urgency=Urgency.ROUTINE, topic=Topic.REMINDER))


@registry.timers_together("review_reminder", counted=True)
def remind(ctx: Context, dues: Sequence[Due]) -> None:
    """Remind everybody who may decide a task and has not, of each task that is still open."""
    called = ctx.uow.reviews.tasks_called({TaskId(due.subject) for due in dues})
    tasks = {task.id: task for task in called if task.status is TaskStatus.OPEN}
    drafts = {one.id: one for one in ctx.uow.drafts.some({one.draft for one in tasks.values()})}
    deciders = ctx.uow.reviews.waited_for_each(tasks)
    said = []
    for due in dues:
        if task := tasks.get(TaskId(due.subject)):
            reminder = _reminder(ctx, drafts[task.draft], task, due)
            said += [(member, reminder) for member in deciders.get(task.id, ())]
    ctx.tell_each("review_reminder", said)


def _reminder(ctx: Context, draft: Draft, task: ReviewTask, due: Due) -> Said:
    stage = int(due.payload["stage_no"])
    text = texts.REMINDER.format(
        name=named(draft), number=draft.number, waited=_waited(ctx, draft, task, stage)
    )
    return Said(content=Text(text=text), subject=task.id, stage=str(stage), owed_since=due.due_at)


def _waited(ctx: Context, draft: Draft, task: ReviewTask, stage: int) -> str:
    """Say how long it has waited, or, where its gate has a time limit, how that stands."""
    if stage >= len(texts.WAITED):
        return texts.OVER_LIMIT.format(due=short_time(task.due_at, ctx.now))
    if stop_at(draft, task.gate).gate.hours:
        return texts.LIMIT[stage].format(due=short_time(task.due_at, ctx.now))
    policy = ctx.policy(ReviewPolicy)
    return texts.WAITED[stage].format(
        hours=policy.first_reminder_hours, days=policy.second_reminder_days
    )


@registry.timer("review_escalation", counted=True)
def escalate(ctx: Context, due: Due) -> None:
    """Let somebody else decide too: first the substitutes, then the next role up.

    The first to be asked keep their right. When the ladder is at its end, nobody is added; as long
    as nobody is left at all, it is tried again.
    """
    task = ctx.uow.reviews.task(TaskId(due.subject))
    if task is None or task.status is not TaskStatus.OPEN:
        return
    if task.escalations != due.payload["stage_no"]:
        return  # this clock has done its part before
    ask_others(ctx, task, texts.AUTHOR_ESCALATED)


def ask_others(ctx: Context, task: ReviewTask, words: str) -> None:
    """Let the substitutes, or else the next role up, decide too; *words* tell the author of it."""
    draft = ctx.uow.drafts.get(task.draft)
    holding = [holder.member for holder in ctx.uow.reviews.holders(task.id)]
    fresh = _substitutes(ctx, draft, task, holding) or _next_rung(ctx, draft, task, holding)
    task.escalations += 1
    if not fresh:
        if not ctx.uow.reviews.waited_for(task.id):
            shout(ctx, draft, task)
            set_escalation(ctx, task)
        return
    add_holders(ctx, draft, task, fresh)
    who = names(ctx, [holder.member for holder in fresh])
    told = Text(text=texts.ESCALATION_TOLD.format(name=named(draft), who=who))
    stage = str(task.escalations)
    waited_for = [one for one in ctx.uow.reviews.waited_for(task.id) if one in holding]
    ctx.tell("review_reminder", waited_for, told, subject=task.id, stage=f"escalated{stage}")
    author = Text(text=words.format(name=named(draft), who=who))
    ctx.tell("review_result", [draft.author], author, subject=task.id, stage=f"escalated{stage}")
    ctx.audit(
        "review:escalate", draft.id, after={"asked": sorted(holder.member for holder in fresh)}
    )
    set_escalation(ctx, task)


@registry.timers_together(RETURN_DUE, counted=True)
def remind_of_return(ctx: Context, dues: Sequence[Due]) -> None:
    """Remind the authors of drafts that are still where their return left them."""
    drafts = {one.id: one for one in ctx.uow.drafts.some({DraftId(due.subject) for due in dues})}
    returned = [
        (draft, due)
        for due in dues
        if (draft := drafts[DraftId(due.subject)]).status is DraftStatus.RETURNED
        and draft.version == int(due.payload["version"])
    ]
    here = ctx.uow.members.people({draft.author for draft, _ in returned})
    ctx.tell_each(
        RETURN_DUE,
        [
            (draft.author, _of_return(ctx, draft, due))
            for draft, due in returned
            if draft.author in here
        ],
    )


def _of_return(ctx: Context, draft: Draft, due: Due) -> Said:
    text = texts.RETURN_DUE.format(
        name=named(draft),
        version=draft.version,
        number=draft.number,
        until=short_time(date_after(ctx, due.due_at), ctx.now),
    )
    stage = f"v{draft.version}"
    return Said(content=Text(text=text), subject=draft.id, stage=stage, owed_since=due.due_at)


def _substitutes(
    ctx: Context, draft: Draft, task: ReviewTask, holding: list[UserId]
) -> list[Holder]:
    """Return those whom a delegation made since the gate opened lets decide."""
    out = {*barred(ctx, draft, task.seat), *holding}
    return [
        Holder(member=substitute, standing=Standing.SUBSTITUTE, on_behalf_of=absent)
        for substitute, absent in ctx.uow.members.substitutes_for(holding, ctx.now)
        if substitute not in out
    ]


def _next_rung(ctx: Context, draft: Draft, task: ReviewTask, asked: list[UserId]) -> list[Holder]:
    """Return those of the nearest role, from the gate's own upwards, who have not been asked."""
    bench = bench_of(ctx, draft, stop_at(draft, task.gate), task.seat, asked)
    standing = Standing.ESCALATED if asked else Standing.HOLDER
    return [replace(holder, standing=standing) for holder in bench.holders]
