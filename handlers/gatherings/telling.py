"""What guests and organiser are told: the card, its label, reminders, who comes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from handlers.gatherings import texts
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.messages import Button, ButtonCard, CardUpdate
from handlers.rules.calendar import local, short_time
from storage.models import Gathering
from storage.vocabulary import GuestAnswer, OutboxStatus, Outcome, UserId

INVITED, INVITED_NOW = "gathering_invited", "gathering_invited_now"
CHANGED, REMINDER = "gathering_changed", "gathering_reminder"
TIMER = "gathering_reminder"
DAY_BEFORE, HOUR_BEFORE = "day", "hour"
HOUR = timedelta(hours=1)


def at(ctx: Context, gathering: Gathering) -> Mapping[str, str]:
    """Return when and where in words, for templates."""
    place = texts.AT.format(place=gathering.place) if gathering.place else ""
    return {"when": short_time(gathering.begins_at, ctx.now), "place": place}


def named(gathering: Gathering) -> str:
    return texts.NAME.format(number=gathering.number, title=gathering.title)


def line(ctx: Context, gathering: Gathering) -> str:
    return texts.LINE.format(name=named(gathering), **at(ctx, gathering))


def card(ctx: Context, gathering: Gathering, guest: UserId) -> ButtonCard:
    facts = [(texts.CARD_TIME, short_time(gathering.begins_at, ctx.now))]
    if gathering.place:
        facts.append((texts.CARD_PLACE, gathering.place))
    facts.append((texts.CARD_BY, ctx.sender.name))
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.SOURCE,
        title=texts.CARD_TITLE.format(number=gathering.number, title=gathering.title),
        description="",
        facts=tuple(facts),
        summary=texts.CARD_WORDS.format(number=gathering.number),
        url=ctx.link(f"gatherings/{gathering.id}", guest),
        buttons=(
            Button(label=texts.COMING, key=f"gathering:come:{gathering.id}", style="primary"),
            Button(label=texts.EXCUSED, key=f"gathering:excuse:{gathering.id}"),
        ),
    )


def label(ctx: Context, gathering: Gathering, answer: GuestAnswer, code: str) -> None:
    """Write the sender's answer on his card."""
    words = texts.CARD_COMING if answer is GuestAnswer.COMING else texts.CARD_EXCUSED
    me = ctx.sender.userid
    for one in ctx.uow.outbox.about(gathering.id, [INVITED, INVITED_NOW]):
        shown = one.status is not OutboxStatus.ENDED or one.outcome is Outcome.SENT
        if one.recipient == me and shown:
            update = CardUpdate(label=words, card="" if code else one.id, response_code=code)
            ctx.tell("card_update", [me], update, subject=gathering.id, stage=f"answer {one.id}")


def grey_others(ctx: Context, gathering: Gathering) -> None:
    """Drop and grey the cards of a gathering that is called off."""
    for kind in (INVITED, INVITED_NOW):
        grey(ctx, gathering.id, kind, "已取消")


def set_clocks(ctx: Context, gathering: Gathering) -> None:
    """Set both reminders, as far as their moments are still to come."""
    here = local(gathering.begins_at)
    evening = (here - timedelta(days=1)).replace(hour=17, minute=0, second=0, microsecond=0)
    clocks: Mapping[str, datetime] = {
        DAY_BEFORE: evening,
        HOUR_BEFORE: gathering.begins_at - HOUR,
    }
    for stage, moment in clocks.items():
        if moment > ctx.now:
            ctx.set_timer(
                TIMER,
                gathering.id,
                moment,
                stage=f"{stage} {gathering.revision}",
                which=stage,
                revision=gathering.revision,
            )


def staying(
    ctx: Context, gathering: Gathering, answers: Collection[GuestAnswer]
) -> Sequence[UserId]:
    """Return the guests who gave one of *answers*, those who left the bureau since excepted."""
    guests = [
        guest.member for guest in ctx.uow.gatherings.guests(gathering.id) if guest.answer in answers
    ]
    here = ctx.uow.members.people(guests)
    return [one for one in guests if one in here]


def summary(ctx: Context, gathering: Gathering) -> str:
    """Say who comes, who excused himself and why, and who has not answered."""
    guests = ctx.uow.gatherings.guests(gathering.id)
    names = ctx.uow.members.names([guest.member for guest in guests])
    said: dict[str, str | int] = {}
    for key, answer in (
        ("coming", GuestAnswer.COMING),
        ("excused", GuestAnswer.EXCUSED),
        ("open", GuestAnswer.OPEN),
    ):
        those = [
            names[guest.member] + (f"（{guest.reason}）" if guest.reason else "")
            for guest in guests
            if guest.answer is answer
        ]
        said[key] = len(those)
        said[f"who_{key}"] = texts.WHO.format(names="、".join(those)) if those else ""
    return texts.LIST.format(name=named(gathering), **said, **at(ctx, gathering))
