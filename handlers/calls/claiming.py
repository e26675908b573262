"""认领, 无内容, 有困难: what a unit makes of its part in a call."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.calls import meanings, texts
from handlers.calls.extending import more_time
from handlers.calls.naming import left_of, named_call, unit_names
from handlers.calls.parts import Because, answerable, own_units, refusal, seen_call, shift
from handlers.calls.registry import registry
from handlers.calls.reminding import office_of
from handlers.calls.steering import named_in, steer
from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import NothingToReport
from handlers.kit.finding import viewer
from handlers.kit.meaning import Situation
from handlers.kit.messages import Text
from handlers.kit.writers import unit_said
from handlers.rules.calendar import short_time
from handlers.rules.calls import OWED, PartMove
from handlers.rules.visibility import may_steer_calls
from storage.models import Call, CallPart
from storage.vocabulary import CallPartId, PartState, Role

WRITERS = frozenset({Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE})
_FRESH = timedelta(days=3)
"""How long after a call was issued a bare 收到 is still about it."""
_NOTHING_TO_REPORT = re.compile(
    r"(?:没|无)(?:有)?(?:什么)?(?:可写的?|素材|内容|情况|东西|材料|这方面)|零报告"
)
_ONLY_RECEIVED = re.compile(
    r"\s*(?:嗯+|哦+)?[，,]?(?:(?:\d{1,6}号(?:约稿)?|约稿)?(?:都|已经?)?(?:收到|知道|看到|知悉|阅)|明白)"
    r"(?:啦|了|咯|哈|的)*(?:[，, ]*(?:谢谢|多谢))?[。.！!~～\s]*"
)
"""What says that a call was read, and nothing of who writes."""
_NUMBERED = re.compile(r"^\s*(?:第?\d{1,6}\s*号?\s*(?:约稿)?|约稿\s*\d{1,6}\s*号?)[\s,，:：]*")


@registry.situation
def _what_was_ordered(ctx: Context, roles: frozenset[Role]) -> Situation | None:
    """Whoever writes for a unit talks about the calls that nobody of it has answered yet."""
    if not roles & {Role.OFFICER, Role.SECTION_HEAD}:
        return None
    owed = ctx.uow.calls.owed_by(own_units(ctx))
    waiting = [
        one
        for one in owed
        if one.part.state is PartState.RECEIVED and one.part.moved_at + _FRESH > ctx.now
    ]
    numbers = tuple(dict.fromkeys(one.call.number for one in waiting))
    if not numbers:
        return None
    return Situation(
        kind="call" if len(numbers) == 1 else "calls",
        numbers=numbers,
        since=max(one.part.moved_at for one in waiting),
    )


@registry.command(
    "认领",
    takes=Takes.NUMBER,
    usage="认领 5",
    purpose="认领派给科室的约稿",
    shown_to=WRITERS,
    means=meanings.claim,
)
def claim_call(ctx: Context, asked: Asked) -> str:
    """Claim a part; in free words also decline it, say that there is nothing, ask for more time."""
    action = asked.slots.get("action")
    if steered := _by_who_ordered(ctx, asked, str(action)):
        return steered
    call, part = _meant(ctx, asked)
    if _ONLY_RECEIVED.fullmatch(asked.text):
        return receive(ctx, call, part)
    if action == "extend":
        return more_time(ctx, call, [part], asked)
    if action == "decline":
        reason = _NUMBERED.sub("", asked.text)
        if _NOTHING_TO_REPORT.search(asked.text):
            return nothing_to_report(ctx, call, part, "")
        return decline(ctx, call, part, reason, str(asked.slots.get("suggest", "")))
    return claim(ctx, call, part)


def _by_who_ordered(ctx: Context, asked: Asked, action: str) -> str:
    """Do what only whoever ordered a call says of it: 5号约稿延到周五, 5号约稿转给燃气科.

    Empty where the sender speaks for a unit of his own that has a part in it.
    """
    number = asked.slots.get("call_id")
    if number is None or action not in {"extend", "decline"}:
        return ""
    call, parts = seen_call(ctx, int(number))
    own = own_units(ctx) | {ctx.sender.unit}
    speaks_for_own = any(part.unit in own for part in parts)
    if not may_steer_calls(viewer(ctx), call.ordered_by) or speaks_for_own:
        return ""
    if action == "decline":
        return steer(ctx, "reassign", call.number, asked.text, free=True)
    named = named_in(ctx, parts, asked.text)[0]
    owed = [part for part in named or parts if part.state in OWED]
    return more_time(ctx, call, owed or parts, asked)


@registry.command(
    "无内容",
    takes=Takes.NUMBER_AND_TEXT,
    usage="无内容 5",
    purpose="对约稿没有内容可报，也回一声",
    shown_to=WRITERS,
)
def report_nothing(ctx: Context, asked: Asked) -> str:
    call, part = _meant(ctx, asked)
    return nothing_to_report(ctx, call, part, asked.text)


@registry.command(
    "有困难",
    takes=Takes.NUMBER_AND_TEXT,
    usage="有困难 5 原因",
    purpose="约稿写不了，说明原因或该谁写",
    shown_to=WRITERS,
)
def report_difficulty(ctx: Context, asked: Asked) -> str:
    call, part = _meant(ctx, asked)
    return decline(ctx, call, part, asked.text, "")


@registry.button("call")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of a call."""
    _, act, part_id = pressed.key.split(":")
    found = ctx.uow.calls.part(CallPartId(part_id))
    call = ctx.uow.calls.get(found.call) if found is not None else None
    if call is None or call.bureau != ctx.sender.bureau:
        raise UserError(texts.NONE_OPEN)
    call, parts = seen_call(ctx, call.number)
    part = next((one for one in answerable(ctx, parts) if one.id == part_id), None)
    if part is None:
        raise UserError(_not_asked(ctx, call, parts))
    if act == "claim":
        return claim(ctx, call, part, pressed.response_code)
    if act == "nothing":
        return nothing_to_report(ctx, call, part, "", pressed.response_code)
    return decline(ctx, call, part, "", "")


