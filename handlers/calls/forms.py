"""约稿 on pages: a call is ordered, answered and steered there as it is in words."""

from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.calls import texts
from handlers.calls.claiming import claim, decline, nothing_to_report
from handlers.calls.issuing import Order, issue, units_called
from handlers.calls.naming import unit_names
from handlers.calls.parts import answerable, seen_call
from handlers.calls.registry import registry
from handlers.calls.steering import extend, steer, steerable
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.calendar import SHANGHAI
from handlers.rules.call_terms import LARGEST, Terms
from handlers.rules.calls import inner_deadline
from handlers.rules.visibility import may_order_drafts
from storage.models import Call, CallPart
from storage.vocabulary import CallId

_WHOLE = {"nudge_all": "nudge", "cancel_all": "cancel"}
_STEERED = frozenset({"excuse", "insist", "miss", "nudge", "cancel"})


@registry.form("call_order")
def order_on_page(ctx: Context, form: Form) -> str:
    """Issue a call; ``units`` has a name to a line, times are local and may be empty.

    Raises:
        UserError: the sender may not order, or what was filled in cannot be ordered.
    """
    fields = form.fields
    urgent = bool(fields["urgent"])
    if not may_order_drafts(viewer(ctx), urgent=urgent):
        raise UserError(texts.MAY_NOT_ORDER)
    outward, due = _moment(fields["outward"]), _moment(fields["due"])
    if due is None and outward is not None:
        due = inner_deadline(outward, ctx.now, ctx.calendar(), urgent=urgent)
    if due is None:
        raise UserError(texts.NO_TOPIC)
    if outward is not None and due > outward:
        raise UserError(texts.INNER_AFTER_OUTWARD)
    terms = Terms(
        pieces=_small(fields["pieces"]),
        weight=_small(fields["weight"]),
        length=fields["length"].strip(),
        angle=fields["angle"].strip(),
        urgent=urgent,
    )
    return issue(
        ctx,
        Order(
            bureau=ctx.sender.bureau,
            by=ctx.sender.userid,
            topic=fields["topic"].strip(),
            due_at=due.astimezone(UTC),
            units=units_called(ctx, fields["units"].split("\n")),
            terms=terms,
            source=fields["source"].strip(),
            outward=outward.astimezone(UTC) if outward else None,
        ),
    )


def _moment(local_time: str) -> datetime | None:
    return datetime.fromisoformat(local_time).replace(tzinfo=SHANGHAI) if local_time else None


def _small(number: str) -> int:
    return min(max(int(number or 1), 1), LARGEST)


@registry.form("call")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``do`` with ``call`` or with ``part`` of it; ``words``, ``until`` and ``to`` go with it.

    Raises:
        UserError: it is not the sender's to do or to see, or leads nowhere any more.
    """
    fields = form.fields
    found = ctx.uow.calls.get(CallId(fields["call"]))
    if found is None or found.bureau != ctx.sender.bureau:
        raise UserError(texts.UNSEEN)
    act, words = fields["do"], fields["words"].strip()
    if act in _WHOLE:
        return steer(ctx, _WHOLE[act], found.number, words)
    call, parts = seen_call(ctx, found.number)
    part = next((one for one in parts if one.id == fields["part"]), None)
    if part is None:
        raise UserError(texts.UNSEEN)
    if act in {"claim", "nothing", "decline"}:
        return _answered(ctx, call, part, act, words)
    return _steered(ctx, call, part, fields)


def _answered(ctx: Context, call: Call, part: CallPart, act: str, words: str) -> str:
    if part not in answerable(ctx, [part]):
        raise UserError(texts.UNSEEN)
    if act == "claim":
        return claim(ctx, call, part)
    if act == "nothing":
        return nothing_to_report(ctx, call, part, words)
    if not words:
        raise UserError(texts.WHY_DIFFICULT)
    return decline(ctx, call, part, words, "")


def _steered(ctx: Context, call: Call, part: CallPart, fields: Mapping[str, str]) -> str:
    call, _ = steerable(ctx, call.number)
    act, words = fields["do"], fields["words"].strip()
    if act == "extend":
        until = _moment(fields["until"])
        if until is None:
            raise UserError(texts.EXTEND_TO_WHEN.format(number=call.number))
        return extend(ctx, call, [part], until)
    unit = unit_names(ctx, [part])[part.unit]
    if act == "reassign":
        return steer(ctx, "reassign", call.number, f"{unit} {fields['to']} {words}")
    if act not in _STEERED:
        raise UserError(texts.UNSEEN)
    return steer(ctx, act, call.number, f"{unit} {words}")
