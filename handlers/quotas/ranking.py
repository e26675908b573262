"""排名: who stands where by points; each sees his own place, the office and leaders all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.scoring import (
    RankingPolicy,
    looked_at,
    period_name,
    standing_people,
    standing_scores,
)
from handlers.quotas import meanings, texts
from handlers.quotas.commands import overseen, registry
from handlers.rules.calendar import local, period_bounds
from handlers.rules.scoring.lines import plain
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import month_closes, months_of, parts_of
from handlers.rules.scoring.standing import Place, places
from storage.models import Unit
from storage.vocabulary import Role, UnitKind

_SHOWN = 20
_LEADERS = (Role.OFFICE, Role.PRINCIPAL, Role.DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The places of all sections of a bureau, or of its people; *open*: it can still change."""

    period: str
    rules: RuleSet
    places: Sequence[Place]
    open: bool
    counted: str = texts.UNITS

    def of(self, subject: str) -> Place:
        return next(place for place in self.places if place.subject == subject)

    def group(self, name: str) -> Sequence[Place]:
        return [place for place in self.places if place.group == name]


@registry.command(
    "排名",
    takes=Takes.NOTHING,
    usage="排名（也可以说：三季度排名、我们科排第几）",
    purpose="看得分排名；科室看自己的名次",
    means=meanings.ranking,
    changes=False,
)
def show_ranking(ctx: Context, asked: Asked) -> str:
    """Show the places that the sender may see: all of them, his line's, or his own.

    Raises:
        UserError: there are no rules, or it is asked for what is not ranked or not his to see.
    """
    today = local(ctx.now).date()
    period = str(asked.slots.get("period", f"{today:%Y-%m}"))
    if not looked_at(ctx.uow, ctx.sender.bureau, period, today):
        raise UserError(texts.NO_SUCH_PERIOD)
    sections = [
        unit
        for unit in ctx.uow.members.units_of(ctx.sender.bureau)
        if unit.kind is UnitKind.SECTION
    ]
    unit = "" if "group" in asked.slots else str(asked.slots.get("unit", ""))
    if people := _people(ctx, sections, period, asked):
        return people
    ranking = _ranked(ctx, sections, period)
    if ranking is None:
        raise UserError(texts.NO_RULES.format(period=period_name(period, today)))
    own = [unit for unit in sections if unit.id == ctx.sender.unit]
    seen = sections if ctx.policy(RankingPolicy).public else overseen(ctx, _LEADERS)
    if unit and unit != "mine":
        own = [each for each in {*seen, *own} if unit in each.name]
        if not own:
            raise UserError(texts.RANK_NOT_SEEN.format(name=unit))
    if own and (unit or not seen):
        said = "\n".join(_one(ctx, ranking, each.name, each.name) for each in own)
        return ctx.with_link(said, f"units/{own[0].id}/{period}")
    if not seen:
        raise UserError(texts.NO_PLACE)
    said = _several(ctx, ranking, {each.name for each in seen}, asked)
    return ctx.with_link(said, f"bureau/{period}")


def _people(ctx: Context, sections: Sequence[Unit], period: str, asked: Asked) -> str:
    """Rank people where the rules are about them and units are not asked for; else say nothing.

    Raises:
        UserError: people are asked for and the rules count units, or the sender has no place.
    """
    by = asked.slots.get("by", "")
    if by == "unit" or (by != "person" and {"unit", "group"} & asked.slots.keys()):
        return ""
    today = local(ctx.now).date()
    found = standing_people(ctx.uow, ctx.sender.bureau, sections, period, today)
    if found is None:
        if by == "person":
            raise UserError(texts.NO_PERSONS)
        return ""
    rules, whole, scores = found
    of_label = {
        texts.PERSON.format(name=score.subject, unit=unit.name): (unit, score)
        for unit in sections
        for score in scores[unit.id].values()
    }
    ranking = Ranking(
        period=whole,
        rules=rules,
        places=places(
            rules,
            [replace(score, subject=label) for label, (_, score) in of_label.items()],
            homes={label: unit.name for label, (unit, _) in of_label.items()},
        ),
        open=today <= month_closes(rules, parts_of(whole, "month")[-1], ctx.calendar().is_workday),
        counted=texts.PEOPLE,
    )
    seen = sections if ctx.policy(RankingPolicy).public else overseen(ctx, _LEADERS)
    if seen:
        labels = {label for label, (unit, _) in of_label.items() if unit in seen}
        return _several(ctx, ranking, labels, asked)
    own = scores.get(ctx.sender.unit, {}).get(ctx.sender.userid)
    label = next((label for label, (_, score) in of_label.items() if score is own), "")
    if own is None:
        raise UserError(texts.NO_PLACE)
    return _one(ctx, ranking, label, own.subject)