def receive(ctx: Context, call: Call, part: CallPart) -> str:
    """Note that a unit has read its call; who writes is still to be said.

    Raises:
        UserError: somebody has claimed it, or it is settled.
    """
    if part.state is not PartState.RECEIVED:
        raise UserError(refusal(ctx, call, part, PartMove.CLAIM))
    ctx.audit("call:receive", call.id, after={"part": part.id})
    ctx.show("call", [call.number])
    return texts.RECEIVED.format(
        name=named_call(call), due=short_time(part.due_at, ctx.now), number=call.number
    )


def claim(ctx: Context, call: Call, part: CallPart, code: str = "") -> str:
    """Let the sender write for a unit.

    Raises:
        UserError: somebody has claimed it, or it is settled.
    """
    shift(ctx, call, part, PartMove.CLAIM, code=code)
    ctx.show("call", [call.number])
    return texts.CLAIMED.format(
        name=named_call(call),
        due=short_time(part.due_at, ctx.now),
        pieces=left_of(ctx, call, part),
        number=call.number,
    )


def nothing_to_report(ctx: Context, call: Call, part: CallPart, words: str, code: str = "") -> str:
    """Note that a unit has nothing to write; the office may want it all the same.

    Raises:
        UserError: the part is settled.
    """
    shift(ctx, call, part, PartMove.NOTHING, Because(words=words), code=code)
    unit = unit_names(ctx, [part])[part.unit]
    words = f"（{words}）" if words else ""
    _tell_office(ctx, call, part, texts.TOLD_NO_CONTENT, unit=unit, words=words)
    return texts.NO_CONTENT.format(unit=unit, name=named_call(call))


@registry.on(NothingToReport)
def answer_with_nothing(ctx: Context, event: NothingToReport) -> str | None:
    """Take 零报告 as the answer of a unit to the one call that it has not answered yet.

    Raises:
        UserError: it has several, or it has said that it will write.
    """
    owed = ctx.uow.calls.owed_by([event.unit])
    if not owed:
        return None
    first = owed[0].call
    if len(owed) > 1 or owed[0].part.state is not PartState.RECEIVED:
        ctx.show("call" if len(owed) == 1 else "calls", [one.call.number for one in owed])
        listed = "、".join(named_call(one.call) for one in owed)
        raise UserError(texts.NOTHING_OF_WHICH.format(listed=listed, number=first.number))
    call = ctx.uow.calls.lock(first.id)
    part = next(one for one in ctx.uow.calls.parts(call.id) if one.unit == event.unit)
    return nothing_to_report(ctx, call, part, "")


