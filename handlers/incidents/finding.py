"""Which incident is meant, how it is called, and who has to do with it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.incidents import texts
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import sees_as
from handlers.kit.on_duty import is_on_duty
from handlers.kit.on_duty import on_duty as on_duty_of
from handlers.rules.visibility import Viewer, may_handle_incident, may_see_incident
from storage.models import Incident, IncidentEntry
from storage.vocabulary import (
    NOBODY,
    ConversationState,
    DutyPosition,
    IncidentAct,
    Role,
    UserId,
)

_NUMBER = re.compile(
    r"^\s*(?:紧急(?:信息)?\s*)?(?P<number>\d{1,4})(?:\s*号[\s,，:：]*|[\s,，:：]+|$)"
)
SHOWN = "incident"
"""What an incident is called among what the talk showed last."""
_QUESTIONS = frozenset({ConversationState.CHOOSING, ConversationState.ASKING})
_COUNTED = re.compile(r"[名人户个栋]")

Act = Callable[[Context, Incident, str], str]


def named(incident: Incident) -> str:
    return texts.NAME.format(number=incident.number, title=incident.title)


def on_duty(ctx: Context, incident: Incident) -> Sequence[UserId]:
    """Return who is on duty now, the office where the roster names nobody.

    Whoever holds the role is meant only where there is no roster at all.
    """
    office = ctx.uow.members.holding(Role.OFFICE, incident.unit)
    on = on_duty_of(ctx, incident.bureau, office)
    return (on["duty"] or office) if on else ctx.uow.members.holding(Role.DUTY, incident.unit)


def handlers_of(ctx: Context, incident: Incident) -> list[UserId]:
    """Return who has the incident in hand: whoever reported it, and who is on duty."""
    return list(dict.fromkeys([incident.reported_by, *on_duty(ctx, incident)]))


def leads(ctx: Context, incident: Incident) -> list[UserId]:
    """Return the leader on duty, the deputies over the unit and the principal."""
    on = ctx.uow.duty.on_duty(incident.bureau, ctx.now)
    lead = [one.member for one in on if one.position is DutyPosition.LEAD]
    each = [ctx.uow.members.holding(role, incident.unit) for role in (Role.DEPUTY, Role.PRINCIPAL)]
    return list(dict.fromkeys([*lead, *(one for some in each for one in some)]))


def sees(ctx: Context, incident: Incident) -> bool:
    return bool(visible(ctx, [incident]))


def visible(ctx: Context, incidents: Sequence[Incident]) -> list[Incident]:
    """Return those that the sender, or whom he stands in for, may see of his own bureau's."""
    own = [one for one in incidents if one.bureau == ctx.sender.bureau]
    if not own:
        return []
    on_duty = is_on_duty(ctx)
    lineages = ctx.uow.members.lineages({one.unit for one in own})
    people = sees_as(ctx)
    return [
        one
        for one in own
        if any(
            may_see_incident(who, one.reported_by, lineages[one.unit], on_duty=on_duty)
            for who in people
        )
    ]


def may_handle(ctx: Context, incident: Incident) -> bool:
    lineage = ctx.uow.members.lineage(incident.unit)
    on_duty = incident.bureau == ctx.sender.bureau and is_on_duty(ctx)
    return any(
        may_handle_incident(who, incident.reported_by, lineage, on_duty=on_duty)
        for who in sees_as(ctx)
    )


def behalf(ctx: Context, may: Callable[[Viewer], bool]) -> UserId | None:
    """Return in whose place the sender may do something: nobody's where it is his own to do.

    None where it is neither his nor that of anybody for whom he stands in.
    """
    able = next((one.userid for one in sees_as(ctx) if may(one)), None)
    return NOBODY if able == ctx.sender.userid else able


def leads_duty(ctx: Context) -> bool:
    """Tell whether the roster has the sender lead the duty now."""
    on = ctx.uow.duty.on_duty(ctx.sender.bureau, ctx.now)
    return any(one.member == ctx.sender.userid and one.position is DutyPosition.LEAD for one in on)


