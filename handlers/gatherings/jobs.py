"""Clocks of gatherings: the day before at five, and an hour before."""

from handlers.gatherings import texts
from handlers.gatherings.commands import named, registry
from handlers.gatherings.telling import (
    CHANGED,
    DAY_BEFORE,
    INVITED,
    INVITED_NOW,
    REMINDER,
    TIMER,
    at,
    summary,
)
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from storage.vocabulary import GatheringStatus, GuestAnswer, Urgency

registry.message(MessageKind(name=INVITED, urgency=Urgency.ROUTINE))
registry.message(MessageKind(name=INVITED_NOW, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=CHANGED, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=REMINDER, urgency=Urgency.PROMPT, perishable=True))


@registry.timer(TIMER)
def remind_of_gathering(ctx: Context, due: Due) -> None:
    """Remind who has not excused himself; the day before, tell the organiser who comes."""
    gathering = ctx.uow.gatherings.get(due.subject)
    if (
        gathering is None
        or gathering.status is not GatheringStatus.PLANNED
        or gathering.revision != due.payload["revision"]
        or gathering.begins_at <= ctx.now
    ):
        return
    which = str(due.payload["which"])
    stage = f"{which} {gathering.revision}"
    where = at(ctx, gathering)
    for answer in (GuestAnswer.COMING, GuestAnswer.OPEN):
        still = texts.STILL_OPEN.format(number=gathering.number)
        said = texts.REMINDED.format(
            name=named(gathering), open=still if answer is GuestAnswer.OPEN else "", **where
        )
        guests = [
            guest.member
            for guest in ctx.uow.gatherings.guests(gathering.id)
            if guest.answer is answer
        ]
        ctx.tell(REMINDER, guests, Text(text=said), subject=gathering.id, stage=stage)
    if which == DAY_BEFORE:
        told = Text(text=summary(ctx, gathering))
        ctx.tell(REMINDER, [gathering.organiser], told, subject=gathering.id, stage=f"{stage} list")
