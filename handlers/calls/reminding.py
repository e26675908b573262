"""The ladder of reminders of a part that is owed, and what climbs when nobody answers.

One timer waits for each part at a time: the next rung, then once a working day while it is overdue.
Another asks whether anybody has claimed it. What is said goes with the part: once it is settled,
nothing of it is sent any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.calls import texts
from handlers.calls.naming import left_of, named_call, state_words, unit_names
from handlers.calls.policy import CallPolicy
from handlers.calls.registry import registry
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.kit.writers import People, people_of
from handlers.rules.calendar import add_working_hours, local, next_opening, short_time
from handlers.rules.calls import OWED, Rung, is_overdue, ladder, next_nudge
from storage.models import Call, CallPart
from storage.vocabulary import CallId, CallPartId, PartState, Role, UserId

_REMINDER, _UNCLAIMED = "call_reminder", "call_unclaimed"
_HEAD, _OFFICE = "head", "office"
_Held = dict[CallId, tuple[Call, Mapping[CallPartId, CallPart]]]


def begin_ladder(ctx: Context, call: Call, part: CallPart) -> None:
    """Begin to remind of a part anew: it is owed, and its deadline may be another one."""
    ctx.uow.timers.cancel(part.id)
    part.ladder += 1
    _set_next(ctx, call, part, begin=ctx.now)
    if part.state is PartState.RECEIVED:
        _ask_whether_claimed(ctx, call, part, _HEAD)


def _set_next(ctx: Context, call: Call, part: CallPart, *, begin: datetime) -> None:
    """Set the first rung of the ladder that began at *begin* that is still ahead, or the last."""
    rungs = list(ladder(begin, part.due_at, ctx.calendar(), urgent=call.urgent))
    rung = next((one for one in rungs if one.at > ctx.now), rungs[-1])
    ctx.set_timer(
        _REMINDER,
        part.id,
        rung.at.astimezone(UTC),
        stage=f"{part.ladder} {rung.rung}",
        rung=rung.rung,
        ladder=part.ladder,
        begin=begin.isoformat(),
    )


def _ask_whether_claimed(ctx: Context, call: Call, part: CallPart, whom: str) -> None:
    hours = ctx.policy(CallPolicy).unclaimed_hours
    at = (
        ctx.now + timedelta(hours=hours)
        if call.urgent
        else add_working_hours(ctx.now, hours, ctx.calendar())
    )
    if at < part.due_at:
        ctx.set_timer(
            _UNCLAIMED,
            part.id,
            at,
            stage=f"{part.ladder} {whom}",
            whom=whom,
            ladder=part.ladder,
        )


@registry.timers_together(_REMINDER)
def remind(ctx: Context, dues: Sequence[Due]) -> None:
    """Remind whoever writes; from the deadline on the heads and the office as well.

    All of them in one transaction: the parts of a call come due in the same minute, and the call is
    locked and read once.
    """
    held: _Held = {}
    for due in dues:
        _remind(replace(ctx, owed_since=due.due_at), due, held)


def _remind(ctx: Context, due: Due, held: _Held) -> None:
    found = _running(ctx, due, held)
    if found is None:
        return
    call, part = found
    if due.payload["rung"] == Rung.OVERDUE:
        _tell_overdue(ctx, call, part, int(due.payload.get("nth", 0)))
        return
    name = unit_names(ctx, [part])[part.unit]
    following = texts.NEXT_WRITE if part.claimed_by else texts.NEXT_CLAIM
    said = texts.REMIND.format(
        name=named_call(call),
        due=short_time(part.due_at, ctx.now),
        left=left_of(ctx, call, part),
        unit=name,
        state=state_words(ctx, part),
        next=following.format(number=call.number),
    )
    heads = _heads(ctx, call, part) if due.payload["rung"] == Rung.HOURS else ()
    stage = f"{part.ladder} {due.payload['rung']}"
    tell_writers(ctx, call, part, said, stage, also=heads)
    _set_next(ctx, call, part, begin=datetime.fromisoformat(due.payload["begin"]))


def _tell_overdue(ctx: Context, call: Call, part: CallPart, nth: int) -> None:
    name = unit_names(ctx, [part])[part.unit]
    said = texts.OVERDUE_UNIT.format(
        name=named_call(call),
        due=short_time(part.due_at, ctx.now),
        unit=name,
        left=left_of(ctx, call, part),
        number=call.number,
    )
    stage = f"{part.ladder} {Rung.OVERDUE} {nth}"
    tell_writers(ctx, call, part, said, stage, also=_heads(ctx, call, part))
    _tell_office_of_overdue(ctx, call)
    if nth + 1 >= ctx.policy(CallPolicy).overdue_days:
        return
    ctx.set_timer(
        _REMINDER,
        part.id,
        next_nudge(ctx.now, ctx.calendar(), urgent=call.urgent).astimezone(UTC),
        stage=f"{part.ladder} {Rung.OVERDUE} {nth + 1}",
        rung=Rung.OVERDUE,
        nth=nth + 1,
        ladder=part.ladder,
    )


def _tell_office_of_overdue(ctx: Context, call: Call) -> None:
    """Tell the office once a day of all units that are overdue with a call, not of each."""
    late = [
        part
        for part in ctx.uow.calls.parts(call.id)
        if is_overdue(part.state, part.due_at, ctx.now)
    ]
    if not late:
        return
    names = unit_names(ctx, late)
    said = texts.OVERDUE_OFFICE.format(
        name=named_call(call),
        units="、".join(names[part.unit] for part in late),
        due=short_time(min(part.due_at for part in late), ctx.now),
        number=call.number,
    )
    climb(ctx, call, said, f"overdue {local(ctx.now):%Y-%m-%d}")


@registry.timer(_UNCLAIMED)
def ask_who_writes(ctx: Context, due: Due) -> None:
    """Tell the heads that nobody has claimed it, and as long after that the office."""
    found = _running(ctx, due, {})
    if found is None or found[1].state is not PartState.RECEIVED:
        return
    call, part = found
    names = unit_names(ctx, [part])
    words = {
        "name": named_call(call),
        "due": short_time(part.due_at, ctx.now),
        "number": call.number,
    }
    if due.payload["whom"] == _HEAD:
        said = texts.UNCLAIMED_HEAD.format(**words, unit=names[part.unit])
        ctx.tell(
            _reminder_kind(ctx, call, part),
            _heads(ctx, call, part),
            Text(text=said),
            subject=part.id,
            stage=f"{part.ladder} unclaimed",
        )
        _ask_whether_claimed(ctx, call, part, _OFFICE)
        return
    waiting = [one for one in ctx.uow.calls.parts(call.id) if one.state is PartState.RECEIVED]
    names = unit_names(ctx, waiting)
    units = "、".join(names[one.unit] for one in waiting)
    said = texts.UNCLAIMED_OFFICE.format(**words, units=units)
    climb(ctx, call, said, f"unclaimed {local(ctx.now):%Y-%m-%d}")


def _running(ctx: Context, due: Due, held: _Held) -> tuple[Call, CallPart] | None:
    """Return the part of a timer while it is owed and the timer is of its present ladder.

    Its call is locked, and *held* for the other parts of it that come due with this one.
    """
    found = ctx.uow.calls.part(CallPartId(due.subject))
    if found is None:
        return None
    if found.call not in held:
        call = ctx.uow.calls.lock(found.call)
        held[call.id] = call, {one.id: one for one in ctx.uow.calls.parts(call.id)}
    call, parts = held[found.call]
    part = parts[found.id]
    running = part.state in OWED and part.ladder == due.payload["ladder"]
    return (call, part) if running else None


def tell_writers(
    ctx: Context,
    call: Call,
    part: CallPart,
    said: str,
    stage: str,
    *,
    also: Sequence[UserId] = (),
) -> None:
    """Tell whoever claimed a part, or all who could write it, and *also* others.

    What somebody claimed who has left since is again everybody's.
    """
    writers = [*ctx.uow.members.people([part.claimed_by] if part.claimed_by else [])]
    writers = writers or [*_people(ctx, call, part).writers]
    ctx.tell(
        _reminder_kind(ctx, call, part),
        dict.fromkeys([*writers, *also]),
        Text(text=said),
        subject=part.id,
        stage=stage,
    )


def _people(ctx: Context, call: Call, part: CallPart) -> People:
    return people_of(ctx, call.bureau, [part.unit])[part.unit]


def _heads(ctx: Context, call: Call, part: CallPart) -> Sequence[UserId]:
    return _people(ctx, call, part).heads


def _reminder_kind(ctx: Context, call: Call, part: CallPart) -> str:
    """Name the kind of push: at once where the office would open too late for it."""
    soon = next_opening(ctx.now, ctx.calendar()) >= part.due_at > ctx.now
    return "call_reminder_now" if call.urgent or soon else "call_reminder"


def office_of(ctx: Context, call: Call) -> Sequence[UserId]:
    """Return the office, and whoever ordered the call."""
    office = ctx.uow.members.holding(Role.OFFICE, call.bureau)
    orderer = ctx.uow.members.active(call.ordered_by)
    return [*dict.fromkeys([*([call.ordered_by] if orderer else []), *office])]


def climb(ctx: Context, call: Call, said: str, stage: str) -> None:
    """Tell the office what units leave undone."""
    kind = "call_climbs_now" if call.urgent else "call_climbs"
    ctx.tell(kind, office_of(ctx, call), Text(text=said), subject=call.id, stage=stage)
