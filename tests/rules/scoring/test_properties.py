"""What holds for all facts under all rule sets."""

from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.scoring.engine import Scorer, score
from handlers.rules.scoring.facts import Adoption, Breach, Facts
from handlers.rules.scoring.lines import rounded, total
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import rolled_up
from tests.rules.scoring.strategies import (
    adoptions,
    any_rules,
    breaches,
    facts,
    generous_rules,
    several,
)

Fact = TypeVar("Fact")

thorough = settings(max_examples=60)


@thorough
@given(any_rules, facts)
def test_the_lines_add_up_to_the_score(rules: RuleSet, happened: Facts) -> None:
    found = score("any", rules, happened)
    assert total(found.lines) == found.points
    assert rounded(found.points, rules.rounding) == found.points


@thorough
@given(any_rules, facts, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(
    rules: RuleSet, happened: Facts, random: Random
) -> None:
    def shuffled(listed: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(random.sample(listed, len(listed)))

    other = replace(
        happened,
        adoptions=shuffled(happened.adoptions),
        instructions=shuffled(happened.instructions),
        breaches=shuffled(happened.breaches),
        calls=shuffled(happened.calls),
        counts=shuffled(happened.counts),
    )
    assert score("any", rules, other) == score("any", rules, happened)


@thorough
@given(generous_rules, facts, adoptions)
def test_one_more_use_never_lowers_a_score(rules: RuleSet, happened: Facts, use: Adoption) -> None:
    more = replace(happened, adoptions=(*happened.adoptions, use))
    assert score("any", rules, more).points >= score("any", rules, happened).points


@thorough
@given(generous_rules, several(facts), facts, adoptions)
def test_one_more_use_in_a_week_lowers_neither_it_nor_its_month(
    rules: RuleSet, others: tuple[Facts, ...], happened: Facts, use: Adoption
) -> None:
    """Nothing is zeroed by such rules; a month is the sum, or the mean, of its weeks."""
    weeks = [replace(each, period=f"2026-W{number}") for number, each in enumerate(others, 36)]
    for rollup in ("sum", "mean"):
        by_week = rules.model_copy(update={"period": "week", "rollup": rollup})
        rest = [score("weekly", by_week, each) for each in weeks]
        before, after = (
            score("weekly", by_week, replace(happened, period="2026-W35", adoptions=uses))
            for uses in (happened.adoptions, (*happened.adoptions, use))
        )
        assert after.points >= before.points
        months = [rolled_up(by_week, "2026-09", [each, *rest]).points for each in (before, after)]
        assert months[1] >= months[0]


@thorough
@given(any_rules, facts, breaches)
def test_one_more_breach_never_raises_a_score(
    rules: RuleSet, happened: Facts, breach: Breach
) -> None:
    more = replace(happened, breaches=(*happened.breaches, breach))
    assert score("any", rules, more).points <= score("any", rules, happened).points


@thorough
@given(any_rules, facts, facts)
def test_a_scorer_remembers_nothing_of_others(
    rules: RuleSet, happened: Facts, before: Facts
) -> None:
    used = Scorer("any", rules)
    used.score(before)
    assert used.score(happened) == score("any", rules, happened)
