"""Clocks of gatherings: the day before at five, and an hour before."""

from handlers.gatherings import texts
from handlers.gatherings.registry import registry
from handlers.gatherings.telling import (
    CHANGED,
    DAY_BEFORE,
    HOUR,
    HOUR_BEFORE,
    INVITED,
    INVITED_NOW,
    REMINDER,
    TIMER,
    at,
    named,
    staying,
    summary,
)
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from storage.models import Gathering
from storage.vocabulary import GatheringStatus, GuestAnswer, Urgency

registry.message(MessageKind(name=INVITED, urgency=Urgency.ROUTINE))
registry.message(MessageKind(name=INVITED_NOW, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=CHANGED, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=REMINDER, urgency=Urgency.PROMPT, perishable=True))


@registry.timer(TIMER)
def remind_of_gathering(ctx: Context, due: Due) -> None:
    """Remind who has not excused himself; the day before, tell the organiser who comes.

    What an outage kept until the last hour is left to the reminder of that hour.
    """
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
    if which == HOUR_BEFORE or gathering.begins_at - ctx.now > HOUR:
        _remind_guests(ctx, gathering, stage)
    if which == DAY_BEFORE and ctx.uow.members.person(gathering.organiser) is not None:
        told = Text(text=summary(ctx, gathering))
        ctx.tell(REMINDER, [gathering.organiser], told, subject=gathering.id, stage=f"{stage} list")


def _remind_guests(ctx: Context, gathering: Gathering, stage: str) -> None:
    for answer in (GuestAnswer.COMING, GuestAnswer.OPEN):
        still = texts.STILL_OPEN.format(number=gathering.number)
        said = texts.REMINDED.format(
            name=named(gathering),
            open=still if answer is GuestAnswer.OPEN else "",
            **at(ctx, gathering),
        )
        guests = staying(ctx, gathering, {answer})
        ctx.tell(REMINDER, guests, Text(text=said), subject=gathering.id, stage=stage)
