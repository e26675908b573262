"""转审, 会签: a reviewer gives his part to somebody, or asks others to agree as well."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import ROLE_NAMES, draft_numbered, gate_name, named
from handlers.kit.messages import Text
from handlers.kit.people import called
from handlers.kit.words import UNIT
from handlers.reviews import texts, way
from handlers.reviews.benches import barred, bench_of
from handlers.reviews.clocks import go_on
from handlers.reviews.commands import REVIEWERS, registry
from handlers.reviews.deciding import grey_card_of, task_of
from handlers.reviews.gates import add_holders, open_gate, set_clocks
from handlers.reviews.people import names
from handlers.rules.review_flow import Move, after
from handlers.rules.reviewers import Holder, may_take_over
from handlers.rules.seats import read_seat, seat_of_member, seat_of_role
from storage.models import Draft, ReviewHandover, ReviewTask
from storage.queries.members import Named
from storage.vocabulary import Handing, Role, Standing, UserId

_FIRST_WORD = re.compile(r"\s*(?P<who>[^\s,，；;:：]+)[\s,，；;:：]*(?P<why>.*)", re.DOTALL)
_AND = re.compile(r"[、和及与]")
_REVIEWING_UNITS = (
    (re.compile("保密"), Role.SECRECY_REVIEWER),
    (re.compile("法规|法制|合法"), Role.LEGAL_REVIEWER),
)
_LONGEST_REASON = 200


@registry.command(
    "转审",
    takes=Takes.NUMBER_AND_TEXT,
    usage="转审 12 李主任（可加原因）",
    purpose="把等自己审的一篇转给别人审",
    shown_to=REVIEWERS,
)
def transfer_draft(ctx: Context, asked: Asked) -> str:
    who, why = _who_and_why(asked.text, texts.TRANSFER_WHOM)
    return transfer(ctx, draft_numbered(ctx, asked.numbers[0]), who, why)


@registry.command(
    "会签",
    takes=Takes.NUMBER_AND_TEXT,
    usage="会签 12 法规科、燃气科（可加原因）",
    purpose="请别的科室或同事会签一篇",
    shown_to=REVIEWERS,
)
def countersign_draft(ctx: Context, asked: Asked) -> str:
    who, why = _who_and_why(asked.text, texts.COUNTERSIGN_WHOM)
    return countersign(ctx, draft_numbered(ctx, asked.numbers[0]), several(who), why)


def several(said: str) -> list[str]:
    """Return each of those who are named together: 法规科、燃气科."""
    return [one for one in _AND.split(said) if one]


def hand_on(ctx: Context, asked: Asked) -> str:
    """转给李主任审, 请法规科会签: in free words, of the draft that is named or waits alone."""
    slots = asked.slots
    units = list(dict.fromkeys(re.findall(UNIT, asked.text)))
    agreeing = slots.get("mode") == "countersign" or bool(units)
    to = str(slots.get("to", ""))
    if not (to or units):
        raise UserError(texts.COUNTERSIGN_WHOM if agreeing else texts.TRANSFER_WHOM)
    whom = (units or [to]) if agreeing else [to]
    numbers = tuple(slots.get("ids", ())) or _waiting_alone(ctx)
    if not numbers:
        return _ask_which(ctx, agreeing=agreeing, whom=whom, why=asked.text)
    drafts = [draft_numbered(ctx, number) for number in sorted(numbers)]
    why = asked.text.strip()
    return "\n".join(
        countersign(ctx, draft, whom, why) if agreeing else transfer(ctx, draft, to, why)
        for draft in drafts
    )


def transfer(ctx: Context, draft: Draft, said: str, why: str, *, asking: bool = True) -> str:
    """Let the colleague who is called so decide instead of the sender.

    He holds an equal or a higher role over the draft's unit, and has not acted at another gate. A
    unit cannot take over a part; it is asked to countersign. Where several are called so, it is
    asked who is meant, or, unless *asking*, refused.

    Raises:
        UserError: the sender may not decide himself, nobody is called so, or he may not.
    """
    task, _ = task_of(ctx, draft)
    if _seat_of_unit(ctx, said):
        return countersign(ctx, draft, [said], why)
    fit = _fit_to_take_over(ctx, draft, task, said)
    if len(fit) > 1 and not asking:
        raise UserError(_which(said, fit))
    if len(fit) > 1:
        return _ask_who(ctx, draft, said, fit, why)
    other = fit[0]
    go_on(ctx, draft)
    draft.status = after(draft.status, Move.TRANSFER)
    for member in ctx.uow.reviews.leave(task.id, ctx.sender.userid):
        grey_card_of(ctx, task.id, member, texts.CARD_TRANSFERRED)
    _record(ctx, draft, task, [other.userid], Handing.TRANSFER, why)
    turn = len(ctx.uow.reviews.handovers(draft.id))
    holder = Holder(member=other.userid, standing=Standing.TRANSFERRED)
    add_holders(ctx, draft, task, [holder], turn=f"t{turn}")
    ctx.uow.timers.cancel(task.id)
    set_clocks(ctx, task, way.stop_at(draft, task.gate).gate, turn=turn)
    said = texts.AUTHOR_TRANSFERRED.format(name=named(draft), who=ctx.sender.name, other=other.name)
    ctx.tell("review_result", [draft.author], Text(text=said), subject=task.id, stage=f"t{turn}")
    answer = texts.TRANSFERRED_TO.format(name=named(draft), who=other.name)
    return answer + _said_of_later_gate(ctx, draft, task, other)


def countersign(ctx: Context, draft: Draft, whom: Sequence[str], why: str) -> str:
    """Ask units or colleagues to agree as well; the gate is passed when all of them have.

    Raises:
        UserError: the sender may not decide himself, somebody is not found, was asked already, or
            may not be asked; then nobody is.
    """
    task, _ = task_of(ctx, draft)
    go_on(ctx, draft)
    draft.status = after(draft.status, Move.COUNTERSIGN)
    stop = way.stop_at(draft, task.gate)
    seats = [_seat_called(ctx, draft, one) for one in whom]
    if again := [one for one, seat in zip(whom, seats, strict=True) if seat in stop.needed]:
        raise UserError(texts.ASKED_ALREADY.format(name=named(draft), who="、".join(again)))
    stop = replace(stop, countersigners=(*stop.countersigners, *dict.fromkeys(seats)))
    for one, seat in zip(whom, seats, strict=True):
        if not bench_of(ctx, draft, stop, seat).holders:
            raise UserError(texts.NOBODY_TO_COUNTERSIGN.format(who=one))
    way.set_stop(draft, task.gate, stop)
    open_gate(ctx, draft, way.passed(ctx, draft))
    opened = [one.id for one in ctx.uow.reviews.open_tasks(draft.id) if one.seat in seats]
    asked = [holder.member for holder in ctx.uow.reviews.seated(opened)]
    _record(ctx, draft, task, asked, Handing.COUNTERSIGN, why)
    who = names(ctx, asked)
    told = texts.AUTHOR_COUNTERSIGNED.format(name=named(draft), by=ctx.sender.name, who=who)
    turn = len(ctx.uow.reviews.handovers(draft.id))
    ctx.tell("review_result", [draft.author], Text(text=told), subject=task.id, stage=f"t{turn}")
    return texts.COUNTERSIGN_ASKED.format(name=named(draft), who=who, number=draft.number)


def _seat_called(ctx: Context, draft: Draft, said: str) -> str:
    """Return the seat of the unit or colleague that is called so.

    Raises:
        UserError: there is none, there are several, or he has acted on the draft.
    """
    if seat := _seat_of_unit(ctx, said):
        return seat
    found = called(ctx, said)
    if len(found) != 1:
        raise UserError(_which(said, found) if found else texts.NOBODY_HERE.format(who=said))
    if found[0].userid in barred(ctx, draft):
        raise UserError(_why_barred(draft, found[0]))
    return seat_of_member(found[0].userid)


def _which(said: str, found: Sequence[Named]) -> str:
    return texts.WHICH_COUNTERSIGNER.format(who=said, names="、".join(one.name for one in found))


def _seat_of_unit(ctx: Context, said: str) -> str:
    """Return the seat of the head of a unit, or of who reviews secrecy or law; "" if it is none."""
    units = [unit for unit in ctx.uow.members.units_of(ctx.sender.bureau) if "/" in unit.path]
    exact = [unit for unit in units if said == unit.name]
    found = exact or [unit for unit in units if unit.name.startswith(said)]
    if len(found) == 1 and len(said) > 1:
        return seat_of_role(Role.SECTION_HEAD, found[0].path)
    for form, role in _REVIEWING_UNITS:
        if form.match(said) and ctx.uow.members.holding(role, ctx.sender.unit):
            return seat_of_role(role)
    return ""


def _fit_to_take_over(ctx: Context, draft: Draft, task: ReviewTask, said: str) -> Sequence[Named]:
    """Return those called so who may decide instead of the sender; never empty.

    Raises:
        UserError: none may; says why the first may not.
    """
    found = called(ctx, said)
    if not found:
        raise UserError(texts.NOBODY_HERE.format(who=said))
    stop = way.stop_at(draft, task.gate)
    roles = may_take_over(read_seat(task.seat, stop.gate).roles)
    high = [one for one in found if _held(ctx, draft, one) & roles]
    if not high:
        wanted = "、".join(ROLE_NAMES[role] for role in ROLE_NAMES if role in roles)
        raise UserError(texts.TOO_LOW_HERE.format(who=found[0].name, roles=wanted))
    out = barred(ctx, draft, task.seat)
    free = [one for one in high if one.userid not in out]
    if not free:
        raise UserError(_why_barred(draft, high[0]))
    holding = {holder.member for holder in ctx.uow.reviews.holders(task.id)}
    fresh = [one for one in free if one.userid not in holding]
    if not fresh:
        raise UserError(texts.HOLDS_ALREADY.format(name=named(draft), who=free[0].name))
    return fresh


def _why_barred(draft: Draft, other: Named) -> str:
    if other.userid == draft.author:
        return texts.HIS_OWN.format(who=other.name, name=named(draft))
    return texts.HAS_ACTED.format(who=other.name, name=named(draft))


def _held(ctx: Context, draft: Draft, member: Named) -> set[Role]:
    """Return the roles that a member holds over the draft's unit."""
    lineage = set(ctx.uow.members.lineage(draft.unit))
    roles = ctx.uow.members.roles_of(member.userid)
    return {role for role, scopes in roles.items() if lineage & set(scopes)}


