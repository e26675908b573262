"""暂放, 恢复: a reviewer puts a draft off, and takes it up again."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import PuttingOffAsked
from handlers.kit.finding import draft_numbered, named
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import meanings, texts
from handlers.reviews.clocks import go_on, over, stop
from handlers.reviews.commands import REVIEWERS, registry
from handlers.reviews.deciding import task_of
from handlers.reviews.people import names
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.calendar import add_working_days, short_time
from storage.models import Draft, ReviewHold
from storage.vocabulary import NOBODY, DraftStatus, HoldId, Urgency

_AGAIN = re.compile(r"^(?:再|之?后再?)(?:说|看|审|议|定)")

registry.message(MessageKind(name="review_held", urgency=Urgency.PROMPT))


@registry.command(
    "暂放",
    "挂起",
    takes=Takes.NUMBER_AND_MOMENT,
    usage="暂放 12 周三（可加原因）",
    purpose="先放一放，到时再审，期间不计时",
    shown_to=REVIEWERS,
)
def hold_draft(ctx: Context, asked: Asked) -> str:
    drafts = [draft_numbered(ctx, number) for number in sorted(asked.numbers)]
    return put_off(ctx, drafts, asked.at, _AGAIN.sub("", asked.text))


@registry.on(PuttingOffAsked)
def put_off_in_words(ctx: Context, event: PuttingOffAsked) -> str | None:
    """先放一放，周三再说: nothing for a calendar of one's own if a draft waits for the sender."""
    waiting = {item.draft.number for item in ctx.uow.reviews.waiting_for(ctx.sender.userid)}
    if not event.numbers or not waiting.issuperset(event.numbers):
        return None
    drafts = [draft_numbered(ctx, number) for number in sorted(event.numbers)]
    return put_off(ctx, drafts, event.until, "")


@registry.command(
    "恢复",
    takes=Takes.NUMBERS,
    usage="恢复 12",
    purpose="接着审先前暂放的稿件",
    shown_to=REVIEWERS,
    means=meanings.resume,
    reads=lambda _heard: "",
)
def resume_review(ctx: Context, asked: Asked) -> str:
    return "\n".join(take_up(ctx, draft_numbered(ctx, number)) for number in sorted(asked.numbers))


@registry.timer("review_hold")
def take_up_by_itself(ctx: Context, due: Due) -> None:
    """The time that a draft was put off for is over: it waits for its reviewers again."""
    hold = ctx.uow.moves.hold_of(HoldId(due.subject))
    if hold is None or hold.ended_at is not None:
        return
    draft = ctx.uow.drafts.lock(hold.draft)
    if draft.status is not DraftStatus.ON_HOLD:
        over(ctx, draft)
        return
    go_on(ctx, draft)
    _tell_resumed(ctx, draft, hold, texts.RESUMED_BY_ITSELF.format(name=named(draft)))


def put_off(ctx: Context, drafts: Sequence[Draft], until: datetime | None, reason: str) -> str:
    """Put drafts off until a moment, or for as long as the bureau usually does.

    Raises:
        UserError: the moment is over or too far away, or the sender may not decide on one of them.
    """
    policy = ctx.policy(ReviewPolicy)
    until = until or add_working_days(ctx.now, policy.hold_days, ctx.calendar())
    if until <= ctx.now:
        raise UserError(texts.HOLD_PAST.format(when=short_time(until, ctx.now)))
    if until > ctx.now + timedelta(days=policy.hold_at_most_days):
        raise UserError(
            texts.HOLD_TOO_LONG.format(
                when=short_time(until, ctx.now), days=policy.hold_at_most_days
            )
        )
    return "\n".join(_put_off_one(ctx, draft, until, reason) for draft in drafts)


def _put_off_one(ctx: Context, draft: Draft, until: datetime, reason: str) -> str:
    task, _ = task_of(ctx, draft)
    go_on(ctx, draft)  # put off once more: the new moment counts
    hold = stop(ctx, draft, task, until, reason)
    when, why = short_time(until, ctx.now), texts.WHY.format(reason=reason) if reason else ""
    said = texts.AUTHOR_HELD.format(who=ctx.sender.name, name=named(draft), when=when, why=why)
    ctx.tell("review_held", [draft.author], Text(text=said), subject=hold.id)
    return texts.HELD.format(name=named(draft), when=when, number=draft.number)


def take_up(ctx: Context, draft: Draft) -> str:
    """Take a draft up before its time.

    Raises:
        UserError: it was not put off, or the sender may not decide on it.
    """
    task_of(ctx, draft)
    hold = go_on(ctx, draft)
    if hold is None:
        raise UserError(texts.NOT_HELD.format(name=named(draft), number=draft.number))
    said = texts.RESUMED_BY.format(who=ctx.sender.name, name=named(draft))
    _tell_resumed(ctx, draft, hold, said)
    return texts.RESUMED.format(name=named(draft), number=draft.number)


def _tell_resumed(ctx: Context, draft: Draft, hold: ReviewHold, said: str) -> None:
    """Tell the author and all who may decide, but not the one who has just said it."""
    me = ctx.me.userid if ctx.me is not None else NOBODY
    waiting = [task.id for task in ctx.uow.reviews.open_tasks(draft.id)]
    asked_for = list(dict.fromkeys(one.member for one in ctx.uow.reviews.seated(waiting)))
    holders = [member for member in asked_for if member != me]
    who = names(ctx, asked_for)
    author = Text(text=texts.AUTHOR_RESUMED.format(said=said, who=who))
    ctx.tell("review_held", [draft.author], author, subject=hold.id, stage="over")
    asked = Text(text=texts.HOLDER_RESUMED.format(said=said, number=draft.number))
    ctx.tell("review_held", holders, asked, subject=hold.id, stage="over")
