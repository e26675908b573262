"""Calls that the year's plan opens by the clock, and what becomes of them when the plan changes."""

from handlers.calls import texts
from handlers.calls.answering import bind, release
from handlers.calls.issuing import Order, give_out
from handlers.calls.naming import named_call
from handlers.calls.parts import answerable
from handlers.calls.registry import registry
from handlers.calls.steering import cancel_all, extend
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AnswerChosen, CallAsked, CallDropped, CallMoved
from handlers.rules.call_terms import Terms
from handlers.rules.calls import OWED
from storage.vocabulary import NO_CALL


@registry.on(CallAsked)
def issue_by_plan(ctx: Context, event: CallAsked) -> str:
    """Issue what the plan asks for; return the call's id."""
    units = {unit.id: unit for unit in ctx.uow.members.units_of(event.bureau)}
    order = Order(
        bureau=event.bureau,
        by=event.by,
        topic=event.topic,
        due_at=event.due_at,
        units=[units[unit] for unit in event.units],
        terms=Terms(weight=event.weight, angle=event.angle),
        plan_item=event.item,
    )
    return give_out(ctx, order)[0].id


@registry.on(CallMoved)
def follow_the_plan(ctx: Context, event: CallMoved) -> str:
    call = ctx.uow.calls.lock(event.call)
    owed = [part for part in ctx.uow.calls.parts(call.id) if part.state in OWED]
    return extend(ctx, call, owed, event.due_at) if owed else ""


@registry.on(CallDropped)
def drop_with_the_plan(ctx: Context, event: CallDropped) -> str:
    call = ctx.uow.calls.lock(event.call)
    cancel_all(ctx, call, event.why)
    return texts.CANCELLED_CALL.format(name=named_call(call), number=call.number)


@registry.on(AnswerChosen)
def answer_as_chosen(ctx: Context, event: AnswerChosen) -> str:
    """Bind the draft to the call that its page names, or to none.

    Raises:
        UserError: the call is not for the author's unit.
    """
    draft = ctx.uow.drafts.get(event.draft)
    answer = ctx.uow.calls.answer_of(draft.id)
    part = ctx.uow.calls.part(answer.part) if answer is not None else None
    if event.call == (part.call if part is not None else NO_CALL):
        return ""
    if event.call == NO_CALL:
        release(ctx, draft.id)
        return ""
    found = ctx.uow.calls.get(event.call)
    parts = ctx.uow.calls.parts(found.id) if found is not None else ()
    mine = next((one for one in answerable(ctx, parts) if one.unit == draft.unit), None)
    if mine is None:
        raise UserError(texts.UNSEEN)
    return bind(ctx, ctx.uow.calls.lock(mine.call), mine, draft)