def standing_in(ctx: Context, absent: UserId) -> str:
    """Say in a log for whom somebody acted."""
    if absent == NOBODY:
        return ""
    return texts.STANDING_IN.format(absent=ctx.uow.members.names([absent])[absent])


def open_ones(ctx: Context) -> list[Incident]:
    """Return the incidents in hand that the sender may see."""
    return visible(ctx, ctx.uow.incidents.open_in(ctx.sender.bureau))


def numbered(ctx: Context, number: int) -> Incident:
    """Return the incident of that number, locked for this transaction.

    Raises:
        UserError: there is none, or it is not the sender's to see; the two are told alike.
    """
    found = ctx.uow.incidents.latest_numbered(ctx.sender.bureau, number)
    if found is None or not sees(ctx, found):
        raise UserError(texts.NOT_FOUND.format(number=number))
    return locked(ctx, found)


def locked(ctx: Context, incident: Incident) -> Incident:
    found = ctx.uow.incidents.lock(incident.id)
    if found is None:
        raise UserError(texts.NOT_FOUND.format(number=incident.number))
    return found


def the_one(ctx: Context, asked: Asked, command: str, act: Act, *, over: bool = False) -> str:
    """Do *act* to the incident that is named, or to the only one in hand; of several it is asked.

    *over*: what has ended may be meant as well.

    Raises:
        UserError: none is in hand, the named one is over, or the sender may not handle it.
    """
    number, words = said_of(ctx, asked)
    if number is None:
        mine = open_ones(ctx)
        if not mine:
            raise UserError(texts.NONE_OPEN)
        if len(mine) > 1:
            options = [
                Option.of(command, replace(asked, numbers=(one.number,), text=words), named(one))
                for one in mine
            ]
            return ctx.offer(texts.WHICH, *options)
        number = mine[0].number
    incident = numbered(ctx, number)
    refuse(ctx, incident, over=over)
    if ctx.talk is not None and ctx.talk.state is ConversationState.IDLE:
        talk_of(ctx, incident)
    return act(ctx, incident, words)


def talk_of(ctx: Context, incident: Incident) -> None:
    """Let pictures that follow belong to it; a question that was open is over."""
    if ctx.talk is not None and ctx.talk.state in _QUESTIONS:
        ctx.turn(ConversationState.IDLE)
    ctx.show(SHOWN, [incident.number])


def refuse(ctx: Context, incident: Incident, *, over: bool = False) -> None:
    """Refuse what is not the sender's to handle, or has ended; (*over*) may have.

    Raises:
        UserError: it is.
    """
    if not over and not incident.is_open:
        status = texts.STATUS[incident.status]
        raise UserError(
            texts.OVER.format(name=named(incident), status=status, number=incident.number)
        )
    if not may_handle(ctx, incident):
        raise UserError(texts.NOT_YOURS.format(name=named(incident)))


def said_of(ctx: Context, asked: Asked) -> tuple[int | None, str]:
    """Return which number is said and the words beside it: 续报 3人受伤 names none."""
    if asked.numbers:
        return asked.numbers[0], asked.text.strip(" ：:，,")
    if asked.free and (named_one := asked.slots.get("incident")) is not None:
        return int(named_one), asked.text.strip(" ：:，,")
    text = asked.text.strip(" ：:，,")
    found = _NUMBER.match(text)
    if found is None:
        return None, text
    rest = text[found.end() :].strip()
    exists = ctx.uow.incidents.latest_numbered(ctx.sender.bureau, int(found["number"]))
    if exists is None and _COUNTED.match(rest):
        return None, text
    return int(found["number"]), rest


def note(ctx: Context, incident: Incident, act: IncidentAct, words: str = "") -> None:
    """Write a line of the incident's log."""
    ctx.uow.incidents.note(
        IncidentEntry(
            incident=incident.id,
            at=ctx.now,
            act=act,
            actor=ctx.me.userid if ctx.me is not None else NOBODY,
            words=words,
        )
    )


def names_of(ctx: Context, members: Sequence[UserId]) -> str:
    names = ctx.uow.members.names(members)
    return "、".join(names[one] for one in members if one in names)