def decline(ctx: Context, call: Call, part: CallPart, reason: str, suggested: str) -> str:
    """Put a unit's difficulty before the office; until it answers the draft is still owed.

    Without a *reason* it is asked for. Raises:
        UserError: the part is settled.
    """
    if part.state not in OWED:
        raise UserError(refusal(ctx, call, part, PartMove.DECLINE))
    if not reason:
        ctx.show("call", [call.number])
        return texts.ASK_DIFFICULTY.format(name=named_call(call), number=call.number)
    because = Because(words=reason, suggested=suggested)
    shift(ctx, call, part, PartMove.DECLINE, because)
    unit = unit_names(ctx, [part])[part.unit]
    _tell_office(
        ctx,
        call,
        part,
        texts.TOLD_DECLINED,
        unit=unit,
        words=reason,
        suggested=texts.SUGGESTED.format(unit=suggested) if suggested else "",
        to=suggested or texts.OTHER_UNIT,
    )
    return texts.DECLINED.format(unit=unit, name=named_call(call), words=reason)


def _tell_office(ctx: Context, call: Call, part: CallPart, said: str, **words: str) -> None:
    text = said.format(name=named_call(call), number=call.number, who=ctx.sender.name, **words)
    office = [one for one in office_of(ctx, call) if one != ctx.sender.userid]
    stage = f"{part.state} {ctx.now.isoformat()}"
    ctx.tell("call_told", office, Text(text=text), subject=part.id, stage=stage)


def _meant(ctx: Context, asked: Asked) -> tuple[Call, CallPart]:
    """Return the call that is named, and the part in it that the sender answers for.

    Without a number it is the only one that his units owe and nobody has claimed.

    Raises:
        UserError: it is not clear which, or none is his.
    """
    number = asked.numbers[0] if asked.numbers else asked.slots.get("call_id")
    call, parts = seen_call(ctx, number if number is not None else _only_open(ctx))
    mine = answerable(ctx, parts)
    if not mine:
        raise UserError(_not_asked(ctx, call, parts))
    return call, _part_of(ctx, call, mine, str(asked.slots.get("unit", "")))


def _only_open(ctx: Context) -> int:
    owed = ctx.uow.calls.owed_by(own_units(ctx))
    numbers = list(dict.fromkeys(one.call.number for one in owed))
    if not numbers:
        raise UserError(texts.NONE_OPEN)
    if len(numbers) > 1:
        ctx.show("calls", numbers)
        listed = "；".join(dict.fromkeys(named_call(one.call) for one in owed))
        raise UserError(texts.WHICH.format(listed=f"{listed}。", number=numbers[0]))
    return numbers[0]


def _part_of(ctx: Context, call: Call, mine: Sequence[CallPart], unit: str) -> CallPart:
    """Return the part of the unit that is named, else of the sender's own, else the only one."""
    names = unit_names(ctx, mine)
    meant = unit_said(unit, names.values()) if unit else None
    if found := [part for part in mine if names[part.unit] == meant]:
        return found[0]
    own = own_units(ctx) | {ctx.sender.unit}
    candidates = [part for part in mine if part.unit in own] or list(mine)
    if len(candidates) > 1:
        open_ones = [part for part in candidates if part.state in OWED]
        candidates = open_ones if len(open_ones) == 1 else candidates
    if len(candidates) > 1:
        first = names[candidates[0].unit]
        raise UserError(texts.WHICH_UNIT.format(number=call.number, unit=first))
    return candidates[0]


def _not_asked(ctx: Context, call: Call, parts: Sequence[CallPart]) -> str:
    units = "、".join(unit_names(ctx, parts).values())
    return texts.NOT_ASKED.format(name=named_call(call), units=units)
