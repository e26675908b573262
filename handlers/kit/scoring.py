"""Which rule set a bureau counts by, and what the ledger says: one answer for all who ask."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from handlers.rules.attribution import SILENT
from handlers.rules.scoring.lines import Score, ScoreLine, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import (
    begins,
    ends,
    home_of,
    is_longer,
    length_of,
    parts_of,
    period_of,
    rolled_up,
)
from storage.models import StoredRuleSet, Unit
from storage.queries.scores import Line
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Role, UnitId, UserId


class RankingPolicy(BaseModel):
    """Who learns how sections stand against one another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    public: bool = Field(
        default=False,
        description="everybody sees every section's points and place, in 排名 and in notices;"
        " else each section its own, the office and leaders all",
    )


def in_force(uow: UnitOfWork, bureau: UnitId, day: date) -> tuple[StoredRuleSet, RuleSet] | None:
    """Return the rule set of a bureau on *day*: of those that have begun, the latest."""
    for stored in reversed(uow.scores.rule_sets(bureau)):
        if stored.valid_from <= day:
            rules = _read(json.dumps(stored.table, sort_keys=True))
            if rules.valid_until is None or day <= rules.valid_until:
                return stored, rules
    return None


@lru_cache(maxsize=32)
def _read(table: str) -> RuleSet:
    """Return a rule set as it is stored; it is a value, and reading it takes a millisecond."""
    return RuleSet.model_validate(json.loads(table))


def of_period(
    uow: UnitOfWork, bureau: UnitId, day: date
) -> tuple[StoredRuleSet, RuleSet, str] | None:
    """Return the rules of the period that *day* is in, and its name.

    They are those in force when it began; where none were then, those that began within it.
    """
    if (found := in_force(uow, bureau, day)) is None:
        return None
    began = begins(period_of(day, found[1].period))
    stored, rules = found
    if stored.valid_from > began:
        stored, rules = in_force(uow, bureau, began) or found
    return stored, rules, period_of(day, rules.period)


def rules_by(uow: UnitOfWork, bureau: UnitId, day: date) -> RuleSet:
    """Return what the period of *day* is counted by; a bureau without rules goes by the usual."""
    found = of_period(uow, bureau, day)
    return SILENT if found is None else found[1]


def usual_period(uow: UnitOfWork, bureau: UnitId, today: date) -> str:
    """Return the period that is meant where none is named: the month, or the week of such rules."""
    length = "week" if rules_by(uow, bureau, today).period == "week" else "month"
    return period_of(today, length)


def looked_at(uow: UnitOfWork, bureau: UnitId, period: str, today: date) -> bool:
    """Tell whether points and tasks are told for *period*: it has begun, and weeks are counted."""
    if not is_counted_period(period) or begins(period) > today:
        return False
    weekly = length_of(period) == "week"
    return not weekly or rules_by(uow, bureau, home_of(period)).period == "week"


def officers_of(uow: UnitOfWork, rules: RuleSet, bureau: UnitId) -> Mapping[UnitId, int]:
    """Return how many officers each unit of a bureau has; none where no quota is a person's."""
    if not any(quota.per == "person" for quota in rules.quota):
        return {}
    held = uow.members.holders(bureau, {Role.OFFICER})[Role.OFFICER]
    return {unit: len(officers) for unit, officers in held.items()}


_COUNTED = re.compile(r"20\d\d(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|W(0[1-9]|[1-4]\d|5[0-3])))?")


def is_counted_period(period: str) -> bool:
    """Tell whether points are counted by such a period: a week, month, quarter, half or year."""
    return _COUNTED.fullmatch(period) is not None


