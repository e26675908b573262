"""排班, 不排班: a roster that is worked out, shown with its figures, and saved on a yes."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from handlers.duty import meanings, texts
from handlers.duty.commands import days_text, people
from handlers.duty.days import (
    DAY,
    Roster,
    brief_day,
    day_text,
    duty_days,
    gap_lines,
    gaps_of,
    keeps_roster,
    roster_of,
    shift_name,
    stretch,
    today_of,
    turns_of,
)
from handlers.duty.policy import DutyPolicy
from handlers.duty.registry import registry
from handlers.duty.saving import Place, save
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import ROLE_NAMES
from handlers.kit.people import called
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.rota import Filled, Turn, fill, quality
from storage.models import DutyAbsence, DutyGap
from storage.queries.duty import Placed
from storage.queries.members import Named
from storage.vocabulary import DutyPosition, Role, UserId

_OFFICE = frozenset({Role.OFFICE})
_LOOKED_BACK = timedelta(days=365)
_LINES = 7
_WHO_IS_ON = {
    DutyPosition.LEAD: Role.LEAD_DUTY,
    DutyPosition.DUTY: Role.DUTY,
    DutyPosition.BACKUP: Role.DUTY,
}
_TRIMMED = " ,，。.:：、;；（）()"
Pools = Mapping[DutyPosition, Sequence[UserId]]


@registry.command(
    "排班",
    takes=Takes.NOTHING,
    usage="排班 10月1日到7日（或：排班 国庆）",
    purpose="自动排一段时间的值班表，保存前先看",
    shown_to=_OFFICE,
    means=meanings.arrange,
)
def arrange_duty(ctx: Context, asked: Asked) -> str:
    """Work out a roster and show it; a yes saves the same one, if nothing changed meanwhile."""
    if not keeps_roster(ctx):
        raise UserError(texts.ONLY_OFFICE)
    days = stretch(asked.slots)
    if days is None:
        raise UserError(texts.ARRANGE_DAYS)
    first, last = days
    if first <= today_of(ctx):
        raise UserError(texts.PAST_DAYS.format(day=day_text(first, today_of(ctx))))
    roster = roster_of(ctx, ctx.sender.bureau, first, last)
    pools, left_out = _pools(ctx, f"排班 {days_text(first, last)}", roster.policy)
    made = _made(ctx, roster, pools)
    gaps = gaps_of(
        roster.policy.pattern, roster.days, [turn.slot for turn in made.turns], roster.declared
    )
    if gaps:
        lines = gap_lines(gaps, today_of(ctx))
        count = sum(map(len, gaps.values()))
        raise UserError(
            texts.PLAN_GAPS.format(count=count, lines=lines, day=brief_day(min(gaps))) + left_out
        )
    if asked.slots.get("agreed"):
        return _save(ctx, roster, made)
    said = [_plan(ctx, roster, made, pools), left_out]
    if roster.placed:
        said.append(texts.PLAN_REPLACES.format(count=len(roster.placed)))
    question = "\n".join(filter(None, [*said, texts.PLAN_ASK]))
    yes = Option(label="", command="arrange_duty", slots={**asked.slots, "agreed": True})
    return ctx.offer(question, yes, confirming=meanings.arrange.name)


def _pools(ctx: Context, again: str, policy: DutyPolicy) -> tuple[Pools, str]:
    """Return who may be put on the roster, and who is not because nothing reaches him.

    Raises:
        UserError: there is nobody for some position.
    """
    bureau = ctx.sender.bureau
    held = ctx.uow.members.holders(bureau, {Role.DUTY, Role.LEAD_DUTY})
    members = {one.userid: one for one in ctx.uow.members.of_bureau(bureau)}
    holding = {
        role: sorted({who for holders in held[role].values() for who in holders} & members.keys())
        for role in (Role.DUTY, Role.LEAD_DUTY)
    }
    reached = {
        role: [who for who in those if members[who].reachable] for role, those in holding.items()
    }
    for role, those in reached.items():
        if not those and (policy.lead or role is not Role.LEAD_DUTY):
            what = texts.POSITIONS[_position_of(role)]
            raise UserError(
                texts.NO_POOL.format(what=what, role=f"{role}（{ROLE_NAMES[role]}）", again=again)
            )
    unreached = {who for those in holding.values() for who in those if not members[who].reachable}
    names = "、".join(members[who].name for who in sorted(unreached))
    pronoun = "他们" if len(unreached) > 1 else "他"
    said = texts.UNREACHABLE.format(names=names, pronoun=pronoun) if names else ""
    return {position: reached[role] for position, role in _WHO_IS_ON.items()}, said


def _position_of(role: Role) -> DutyPosition:
    return next(position for position, one in _WHO_IS_ON.items() if one is role)


def _made(ctx: Context, roster: Roster, pools: Pools) -> Filled:
    """Work the roster out anew, by what stands on it around those days and in the year before."""
    bureau = ctx.sender.bureau
    first, last = roster.days[0].day, roster.days[-1].day
    year = ctx.uow.duty.roster(bureau, first - _LOOKED_BACK, first - DAY)
    near = max(roster.policy.free_days, 1) * DAY
    after = ctx.uow.duty.roster(bureau, last + DAY, last + near)
    past = duty_days(ctx, bureau, first - _LOOKED_BACK, first - DAY) if year else ()
    return fill(
        roster.days,
        roster.policy.pattern,
        pools,
        before=turns_of(one.shift for one in (*year, *after)),
        away=_away(ctx, first, last),
        natures={day.day: day.nature for day in past},
    )


def _away(ctx: Context, first: date, last: date) -> Collection[tuple[UserId, date, date]]:
    """Return who said that he is away, and who let somebody else decide for him."""
    bureau = ctx.sender.bureau
    since = datetime.combine(first, time.min, SHANGHAI)
    until = datetime.combine(last + DAY, time.min, SHANGHAI)
    standing_down = [
        (who, local(starts).date(), local(ends - timedelta(seconds=1)).date())
        for who, starts, ends in ctx.uow.duty.standing_down(bureau, since, until)
    ]
    return [*ctx.uow.duty.absences(bureau, first, last), *standing_down]


def _plan(ctx: Context, roster: Roster, made: Filled, pools: Pools) -> str:
    names = ctx.uow.members.names({turn.member for turn in made.turns})
    today = today_of(ctx)
    lines = [
        f"{day_text(day.day, today)}：{_of_day(made.turns, day.day, names)}"
        for day in roster.days[:_LINES]
    ]
    if len(roster.days) > _LINES:
        lines.append(texts.PLAN_REST.format(count=len(roster.days)))
    said = texts.PLAN.format(
        days=days_text(roster.days[0].day, roster.days[-1].day),
        count=len(made.turns),
        lines="\n".join(lines),
    )
    return f"{said}\n{quality_text(made.turns, roster, pools[DutyPosition.DUTY])}"


def quality_text(turns: Sequence[Turn], roster: Roster, pool: Collection[UserId] = ()) -> str:
    """Say how even a roster is."""
    seen = quality(turns, roster.natures, pool)
    figures = {
        name: f"{least}" if least == most else f"{least}到{most}"
        for name, (least, most) in (
            ("total", seen.total),
            ("weekends", seen.weekends),
            ("holidays", seen.holidays),
        )
    }
    return texts.PLAN_QUALITY.format(**figures)


def _of_day(turns: Sequence[Turn], day: date, names: Mapping[UserId, str]) -> str:
    return "；".join(
        f"{what} {'、'.join(who)}"
        for what, who in _by_name([turn for turn in turns if turn.slot.day == day], names).items()
    )


def _by_name(turns: Sequence[Turn], names: Mapping[UserId, str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for turn in sorted(turns, key=lambda turn: turn.slot.position is not DutyPosition.LEAD):
        what = shift_name(turn.slot).removeprefix(brief_day(turn.slot.day))
        found.setdefault(what, []).append(names[turn.member])
    return found


def _save(ctx: Context, roster: Roster, made: Filled) -> str:
    places = [Place(slot=turn.slot, member=turn.member) for turn in made.turns]
    told = save(ctx, ctx.sender.bureau, [day.day for day in roster.days], places)
    days = days_text(roster.days[0].day, roster.days[-1].day)
    if told is None:
        return texts.SAVED_SAME.format(days=days)
    said = texts.SAVED.format(days=days, count=len(told))
    if not roster.policy.phone:
        said += texts.NO_PHONE_NOTE
    return ctx.with_link(said, f"duty/{roster.days[0].day:%Y-%m}")


@registry.command(
    "不排班",
    takes=Takes.NOTHING,
    usage="不排班 李强 10月1日到3日（或：不排班 10月10日 原因）",
    purpose="记下谁哪几天不排班，或哪天不用值班",
    shown_to=_OFFICE,
    means=meanings.exclude,
    reads=meanings.beside_days,
)
def exclude_from_duty(ctx: Context, asked: Asked) -> str:
    """Write down that a member is away, or, without a name, that a day needs nobody."""
    if not keeps_roster(ctx):
        raise UserError(texts.ONLY_OFFICE)
    days = stretch(asked.slots)
    if days is None:
        raise UserError(texts.EXCLUDE_HOW)
    if who := asked.slots.get("who"):
        return _exclude_member(ctx, one_called(ctx, str(who)), days)
    reason = asked.text.strip(_TRIMMED)
    if not reason:
        raise UserError(texts.NO_REASON)
    first, last = days
    for number in range((last - first).days + 1):
        ctx.uow.duty.declare_gap(
            DutyGap(
                bureau=ctx.sender.bureau,
                day=first + number * DAY,
                reason=reason,
                declared_by=ctx.sender.userid,
                declared_at=ctx.now,
            )
        )
    subject = f"{ctx.sender.bureau}:{first}:{last}"
    ctx.audit("duty:no_need", subject, after={"reason": reason})
    return texts.EXCLUDED_DAY.format(days=days_text(first, last), reason=reason)


def _exclude_member(ctx: Context, member: Named, days: tuple[date, date]) -> str:
    first, last = days
    ctx.uow.duty.add(
        DutyAbsence(
            bureau=ctx.sender.bureau,
            member=member.userid,
            first=first,
            last=last,
            said_by=ctx.sender.userid,
            said_at=ctx.now,
        )
    )
    ctx.audit("duty:away", member.userid, after={"first": str(first), "last": str(last)})
    on = [
        one.shift
        for one in ctx.uow.duty.roster(ctx.sender.bureau, first, last)
        if one.shift.member == member.userid
    ]
    said = texts.STILL_ON.format(who=member.name, shifts="、".join(map(shift_name, on)))
    return texts.EXCLUDED_MEMBER.format(
        who=member.name, days=days_text(first, last), on=said if on else ""
    )


def one_called(ctx: Context, said: str) -> Named:
    """Return the colleague who is called so.

    Raises:
        UserError: nobody is, or several are.
    """
    found = called(ctx, re.sub(r"(?:同志|老师)$", "", said))
    if not found:
        raise UserError(texts.WHO_NOT_FOUND.format(said=said))
    if len(found) > 1:
        names = "、".join(one.name for one in found[:5])
        raise UserError(texts.WHICH_ONE.format(said=said, names=names))
    return found[0]


def of_day(placed: Sequence[Placed]) -> str:
    return "；".join(people(placed))
