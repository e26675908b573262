"""约稿 题目 时间 科室: units are called upon to write."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from handlers.calls import meanings, texts
from handlers.calls.naming import named_call
from handlers.calls.registry import registry
from handlers.calls.reminding import begin_ladder
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CallIssued, CallWanted
from handlers.kit.finding import viewer
from handlers.kit.messages import Button, ButtonCard
from handlers.kit.writers import People, people_of, unit_said
from handlers.rules.calendar import SHANGHAI, local, next_opening, short_time
from handlers.rules.call_terms import TOPIC_LIMIT, Terms, read_terms
from handlers.rules.calls import closing_of, inner_deadline
from handlers.rules.clipping import clipped
from handlers.rules.visibility import may_order_drafts
from storage.models import Call, CallPart, Unit
from storage.vocabulary import NO_PLAN, CallId, CallPartId, PlanItemId, Role, UnitId, UserId

_ORDERERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL, Role.DUTY, Role.LEAD_DUTY})
_FARTHEST = timedelta(days=366)
_A_DAY = len("2026-09-21")
_SHOWN_ANGLE = 100
_SHOWN_UNITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is ordered: everything of a call but its number.

    *outward* is when an office outside wants it; *due_at* when units hand in. *by* is in whose
    name, *plan_item* what of the year's plan it is for.
    """

    bureau: UnitId
    by: UserId
    topic: str
    due_at: datetime
    units: Sequence[Unit]
    terms: Terms
    source: str = ""
    outward: datetime | None = None
    plan_item: PlanItemId = NO_PLAN


@registry.command(
    "下约稿",
    takes=Takes.NOTHING,
    usage="下约稿（或：约稿 节前燃气检查做法 周五下班前 物业科 燃气科 各1篇）",
    purpose="向科室约稿",
    shown_to=_ORDERERS,
    means=meanings.create,
)
def create_call(ctx: Context, asked: Asked) -> str:
    """Issue a call for each topic that is said; a deadline or units that are missing are asked for.

    Raises:
        UserError: the sender may not, or what was said cannot be ordered.
    """
    said = str(asked.slots.get("said", asked.text))
    terms = read_terms(said)
    if not may_order_drafts(viewer(ctx), urgent=terms.urgent):
        raise UserError(texts.MAY_NOT_ORDER)
    if terms.uneven:
        raise UserError(texts.UNEVEN)
    topics = _topics(asked)
    if not topics:
        raise UserError(texts.NO_TOPIC)
    asked = replace(asked, slots={**asked.slots, "said": said})
    what = "、".join(f"《{topic}》" for topic in topics)
    if "deadline" not in asked.slots:
        return ctx.ask(texts.ASK_DEADLINE.format(topic=what), "deadline", "create_call", asked)
    if "units" not in asked.slots:
        return ctx.ask(texts.ASK_UNITS.format(topic=what), "units", "create_call", asked)
    units = units_called(ctx, asked.slots["units"])
    said_time = deadline_said(ctx, str(asked.slots["deadline"]), topics[0])
    source = str(asked.slots.get("source", ""))
    due_at = (
        inner_deadline(said_time, ctx.now, ctx.calendar(), urgent=terms.urgent)
        if source
        else said_time
    )
    return "\n".join(
        issue(
            ctx,
            Order(
                bureau=ctx.sender.bureau,
                by=ctx.sender.userid,
                topic=topic,
                due_at=due_at.astimezone(UTC),
                units=units,
                terms=terms,
                source=source,
                outward=said_time if source else None,
            ),
        )
        for topic in topics
    )


@registry.on(CallWanted)
def call_for_what_is_wanted(ctx: Context, event: CallWanted) -> str:
    """Issue a call for what is wanted; what was not said with it is asked for."""
    said = {"units": list(event.units), "deadline": event.deadline}
    slots = {name: value for name, value in said.items() if value}
    return create_call(ctx, Asked(title=event.topic[:TOPIC_LIMIT], text=event.topic, slots=slots))


