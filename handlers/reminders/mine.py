"""我的提醒: what one has set; cancelled, or put off by a word or a button."""

import re
from datetime import timedelta

from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.listing import fitting
from handlers.kit.messages import CardUpdate
from handlers.reminders import meanings, texts
from handlers.reminders.commands import JUST_NOW, SNOOZE, registry, snooze, units_said
from handlers.rules.calendar import add_working_days, local, next_opening, short_time
from handlers.rules.recurring import said as rule_said
from storage.models import Reminder
from storage.vocabulary import ReminderStatus

HALF_AN_HOUR = timedelta(minutes=30)


@registry.command(
    "我的提醒",
    "提醒列表",
    "有哪些提醒",
    takes=Takes.NOTHING,
    usage="我的提醒",
    purpose="看自己设的提醒",
    means=meanings.mine,
    changes=False,
)
def list_reminders(ctx: Context, _asked: Asked) -> str:
    waiting = ctx.uow.reminders.waiting(ctx.sender.userid)
    if not waiting:
        return texts.NONE
    lines = fitting([_line(ctx, reminder) for reminder in waiting])
    return texts.LIST.format(count=len(waiting), lines="\n".join(lines))


@registry.command(
    "取消提醒",
    "删除提醒",
    takes=Takes.WORDS,
    usage="取消提醒 2",
    purpose="取消自己设的提醒",
    means=meanings.cancel,
)
def cancel_reminder(ctx: Context, asked: Asked) -> str:
    """Cancel the sender's reminder of that number or those words, or all; else the only one.

    Raises:
        UserError: there is none, or it is not said which.
    """
    waiting = ctx.uow.reminders.waiting(ctx.sender.userid)
    if not waiting:
        raise UserError(texts.NONE)
    if asked.slots.get("all"):
        return "\n".join(_cancel(ctx, one) for one in waiting)
    if words := asked.slots.get("words"):
        waiting = [one for one in waiting if str(words) in one.text]
        if not waiting:
            raise UserError(texts.NO_SUCH_WORDS.format(words=words))
    said = None if words else re.search(r"\d+", str(asked.slots.get("number", asked.text)))
    if said is None and len(waiting) > 1:
        lines = fitting([_line(ctx, reminder) for reminder in waiting])
        raise UserError(texts.WHICH.format(lines="\n".join(lines)))
    number = int(said[0]) if said else waiting[0].number
    found = next((one for one in waiting if one.number == number), None)
    if found is None:
        raise UserError(texts.NO_SUCH.format(number=number))
    return _cancel(ctx, found)


def _cancel(ctx: Context, reminder: Reminder) -> str:
    reminder.status = ReminderStatus.CANCELLED
    ctx.uow.timers.cancel(reminder.id)
    return texts.CANCELLED.format(what=reminder.text)


@registry.command(
    "稍后提醒",
    "过会儿提醒",
    "推迟提醒",
    takes=Takes.NOTHING,
    usage="稍后提醒",
    purpose="把刚才的提醒推迟半小时（也可以说：一小时后再提醒我）",
    lightly=True,
)
def put_off_last(ctx: Context, _asked: Asked) -> str:
    """Let what the sender was reminded of last come again in half an hour.

    Raises:
        UserError: that was too long ago, or never.
    """
    told = ctx.uow.reminders.last_told(ctx.sender.userid, ctx.now - JUST_NOW)
    if told is None:
        raise UserError(texts.NOTHING_TO_SNOOZE)
    return snooze(ctx, told, ctx.now + HALF_AN_HOUR)


@registry.button(SNOOZE)
def press_later(ctx: Context, pressed: Press) -> str:
    """Put the reminder of the card off, which says so; a second press is told until when it is."""
    _, how, subject = pressed.key.split(":", 2)
    told = ctx.uow.reminders.get(subject)
    if told is None or told.member != ctx.sender.userid:
        raise UserError(texts.NOTHING_TO_SNOOZE)
    waiting = ctx.uow.reminders.waiting(ctx.sender.userid)
    again = next((one for one in waiting if one.text == told.text and not one.recur), None)
    if again is not None:
        when = short_time(again.due_at, ctx.now)
        return texts.ALREADY_LATER.format(when=when, what=told.text)
    until = ctx.now + HALF_AN_HOUR
    if how == "work":
        calendar = ctx.calendar()
        morning = add_working_days(ctx.now, 1, calendar)
        until = next_opening(calendar.opening(local(morning).date()), calendar)
    snooze(ctx, told, until)
    label = texts.CARD_LATER.format(when=short_time(until, ctx.now))
    update = CardUpdate(label=label, response_code=pressed.response_code)
    me = [ctx.sender.userid]
    ctx.tell("card_update", me, update, subject=told.id, stage=ctx.new_id())
    return ""


def _line(ctx: Context, reminder: Reminder) -> str:
    what = reminder.text
    if reminder.units:
        what += texts.FOR_UNITS.format(units=units_said(ctx, reminder))
    when = short_time(reminder.due_at, ctx.now)
    form = texts.LINE_OFTEN if reminder.recur else texts.LINE
    rule = rule_said(reminder.recur) if reminder.recur else ""
    return form.format(number=reminder.number, rule=rule, when=when, what=what)
