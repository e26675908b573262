"""代审: for some days somebody else decides what waits for a reviewer, on his behalf."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import ROLE_NAMES
from handlers.kit.messages import MessageKind, Text
from handlers.kit.people import called
from handlers.reviews import meanings, texts
from handlers.reviews.benches import barred
from handlers.reviews.commands import REVIEWERS, registry
from handlers.reviews.deciding import grey_card_of
from handlers.reviews.gates import add_holders
from handlers.reviews.handing import hand_on
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.calendar import local, next_opening, period_bounds
from handlers.rules.reviewers import Holder
from handlers.rules.standing_in import uncovered
from storage.models import Delegation
from storage.queries.members import Named
from storage.vocabulary import Standing, Urgency

registry.message(MessageKind(name="standing_in", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="standing_in_over", urgency=Urgency.ROUTINE))

_LONGEST = timedelta(days=92)
_MINUTE = timedelta(minutes=1)


@registry.command(
    "代审",
    takes=Takes.NAME_AND_DAYS,
    usage="代审 李主任 8号到12号（只发 代审 看现在的）",
    purpose="外出时委托别人代审",
    shown_to=REVIEWERS,
)
def appoint_substitute(ctx: Context, asked: Asked) -> str:
    if not asked.title:
        return _list(ctx)
    return appoint(ctx, asked.title, asked.slots)


def appoint(ctx: Context, said: str, slots: Mapping[str, Any]) -> str:
    """Let the colleague who is called so decide on the sender's behalf for some days.

    Raises:
        UserError: nobody or several are called so, he may not, no days are said, or others are
            delegated for them already.
    """
    if not set(ctx.uow.members.roles_of(ctx.sender.userid)) & REVIEWERS:
        raise UserError(texts.NOTHING_TO_DELEGATE)
    starts_at, ends_at = _stretch(ctx, slots)
    substitute = _meant(ctx, said, slots)
    if isinstance(substitute, str):
        return substitute
    _refuse_unless_high_enough(ctx, substitute)
    if other := ctx.uow.delegations.overlapping(ctx.sender.userid, starts_at, ends_at):
        who = ctx.uow.members.names([other.substitute])[other.substitute]
        raise UserError(texts.DELEGATED_BEFORE.format(who=who, days=_days(other)))
    delegation = Delegation(
        absent=ctx.sender.userid,
        substitute=substitute.userid,
        starts_at=starts_at,
        ends_at=ends_at,
        made_by=ctx.sender.userid,
    )
    number = str(ctx.uow.delegations.add(delegation))
    ctx.set_timer("delegation_ends", number, ends_at)
    ctx.audit(
        "delegation:make",
        number,
        after={"substitute": substitute.userid, "until": ends_at.isoformat()},
    )
    told = Text(text=texts.STANDING_IN.format(who=ctx.sender.name, days=_days(delegation)))
    ctx.tell("standing_in", [substitute.userid], told, subject=number)
    if starts_at <= ctx.now:
        _put_before(ctx, delegation)
    else:
        ctx.set_timer("delegation_begins", number, starts_at)
    return texts.DELEGATED.format(who=substitute.name, days=_days(delegation))


@registry.meaning(meanings.transfer)
def hand_over(ctx: Context, asked: Asked) -> str:
    """Everything to somebody for some days, or one draft to somebody or for a countersignature."""
    if asked.slots.get("scope") != "all":
        return hand_on(ctx, asked)
    if "to" not in asked.slots:
        raise UserError(texts.DELEGATION_DAYS)
    return appoint(ctx, str(asked.slots["to"]), asked.slots)


@registry.command(
    "结束代审",
    "取消代审",
    takes=Takes.NOTHING,
    usage="结束代审",
    purpose="提前结束自己委托的代审",
    shown_to=REVIEWERS,
    means=meanings.back_again,
)
def end_delegation(ctx: Context, _asked: Asked) -> str:
    """End every delegation of the sender's that is not over: he decides himself again."""
    mine = [
        one
        for one in ctx.uow.delegations.of(ctx.sender.userid, ctx.now)
        if one.absent == ctx.sender.userid
    ]
    if not mine:
        raise UserError(texts.NOT_DELEGATED)
    for delegation in mine:
        ctx.uow.timers.cancel(str(delegation.id))
        delegation.ends_at = ctx.now
        delegation.starts_at = min(delegation.starts_at, ctx.now)
        ctx.audit("delegation:end", str(delegation.id), after={"at": ctx.now.isoformat()})
        _end(ctx, delegation, tell_absent=False)
    who = "、".join(ctx.uow.members.names([one.substitute for one in mine]).values())
    return texts.DELEGATION_ENDED.format(who=who)


@registry.timer("delegation_begins")
def begin(ctx: Context, due: Due) -> None:
    """Put before the substitute what waits already; what comes later finds him by itself.

    It begins at midnight: he may decide from then on, and gets the cards when the office opens.
    """
    delegation = ctx.uow.delegations.get(int(due.subject))
    if delegation is not None and delegation.ends_at > ctx.now:
        _put_before(ctx, delegation)


