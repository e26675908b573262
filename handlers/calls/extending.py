"""More time: a unit asks for it, whoever ordered the call gives it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from handlers.calls import texts
from handlers.calls.issuing import deadline_said
from handlers.calls.naming import named_call, unit_names
from handlers.calls.parts import refusal
from handlers.calls.registry import registry
from handlers.calls.reminding import office_of, tell_writers
from handlers.calls.steering import extend, steerable
from handlers.kit.asked import Asked, Press
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import Button, ButtonCard
from handlers.rules.calendar import SHANGHAI, local, shifted, short_time
from handlers.rules.calls import OWED, PartMove
from handlers.rules.visibility import may_steer_calls
from storage.models import Call, CallPart
from storage.vocabulary import CallPartId

_ASKED = "call_asked"


def more_time(ctx: Context, call: Call, parts: Sequence[CallPart], asked: Asked) -> str:
    """Extend where the sender may; put a unit's wish before the office where he may not.

    *parts* are those that he speaks of. Raises:
        UserError: no time was said, or none of them is owed.
    """
    owed = [part for part in parts if part.state in OWED]
    if not owed:
        raise UserError(refusal(ctx, call, parts[0], PartMove.EXTEND))
    until = _until(ctx, owed[0], asked)
    if until is None:
        ctx.show("call", [call.number])
        return texts.EXTEND_TO_WHEN.format(number=call.number)
    if may_steer_calls(viewer(ctx), call.ordered_by):
        return extend(ctx, call, owed, until)
    return "\n".join(_ask_for(ctx, call, part, until) for part in owed)


def _until(ctx: Context, part: CallPart, asked: Asked) -> datetime | None:
    """Return until when is asked for; days that are counted end on a working day."""
    if deadline := asked.slots.get("deadline"):
        return deadline_said(ctx, str(deadline), "")
    if days := asked.slots.get("days"):
        here = local(part.due_at) + timedelta(days=int(days))
        day = shifted(here.date(), "next", ctx.calendar().is_workday)
        return datetime.combine(day, here.time(), SHANGHAI)
    return None


def _ask_for(ctx: Context, call: Call, part: CallPart, until: datetime) -> str:
    when = short_time(until, ctx.now)
    if until <= part.due_at:
        raise UserError(texts.PAST_EXTENSION.format(when=when))
    unit = unit_names(ctx, [part])[part.unit]
    values = (
        (texts.FACT_UNIT, f"{unit} {ctx.sender.name}"),
        (texts.FACT_NOW, short_time(part.due_at, ctx.now)),
        (texts.FACT_WANTED, when),
    )
    moment = f"{until.astimezone(UTC):%Y%m%d%H%M}"
    for member in office_of(ctx, call):
        card = ButtonCard(
            card_id=ctx.new_id(),
            source=texts.CARD_SOURCE,
            title=texts.CARD_EXTENSION.format(number=call.number),
            description=call.topic,
            facts=values,
            summary=texts.EXTENSION_WORDS.format(number=call.number, unit=unit, when=when),
            url=ctx.link(f"calls/{call.id}", member),
            buttons=(
                Button(label=texts.AGREE, key=f"calltime:{part.id}:{moment}", style="primary"),
                Button(label=texts.REFUSE, key=f"calltime:{part.id}:", style="danger"),
            ),
        )
        ctx.tell(_ASKED, [member], card, subject=part.id, stage=f"{part.ladder} {moment}")
    ctx.audit("call:ask_extension", call.id, after={"part": part.id, "until": moment})
    return texts.ASKED_EXTENSION.format(
        name=named_call(call), when=when, due=short_time(part.due_at, ctx.now)
    )


@registry.button("calltime")
def decide_on_time(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of a unit that asks for more time; an empty moment says no."""
    _, part_id, moment = pressed.key.split(":")
    found = ctx.uow.calls.part(CallPartId(part_id))
    call = ctx.uow.calls.get(found.call) if found is not None else None
    if call is None or call.bureau != ctx.sender.bureau:
        raise UserError(texts.NONE_OPEN)
    call, parts = steerable(ctx, call.number)
    part = next(one for one in parts if one.id == part_id)
    if part.state not in OWED:
        raise UserError(refusal(ctx, call, part, PartMove.EXTEND))
    if moment:
        grey(ctx, part.id, _ASKED, texts.CARD_AGREED, pressed.response_code)
        until = datetime.strptime(moment, "%Y%m%d%H%M").replace(tzinfo=UTC)
        return extend(ctx, call, [part], until)
    grey(ctx, part.id, _ASKED, texts.CARD_REFUSED, pressed.response_code)
    words = {"name": named_call(call), "due": short_time(part.due_at, ctx.now)}
    said = texts.TOLD_REFUSED.format(who=ctx.sender.name, **words)
    tell_writers(ctx, call, part, said, f"{part.ladder} no more time {ctx.now.isoformat()}")
    ctx.audit("call:refuse_extension", call.id, after={"part": part.id})
    unit = unit_names(ctx, [part])[part.unit]
    return texts.REFUSED_EXTENSION.format(name=words["name"], unit=unit)
