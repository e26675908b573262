"""Which rule set a bureau counts by, and what the ledger says: one answer for all who ask."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field

from handlers.rules.attribution import SILENT
from handlers.rules.scoring.lines import Score, ScoreLine, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import (
    Stretch,
    begins,
    ends,
    home_of,
    is_longer,
    length_of,
    period_of,
    rolled_up,
    stretches,
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
            rules = _rules(stored)
            if rules.valid_until is None or day <= rules.valid_until:
                return stored, rules
    return None


def _rules(stored: StoredRuleSet) -> RuleSet:
    return _read(json.dumps(stored.table, sort_keys=True))


@lru_cache(maxsize=32)
def _read(table: str) -> RuleSet:
    """Return a rule set as it is stored; it is a value, and reading it takes a millisecond."""
    return RuleSet.model_validate(json.loads(table))


def of_period(
    uow: UnitOfWork, bureau: UnitId, day: date
) -> tuple[StoredRuleSet, RuleSet, str] | None:
    """Return the rules of the period that *day* is in, and its name (see `stretches`)."""
    part = part_on(uow, bureau, day)
    return None if part is None else (part.stored, part.rules, part.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A period, the rules that it is counted by, and its first and last day that count."""

    stored: StoredRuleSet
    rules: RuleSet
    period: str
    span: tuple[date, date]


def part_on(uow: UnitOfWork, bureau: UnitId, day: date) -> Part | None:
    """Return the period that *day* is counted in; None: no rules count it."""
    for stored, rules, stretch in _stretches(uow, bureau):
        if stretch.first <= day <= stretch.last:
            period = period_of(day, rules.period)
            return Part(stored=stored, rules=rules, period=period, span=stretch.span(period))
    return None


def parts_within(uow: UnitOfWork, bureau: UnitId, whole: str, until: date) -> Sequence[Part]:
    """Return the periods that *whole* is made of, that began *until* then, in their order.

    Each has the rules that count it: they may be of different lengths.
    """
    return [
        Part(stored=stored, rules=rules, period=period, span=stretch.span(period))
        for stored, rules, stretch in _stretches(uow, bureau)
        for period in stretch.within(whole)
        if stretch.span(period)[0] <= until
    ]


def parts_touching(uow: UnitOfWork, bureau: UnitId, first: date, last: date) -> Sequence[Part]:
    """Return every period that counts one of the days from *first* to *last*, in their order."""
    found: list[Part] = []
    for stored, rules, stretch in _stretches(uow, bureau):
        day = max(first, stretch.first)
        while day <= min(last, stretch.last):
            period = period_of(day, rules.period)
            span = stretch.span(period)
            found.append(Part(stored=stored, rules=rules, period=period, span=span))
            day = span[1] + timedelta(days=1)
    return found


def _stretches(uow: UnitOfWork, bureau: UnitId) -> list[tuple[StoredRuleSet, RuleSet, Stretch]]:
    versions = [(stored, _rules(stored)) for stored in uow.scores.rule_sets(bureau)]
    found = stretches([rules for _, rules in versions])
    return [(*versions[stretch.number], stretch) for stretch in found]


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
        for line in (each for each in found.lines.get(unit, ()) if each.member):
            of_unit.setdefault(line.member, []).append(line)
    names = uow.members.names({member for of_unit in of_units.values() for member in of_unit})
    scores = {
        unit: {member: found.score(names[member], lines) for member, lines in of_unit.items()}
        for unit, of_unit in of_units.items()
    }
    return found.rules, found.whole, scores


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """The ledger's lines of a bureau in the periods, by their rules, that *whole* consists of.

    Those of its end say how it is put together.
    """

    name: str
    rules: RuleSet
    whole: str
    parts: Sequence[Part]
    lines: Mapping[UnitId, Sequence[Line]]

    def score(self, subject: str, lines: Sequence[Line]) -> Score:
        within: dict[str, list[Line]] = {each.period: [] for each in self.parts}
        for line in lines:
            within[line.period].append(line)
        scores = [
            score_of(each.stored.name, each.rules, subject, each.period, within[each.period])
            for each in self.parts
        ]
        if len(scores) == 1 and scores[0].period == self.whole:
            return scores[0]
        return replace(rolled_up(self.rules, self.whole, scores), rules=self.name)


def _standing(uow: UnitOfWork, bureau: UnitId, period: str, today: date) -> _Standing | None:
    if begins(period) > today:
        return None
    day = home_of(period) if length_of(period) == "week" else min(ends(period), today)
    at_end = part_on(uow, bureau, day)
    if at_end is None:
        return None
    parts: Sequence[Part] = [at_end]
    if is_longer(period, at_end.rules.period):
        parts = parts_within(uow, bureau, period, today)
    if not parts:
        return None
    return _Standing(
        name=at_end.stored.name,
        rules=at_end.rules,
        whole=period if is_longer(period, at_end.rules.period) else at_end.period,
        parts=parts,
        lines=uow.scores.standings(bureau, [each.period for each in parts]),
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
