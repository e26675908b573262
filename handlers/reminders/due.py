"""到期: what is due for the sender, or when the thing that he names is due."""

from datetime import timedelta
from typing import Literal

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.events import Deadline, DeadlinesAsked
from handlers.kit.listing import fitting
from handlers.reminders import meanings, texts
from handlers.reminders.commands import registry
from handlers.rules.calendar import short_time

_SOON = timedelta(days=3)
_KINDS: dict[str, Literal["call", "case"]] = {"call_id": "call", "opinion_id": "case"}


@registry.command(
    "到期",
    "快到期",
    takes=Takes.NOTHING,
    usage="到期（或：5号约稿什么时候截止）",
    purpose="看要审的、要改要交的、计划、舆情、紧急信息和自己记的事什么时候到期",
    means=meanings.deadlines,
    changes=False,
)
def list_deadlines(ctx: Context, asked: Asked) -> str:
    slots = asked.slots
    for slot, kind in _KINDS.items():
        if slot in slots:
            return _of_one(ctx, DeadlinesAsked(found=[], kind=kind, number=int(slots[slot])))
    if asked.numbers:
        return _of_one(ctx, DeadlinesAsked(found=[], kind="draft", number=asked.numbers[0]))
    status = str(slots.get("status", ""))
    event = DeadlinesAsked(found=_own(ctx), whole=slots.get("unit") != "mine")
    ctx.emit(event)
    found = [one for one in _in_order(event) if _fits(ctx, status, one)]
    if not found:
        return texts.NOTHING_DUE[status]
    lines = fitting([_line(ctx, one) for one in found])
    rest = len(found) - len(lines)
    lines += [texts.MORE_DUE.format(count=rest)] * (rest > 0)
    return texts.DUE[status].format(count=len(found), lines="\n".join(lines))


def _of_one(ctx: Context, event: DeadlinesAsked) -> str:
    ctx.emit(event)
    return "\n".join(fitting([_line(ctx, one) for one in _in_order(event)])) or texts.NO_LIMIT


def _in_order(event: DeadlinesAsked) -> list[Deadline]:
    return sorted(event.found, key=lambda one: one.at)


def _fits(ctx: Context, status: str, one: Deadline) -> bool:
    if status == "overdue":
        return one.at < ctx.now
    return not status or ctx.now <= one.at <= ctx.now + _SOON


def _own(ctx: Context) -> list[Deadline]:
    return [
        Deadline(at=one.due_at, line=texts.DUE_OWN.format(what=one.text))
        for one in ctx.uow.reminders.waiting(ctx.sender.userid)
        if not one.units
    ]


def _line(ctx: Context, one: Deadline) -> str:
    form = texts.LINE_OVER if one.at < ctx.now else texts.LINE_DUE
    return form.format(when=short_time(one.at, ctx.now), line=one.line)
