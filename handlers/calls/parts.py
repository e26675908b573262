"""The parts of a call, found for whoever asks, and moved from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.calls import texts
from handlers.calls.naming import named_call, unit_names
from handlers.calls.reminding import begin_ladder
from handlers.kit.cards import grey
from handlers.kit.context import SYSTEM, Context
from handlers.kit.errors import UserError
from handlers.kit.events import CallReopened, CallSettled
from handlers.kit.finding import viewer
from handlers.rules.calendar import short_time
from handlers.rules.calls import OUTCOMES, OWED, IllegalPartMoveError, PartMove, moved
from handlers.rules.visibility import may_answer_call, may_see_call
from storage.models import Call, CallPart
from storage.vocabulary import CallStatus, PartState, Role, UnitId

NOTICES = ("call_issued", "call_issued_now")
PUSHES = (*NOTICES, "call_reminder", "call_reminder_now", "call_climbs")
"""Every kind of push that is about one part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why a part is moved, in words; *suggested* is the unit that should write instead."""

    words: str = ""
    suggested: str = ""


NO_WORDS = Because()


def seen_call(ctx: Context, number: int) -> tuple[Call, Sequence[CallPart]]:
    """Return the call of that number in the sender's bureau, locked, with its parts.

    Raises:
        UserError: there is none, or it is not his to see; the two are told alike.
    """
    call = ctx.uow.calls.latest_numbered(ctx.sender.bureau, number)
    if call is not None:
        parts = ctx.uow.calls.parts(call.id)
        if sees(ctx, call, parts):
            return call, parts
    raise UserError(texts.NOT_FOUND.format(number=number))


def sees(ctx: Context, call: Call, parts: Sequence[CallPart]) -> bool:
    """Tell whether the sender, of the call's bureau, may see the call."""
    lineages = ctx.uow.members.lineages([part.unit for part in parts])
    return call.bureau == ctx.sender.bureau and may_see_call(
        viewer(ctx), call.ordered_by, [*lineages.values()]
    )


def own_units(ctx: Context) -> set[UnitId]:
    """Return the units for which the sender writes, or which he heads."""
    roles = ctx.uow.members.roles_of(ctx.sender.userid)
    return {scope for role in (Role.OFFICER, Role.SECTION_HEAD) for scope in roles.get(role, ())}


def answerable(ctx: Context, parts: Sequence[CallPart]) -> Sequence[CallPart]:
    """Return the parts that the sender may claim or decline."""
    lineages = ctx.uow.members.lineages([part.unit for part in parts])
    who = viewer(ctx)
    return [part for part in parts if may_answer_call(who, lineages[part.unit])]


def shift(
    ctx: Context,
    call: Call,
    part: CallPart,
    move: PartMove,
    because: Because = NO_WORDS,
    *,
    code: str = "",
) -> PartState:
    """Move a part of a locked call; reminders, cards, figures and the call follow.

    *code* updates the card that the sender pressed. Return the state that it was in.

    Raises:
        UserError: the move leads nowhere from there; who brought it there is said.
    """
    before = part.state
    try:
        part.state = moved(before, move)
    except IllegalPartMoveError:
        raise UserError(refusal(ctx, call, part, move)) from None
    by = ctx.me.userid if ctx.me is not None else SYSTEM
    if move is PartMove.CLAIM:
        part.claimed_by = by
    if part.state is not before:
        part.moved_by, part.moved_at = by, ctx.now
        part.words, part.suggested = because.words, because.suggested
    ctx.audit(
        f"call:{move}",
        call.id,
        before={"part": part.id, "state": before},
        after={"part": part.id, "state": part.state, "words": because.words},
    )
    follow(ctx, call, part, before, code=code)
    return before


def follow(ctx: Context, call: Call, part: CallPart, before: PartState, *, code: str = "") -> None:
    """Let everything that hangs on a part's state follow from what it is now."""
    label = texts.CARD_SETTLED.get(part.state)
    if label and part.state is not before:
        for kind in NOTICES:
            grey(ctx, part.id, kind, label, code)
    if part.state in OWED:
        if before not in OWED:
            begin_ladder(ctx, call, part)
            ctx.emit(
                CallReopened(
                    call=call.id,
                    part=part.id,
                    bureau=call.bureau,
                    unit=part.unit,
                    due_at=part.due_at,
                )
            )
    elif part.state is not before:
        end_part(ctx, call, part)
    refresh(ctx, call)


def end_part(ctx: Context, call: Call, part: CallPart) -> None:
    """Say everywhere that nothing is owed for the part any more."""
    ctx.uow.timers.cancel(part.id)
    ctx.uow.outbox.drop(part.id, PUSHES, texts.SETTLED_NOTE)
    ctx.emit(
        CallSettled(
            call=call.id,
            part=part.id,
            bureau=call.bureau,
            unit=part.unit,
            outcome=OUTCOMES[part.state],
            weight=call.weight,
            due_at=part.due_at,
            moment=ctx.now,
        )
    )


def refresh(ctx: Context, call: Call) -> None:
    """Close a call to which nobody owes anything, or open it again."""
    states = {part.state for part in ctx.uow.calls.parts(call.id)}
    if states <= {PartState.CANCELLED}:
        call.status = CallStatus.CANCELLED
    else:
        call.status = CallStatus.OPEN if states & OWED else CallStatus.SETTLED


def refusal(ctx: Context, call: Call, part: CallPart, move: PartMove) -> str:
    """Say that a part is past a move, and who brought it there."""
    names = ctx.uow.members.names([part.moved_by])
    by = ""
    if part.moved_by in names:
        when = short_time(part.moved_at, ctx.now)
        by = texts.ALREADY_BY.format(who=names[part.moved_by], when=when)
    said = texts.ALREADY.format(
        name=named_call(call),
        unit=unit_names(ctx, [part])[part.unit],
        state=texts.STATES[part.state],
        who=by,
    )
    cannot = texts.CANNOT.get(move)
    return f"{said[:-1]}，{cannot}。" if cannot else said
