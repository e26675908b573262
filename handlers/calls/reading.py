"""Calls as their pages show them: lines of a list, and one with its units and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.calls import texts
from handlers.calls.naming import named_call, state_words, unit_names
from handlers.calls.parts import answerable, own_units, sees
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.kit.writers import people_of
from handlers.rules.calendar import short_time
from handlers.rules.calls import DONE, MOVES, ORDERED, OWED, PartMove, is_overdue
from handlers.rules.visibility import may_order_drafts, may_steer_calls
from storage.models import Call, CallPart
from storage.queries.calls import Answering, Owed
from storage.vocabulary import NO_CALL, CallId, CallStatus, DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What the visitor could do with a part now; it is decided when he does it."""

    claim: bool = False
    nothing: bool = False
    decline: bool = False
    extend: bool = False
    reassign: bool = False
    steer: Sequence[tuple[str, str]] = ()

    @property
    def answer(self) -> bool:
        return self.claim or self.nothing or self.decline


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOnPage:
    """A unit's part as its page shows it: *own* is the visitor's, *answers* the drafts for it."""

    id: str
    unit: str
    own: bool
    state: str
    late: bool
    due: str
    by: str
    words: str
    suggested: str
    answers: Sequence[Answering]
    acts: Acts


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOnPage:
    """A call as its page shows it; *others* are units that have no part in it."""

    id: str
    name: str
    status: str
    late: bool
    done: int
    ordered: int
    facts: Sequence[tuple[str, str]]
    angle: str
    parts: Sequence[PartOnPage]
    history: Sequence[str]
    others: Sequence[str]
    cancels: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitToOrder:
    name: str
    writers: int


def may_order(ctx: Context) -> bool:
    """Tell whether the sender may order drafts, and see every call of his bureau."""
    return may_order_drafts(viewer(ctx), urgent=False)


def units_to_order(ctx: Context) -> Sequence[UnitToOrder]:
    """Return the units of the sender's bureau, with how many could write for each."""
    units = ctx.uow.members.sections_of(ctx.sender.bureau)
    people = people_of(ctx, ctx.sender.bureau, [unit.id for unit in units])
    return [UnitToOrder(name=unit.name, writers=len(people[unit.id].writers)) for unit in units]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """The calls that a draft could answer, and the one that it does; NO_CALL: none."""

    choices: Sequence[Mapping[str, str]]
    chosen: CallId


def owed_for_drafts(ctx: Context, draft: DraftId) -> ToAnswer:
    """Return which calls a draft of the sender, for his unit, could answer; also the one it does.

    *draft* need not be there yet.
    """
    answer = ctx.uow.calls.answer_of(draft)
    part = ctx.uow.calls.part(answer.part) if answer is not None else None
    chosen = part.call if part is not None else NO_CALL
    open_ones = ctx.uow.calls.owed_by({ctx.sender.unit})
    mine = {one.id for one in answerable(ctx, [owed.part for owed in open_ones])}
    owed = {one.call.id: one for one in open_ones if one.part.id in mine}
    if part is not None and chosen not in owed:
        call = ctx.uow.calls.get(chosen)
        owed |= {chosen: Owed(part, call)} if call is not None else {}
    choices = [
        {
            "id": one.call.id,
            "name": named_call(one.call),
            "due": short_time(one.part.due_at, ctx.now),
        }
        for one in owed.values()
    ]
    return ToAnswer(choices=choices, chosen=chosen)


def lines_of(
    ctx: Context, status: CallStatus | None, limit: int, offset: int, *, mine: bool
) -> Sequence[Mapping[str, Any]]:
    """Return the calls of the bureau in *status*, or all of the sender's units, as lines."""
    calls = (
        ctx.uow.calls.of_units(own_units(ctx), limit, offset)
        if mine
        else ctx.uow.calls.of_bureau(ctx.sender.bureau, limit, offset, status=status)
    )
    parts = ctx.uow.calls.parts_of([call.id for call in calls])
    names = unit_names(ctx, [part for each in parts.values() for part in each])
    return [
        {
            "id": call.id,
            "name": named_call(call),
            "due": short_time(call.due_at, ctx.now),
            "source": call.source,
            "units": "、".join(
                f"{names[part.unit]}{state_words(ctx, part)}" for part in parts[call.id]
            ),
            **_standing(ctx, call, parts[call.id]),
        }
        for call in calls
    ]


