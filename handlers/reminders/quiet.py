"""免打扰, 恢复提醒, 安静时段: when a member does not want to be spoken to, and about what."""

import re
from datetime import UTC, datetime, time, timedelta

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.quiet import QuietHours
from handlers.reminders import meanings, texts
from handlers.reminders.commands import registry
from handlers.rules.calendar import SHANGHAI, Quiet, length, short_time
from handlers.rules.peace import LONGEST_QUIET, muted_until, span_of
from storage.queries.members import Wishes
from storage.vocabulary import Topic

KEPT = ("muted", "own quiet hours")
"""The notes of what a member's own wish keeps from him."""
_LONGEST = timedelta(days=14)
_SPAN = re.compile(
    r"(?P<h1>[01]?\d|2[0-4])(?:[:：点](?P<m1>[0-5]\d)?)?\s*(?:-|—|~|到|至)+\s*"
    r"(?:次日|第二天|早上|明早)?(?P<h2>[01]?\d|2[0-4])(?:[:：点](?P<m2>[0-5]\d)?)?"
)


@registry.command(
    "免打扰",
    "静音",
    "勿扰",
    takes=Takes.NOTHING,
    usage="免打扰（或：今晚别给我发消息，下午三点前别打扰我，退订排名）",
    purpose="安静到某个时候，告警除外",
    means=meanings.mute,
    lightly=True,
)
def mute(ctx: Context, asked: Asked) -> str:
    """Keep what is not urgent from the sender for a while, or one topic for good.

    What was said last holds: what an earlier, longer wish keeps comes when this one ends.

    Raises:
        UserError: the moment that he named has passed.
    """
    if every_night := asked.slots.get("every_night"):
        return _quiet_every_day(ctx, str(every_night))
    wishes = ctx.uow.members.wishes_of(ctx.sender.userid)
    if asked.slots.get("type"):
        topic = Topic(asked.slots["type"])
        wishes.off = sorted({*wishes.off, topic.value})
        return texts.MUTED_TOPIC.format(topic=texts.TOPICS[topic], still=texts.STILL_TOPIC)
    until = _until(ctx, asked)
    if until <= ctx.now:
        raise UserError(texts.MUTE_PAST.format(when=short_time(until, ctx.now)))
    wishes.muted_until = min(until, ctx.now + _LONGEST)
    ctx.uow.outbox.release(ctx.sender.userid, KEPT, wishes.muted_until)
    when = short_time(wishes.muted_until, ctx.now)
    said = texts.MUTED.format(when=when, still=texts.STILL)
    if until > wishes.muted_until:
        return texts.MUTE_TOO_LONG.format(days=_LONGEST.days, when=when) + said
    return said


def _until(ctx: Context, asked: Asked) -> datetime:
    said = str(asked.slots.get("until", ""))
    if said.startswith("P"):
        return ctx.now + length(said)
    if said:
        moment = datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)
        whole_day = "T" not in said
        return (moment + timedelta(days=1) if whole_day else moment).astimezone(UTC)
    return muted_until(str(asked.slots.get("scope", "")), ctx.now, ctx.calendar())


@registry.command(
    "恢复提醒",
    "恢复消息",
    "恢复推送",
    "取消静音",
    "取消免打扰",
    "解除免打扰",
    takes=Takes.NOTHING,
    usage="恢复提醒",
    purpose="取消免打扰和退订",
    means=meanings.unmute,
    lightly=True,
)
def unmute(ctx: Context, _asked: Asked) -> str:
    """Take back a silence and every topic; what was kept for it goes at once."""
    wishes = ctx.uow.members.wishes_of(ctx.sender.userid)
    muted = wishes.muted_until is not None and wishes.muted_until > ctx.now
    if not muted and not wishes.off:
        return texts.NOT_MUTED
    wishes.muted_until, wishes.off = None, []
    kept = ctx.uow.outbox.release(ctx.sender.userid, KEPT, ctx.now)
    ctx.ring("deliver")
    return texts.UNMUTED.format(waiting=texts.UNMUTED_WAITING if kept else "")


@registry.command(
    "安静时段",
    takes=Takes.WORDS,
    usage="安静时段 21:00-08:00（取消：安静时段 取消）",
    purpose="设自己每天的安静时段",
)
def set_quiet_hours(ctx: Context, asked: Asked) -> str:
    """Set, clear or show the sender's own quiet hours.

    Raises:
        UserError: it is no span, or a longer one than an app can be silent.
    """
    wishes = ctx.uow.members.wishes_of(ctx.sender.userid)
    office = _written(ctx.policy(QuietHours).quiet)
    if not asked.text:
        own = Wishes.of(wishes).quiet
        if own is None:
            return texts.QUIET_SHOWN.format(span=office)
        return texts.WISHES.format(lines=texts.WISH_QUIET.format(span=_written(own)))
    if re.fullmatch(r"(?:取消|不要了?|清除|恢复默认)[。.!！]?", asked.text):
        wishes.quiet_from = wishes.quiet_until = ""
        ctx.uow.outbox.release(ctx.sender.userid, KEPT, ctx.now)
        ctx.ring("deliver")
        return texts.QUIET_CLEARED.format(span=office)
    return _quiet_every_day(ctx, asked.text)


def _quiet_every_day(ctx: Context, said: str) -> str:
    wishes = ctx.uow.members.wishes_of(ctx.sender.userid)
    quiet = _span(said)
    wishes.quiet_from, wishes.quiet_until = (f"{one:%H:%M}" for one in quiet)
    ctx.uow.outbox.release(ctx.sender.userid, KEPT, ctx.now)
    ctx.ring("deliver")
    return texts.QUIET_SET.format(span=_written(quiet), end=f"{quiet[1]:%H:%M}", still=texts.STILL)


def _span(said: str) -> Quiet:
    found = _SPAN.search(said)
    if found is None:
        raise UserError(texts.QUIET_FORM)
    begins, ends = (time(int(found[f"h{n}"]) % 24, int(found[f"m{n}"] or 0)) for n in (1, 2))
    lasts = span_of((begins, ends))
    if not lasts:
        raise UserError(texts.QUIET_FORM)
    if lasts > LONGEST_QUIET:
        hours = LONGEST_QUIET // timedelta(hours=1)
        raise UserError(texts.QUIET_TOO_LONG.format(hours=hours))
    return begins, ends


def _written(quiet: Quiet) -> str:
    return f"{quiet[0]:%H:%M}-{quiet[1]:%H:%M}"