def _said_of_later_gate(ctx: Context, draft: Draft, task: ReviewTask, other: Named) -> str:
    """Say that a later gate, which would be his, goes to somebody else: nobody acts at two."""
    held = _held(ctx, draft, other)
    for stop in way.stops(draft)[task.gate + 1 :]:
        if held & set(stop.gate.roles):
            return texts.LATER_GATE.format(who=other.name, gate=gate_name(stop.gate))
    return ""


def _record(
    ctx: Context, draft: Draft, task: ReviewTask, to: Sequence[UserId], kind: Handing, why: str
) -> None:
    for member in to:
        ctx.uow.reviews.hand_over(
            ReviewHandover(
                draft=draft.id,
                task=task.id,
                gate=task.gate,
                kind=kind,
                handed_by=ctx.sender.userid,
                handed_to=member,
                reason=why[:_LONGEST_REASON],
                handed_at=ctx.now,
            )
        )
    ctx.audit(
        f"review:{kind}",
        draft.id,
        before={"from": ctx.sender.userid},
        after={"to": list(to), "gate": task.gate},
    )


def _who_and_why(text: str, question: str) -> tuple[str, str]:
    found = _FIRST_WORD.fullmatch(text)
    if found is None:
        raise UserError(question)
    return found["who"], found["why"].strip()


def _waiting_alone(ctx: Context) -> tuple[int, ...]:
    waiting = ctx.uow.reviews.waiting_for(ctx.sender.userid)
    if not waiting:
        raise UserError(texts.NOTHING_WAITS)
    return (waiting[0].draft.number,) if len(waiting) == 1 else ()


def _ask_which(ctx: Context, *, agreeing: bool, whom: Sequence[str], why: str) -> str:
    command, verb = ("countersign_draft", "会签") if agreeing else ("transfer_draft", "转审")
    options = [
        Option(
            label=named(item.draft),
            command=command,
            numbers=(item.draft.number,),
            text=f"{'、'.join(whom)} {why}",
        )
        for item in ctx.uow.reviews.waiting_for(ctx.sender.userid)[:10]
    ]
    return ctx.offer(texts.WHICH.format(verb=verb), *options)


def _ask_who(ctx: Context, draft: Draft, said: str, found: Sequence[Named], why: str) -> str:
    options = [
        Option(
            label=f"{one.name}（{ctx.uow.members.unit(one.unit).name}）",
            command="transfer_draft",
            numbers=(draft.number,),
            text=f"{one.name} {why}",
        )
        for one in found
    ]
    return ctx.offer(texts.WHO.format(who=said), *options)
