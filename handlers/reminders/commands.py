"""提醒我: a reminder that a member sets for himself, once or again and again.

The office may also let the officers of sections be reminded: 每月25号提醒各科室报信息.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context, Said
from handlers.kit.errors import UserError
from handlers.kit.events import PuttingOffAsked
from handlers.kit.finding import viewer
from handlers.kit.messages import Button, ButtonCard, MessageKind, Text
from handlers.kit.registry import Registry
from handlers.kit.writers import unit_said
from handlers.reminders import meanings, texts
from handlers.reminders.meanings import read_text
from handlers.rules.calendar import short_time
from handlers.rules.recurring import next_time
from handlers.rules.recurring import said as rule_said
from storage.models import Reminder
from storage.vocabulary import (
    ReminderId,
    ReminderStatus,
    Role,
    Topic,
    UnitKind,
    Urgency,
    UserId,
)

KIND, FOR_UNITS = "personal_reminder", "unit_reminder"
SNOOZE = "snooze"
"""What the key of a button begins with: snooze:half:ID, snooze:work:ID."""

_FARTHEST = timedelta(days=366)
_MOST = 50
_TITLE = 30
JUST_NOW = timedelta(hours=2)
"""For how long a reminder is what 半小时后再提醒我 is about."""

registry = Registry(theme="提醒")
registry.message(MessageKind(name=KIND, urgency=Urgency.PROMPT, mutable=False))
registry.message(MessageKind(name=FOR_UNITS, urgency=Urgency.PROMPT, topic=Topic.REMINDER))


@registry.command(
    "提醒我",
    takes=Takes.MOMENT_AND_TEXT,
    usage="提醒我 明天9点 交稿",
    purpose="到时提醒自己（每周五9点提醒我报信息 也行）",
    means=meanings.remind,
    reads=lambda heard: str(read_text(heard)),
    lightly=True,
)
def set_reminder(ctx: Context, asked: Asked) -> str:
    if put_off := _put_off(ctx, asked):
        return put_off
    recur = str(asked.slots.get("recur", ""))
    if recur:
        return _set_often(ctx, asked, recur)
    if asked.at is None or not asked.text:
        return _incomplete(ctx, asked)
    when = short_time(asked.at, ctx.now)
    if asked.at <= ctx.now:
        raise UserError(texts.PAST.format(when=when, what=asked.text))
    if asked.at > ctx.now + _FARTHEST:
        raise UserError(texts.TOO_FAR.format(when=when))
    reminder = keep(ctx, asked.text, asked.at, units=_units(ctx, asked))
    if reminder.units:
        return _said_for_units(ctx, reminder, when)
    return texts.SET.format(when=when, what=asked.text)


def _incomplete(ctx: Context, asked: Asked) -> str:
    """Ask for the time or the matter; a mere time puts off what was told just now."""
    if asked.at is None and not asked.text:
        raise UserError(texts.NO_MATTER)
    if asked.at is None:
        return ctx.ask(texts.ASK_TIME.format(what=asked.text), "time", "set_reminder", asked)
    told = ctx.uow.reminders.last_told(ctx.sender.userid, ctx.now - JUST_NOW)
    if told is not None:
        return snooze(ctx, told, asked.at)
    return ctx.ask(texts.NO_MATTER, "text", "set_reminder", asked)


def _put_off(ctx: Context, asked: Asked) -> str:
    """Let a draft that waits for the sender come back later: 12号先放一放，周三再说."""
    if not asked.numbers or asked.text:
        return ""
    return "".join(ctx.emit(PuttingOffAsked(numbers=asked.numbers, until=asked.at)))


def _set_often(ctx: Context, asked: Asked, recur: str) -> str:
    rule = rule_said(recur)
    if not asked.text:
        question = texts.ASK_WHAT_OFTEN.format(rule=rule)
        return ctx.ask(question, "text", "set_reminder", replace(asked, at=None))
    first = next_time(recur, ctx.now, ctx.calendar())
    reminder = keep(ctx, asked.text, first, recur=recur, units=_units(ctx, asked))
    when = short_time(first, ctx.now)
    if reminder.units:
        return _said_for_units(ctx, reminder, f"{rule}（下一次{when}）")
    return texts.SET_OFTEN.format(rule=rule, what=reminder.text, when=when, number=reminder.number)


def _said_for_units(ctx: Context, reminder: Reminder, when: str) -> str:
    return texts.SET_FOR_UNITS.format(
        when=when,
        units=units_said(ctx, reminder),
        count=len(ctx.uow.reminders.officers(reminder.bureau, _named(reminder))),
        what=reminder.text,
        number=reminder.number,
    )


def _units(ctx: Context, asked: Asked) -> Sequence[str]:
    """Return whose officers are to be reminded: units, the bureau for all, nothing for oneself.

    Raises:
        UserError: the sender is not the office, or there is no such unit, or nobody in it.
    """
    names = [str(name) for name in asked.slots.get("units", ())]
    if not names:
        return ()
    bureau = ctx.sender.bureau
    if not viewer(ctx).holds({Role.OFFICE}, (bureau,)):
        raise UserError(texts.NOT_OFFICE)
    found = [str(bureau)] if names == ["all"] else []
    units = {unit.name: unit.id for unit in ctx.uow.members.units_of(bureau)}
    for name in names if not found else ():
        meant = unit_said(name, units)
        if meant is None:
            raise UserError(texts.NO_UNIT.format(unit=name))
        found.append(units[meant])
    if not ctx.uow.reminders.officers(bureau, [one for one in found if one != bureau]):
        raise UserError(texts.NO_OFFICERS.format(units="、".join(names)))
    return found


def _named(reminder: Reminder) -> list[str]:
    return [unit for unit in reminder.units if unit != reminder.bureau]


def units_said(ctx: Context, reminder: Reminder) -> str:
    units = [
        unit.name
        for unit in ctx.uow.members.units_of(reminder.bureau)
        if unit.id in reminder.units and unit.kind is UnitKind.SECTION
    ]
    return "、".join(units) or "各科室"


def keep(
    ctx: Context, text: str, due_at: datetime, *, recur: str = "", units: Sequence[str] = ()
) -> Reminder:
    """Keep a reminder of the sender's, and set its clock.

    Raises:
        UserError: he has as many as anybody can mean.
    """
    member = ctx.sender.userid
    waiting = len(ctx.uow.reminders.waiting(member))
    if waiting >= _MOST:
        raise UserError(texts.MOST.format(count=waiting))
    reminder = Reminder(
        id=ReminderId(ctx.new_id()),
        member=member,
        bureau=ctx.sender.bureau,
        number=ctx.uow.reminders.next_number(member),
        text=text,
        recur=recur,
        units=list(units),
        due_at=due_at,
        created_at=ctx.now,
    )
    ctx.uow.reminders.add(reminder)
    _set_clock(ctx, reminder)
    return reminder


def _set_clock(ctx: Context, reminder: Reminder) -> None:
    due = reminder.due_at.isoformat()
    ctx.set_timer(KIND, reminder.id, reminder.due_at, stage=due, due=due)


def snooze(ctx: Context, reminder: Reminder, until: datetime) -> str:
    """Let what was told come again, once.

    Raises:
        UserError: that moment has passed.
    """
    when = short_time(until, ctx.now)
    if until <= ctx.now:
        raise UserError(texts.PAST.format(when=when, what=reminder.text))
    keep(ctx, reminder.text, until)
    return texts.SNOOZED.format(when=when, what=reminder.text)


@registry.timers_together(KIND)
def remind(ctx: Context, dues: Sequence[Due]) -> None:
    """Tell each what he wanted to be reminded of, unless he has changed his mind."""
    reminders = ctx.uow.reminders.of([due.subject for due in dues])
    here = ctx.uow.members.people({one.member for one in reminders.values()})
    said: list[tuple[UserId, Said]] = []
    for due in dues:
        reminder = reminders.get(due.subject)
        stage = str(due.payload["due"])
        if (
            reminder is None
            or reminder.status is not ReminderStatus.WAITING
            or reminder.due_at.isoformat() != stage
        ):
            continue
        if reminder.units:
            _tell_units(ctx, reminder, stage)
        elif reminder.member not in here:
            reminder.status = ReminderStatus.CANCELLED
            continue
        else:
            said.append((reminder.member, _said(ctx, reminder, stage)))
            reminder.told_at = ctx.now
        if reminder.recur:
            reminder.due_at = next_time(reminder.recur, ctx.now, ctx.calendar())
            _set_clock(ctx, reminder)
        else:
            reminder.status = ReminderStatus.TOLD
    ctx.tell_each(KIND, said)


def _tell_units(ctx: Context, reminder: Reminder, stage: str) -> None:
    said = texts.UNIT_REMINDER.format(
        bureau=ctx.uow.members.unit(reminder.bureau).name,
        what=reminder.text,
        who=ctx.uow.members.names([reminder.member])[reminder.member],
    )
    who = ctx.uow.reminders.officers(reminder.bureau, _named(reminder))
    ctx.tell(FOR_UNITS, who, Text(text=said), subject=reminder.id, stage=stage)


def _said(ctx: Context, reminder: Reminder, stage: str) -> Said:
    card = _card(ctx, reminder)
    return Said(content=card, subject=reminder.id, stage=stage, owed_since=reminder.due_at)


def _card(ctx: Context, reminder: Reminder) -> ButtonCard:
    since = texts.REMINDER_SINCE.format(when=short_time(reminder.created_at, ctx.now))
    if reminder.recur:
        rule = rule_said(reminder.recur)
        since = texts.REMINDER_OFTEN.format(rule=rule, number=reminder.number)
    whole = texts.REMINDER.format(what=reminder.text)
    long = [reminder.text] if len(whole) > _TITLE else []
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.SOURCE,
        title=whole,
        description=since,
        summary="\n".join([*long, texts.REMINDER_LATER]),
        buttons=(
            Button(label=texts.HALF_HOUR, key=f"{SNOOZE}:half:{reminder.id}"),
            Button(label=texts.TOMORROW, key=f"{SNOOZE}:work:{reminder.id}"),
        ),
    )