def _topics(asked: Asked) -> Sequence[str]:
    titles = asked.slots.get("titles") or [asked.title or str(asked.slots.get("title", ""))]
    return [title.strip() for title in titles if title.strip()]


def deadline_said(ctx: Context, said: str, topic: str) -> datetime:
    """Return the moment of a deadline; a day without an hour is over when the office closes."""
    try:
        moment = datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise UserError(texts.NO_TIME.format(said=said, topic=topic, units="物业科")) from None
    return closing_of(moment, ctx.calendar()) if len(said) == _A_DAY else moment


def units_called(ctx: Context, said: Sequence[str] | str) -> Sequence[Unit]:
    """Return the units of the sender's bureau of those names; ``all``: each that has an officer.

    Raises:
        UserError: there is no such unit; those with a like name are offered.
    """
    names = [said] if isinstance(said, str) else list(said)
    units = ctx.uow.members.sections_of(ctx.sender.bureau)
    if names == ["all"]:
        writing = ctx.uow.members.holders(ctx.sender.bureau, {Role.OFFICER})[Role.OFFICER]
        if found := [unit for unit in units if unit.id in writing]:
            return found
        raise UserError(texts.NO_UNITS)
    by_name = {unit.name: unit for unit in units}
    meant = {name: unit_said(name, by_name) for name in names}
    if unknown := [name for name in names if meant[name] is None]:
        close = [near for name in unknown for near in get_close_matches(name, by_name, n=1)]
        hint = texts.HINT.format(names="、".join(close)) if close else ""
        raise UserError(texts.UNKNOWN_UNITS.format(names="、".join(unknown), hint=hint))
    return [by_name[name] for name in dict.fromkeys(meant.values()) if name]


def issue(ctx: Context, order: Order) -> str:
    """Issue a call; return what the sender is told.

    Raises:
        UserError: its topic is too long, or its deadline is over or too far off.
    """
    _check(ctx, order)
    call, people = give_out(ctx, order)
    return _issued(ctx, call, order, people)


def give_out(ctx: Context, order: Order) -> tuple[Call, Mapping[UnitId, People]]:
    """Give a call its number, tell each unit, and begin to remind; return it and who may write."""
    year, terms = local(ctx.now).year, order.terms
    call = Call(
        id=CallId(ctx.new_id()),
        bureau=order.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(order.bureau, year, "call"),
        ordered_by=order.by,
        ordered_at=ctx.now,
        topic=order.topic,
        due_at=order.due_at,
        angle=terms.angle,
        length=terms.length,
        source=order.source,
        outward_due=order.outward,
        pieces=terms.pieces,
        weight=terms.weight,
        urgent=terms.urgent,
        plan_item=order.plan_item,
    )
    parts = [
        new_part(ctx, call, unit.id, position, order.by)
        for position, unit in enumerate(order.units, 1)
    ]
    ctx.uow.calls.add(call, parts)
    people = people_of(ctx, call.bureau, [unit.id for unit in order.units])
    for part in parts:
        tell_unit(ctx, call, part, people[part.unit], order.units)
        begin_ladder(ctx, call, part)
    ctx.audit("call:issue", call.id, after={"number": call.number, "units": len(parts)})
    ctx.emit(CallIssued(call=call.id, bureau=call.bureau))
    return call, people


def new_part(ctx: Context, call: Call, unit: UnitId, position: int, by: UserId) -> CallPart:
    return CallPart(
        id=CallPartId(ctx.new_id()),
        call=call.id,
        unit=unit,
        position=position,
        due_at=call.due_at,
        moved_by=by,
        moved_at=ctx.now,
    )


def _check(ctx: Context, order: Order) -> None:
    if len(order.topic) > TOPIC_LIMIT:
        raise UserError(texts.LONG_TOPIC.format(characters=len(order.topic), limit=TOPIC_LIMIT))
    last = order.outward or order.due_at
    for moment in (order.due_at, last):
        if moment <= ctx.now:
            raise UserError(texts.PAST.format(when=short_time(moment, ctx.now)))
    if last > ctx.now + _FARTHEST:
        raise UserError(texts.TOO_FAR.format(when=short_time(last, ctx.now)))


