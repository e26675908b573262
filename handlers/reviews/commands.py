"""待审, 通过, 退回: what a reviewer says, in words or by a button."""

from collections.abc import Callable
from datetime import timedelta

from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import TalkOverError, UserError
from handlers.kit.finding import draft_numbered, named
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from handlers.reviews import texts
from handlers.reviews.deciding import decide, late_text, task_of
from handlers.rules.calendar import short_time
from handlers.rules.reviewers import LADDER
from storage.models import Draft, ReviewTask
from storage.vocabulary import ConversationState, Role, TaskId, TaskStatus, Urgency, Verdict

registry = Registry()
registry.message(MessageKind(name="review_request", urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name="review_result", urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name="card_update", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="nobody_to_review", urgency=Urgency.ALERT))
registry.message(
    MessageKind(
        name="review_reminder",
        urgency=Urgency.ROUTINE,
        resend_when_unsure=False,
        mutable=True,
        distinct=True,
    )
)

_REVIEWERS = frozenset({*LADDER, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER})
_SHOWN = 20
_PATIENCE = timedelta(minutes=30)


@registry.command(
    "待审", takes=Takes.NOTHING, usage="待审", purpose="看等您审核的稿件", shown_to=_REVIEWERS
)
def list_pending(ctx: Context, _asked: Asked) -> str:
    waiting = ctx.uow.reviews.waiting_for(ctx.sender.userid)
    if not waiting:
        return texts.NOTHING_WAITS
    lines = [
        texts.WAITING_LINE.format(
            name=named(item.draft),
            unit=item.unit,
            author=item.author,
            since=short_time(item.task.opened_at, ctx.now),
        )
        for item in waiting[:_SHOWN]
    ]
    if len(waiting) > _SHOWN:
        lines.append(texts.AND_MORE.format(count=len(waiting) - _SHOWN))
    return texts.WAITING.format(count=len(waiting), lines="\n".join(lines))


@registry.command(
    "通过",
    takes=Takes.NUMBERS,
    usage="通过 12（几篇：通过 12 13）",
    purpose="通过等您审核的稿件",
    shown_to=_REVIEWERS,
)
def approve(ctx: Context, asked: Asked) -> str:
    return _each(ctx, asked.numbers, lambda draft: decide(ctx, draft, Verdict.APPROVE, reason=""))


@registry.command(
    "退回",
    takes=Takes.NUMBER_AND_TEXT,
    usage="退回 12 理由",
    purpose="退回稿件，请作者修改",
    shown_to=_REVIEWERS,
)
def return_draft(ctx: Context, asked: Asked) -> str:
    draft = draft_numbered(ctx, asked.numbers[0])
    if asked.text:
        return decide(ctx, draft, Verdict.RETURN, reason=asked.text)
    task, _ = task_of(ctx, draft)
    return _ask_reason(ctx, draft, task)


@registry.reply(ConversationState.ASKING_REASON)
def take_reason(ctx: Context, said: str) -> str:
    """Take what comes after the question as the reason, for the very text that was asked about."""
    subject = ctx.talk.subject if ctx.talk is not None else ""
    ctx.turn(ConversationState.IDLE)
    try:
        draft, _ = _still_open(ctx, TaskId(subject))
        return decide(ctx, draft, Verdict.RETURN, reason=said.strip())
    except UserError as refusal:
        raise TalkOverError(str(refusal)) from refusal


@registry.button("review")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press for its own task only: on a card that was overtaken it decides nothing.

    The card that turns grey is the answer to an approval; a second message would say the same.
    """
    _, verdict, task_id = pressed.key.split(":")
    draft, task = _still_open(ctx, TaskId(task_id))
    if verdict == Verdict.APPROVE:
        decide(ctx, draft, Verdict.APPROVE, reason="", code=pressed.response_code)
        return ""
    task_of(ctx, draft)
    return _ask_reason(ctx, draft, task)


def _each(ctx: Context, numbers: tuple[int, ...], act: Callable[[Draft], str]) -> str:
    """Do it to each draft on its own: one refusal does not undo the others."""
    if len(numbers) == 1:
        return act(draft_numbered(ctx, numbers[0]))
    said = []
    for number in sorted(numbers):  # two reviewers lock the drafts in the same order
        try:
            with ctx.uow.attempt():
                said.append(act(draft_numbered(ctx, number)))
        except UserError as refusal:
            said.append(str(refusal))
    return "\n".join(said)


def _ask_reason(ctx: Context, draft: Draft, task: ReviewTask) -> str:
    ctx.turn(ConversationState.ASKING_REASON, task.id, ctx.now + _PATIENCE)
    return texts.ASK_REASON.format(name=named(draft))


def _still_open(ctx: Context, task_id: TaskId) -> tuple[Draft, ReviewTask]:
    """Return the task's draft, locked, and the task.

    Raises:
        UserError: the task is over by now; says who was first.
    """
    found = ctx.uow.reviews.task(task_id)
    if found is None:
        raise UserError(texts.NOTHING_WAITS)
    draft = ctx.uow.drafts.lock(found.draft)
    task = ctx.uow.reviews.refresh(found)
    if task.status is not TaskStatus.OPEN:
        raise UserError(late_text(ctx, draft, task))
    return draft, task
