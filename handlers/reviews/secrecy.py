"""保密汇总: what was reviewed for secrecy in a month; that there was nothing is said as well."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import texts
from handlers.reviews.commands import registry
from handlers.rules.calendar import WorkCalendar, local, period_bounds
from storage.models import Unit
from storage.vocabulary import Role, UnitKind, Urgency, Verdict

registry.message(MessageKind(name="secrecy_summary", urgency=Urgency.ROUTINE))

_READERS = frozenset({Role.OFFICE, Role.SECRECY_REVIEWER, Role.DEPUTY, Role.PRINCIPAL})
_TOLD = (Role.SECRECY_REVIEWER, Role.OFFICE)
_MONTH = re.compile(r"(?:(?P<year>20\d\d)[-年])?(?P<month>1[0-2]|0?[1-9])月?份?")
_RETURNED_SHOWN = 10
_DAY, _LONGEST_DOWN = timedelta(days=1), timedelta(days=7)


@registry.command(
    "保密汇总",
    "保密审查汇总",
    takes=Takes.WORDS,
    usage="保密汇总（别的月份：保密汇总 8月）",
    purpose="看一个月的保密审查情况",
    shown_to=_READERS,
    changes=False,
)
def show_secrecy_reviews(ctx: Context, asked: Asked) -> str:
    """Show a month of secrecy reviews of the sender's bureau.

    Raises:
        UserError: it is not his to see, or the month is none or has not begun.
    """
    bureau = ctx.uow.members.unit(ctx.sender.bureau)
    if not viewer(ctx).holds(_READERS, (bureau.id,)):
        raise UserError(texts.SECRECY_NOT_SEEN)
    return _summary(ctx, bureau, _month_said(asked.text, local(ctx.now).date()))


@registry.every("0 15 22-31 * *")
def tell_of_secrecy_reviews(ctx: Context) -> None:
    """On the last working day of a month, to those who review secrecy and to the office.

    Where the service was down on that day, as soon as it works again.
    """
    today = next((day for day in _days_owed(ctx) if _last_workday(day, ctx.calendar())), None)
    if today is None:
        return
    for bureau in ctx.uow.members.bureaus():
        said = Text(text=_summary(ctx, bureau, f"{today:%Y-%m}"))
        members = [one for role in _TOLD for one in ctx.uow.members.holding(role, bureau.id)]
        subject = f"secrecy:{bureau.id}:{today:%Y-%m}"
        ctx.tell("secrecy_summary", list(dict.fromkeys(members)), said, subject=subject)


def _days_owed(ctx: Context) -> Sequence[date]:
    """Return the day of this look, and before it those on which nobody looked."""
    today = local(ctx.owed_since or ctx.now).date()
    ran = ctx.uow.timers.ran(tell_of_secrecy_reviews.__name__, ctx.now - _LONGEST_DOWN)
    looked = max((day for moment in ran if (day := local(moment).date()) < today), default=None)
    missed = (today - looked).days - 1 if looked is not None else 0
    return [today - ahead * _DAY for ahead in range(missed, -1, -1)]


def _last_workday(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether no working day of the month comes after this one, which is one."""
    later = (day + timedelta(days=ahead) for ahead in range(1, 31))
    rest = [one for one in later if one.month == day.month]
    return calendar.is_workday(day) and not any(calendar.is_workday(one) for one in rest)


def _month_said(said: str, today: date) -> str:
    """Return the month that is meant, as 2026-09; of a month without a year the latest."""
    plain = said.strip()
    if not plain:
        return f"{today:%Y-%m}"
    found = _MONTH.fullmatch(plain)
    if found is None:
        raise UserError(texts.SECRECY_MONTH)
    month = int(found["month"])
    year = int(found["year"] or today.year - (month > today.month))
    if (year, month) > (today.year, today.month):
        raise UserError(texts.SECRECY_MONTH)
    return f"{year}-{month:02}"


def _summary(ctx: Context, bureau: Unit, month: str) -> str:
    bounds = period_bounds(month)
    reviewed = ctx.uow.papers.secrecy_reviews(bureau.id, *bounds)
    stopped = ctx.uow.papers.secrecy_stops(bureau.id, *bounds)
    words = {"bureau": bureau.name, "month": int(month[-2:]), "year": month[:4]}
    if not reviewed and not stopped:
        return texts.SECRECY_NONE.format(**words)
    returned = [one for one in reviewed if one.verdict is Verdict.RETURN]
    by_section = Counter(one.unit for one in reviewed)
    sections = [
        one.name
        for one in ctx.uow.members.units_of(bureau.id)
        if one.kind is UnitKind.SECTION and one.name not in by_section
    ]
    head = texts.SECRECY_MONTHLY.format(
        **words,
        drafts=len({one.draft for one in reviewed}),
        count=len(reviewed),
        passed=len(reviewed) - len(returned),
        returned=len(returned),
        stopped=stopped,
    )
    lines = [texts.SECRECY_SECTION.format(unit=unit, count=n) for unit, n in by_section.items()]
    lines += [
        texts.SECRECY_RETURNED.format(number=one.number, title=one.title, reason=one.reason)
        for one in returned[:_RETURNED_SHOWN]
    ]
    if sections:
        lines.append(texts.SECRECY_WITHOUT.format(units="、".join(sections)))
    return "\n".join([head, *lines])
