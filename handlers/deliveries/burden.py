"""减负报告: how many messages people get, when, and what was spared them; the office reads it."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from handlers.deliveries import texts
from handlers.deliveries.commands import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import MessageKind, Text
from handlers.kit.pushes import name_of
from handlers.rules.burden import Burden, Counted, Sent, burden, day_counts
from handlers.rules.calendar import SHANGHAI, local, period_bounds
from handlers.rules.notices.report import Chart, Series
from storage.vocabulary import Role, UnitId, Urgency

KIND = "burden_report"
READERS = frozenset({Role.OFFICE, Role.ADMIN, Role.DEPUTY, Role.PRINCIPAL})
_MONTH = re.compile(r"(?:(?P<year>20\d\d)[-年])?(?P<month>1[0-2]|0?[1-9])月?份?")
_DAY = timedelta(days=1)
_CAUGHT_UP = 7
_KINDS_SHOWN, _PEOPLE_SHOWN, _KINDS_DRAWN = 3, 3, 10

registry.message(MessageKind(name=KIND, urgency=Urgency.ROUTINE))


@registry.every("40 3 * * *")
def count_messages(ctx: Context) -> None:
    """Count yesterday's messages, and those of days before that were missed: a week at most."""
    today = local(ctx.now).date()
    counted = ctx.uow.burdens.counted_days(today - _CAUGHT_UP * _DAY)
    bureaus = ctx.uow.members.bureau_of_each()
    calendar = ctx.calendar()
    for back in range(_CAUGHT_UP, 0, -1):
        day = today - back * _DAY
        if day in counted:
            continue
        start, end = (_midnight(day), _midnight(day + _DAY))
        sent = [Sent(**row._asdict()) for row in ctx.uow.burdens.sent(start, end)]
        counts = day_counts(sent, ctx.uow.burdens.spared(start, end), calendar)
        ctx.uow.burdens.add(
            [
                {
                    "day": day,
                    "member": member,
                    "kind": kind,
                    "bureau": bureaus[member],
                    "messages": count.messages,
                    "after_hours": count.after_hours,
                    "spared": count.spared,
                }
                for (member, kind), count in counts.items()
                if member in bureaus
            ]
        )


@registry.every("0 9 1-12 * *")
def report_burden(ctx: Context) -> None:
    """On the first working day of a month: what last month asked of people, to the office."""
    today = local(ctx.now).date()
    is_workday = ctx.calendar().is_workday
    earlier = (today.replace(day=day) for day in range(1, today.day))
    if not is_workday(today) or any(map(is_workday, earlier)):
        return
    month = f"{today.replace(day=1) - _DAY:%Y-%m}"
    for bureau in ctx.uow.members.bureaus():
        found = figures(ctx, bureau.id, month)
        if found.messages:
            said = Text(text=_said(ctx, bureau.name, month, found))
            office = ctx.uow.members.holding(Role.OFFICE, bureau.id)
            ctx.tell(KIND, office, said, subject=f"burden:{bureau.id}:{month}")


@registry.command(
    "减负报告",
    "减负",
    takes=Takes.WORDS,
    usage="减负报告（别的月份：减负报告 8月）",
    purpose="看机器人给大家发了多少消息",
    shown_to=READERS,
    changes=False,
)
def show_burden(ctx: Context, asked: Asked) -> str:
    """Show what a month asked of the people of the sender's bureau.

    Raises:
        UserError: it is not his to see, it is no month, or nothing is counted.
    """
    if not may_read(ctx):
        raise UserError(texts.NOT_OFFICE)
    month = _month(asked.text, local(ctx.now).date())
    found = figures(ctx, ctx.sender.bureau, month)
    if not found.messages:
        raise UserError(texts.NO_FIGURES.format(month=month_said(month)))
    bureau = ctx.uow.members.unit(ctx.sender.bureau)
    return ctx.with_link(_said(ctx, bureau.name, month, found), f"burden/{month}")


def may_read(ctx: Context) -> bool:
    return viewer(ctx).holds(READERS, (ctx.sender.bureau,))


def figures(ctx: Context, bureau: UnitId, month: str) -> Burden:
    """Return what a month asked of a bureau's people, as far as it has been counted."""
    start, end = (local(one).date() for one in period_bounds(month))
    rows = [Counted(**row._asdict()) for row in ctx.uow.burdens.of(bureau, start, end)]
    return burden(rows, (min(end, local(ctx.now).date()) - start).days)


def month_said(month: str) -> str:
    return f"{int(month[-2:])}月"


def charts(found: Burden, month: str) -> Sequence[Chart]:
    """Draw the kinds, the most first, and the weeks."""
    kinds = found.by_kind[:_KINDS_DRAWN]
    name = month_said(month)
    return (
        Chart(
            title=f"{name}各类消息",
            said="；".join(f"{name_of(kind)}{count}条" for kind, count in kinds),
            labels=tuple(name_of(kind) for kind, _ in kinds),
            series=(Series(name="条数", values=tuple(count for _, count in kinds)),),
            lying=True,
        ),
        Chart(
            title=f"{name}各周消息",
            said="；".join(f"{day:%m月%d日}起{count}条" for day, count in found.by_week),
            labels=tuple(f"{day.month}.{day.day}" for day, _ in found.by_week),
            series=(Series(name="条数", values=tuple(count for _, count in found.by_week)),),
        ),
    )


def people(ctx: Context, found: Burden) -> Sequence[tuple[str, str, int]]:
    """Return who got how many a week and in all, the most first."""
    names = ctx.uow.members.names([member for member, _ in found.by_member])
    return [
        (names.get(member, member), f"{found.weekly(count):.1f}", count)
        for member, count in found.by_member
    ]


def _said(ctx: Context, bureau: str, month: str, found: Burden) -> str:
    most = people(ctx, found)[:_PEOPLE_SHOWN]
    lines = "、".join(texts.MOST_LINE.format(who=who, each=each) for who, each, _ in most)
    return texts.BURDEN.format(
        bureau=bureau,
        month=month_said(month),
        messages=found.messages,
        people=len(found.by_member),
        each=f"{found.each:.1f}",
        after=found.after_hours,
        share=found.share,
        spared=found.spared,
        kinds="、".join(
            texts.KIND_LINE.format(name=name_of(kind), count=count)
            for kind, count in found.by_kind[:_KINDS_SHOWN]
        ),
        most=texts.MOST.format(lines=lines),
    )


def _month(said: str, today: date) -> str:
    """Return the month that is meant, as 2026-09; last month if none is said."""
    plain = said.strip()
    if not plain:
        return f"{today.replace(day=1) - _DAY:%Y-%m}"
    found = _MONTH.fullmatch(plain)
    if found is None:
        raise UserError(texts.MONTH_FORM)
    month = int(found["month"])
    year = int(found["year"] or today.year - (month > today.month))
    return f"{year}-{month:02}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
