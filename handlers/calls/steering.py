"""延期, 免交, 改派, 要交, 未完成, 取消, 催: what whoever ordered a call does with it afterwards.

Each tells those who were told of it before, and only them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from handlers.calls import meanings, texts
from handlers.calls.issuing import new_part, tell_unit
from handlers.calls.naming import left_of, named_call, unit_names
from handlers.calls.parts import PUSHES, Because, refresh, refusal, seen_call, shift
from handlers.calls.registry import registry
from handlers.calls.reminding import begin_ladder, tell_writers
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import Text
from handlers.kit.patterns import later
from handlers.kit.words import UNIT
from handlers.kit.writers import people_of, unit_said
from handlers.rules.calendar import short_time
from handlers.rules.calls import MOVES, OWED, PartMove
from handlers.rules.visibility import may_steer_calls
from storage.models import Call, CallPart, Unit
from storage.vocabulary import CallStatus, OutboxStatus, Outcome, PartState, Role, UserId

STEERERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_FARTHEST = timedelta(days=366)
_UNIT = later(UNIT)
_MARKS = " ，,。；;、"
_Parts = Sequence[CallPart]


@registry.command(
    "取消约稿",
    takes=Takes.NUMBER_AND_TEXT,
    usage="取消约稿 5 原因",
    purpose="不要这个约稿了，并告诉收到的科室",
    shown_to=STEERERS,
)
def cancel_call(ctx: Context, asked: Asked) -> str:
    return steer(ctx, "cancel", asked.numbers[0], asked.text)


@registry.command(
    "免交约稿",
    takes=Takes.NUMBER_AND_TEXT,
    usage="免交约稿 5 物业科 原因",
    purpose="一个科室不用交，或迟交不计",
    shown_to=STEERERS,
)
def excuse_unit(ctx: Context, asked: Asked) -> str:
    return steer(ctx, "excuse", asked.numbers[0], asked.text)


@registry.command(
    "要交约稿",
    takes=Takes.NUMBER_AND_TEXT,
    usage="要交约稿 5 物业科",
    purpose="报了有困难、无内容的科室仍要交",
    shown_to=STEERERS,
)
def insist_on_unit(ctx: Context, asked: Asked) -> str:
    return steer(ctx, "insist", asked.numbers[0], asked.text)


@registry.command(
    "改派约稿",
    takes=Takes.NUMBER_AND_TEXT,
    usage="改派约稿 5 物业科 给燃气科",
    purpose="改由另一个科室写",
    shown_to=STEERERS,
)
def reassign_unit(ctx: Context, asked: Asked) -> str:
    return steer(ctx, "reassign", asked.numbers[0], asked.text)


@registry.command(
    "未完成约稿",
    takes=Takes.NUMBER_AND_TEXT,
    usage="未完成约稿 5 物业科 原因",
    purpose="记一个科室没有完成约稿",
    shown_to=STEERERS,
)
def record_missed(ctx: Context, asked: Asked) -> str:
    return steer(ctx, "miss", asked.numbers[0], asked.text)


@registry.command(
    "催约稿",
    takes=Takes.NUMBER_AND_TEXT,
    usage="催约稿 5",
    purpose="催还没交的科室",
    shown_to=STEERERS,
)
def nudge_units(ctx: Context, asked: Asked) -> str:
    return steer(ctx, "nudge", asked.numbers[0], asked.text)


@registry.command(
    "管约稿",
    takes=Takes.NOTHING,
    usage="管约稿（或：5号约稿取消、5号约稿改派给燃气科、催5号约稿）",
    purpose="取消、改派、免交、催约稿",
    shown_to=STEERERS,
    means=meanings.steer,
)
def steer_call(ctx: Context, asked: Asked) -> str:
    """Do in free words what the commands above do."""
    number, act = asked.slots.get("call_id"), str(asked.slots.get("action", ""))
    if number is None or act not in _ACTS:
        raise UserError(texts.WHICH_ACT)
    return steer(ctx, act, int(number), asked.text, free=True)


def steer(ctx: Context, act: str, number: int, words: str, *, free: bool = False) -> str:
    """Do *act*, a key of `_ACTS`, with a call; *words* name units and give the reason.

    *free*: they are the whole of what was said, and hold no reason of their own.

    Raises:
        UserError: it is not the sender's to do, or leads nowhere from where the parts are.
    """
    call, parts = steerable(ctx, number)
    named, others, rest = named_in(ctx, parts, words)
    return _ACTS[act](ctx, call, named, others, "" if free else rest)


def steerable(ctx: Context, number: int) -> tuple[Call, _Parts]:
    """Return a call that the sender may steer, locked, and its parts.

    Raises:
        UserError: there is none that he may see, or he may not.
    """
    call, parts = seen_call(ctx, number)
    if not may_steer_calls(viewer(ctx), call.ordered_by):
        raise UserError(texts.MAY_NOT_STEER.format(name=named_call(call)))
    return call, parts


def named_in(ctx: Context, parts: _Parts, words: str) -> tuple[_Parts, Sequence[Unit], str]:
    """Return the parts whose units are named, other units that are, and the rest of the words."""
    units = ctx.uow.members.sections_of(ctx.sender.bureau)
    by_name = {unit.name: unit for unit in units}
    spoken: list[Unit] = []
    for name in sorted(by_name, key=len, reverse=True):
        if name in words:  # 城建科 is not heard in 老城建科 once that was read
            spoken.append(by_name[name])
            words = words.replace(name, " ")
    for said in _UNIT.findall(words):
        if meant := unit_said(said, by_name):
            spoken.append(by_name[meant])
            words = words.replace(said, " ")
    by_unit = {part.unit: part for part in parts}
    named = [part for part in parts if part.unit in {unit.id for unit in spoken}]
    others = [unit for unit in spoken if unit.id not in by_unit]
    return named, others, words.lstrip(f"{_MARKS}给转由到").rstrip(_MARKS)


def _one_of(ctx: Context, call: Call, named: _Parts, move: PartMove) -> _Parts:
    """Return the parts that are meant: those named, else the only one that the move is open to."""
    if named:
        return named
    able = [part for part in ctx.uow.calls.parts(call.id) if (part.state, move) in MOVES]
    if len(able) == 1:
        return able
    names = unit_names(ctx, ctx.uow.calls.parts(call.id))
    said = texts.STEER_WHICH if able else texts.STEER_NOBODY
    raise UserError(said.format(name=named_call(call), units="、".join(names.values())))


def _cancel(ctx: Context, call: Call, named: _Parts, _others: Sequence[Unit], reason: str) -> str:
    parts = named or [one for one in ctx.uow.calls.parts(call.id) if one.state in OWED]
    if not parts:
        raise UserError(texts.NOTHING_OWED.format(name=named_call(call)))
    for part in parts:
        _shift_and_tell(ctx, call, part, PartMove.CANCEL, texts.TOLD_CANCELLED, reason)
    words = texts.CANCELLED_CALL if call.status is CallStatus.CANCELLED else texts.CANCELLED_PARTS
    return words.format(name=named_call(call), units=_units(ctx, parts), number=call.number)


def cancel_all(ctx: Context, call: Call, reason: str = "") -> None:
    """Cancel whatever is still owed to a call; those who were told are told."""
    for part in ctx.uow.calls.parts(call.id):
        if part.state in OWED:
            _shift_and_tell(ctx, call, part, PartMove.CANCEL, texts.TOLD_CANCELLED, reason)


def _excuse(ctx: Context, call: Call, named: _Parts, _others: Sequence[Unit], reason: str) -> str:
    parts = _one_of(ctx, call, named, PartMove.EXCUSE)
    for part in parts:
        forgiven = part.state is PartState.LATE
        told = texts.TOLD_FORGIVEN if forgiven else texts.TOLD_EXCUSED
        _shift_and_tell(ctx, call, part, PartMove.EXCUSE, told, reason)
    return texts.EXCUSED.format(name=named_call(call), units=_units(ctx, parts))


def _insist(ctx: Context, call: Call, named: _Parts, _others: Sequence[Unit], reason: str) -> str:
    parts = _one_of(ctx, call, named, PartMove.INSIST)
    for part in parts:
        shift(ctx, call, part, PartMove.INSIST, Because(words=reason))
        begin_ladder(ctx, call, part)
        people = people_of(ctx, call.bureau, [part.unit])[part.unit]
        tell_unit(ctx, call, part, people, _all_units(ctx, call))
    return texts.INSISTED.format(
        name=named_call(call), units=_units(ctx, parts), due=short_time(parts[0].due_at, ctx.now)
    )


def _miss(ctx: Context, call: Call, named: _Parts, _others: Sequence[Unit], reason: str) -> str:
    """Say that a unit did not deliver; a person says it, with a reason, never the clock."""
    if not named or not reason:
        raise UserError(texts.MISS_HOW.format(number=call.number))
    for part in named:
        if part.due_at > ctx.now:
            raise UserError(texts.NOT_YET_DUE.format(name=named_call(call)))
        _shift_and_tell(ctx, call, part, PartMove.MISS, texts.TOLD_MISSED, reason)
    return texts.MISSED.format(name=named_call(call), units=_units(ctx, named), reason=reason)


def _reassign(ctx: Context, call: Call, named: _Parts, others: Sequence[Unit], reason: str) -> str:
    """Let another unit write instead; one that was excused before may be called upon again."""
    back = [part for part in named if part.state not in OWED and (part.state, _AGAIN) in MOVES]
    leaving = _one_of(ctx, call, [part for part in named if part not in back], PartMove.REASSIGN)
    if len(leaving) != 1 or len(others) + len(back) != 1:
        raise UserError(texts.REASSIGN_HOW.format(number=call.number))
    old, name = leaving[0], unit_names(ctx, leaving)[leaving[0].unit]
    if old.state not in OWED:
        raise UserError(refusal(ctx, call, old, PartMove.REASSIGN))
    to = back[0] if back else _added(ctx, call, others[0], old)
    if back:
        shift(ctx, call, to, _AGAIN)
        to.due_at = old.due_at
        begin_ladder(ctx, call, to)
    new_name = unit_names(ctx, [to])[to.unit]
    _shift_and_tell(
        ctx, call, old, PartMove.REASSIGN, texts.TOLD_REASSIGNED.replace("{to}", new_name), reason
    )
    refresh(ctx, call)
    people = people_of(ctx, call.bureau, [to.unit])[to.unit]
    tell_unit(ctx, call, to, people, _all_units(ctx, call))
    nobody = "" if people.writers else texts.NOBODY.format(units=new_name)
    return texts.REASSIGNED.format(name=named_call(call), old=name, new=new_name) + nobody


def _added(ctx: Context, call: Call, unit: Unit, old: CallPart) -> CallPart:
    position = max(one.position for one in ctx.uow.calls.parts(call.id)) + 1
    part = new_part(ctx, call, unit.id, position, ctx.sender.userid)
    part.due_at = old.due_at
    ctx.uow.calls.add_part(part)
    begin_ladder(ctx, call, part)
    return part


_AGAIN = PartMove.INSIST


def _nudge(ctx: Context, call: Call, named: _Parts, _others: Sequence[Unit], _reason: str) -> str:
    parts = [one for one in named or ctx.uow.calls.parts(call.id) if one.state in OWED]
    if not parts:
        raise UserError(texts.NOTHING_OWED.format(name=named_call(call)))
    for part in parts:
        said = texts.NUDGED.format(
            who=ctx.sender.name,
            name=named_call(call),
            due=short_time(part.due_at, ctx.now),
            left=left_of(ctx, call, part),
            number=call.number,
        )
        tell_writers(ctx, call, part, said, f"nudge {ctx.now.isoformat()}")
    ctx.audit("call:nudge", call.id, after={"parts": [part.id for part in parts]})
    return texts.NUDGING.format(name=named_call(call), units=_units(ctx, parts))


def extend(ctx: Context, call: Call, parts: _Parts, due_at: datetime) -> str:
    """Give *parts* until *due_at*; their reminders begin anew and their people are told.

    Raises:
        UserError: the moment is over or too far off, or one of them is settled.
    """
    when = short_time(due_at, ctx.now)
    if due_at <= ctx.now:
        raise UserError(texts.PAST_EXTENSION.format(when=when))
    if due_at > ctx.now + _FARTHEST:
        raise UserError(texts.TOO_FAR.format(when=when))
    whole = {part.id for part in ctx.uow.calls.parts(call.id) if part.state in OWED}
    for part in parts:
        shift(ctx, call, part, PartMove.EXTEND)
        part.due_at, part.extended = due_at.astimezone(UTC), part.extended + 1
        ctx.uow.outbox.drop(part.id, PUSHES, texts.SETTLED_NOTE)
        begin_ladder(ctx, call, part)
        said = texts.TOLD_EXTENDED.format(
            who=ctx.sender.name, name=named_call(call), when=when, number=call.number
        )
        tell_writers(ctx, call, part, said, f"{part.ladder} extended")
    if whole <= {part.id for part in parts}:
        call.due_at = due_at.astimezone(UTC)
    late = call.outward_due is not None and due_at > call.outward_due
    aside = texts.AFTER_OUTWARD if late else ""
    return texts.EXTENDED.format(
        name=named_call(call), units=_units(ctx, parts), when=when, aside=aside
    )


def _shift_and_tell(
    ctx: Context, call: Call, part: CallPart, move: PartMove, told: str, reason: str
) -> None:
    """Move a part and tell those who were told of it; what they have not had is dropped."""
    hearers = told_of(ctx, part)
    shift(ctx, call, part, move, Because(words=reason))
    said = told.format(
        who=ctx.sender.name,
        name=named_call(call),
        reason=f"（{reason}）" if reason else "",
    )
    hearers = [one for one in hearers if one != ctx.sender.userid]
    stage = f"{move} {ctx.now.isoformat()}"
    ctx.tell("call_told", hearers, Text(text=said), subject=part.id, stage=stage)


def told_of(ctx: Context, part: CallPart) -> Sequence[UserId]:
    """Return who has had, or is just getting, anything about a part, and who claimed it."""
    rows = ctx.uow.outbox.about(part.id, PUSHES)
    had = [
        row.recipient
        for row in rows
        if row.status is OutboxStatus.LEASED
        or row.outcome in {Outcome.SENT, Outcome.DIGESTED, Outcome.MERGED}
    ]
    claimed = [part.claimed_by] if part.claimed_by else []
    return [*dict.fromkeys([*claimed, *had])]


def _units(ctx: Context, parts: _Parts) -> str:
    names = unit_names(ctx, parts)
    return "、".join(names[part.unit] for part in parts)


def _all_units(ctx: Context, call: Call) -> Sequence[Unit]:
    wanted = {
        part.unit
        for part in ctx.uow.calls.parts(call.id)
        if part.state not in {PartState.REASSIGNED, PartState.CANCELLED, PartState.EXCUSED}
    }
    return [unit for unit in ctx.uow.members.units_of(call.bureau) if unit.id in wanted]


_ACTS: Mapping[str, Callable[[Context, Call, _Parts, Sequence[Unit], str], str]] = {
    "cancel": _cancel,
    "excuse": _excuse,
    "insist": _insist,
    "reassign": _reassign,
    "miss": _miss,
    "nudge": _nudge,
}
