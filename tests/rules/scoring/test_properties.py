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
from tests.rules.scoring.strategies import adoptions, any_rules, breaches, facts, generous_rules

Fact = TypeVar("Fact")

thorough = settings(max_examples=60, deadline=None)


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