def _standing(ctx: Context, call: Call, parts: Sequence[CallPart]) -> Mapping[str, Any]:
    late = any(is_overdue(part.state, part.due_at, ctx.now) for part in parts)
    return {
        "late": late,
        "status": texts.OVERDUE if late else texts.STATUS[call.status],
        "done": sum(part.state in DONE for part in parts),
        "ordered": sum(part.state in ORDERED for part in parts),
    }


def call_on_page(ctx: Context, call_id: str) -> CallOnPage | None:
    """Return the call, if there is one and the sender may see it."""
    call = ctx.uow.calls.get(CallId(call_id))
    parts = ctx.uow.calls.parts(call.id) if call is not None else ()
    if call is None or not sees(ctx, call, parts):
        return None
    steers = may_steer_calls(viewer(ctx), call.ordered_by)
    mine = {part.id for part in answerable(ctx, parts)}
    own = own_units(ctx)
    names = unit_names(ctx, parts)
    members = ctx.uow.members.names({part.moved_by for part in parts} | {call.ordered_by})
    answers = ctx.uow.calls.answers([part.id for part in parts])
    taken = {names[part.unit] for part in parts if part.state in OWED}
    return CallOnPage(
        id=call.id,
        name=named_call(call),
        **_standing(ctx, call, parts),
        facts=_facts(ctx, call, members.get(call.ordered_by, "")),
        angle=call.angle,
        parts=[
            PartOnPage(
                id=part.id,
                unit=names[part.unit],
                own=part.unit in own,
                state=state_words(ctx, part),
                late=is_overdue(part.state, part.due_at, ctx.now),
                due=short_time(part.due_at, ctx.now),
                by=f"{members.get(part.moved_by, '')} {short_time(part.moved_at, ctx.now)}",
                words=part.words,
                suggested=part.suggested,
                answers=[one for one in answers if one.part == part.id],
                acts=_acts(part, answers=part.id in mine, steers=steers),
            )
            for part in parts
        ],
        history=_history(ctx, call, {part.id: names[part.unit] for part in parts}),
        others=[
            unit.name
            for unit in ctx.uow.members.sections_of(ctx.sender.bureau)
            if unit.name not in taken
        ]
        if steers
        else (),
        cancels=steers and bool(taken),
    )


def _acts(part: CallPart, *, answers: bool, steers: bool) -> Acts:
    def could(move: PartMove) -> bool:
        return (part.state, move) in MOVES

    wanted = [
        (do, words) for do, (move, words) in texts.STEER_BUTTONS.items() if steers and could(move)
    ]
    return Acts(
        claim=answers and could(PartMove.CLAIM),
        nothing=answers and could(PartMove.NOTHING),
        decline=answers and could(PartMove.DECLINE),
        extend=steers and could(PartMove.EXTEND),
        reassign=steers and could(PartMove.REASSIGN),
        steer=wanted,
    )


def _facts(ctx: Context, call: Call, orderer: str) -> Sequence[tuple[str, str]]:
    outward = short_time(call.outward_due, ctx.now) if call.outward_due else ""
    pairs = (
        (texts.FACT_ORDERED, f"{orderer} {short_time(call.ordered_at, ctx.now)}"),
        (texts.FACT_SOURCE, call.source),
        (texts.FACT_OUTWARD, outward),
        (texts.FACT_DUE, short_time(call.due_at, ctx.now)),
        (texts.FACT_COUNT, f"每科{call.pieces}篇"),
        (texts.FACT_LENGTH, call.length),
        (texts.FACT_WEIGHT, texts.WEIGHT.format(weight=call.weight) if call.weight > 1 else ""),
    )
    return [(name, value) for name, value in pairs if value]


def _history(ctx: Context, call: Call, units: Mapping[str, str]) -> Sequence[str]:
    """Return what was done with the call, by whom, the latest last; in words."""
    entries = [
        entry
        for entry in ctx.uow.ledger.entries(call.id)
        if entry.tag.removeprefix("call:") in texts.HISTORY
    ]
    names = ctx.uow.members.names({entry.actor for entry in entries})
    lines = []
    for entry in entries:
        part = str(entry.after.get("part", ""))
        reason = str(entry.after.get("words", ""))
        lines.append(
            texts.HISTORY_LINE.format(
                when=short_time(entry.at, ctx.now),
                who=names.get(entry.actor, texts.SERVICE),
                unit=units.get(part, ""),
                did=texts.HISTORY[entry.tag.removeprefix("call:")],
                reason=f"：{reason}" if reason else "",
            )
        )
    return lines
