"""约稿: what a unit has to hand in, what the office waits for, and one call with its units."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from handlers.calls import meanings, texts
from handlers.calls.naming import named_call, state_words, unit_names
from handlers.calls.parts import own_units, seen_call
from handlers.calls.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.events import Deadline, DeadlinesAsked
from handlers.kit.finding import viewer
from handlers.kit.listing import fitting
from handlers.rules.calendar import short_time
from handlers.rules.calls import DONE, ORDERED, OWED, is_overdue
from handlers.rules.visibility import may_order_drafts
from storage.models import Call, CallPart
from storage.queries.calls import Owed
from storage.vocabulary import CallId, CallStatus, PartState

_MOST = 200
"""Calls that a list looks through: more are never open at once."""
_SOON = timedelta(days=2)
_NUMBER = re.compile(r"(?:第\s?)?(\d{1,6})\s?号?(?:的)?约稿|约稿\s?(\d{1,6})(?!\s?[\d月日点:：篇])")


@registry.command(
    "约稿",
    "我的约稿",
    takes=Takes.NOTHING,
    usage="约稿（或：5号约稿）",
    purpose="看要交的约稿，办公室看全部",
    means=meanings.listing,
    changes=False,
)
def list_calls(ctx: Context, asked: Asked) -> str:
    """List what the sender's units owe, or all that is open; or show the one that is named."""
    if found := _NUMBER.search(asked.text):
        return show_call(ctx, int(found[1] or found[2]))
    slots = asked.slots
    overseer = may_order_drafts(viewer(ctx), urgent=False) and slots.get("unit") != "mine"
    if overseer or {"status", "title_hint", "level"} & slots.keys():
        return _everything(ctx, slots, overseer=overseer)
    return _mine(ctx)


@registry.command(
    "看约稿",
    takes=Takes.NUMBER,
    usage="看约稿 5",
    purpose="看一个约稿各科室的进度",
    changes=False,
)
def show_one(ctx: Context, asked: Asked) -> str:
    return show_call(ctx, asked.numbers[0])


def show_call(ctx: Context, number: int) -> str:
    """Say how far each unit is with a call.

    Raises:
        UserError: there is no such call that the sender may see.
    """
    call, parts = seen_call(ctx, number)
    lines = fitting([_unit_line(ctx, call, part, names) for part, names in _named(ctx, parts)])
    ctx.show("call", [call.number])
    more = [call.length, call.angle, f"权重{call.weight}" if call.weight > 1 else ""]
    said = texts.DETAIL.format(
        name=named_call(call),
        who=ctx.uow.members.names([call.ordered_by]).get(call.ordered_by, ""),
        when=short_time(call.ordered_at, ctx.now),
        source=f"，{call.source}约稿" if call.source else "",
        due=short_time(call.due_at, ctx.now),
        pieces=call.pieces,
        more="".join(f"，{one}" for one in more if one),
        lines="\n".join(lines),
    )
    return ctx.with_link(said, f"calls/{call.id}")


@registry.on(DeadlinesAsked)
def add_deadlines(ctx: Context, event: DeadlinesAsked) -> None:
    """Add the drafts that the sender's units owe; of one call, or of all, whoever owes them."""
    if event.kind == "call":
        call, parts = seen_call(ctx, event.number)
        _add(ctx, event, [Owed(part, call) for part in parts if part.state in OWED])
    elif event.whole and not event.kind and may_order_drafts(viewer(ctx), urgent=False):
        calls = ctx.uow.calls.of_bureau(ctx.sender.bureau, _MOST, status=CallStatus.OPEN)
        parts_of = ctx.uow.calls.parts_of([call.id for call in calls])
        _add(
            ctx,
            event,
            [
                Owed(part, call)
                for call in calls
                for part in parts_of[call.id]
                if part.state in OWED
            ],
        )
    elif not event.kind:
        _add(ctx, event, ctx.uow.calls.owed_by(own_units(ctx)))


def _add(ctx: Context, event: DeadlinesAsked, owed: Sequence[Owed]) -> None:
    names = unit_names(ctx, [one.part for one in owed])
    event.found.extend(
        Deadline(
            at=part.due_at, line=texts.DUE.format(name=named_call(call), unit=names[part.unit])
        )
        for part, call in owed
    )


def _named(ctx: Context, parts: Sequence[CallPart]) -> Sequence[tuple[CallPart, str]]:
    names = unit_names(ctx, parts)
    return [(part, names[part.unit]) for part in parts]