def tell_unit(
    ctx: Context, call: Call, part: CallPart, people: People, units: Sequence[Unit]
) -> None:
    """Give each who may write for a unit the card of the call."""
    soon = next_opening(ctx.now, ctx.calendar()) >= part.due_at
    for member in people.writers:
        ctx.tell(
            "call_issued_now" if call.urgent or soon else "call_issued",
            [member],
            card_of(ctx, call, part, member, [unit.name for unit in units]),
            subject=part.id,
            stage=str(part.ladder),
        )


def card_of(
    ctx: Context, call: Call, part: CallPart, member: UserId, units: Sequence[str]
) -> ButtonCard:
    """Return the notice of a call (约稿通知) for one who may write for a unit."""
    title = texts.CARD_URGENT if call.urgent else texts.CARD_TITLE
    source = call.source or ctx.uow.members.names([call.ordered_by])[call.ordered_by]
    if call.outward_due is not None:
        outward = short_time(call.outward_due, ctx.now)
        source = texts.SOURCE_OUTWARD.format(source=source, outward=outward)
    shown = "、".join(units[:_SHOWN_UNITS]) + (
        f"等{len(units)}个" if len(units) > _SHOWN_UNITS else ""
    )
    facts = [
        (texts.FACT_DUE, short_time(part.due_at, ctx.now)),
        (texts.FACT_SOURCE, source),
        (texts.FACT_UNITS, shown),
        (texts.FACT_COUNT, f"{call.pieces}篇"),
        (texts.FACT_LENGTH, call.length),
        (texts.FACT_WEIGHT, texts.WEIGHT.format(weight=call.weight) if call.weight > 1 else ""),
    ]
    angle = clipped(" ".join(call.angle.split()), _SHOWN_ANGLE)
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE,
        title=title.format(number=call.number),
        description=call.topic,
        facts=tuple((name, value) for name, value in facts if value),
        summary=(texts.ANGLE.format(angle=angle) if angle else "")
        + texts.CARD_WORDS.format(number=call.number),
        url=ctx.link(f"calls/{call.id}", member),
        buttons=(
            Button(label=texts.CLAIM, key=f"call:claim:{part.id}", style="primary"),
            Button(label=texts.NOTHING, key=f"call:nothing:{part.id}"),
            Button(label=texts.DECLINE, key=f"call:decline:{part.id}", style="danger"),
        ),
    )


def _issued(ctx: Context, call: Call, order: Order, people: Mapping[UnitId, People]) -> str:
    due = short_time(call.due_at, ctx.now)
    return texts.ISSUED.format(
        name=named_call(call),
        units="、".join(unit.name for unit in order.units),
        each=texts.EACH.format(pieces=call.pieces),
        due=due + _day_off(ctx, call.due_at),
        outward=_outward(ctx, call, due),
        told=_told(ctx, {one for each in people.values() for one in each.writers}),
        nobody=_nobody([unit.name for unit in order.units if not people[unit.id].writers]),
        undo=texts.UNDO,
    )


def _day_off(ctx: Context, moment: datetime) -> str:
    day = local(moment)
    off = not ctx.calendar().is_workday(day.date())
    return texts.DAY_OFF.format(when=f"{day.month}月{day.day}日") if off else ""


def _outward(ctx: Context, call: Call, due: str) -> str:
    if call.outward_due is None:
        return ""
    words = texts.OUTWARD if call.outward_due > call.due_at else texts.OUTWARD_SAME
    outward = short_time(call.outward_due, ctx.now)
    return words.format(source=call.source or texts.SELF, outward=outward, due=due)


def _told(ctx: Context, writers: Collection[UserId]) -> str:
    names = list(ctx.uow.members.names(writers).values())
    if not names:
        return ""
    more = f"等{len(names)}人" if len(names) > _SHOWN_UNITS else ""
    return texts.TOLD.format(who="、".join(names[:_SHOWN_UNITS]) + more)


def _nobody(units: Sequence[str]) -> str:
    return texts.NOBODY.format(units="、".join(units)) if units else ""