def _ranked(ctx: Context, units: Sequence[Unit], period: str) -> Ranking | None:
    today = local(ctx.now).date()
    found = standing_scores(ctx.uow, ctx.sender.bureau, units, period, today)
    if found is None:
        return None
    rules, whole, scores = found
    closes = month_closes(rules, parts_of(whole, "month")[-1], ctx.calendar().is_workday)
    figures = _figures(ctx, rules, units, whole)
    return Ranking(
        period=whole,
        rules=rules,
        places=places(rules, list(scores.values()), figures),
        open=today <= closes,
    )


def _figures(
    ctx: Context, rules: RuleSet, units: Sequence[Unit], period: str
) -> Mapping[str, Mapping[str, Decimal]]:
    """Return what may break ties, for units by name; nothing is asked where nothing does."""
    if not rules.tie_breakers:
        return {}
    ids = [unit.id for unit in units]
    months = months_of(period)
    adopted = ctx.uow.adoptions.counted_in(ids, months)
    submitted = ctx.uow.drafts.handed_in(ids, *period_bounds(period))
    return {
        unit.name: {
            "adopted": Decimal(adopted.get(unit.id, 0)),
            "submitted": Decimal(submitted.get(unit.id, 0)),
        }
        for unit in units
    }


def _one(ctx: Context, ranking: Ranking, subject: str, called: str) -> str:
    place = ranking.of(subject)
    group = ranking.group(place.group)
    tied = sum(each.place == place.place for each in group) - 1 if place.tied else 0
    return texts.OWN_PLACE.format(
        unit=called,
        counted=ranking.counted,
        period=period_name(ranking.period, local(ctx.now).date()),
        points=plain(place.points),
        group=texts.IN_GROUP.format(group=place.group) if place.group else "",
        count=len(group),
        place=place.called,
        tied=texts.TIED.format(count=tied, counted=ranking.counted) if tied else "",
        open=texts.STILL_OPEN if ranking.open else "",
    )


def _several(ctx: Context, ranking: Ranking, seen: Collection[str], asked: Asked) -> str:
    word = str(asked.slots.get("group", ""))
    groups = list(dict.fromkeys(place.group for place in ranking.places))
    meant = [group for group in groups if group and (word in group or group in word)]
    said = [_group(ctx, ranking, group, seen, asked) for group in meant if word] or [
        _group(ctx, ranking, group, seen, asked) for group in groups
    ]
    return "\n\n".join(part for part in said if part)


def _group(ctx: Context, ranking: Ranking, group: str, seen: Collection[str], asked: Asked) -> str:
    """Write down one group: the first, or from the last, as many as were asked for.

    Who shares the last place that was asked for is among them: 前三 are all on the first three.
    """
    whole = ranking.group(group)
    shown = [place for place in whole if place.subject in seen]
    if not shown:
        return ""
    if asked.slots.get("order") == "asc":
        shown.reverse()
    wanted = int(asked.slots.get("n", _SHOWN))
    ends = shown[: max(wanted, 1)][-1].place
    alike = [each for each in shown[wanted:_SHOWN] if each.place == ends]
    lines = [
        texts.PLACE.format(place=each.called, unit=each.subject, points=plain(each.points))
        for each in [*shown[:wanted], *alike]
    ]
    if (left := len(shown) - len(lines)) and "n" not in asked.slots:
        lines.append(texts.AND_MORE.format(count=left))
    return texts.RANKING.format(
        period=period_name(ranking.period, local(ctx.now).date()),
        group=texts.OF_GROUP.format(group=group) if group else "",
        count=len(whole),
        counted=ranking.counted,
        open=texts.STILL_OPEN if ranking.open else "",
        lines="\n".join(lines),
    )