def score_of(name: str, rules: RuleSet, subject: str, period: str, lines: Sequence[Line]) -> Score:
    """Return the score that the stored lines of one unit, or one person, and period stand for."""
    read = tuple(
        ScoreLine(
            subject=line.member or subject,
            period=period,
            rule=line.rule,
            cause=line.cause,
            points=line.points,
            note=line.note,
        )
        for line in lines
    )
    points, strikes = total(read), rules.call.strikes
    people = {line.member for line in lines}
    mark = rules.pass_mark if rules.subject == "unit" or len(people) == 1 else None
    by_strikes = strikes is not None and strikes.effect == "zero_year"
    return Score(
        rules=name,
        subject=subject,
        period=period,
        points=points,
        lines=read,
        passed=None if mark is None else points >= mark,
        vetoes=tuple(line.cause for line in read if line.rule.endswith(".veto")),
        zero_year=any(
            line.rule.endswith(".zero_year") or (by_strikes and line.rule == "strikes")
            for line in read
        ),
    )


def standing_scores(
    uow: UnitOfWork, bureau: UnitId, units: Sequence[Unit], period: str, today: date
) -> tuple[RuleSet, str, Mapping[UnitId, Score]] | None:
    """Return what the ledger says of *units* in *period*, up to today; None: there are no rules.

    *period* is a week, a month or longer. Where the rules count by a longer one, that one is
    taken; where they count by a shorter one, its scores are rolled up. Also returned are the
    rules, and the period that is meant. Two queries, however many units there are.
    """
    found = _standing(uow, bureau, period, today)
    if found is None:
        return None
    scores = {unit.id: found.score(unit.name, found.lines.get(unit.id, ())) for unit in units}
    return found.rules, found.whole, scores


def standing_people(
    uow: UnitOfWork, bureau: UnitId, units: Sequence[Unit], period: str, today: date
) -> tuple[RuleSet, str, Mapping[UnitId, Mapping[UserId, Score]]] | None:
    """Return the same of each person in *units* whom the ledger has lines of.

    None: there are no rules, or they are not about people.
    """
    found = _standing(uow, bureau, period, today)
    if found is None or found.rules.subject != "person":
        return None
    of_units: dict[UnitId, dict[UserId, list[Line]]] = {unit.id: {} for unit in units}
    for unit, of_unit in of_units.items():
        for line in found.lines.get(unit, ()):
            of_unit.setdefault(line.member, []).append(line)
    names = uow.members.names({member for of_unit in of_units.values() for member in of_unit})
    scores = {
        unit: {member: found.score(names[member], lines) for member, lines in of_unit.items()}
        for unit, of_unit in of_units.items()
    }
    return found.rules, found.whole, scores


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """The ledger's lines of a bureau in the periods of its rules that *whole* consists of."""

    name: str
    rules: RuleSet
    whole: str
    periods: Sequence[str]
    lines: Mapping[UnitId, Sequence[Line]]

    def score(self, subject: str, lines: Sequence[Line]) -> Score:
        within: dict[str, list[Line]] = {each: [] for each in self.periods}
        for line in lines:
            within[line.period].append(line)
        parts = [score_of(self.name, self.rules, subject, *each) for each in within.items()]
        alone = parts[0].period == self.whole
        return parts[0] if alone else rolled_up(self.rules, self.whole, parts)


def _standing(uow: UnitOfWork, bureau: UnitId, period: str, today: date) -> _Standing | None:
    if begins(period) > today:
        return None
    day = home_of(period) if length_of(period) == "week" else min(ends(period), today)
    found = of_period(uow, bureau, day)
    if found is None:
        return None
    stored, rules, _ = found
    periods = [each for each in parts_of(period, rules.period) if begins(each) <= today]
    if not periods:
        return None
    whole = period if is_longer(period, rules.period) else periods[0]
    return _Standing(
        name=stored.name,
        rules=rules,
        whole=whole,
        periods=periods,
        lines=uow.scores.standings(bureau, periods),
    )


def period_name(period: str, today: date) -> str:
    """Return a period as people say it: 9月, 2025年12月, 2026年三季度."""
    year, _, part = period.partition("-")
    before = "" if int(year) == today.year else f"{year}年"
    if not part:
        return f"{year}年"
    if part[0] == "W":
        return f"{before}第{int(part[1:])}周"
    if part[0] == "Q":
        return f"{before}{'一二三四'[int(part[1]) - 1]}季度"
    if part[0] == "H":
        return f"{before}{'上下'[int(part[1]) - 1]}半年"
    return f"{before}{int(part)}月"
