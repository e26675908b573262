"""Facts and a rule set -> the lines of a score.

The order is fixed, since another gives other scores: uses (row, marks, part, stacking), remarks,
calls, quotas, rates, what is wiped out of an item, penalties, what is wiped out of all, floor and
ceiling, rounding.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext

from handlers.rules.scoring import texts
from handlers.rules.scoring.duties import call_steps, penalty_steps, threshold_steps
from handlers.rules.scoring.effects import (
    bounds,
    cap_steps,
    vetoes,
    zeroed_items,
    zeroed_period,
    zeroes_the_year,
)
from handlers.rules.scoring.facts import Adoption, Facts
from handlers.rules.scoring.lines import Score, ScoreLine, Step, plain, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.quotas import quota_steps
from handlers.rules.scoring.remarks import Remarks
from handlers.rules.scoring.uses import Uses

_DIGITS = 40


class Scorer:
    """A rule set that is ready to score any number of subjects."""

    def __init__(self, name: str, rules: RuleSet) -> None:
        self._name = name
        self._rules = rules
        self._uses = Uses(rules)
        self._remarks = Remarks(rules)

    def score(self, facts: Facts) -> Score:
        """Return the score of one subject in one period, with all its lines."""
        with localcontext(prec=_DIGITS):
            steps = list(self._steps(facts))
            steps += bounds(self._rules, total(steps))
            points = total(steps)
        vetoed = list(vetoes(self._rules, facts))
        passed = None if self._rules.pass_mark is None else points >= self._rules.pass_mark
        lines = [*steps, *vetoed, *self._failed(passed)]
        return Score(
            rules=self._name,
            subject=facts.subject,
            period=facts.period,
            points=points,
            lines=tuple(_line(facts, step) for step in lines),
            passed=passed,
            vetoes=tuple(step.cause for step in vetoed),
            zero_year=zeroes_the_year(self._rules, facts),
        )

    def _steps(self, facts: Facts) -> Iterator[Step]:
        gains = list(self._gains(facts))
        gains += zeroed_items(self._rules, facts, gains)
        losses = list(penalty_steps(self._rules, facts.breaches))
        yield from gains
        yield from losses
        yield from zeroed_period(self._rules, facts, gains, losses)

    def _gains(self, facts: Facts) -> Iterator[Step]:
        rules = self._rules
        if base := rules.base.of(facts.subject):
            yield Step(rule="base", cause="base", points=base, note=texts.BASE)
        uses = [self._uses.placed(use) for use in facts.adoptions]
        adopted = self._uses.steps(uses)
        adopted += cap_steps(rules.cap, "adoption", adopted)
        remarked = list(self._remarks.steps(facts.instructions, _channels(uses), _by_item(adopted)))
        yield from adopted
        yield from _within(rules, "instruction", remarked)
        yield from _within(rules, "call", call_steps(rules, facts.calls))
        yield from _within(rules, "quota", quota_steps(rules, facts, uses, total(adopted)))
        yield from threshold_steps(rules, facts)

    def _failed(self, passed: bool | None) -> Iterator[Step]:  # noqa: FBT001 - the score's own word
        if passed is False:
            note = texts.NOT_PASSED.format(mark=plain(self._rules.pass_mark or Decimal(0)))
            yield Step(rule="pass_mark", cause="pass_mark", points=Decimal(0), note=note)


def score(name: str, rules: RuleSet, facts: Facts) -> Score:
    """Score one subject once; for many subjects make a `Scorer`."""
    return Scorer(name, rules).score(facts)


def _within(rules: RuleSet, sort: str, steps: Iterable[Step]) -> list[Step]:
    listed = list(steps)
    return [*listed, *cap_steps(rules.cap, sort, listed)]


def _channels(uses: Iterable[Adoption]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        found[use.item].add(use.channel)
    return found


def _by_item(steps: Iterable[Step]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for step in steps:
        if step.item:
            found[step.item] += step.points
    return found


def _line(facts: Facts, step: Step) -> ScoreLine:
    return ScoreLine(
        subject=facts.subject,
        period=facts.period,
        rule=step.rule,
        cause=step.cause,
        points=step.points,
        note=step.note,
    )
