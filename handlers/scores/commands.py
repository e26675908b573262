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
from handlers.kit.scoring import (
    is_counted_period,
    period_name,
    standing_people,
    standing_scores,
    usual_period,
)
from handlers.rules.calendar import local
from handlers.rules.scoring.lines import Score, ScoreLine, plain, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.naming import named_rules
from handlers.rules.scoring.periods import begins, ends, home_of, length_of, period_of
from handlers.rules.scoring.texts import signed
from handlers.rules.visibility import may_see_points
from handlers.scores import meanings, texts
from handlers.scores.ledger import counted, use
from storage.models import Unit
from storage.vocabulary import NOBODY, Role, UnitKind, UserId

_MONTH = re.compile(r"(?:(?P<year>20\d\d)[-年])?(?P<month>1[0-2]|0?[1-9])(?:月份?)?$")
_QUARTER = re.compile(r"(?:(?P<year>20\d\d)年?)?第?(?P<number>[一二三四1-4])季度?$")
_HALF = re.compile(r"(?:(?P<year>20\d\d)年?)?(?P<which>[上下])半年$")
_YEAR = re.compile(r"(?P<year>20\d\d)年?$")
_WEEK = re.compile(
    r"(?:(?P<of>20\d\d)-W(?P<iso>\d\d)|(?:(?P<year>20\d\d)年)?第?(?P<number>[1-5]\d|0?[1-9])周)$"
)
_SHORT = frozenset({"week", "month"})
_SHOWN = 15

registry = Registry(theme="得分")


@registry.command(
    "得分",
    takes=Takes.WORDS,
    usage="得分（别的时间：得分 8月，得分 三季度）",
    purpose="看本科室的得分，每一分从哪里来",
    means=meanings.explanation,
    reads=lambda _heard: "",
    changes=False,
)
def show_score(ctx: Context, asked: Asked) -> str:
    """Show the score of a section in a month, or the period that its rules count by.

    Raises:
        UserError: the section or the period is none, or its points are not the sender's to see.
    """
    words = asked.text.split()
    known = [period for word in words if (period := _period_in(ctx, word))]
    named = [word for word in words if not _period_in(ctx, word)]
    said = str(asked.slots.get("period", ""))
    today = local(ctx.now).date()
    usual = usual_period(ctx.uow, ctx.sender.bureau, today)
    period = known[0] if known else said if is_counted_period(said) else usual
    if begins(period) > today:
        raise UserError(texts.FUTURE.format(period=period_name(period, today)))
    names = named or [str(each) for each in [asked.slots.get("unit")] if each]
    unit = _meant(ctx, names)
    member = NOBODY if names else ctx.sender.userid
    found = _of_period(ctx, unit, period, member) if length_of(period) in _SHORT else None
    found = found or _rolled_up(ctx, unit, period, member)
    if found is None:
        raise UserError(_no_rules(ctx, period))
    return ctx.with_link(_told(ctx, *found), f"units/{unit.id}/{period}")


def _of_period(ctx: Context, unit: Unit, period: str, member: UserId) -> tuple[str, Score] | None:
    """Return by which rules a month or week is counted, and the score as the facts are now.

    None: no rules are in force, or they count by weeks and a month is asked for. It is *member*'s
    own where the rules are about people and he is one of them, else the unit's.
    """
    day = home_of(period) if length_of(period) == "week" else ends(period)
    made = counted(ctx.uow, unit.bureau, [unit], day)
    if made is None or (made.rules.period == "week" and length_of(period) != "week"):
        return None
    use(ctx, made.stored)
    score = made.people[unit.id].get(member, made.scores[unit.id])
    return named_rules(made.stored.name, made.rules), score


def _rolled_up(ctx: Context, unit: Unit, period: str, member: UserId) -> tuple[str, Score] | None:
    today = local(ctx.now).date()
    own = standing_people(ctx.uow, unit.bureau, [unit], period, today) if member else None
    if own is not None and member in own[2][unit.id]:
        score = own[2][unit.id][member]
        return _name(own[0], score), score
    found = standing_scores(ctx.uow, unit.bureau, [unit], period, today)
    if found is None:
        return None
    rules, _, scores = found
    return _name(rules, scores[unit.id]), scores[unit.id]


def _name(rules: RuleSet, score: Score) -> str:
    return named_rules(score.rules, rules)


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


def _period_in(ctx: Context, word: str) -> str:
    """Return the period that *word* names, the last one that has begun; empty if it names none."""
    today = local(ctx.now).date()
    year = f"{today:%Y}"
    fixed = {
        "本周": period_of(today, "week"),
        "这周": period_of(today, "week"),
        "上周": period_of(today - timedelta(days=7), "week"),
        "本月": f"{today:%Y-%m}",
        "这个月": f"{today:%Y-%m}",
        "上月": f"{today.replace(day=1) - timedelta(days=1):%Y-%m}",
        "上个月": f"{today.replace(day=1) - timedelta(days=1):%Y-%m}",
        "本季": f"{year}-Q{(today.month + 2) // 3}",
        "本季度": f"{year}-Q{(today.month + 2) // 3}",
        "今年": year,
        "本年": year,
        "全年": year,
        "去年": f"{today.year - 1}",
    }
    if word in fixed:
        return fixed[word]
    if found := _WEEK.match(word):
        named = f"{found['of'] or found['year'] or today.isocalendar()[0]}"
        return f"{named}-W{int(found['iso'] or found['number']):02}"
    if found := _MONTH.match(word):
        return _month(today, found)
    if found := _QUARTER.match(word):
        number = "一二三四".find(found["number"]) + 1 or int(found["number"])
        return f"{found['year'] or year}-Q{number}"
    if found := _HALF.match(word):
        return f"{found['year'] or year}-H{'上下'.index(found['which']) + 1}"
    return found["year"] if (found := _YEAR.match(word)) else ""


def _month(today: date, found: re.Match[str]) -> str:
    month = int(found["month"])
    year = int(found["year"] or today.year - (month > today.month))
    return f"{year}-{month:02}"


def _no_rules(ctx: Context, period: str) -> str:
    """Say that there are no rules, and what the one who asks can do about it."""
    roles = ctx.uow.members.roles_of(ctx.sender.userid)
    may = not {Role.OFFICE, Role.ADMIN}.isdisjoint(roles)
    return texts.NO_RULES.format(
        period=period_name(period, local(ctx.now).date()),
        next=texts.OFFICE_NEXT if may else texts.OTHERS_NEXT,
    )


def _told(ctx: Context, rules: str, score: Score) -> str:
    known = {
        "unit": score.subject,
        "period": period_name(score.period, local(ctx.now).date()),
        "points": plain(score.points),
        "rules": rules,
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
