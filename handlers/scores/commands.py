"""得分: what a section was given points for, and why it is so many."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.registry import Registry
from handlers.rules.calendar import local
from handlers.rules.scoring.lines import ScoreLine, plain, total
from handlers.rules.scoring.periods import last_day
from handlers.rules.scoring.texts import signed
from handlers.rules.visibility import may_see_points
from handlers.scores import texts
from handlers.scores.ledger import Counted, counted, use
from handlers.scores.naming import named_rules, period_name
from storage.models import Unit
from storage.vocabulary import Role, UnitKind

_MONTH = re.compile(r"(?:(?P<year>20\d\d)[-年])?(?P<month>1[0-2]|0?[1-9])(?:月份?)?$")
_SHOWN = 15

registry = Registry()


@registry.command(
    "得分",
    takes=Takes.WORDS,
    usage="得分（别的月份：得分 8月）",
    purpose="看本科室的得分，每一分从哪里来",
    changes=False,
)
def show_score(ctx: Context, asked: Asked) -> str:
    """Show the score of a section in a month, or the period that its rules count by.

    Raises:
        UserError: the section or the month is none, or its points are not the sender's to see.
    """
    *names, _ = words = [*asked.text.split(), ""]
    months = [word for word in words if _day_in(ctx, word)]
    day = _day_in(ctx, months[0]) if months else local(ctx.now).date()
    if day is None or day > local(ctx.now).date():
        raise UserError(texts.FUTURE.format(period=months[0]))
    unit = _meant(ctx, [name for name in names if name not in months])
    made = counted(ctx.uow, unit.bureau, [unit], last_day(day, "month"))
    if made is None:
        raise UserError(_no_rules(ctx, f"{day:%Y-%m}"))
    use(ctx, made.stored)
    return _told(ctx, unit, made)


def _meant(ctx: Context, names: Sequence[str]) -> Unit:
    """Return the section that is named, or the sender's own, if he may see its points."""
    own = ctx.uow.members.unit(ctx.sender.unit)
    if not names:
        if own.kind is not UnitKind.SECTION:
            raise UserError(texts.NO_SECTION)
        return own
    for unit in ctx.uow.members.units_of(ctx.sender.bureau):
        if unit.kind is UnitKind.SECTION and names[0] in {unit.name, unit.path}:
            lineage = ctx.uow.members.lineage(unit.id)
            if may_see_points(viewer(ctx), own.id, lineage):
                return unit
    raise UserError(texts.NOT_SEEN.format(name=names[0]))


def _day_in(ctx: Context, word: str) -> date | None:
    """Return a day of the month that *word* names, the last one that has begun."""
    today = local(ctx.now).date()
    if word in {"上月", "上个月"}:
        return today.replace(day=1) - timedelta(days=1)
    if word in {"本月", "这个月"}:
        return today
    if (found := _MONTH.match(word)) is None:
        return None
    month = int(found["month"])
    year = int(found["year"] or today.year - (month > today.month))
    return date(year, month, 1)


def _no_rules(ctx: Context, month: str) -> str:
    """Say that there are no rules, and what the one who asks can do about it."""
    roles = ctx.uow.members.roles_of(ctx.sender.userid)
    may = not {Role.OFFICE, Role.ADMIN}.isdisjoint(roles)
    return texts.NO_RULES.format(
        period=period_name(month, local(ctx.now).date()),
        next=texts.OFFICE_NEXT if may else texts.OTHERS_NEXT,
    )


def _told(ctx: Context, unit: Unit, made: Counted) -> str:
    score = made.scores[unit.id]
    known = {
        "unit": unit.name,
        "period": period_name(made.period, local(ctx.now).date()),
        "points": plain(score.points),
        "rules": named_rules(made.stored.name, made.rules),
    }
    if not score.lines:
        return texts.NOTHING_COUNTED.format(**known)
    return texts.SCORE.format(**known, lines="\n".join(_lines(score.lines)))


def _lines(lines: Sequence[ScoreLine]) -> list[str]:
    """Return the lines that are shown: what gave or took most first, what gave nothing last."""
    ranked = sorted(lines, key=lambda line: -abs(line.points))
    shown = ranked[:_SHOWN]
    told = [texts.LINE.format(points=_signed(line.points), note=line.note) for line in shown]
    if left := ranked[_SHOWN:]:
        told.append(texts.AND_MORE.format(count=len(left), points=plain(total(left))))
    return told


def _signed(points: Decimal) -> str:
    return signed(points) if points else "0"
