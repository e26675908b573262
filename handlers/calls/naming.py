"""A call and the parts of its units, as people name them."""

from collections.abc import Collection, Mapping

from handlers.calls import texts
from handlers.kit.context import Context
from handlers.rules.calls import is_overdue
from storage.models import Call, CallPart
from storage.vocabulary import UnitId


def named_call(call: Call) -> str:
    return texts.NAME.format(number=call.number, topic=call.topic)


def unit_names(ctx: Context, parts: Collection[CallPart]) -> Mapping[UnitId, str]:
    return ctx.uow.members.unit_names({part.unit for part in parts})


def state_words(ctx: Context, part: CallPart) -> str:
    """Return how far a part is; overdue where the clock says so."""
    said = texts.STATES[part.state]
    return f"{texts.OVERDUE}、{said}" if is_overdue(part.state, part.due_at, ctx.now) else said


def left_of(ctx: Context, call: Call, part: CallPart) -> int:
    """Return how many drafts a part still owes."""
    return max(call.pieces - len(ctx.uow.calls.handed_in(part.id)), 0)