def _unit_line(ctx: Context, call: Call, part: CallPart, unit: str) -> str:
    answers = ctx.uow.calls.answers([part.id])
    asides = [
        texts.EXTENDED_TO.format(due=short_time(part.due_at, ctx.now))
        if part.due_at != call.due_at
        else "",
        f"（{part.words}）" if part.words else "",
        "".join(f" {one.number}号《{one.title}》" for one in answers if one.handed_in_at),
    ]
    return texts.DETAIL_LINE.format(unit=unit, state=state_words(ctx, part), aside="".join(asides))


def _mine(ctx: Context) -> str:
    owed = ctx.uow.calls.owed_by(own_units(ctx))
    if not owed:
        return ctx.with_link(texts.NONE, "calls")
    lines = fitting(
        [
            texts.LINE_MINE.format(
                name=named_call(call),
                due=short_time(part.due_at, ctx.now),
                left=call.pieces,
                state=state_words(ctx, part),
            )
            for part, call in owed
        ]
    )
    _show(ctx, [one.call for one in owed][: len(lines)])
    lines += [texts.MORE_LINES.format(count=len(owed) - len(lines))] * (len(owed) > len(lines))
    said = texts.LIST_MINE.format(count=len(owed), lines="\n".join(lines))
    return ctx.with_link(said, "calls")


def _everything(ctx: Context, slots: Mapping[str, object], *, overseer: bool) -> str:
    """List the bureau's calls that fit, or those of the sender's units."""
    status = str(slots.get("status", ""))
    if overseer:
        wanted = CallStatus.SETTLED if status == "done" else CallStatus.OPEN
        calls = ctx.uow.calls.of_bureau(ctx.sender.bureau, _MOST, status=wanted)
    else:
        calls = ctx.uow.calls.of_units(own_units(ctx), _MOST)
    parts = ctx.uow.calls.parts_of([call.id for call in calls])
    hint = str(slots.get("title_hint", ""))
    fits = _FITS.get(status, _any)
    found = [
        call
        for call in calls
        if fits(ctx, parts[call.id]) and (not hint or _alike(hint, call.topic))
    ]
    return _listed(ctx, found, parts, whole=overseer and not status and not hint)


def _listed(
    ctx: Context,
    calls: Sequence[Call],
    parts: Mapping[CallId, Sequence[CallPart]],
    *,
    whole: bool,
) -> str:
    if not calls:
        return ctx.with_link(texts.NONE if whole else texts.NONE_FOUND, "calls")
    names = unit_names(ctx, [part for call in calls for part in parts[call.id]])
    lines = [
        texts.LINE_ALL.format(
            name=named_call(call),
            due=short_time(call.due_at, ctx.now),
            done=sum(part.state in DONE for part in parts[call.id]),
            ordered=sum(part.state in ORDERED for part in parts[call.id]),
            units="、".join(
                f"{names[part.unit]}{state_words(ctx, part)}" for part in parts[call.id]
            ),
        )
        for call in calls
    ]
    lines = fitting(lines)
    _show(ctx, calls[: len(lines)])
    if len(calls) > len(lines):
        lines.append(texts.MORE_LINES.format(count=len(calls) - len(lines)))
    words = texts.LIST_ALL if whole else texts.LIST_FOUND
    return ctx.with_link(words.format(count=len(calls), lines="\n".join(lines)), "calls")


def _show(ctx: Context, calls: Sequence[Call]) -> None:
    numbers = [*dict.fromkeys(call.number for call in calls)]
    ctx.show("call" if len(numbers) == 1 else "calls", numbers)


def _alike(hint: str, topic: str) -> bool:
    return hint in topic or all(character in topic for character in hint)


def _any(_ctx: Context, _parts: Sequence[CallPart]) -> bool:
    return True


def _unclaimed(_ctx: Context, parts: Sequence[CallPart]) -> bool:
    return any(part.state is PartState.RECEIVED for part in parts)


def _due_soon(ctx: Context, parts: Sequence[CallPart]) -> bool:
    return any(part.state in OWED and ctx.now < part.due_at <= ctx.now + _SOON for part in parts)


def _overdue(ctx: Context, parts: Sequence[CallPart]) -> bool:
    return any(is_overdue(part.state, part.due_at, ctx.now) for part in parts)


def _open(_ctx: Context, parts: Sequence[CallPart]) -> bool:
    return any(part.state in OWED for part in parts)


def _done(_ctx: Context, parts: Sequence[CallPart]) -> bool:
    return all(part.state not in OWED for part in parts)


_FITS: Mapping[str, Callable[[Context, Sequence[CallPart]], bool]] = {
    "unclaimed": _unclaimed,
    "due_soon": _due_soon,
    "overdue": _overdue,
    "open": _open,
    "done": _done,
}