@registry.timer("delegation_ends")
def end(ctx: Context, due: Due) -> None:
    delegation = ctx.uow.delegations.get(int(due.subject))
    if delegation is not None:
        _end(ctx, delegation, tell_absent=True)


def _put_before(ctx: Context, delegation: Delegation) -> None:
    holder = Holder(
        member=delegation.substitute,
        standing=Standing.SUBSTITUTE,
        on_behalf_of=delegation.absent,
    )
    morning = next_opening(ctx.now, ctx.calendar())
    held = {item.task.id for item in ctx.uow.reviews.waiting_for(delegation.substitute)}
    for item in ctx.uow.reviews.waiting_for(delegation.absent):
        draft = ctx.uow.drafts.lock(item.draft.id)
        task = ctx.uow.reviews.task(item.task.id)
        if task is None or task.id in held or holder.member in barred(ctx, draft, task.seat):
            continue
        add_holders(ctx, draft, task, [holder], card_at=morning)


def _end(ctx: Context, delegation: Delegation, *, tell_absent: bool) -> None:
    """Take back what still waits, and tell both how it went."""
    for task in ctx.uow.delegations.stand_down(delegation.absent, delegation.substitute):
        grey_card_of(ctx, task, delegation.substitute, texts.CARD_STOOD_DOWN)
    names = ctx.uow.members.names([delegation.absent, delegation.substitute])
    decided = ctx.uow.delegations.decided(
        delegation.absent, delegation.substitute, delegation.starts_at
    )
    count = texts.DECIDED_FOR.format(count=decided) if decided else texts.DECIDED_NOTHING
    subject = str(delegation.id)
    said = {
        delegation.substitute: texts.STOOD_DOWN.format(who=names[delegation.absent], count=count)
    }
    if tell_absent:
        who = names[delegation.substitute]
        said[delegation.absent] = texts.OVER.format(who=who, count=count)
    for member, words in said.items():
        if ctx.uow.members.active(member) is not None:
            ctx.tell("standing_in_over", [member], Text(text=words), subject=subject)


def _list(ctx: Context) -> str:
    delegations = ctx.uow.delegations.of(ctx.sender.userid, ctx.now)
    if not delegations:
        return texts.NO_DELEGATIONS
    names = ctx.uow.members.names(
        {member for one in delegations for member in (one.absent, one.substitute)}
    )
    lines = [
        texts.DELEGATION.format(
            absent=names[one.absent], substitute=names[one.substitute], days=_days(one)
        )
        for one in delegations
    ]
    return texts.DELEGATIONS.format(lines="\n".join(lines))


def _meant(ctx: Context, said: str, slots: Mapping[str, Any]) -> Named | str:
    """Return who is called so, or the question which of several."""
    found = called(ctx, said)
    if not found:
        raise UserError(texts.NOBODY_CALLED.format(who=said))
    if len(found) == 1:
        return found[0]
    options = [
        Option(
            label=f"{one.name}（{ctx.uow.members.unit(one.unit).name}）",
            command="appoint_substitute",
            title=one.name,
            slots=dict(slots),
        )
        for one in found
    ]
    return ctx.offer(texts.WHO.format(who=said), *options)


def _refuse_unless_high_enough(ctx: Context, substitute: Named) -> None:
    allowed = ctx.policy(ReviewPolicy).may_stand_in
    own = ctx.uow.members.roles_of(ctx.sender.userid)
    theirs = ctx.uow.members.roles_of(substitute.userid)
    if role := uncovered(set(own) & REVIEWERS, set(theirs), allowed):
        raise UserError(texts.TOO_LOW.format(who=substitute.name, role=ROLE_NAMES[role]))


def _stretch(ctx: Context, slots: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return from when to when, in UTC; from now where the first day has begun.

    Raises:
        UserError: no days are said, they are over, or too many.
    """
    if days := slots.get("days"):
        starts_at, ends_at = period_bounds(days[0])[0], period_bounds(days[1])[1]
    elif period := slots.get("period"):
        starts_at, ends_at = period_bounds(period)
    else:
        raise UserError(texts.DELEGATION_DAYS)
    if ends_at <= ctx.now or ends_at <= starts_at:
        raise UserError(texts.DELEGATION_PAST)
    if ends_at - ctx.now > _LONGEST:
        raise UserError(texts.DELEGATION_LONG.format(days=_LONGEST.days))
    return max(starts_at, ctx.now), ends_at


def _days(delegation: Delegation) -> str:
    """Write the days of a delegation: 10月8日至10月12日, both included."""
    first, last = local(delegation.starts_at), local(delegation.ends_at - _MINUTE)
    if first.date() == last.date():
        return f"{first.month}月{first.day}日"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"
