"""Places within groups, the other rules' difference, and who is named in the notice."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from handlers.rules.scoring.engine import score
from handlers.rules.scoring.facts import Adoption, Breach, Count, Facts, Instruction
from handlers.rules.scoring.lines import Score
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.notices import PeriodFigures, fires, parse
from handlers.rules.scoring.replay import changes
from handlers.rules.scoring.standing import places
from tests.rules.scoring.strategies import any_rules, facts


def rules(**keys: object) -> RuleSet:
    return RuleSet.model_validate(keys)


def scored(subject: str, points: int, *vetoes: str) -> Score:
    return Score(
        rules="r", subject=subject, period="", points=Decimal(points), lines=(), vetoes=vetoes
    )


FOUR = [scored("燃气科", 5), scored("物业科", 9), scored("质安科", 9), scored("档案馆", 7)]


def test_units_are_ranked_within_their_group() -> None:
    set_ = rules(groups={"科室": "*科", "事业单位": ["*馆", "*中心"]})
    found = [(each.group, each.subject, each.place) for each in places(set_, FOUR)]
    assert found == [
        ("科室", "物业科", 1),
        ("科室", "质安科", 1),
        ("科室", "燃气科", 3),
        ("事业单位", "档案馆", 1),
    ]


def test_after_a_tie_the_next_place_may_follow_at_once() -> None:
    found = [each.called for each in places(rules(ties="dense"), FOUR)]
    assert found == ["并列第1名", "并列第1名", "第2名", "第3名"]
    found = [each.called for each in places(rules(), FOUR)]
    assert found == ["并列第1名", "并列第1名", "第3名", "第4名"]


def test_a_tie_may_be_broken() -> None:
    figures = {"质安科": {"adopted": Decimal(3)}, "物业科": {"adopted": Decimal(2)}}
    found = places(rules(tie_breakers=["adopted"]), FOUR, figures)
    assert [(each.subject, each.place) for each in found[:2]] == [("质安科", 1), ("物业科", 2)]


def test_a_veto_costs_the_award_and_not_the_place() -> None:
    found = places(rules(awards=1), [scored("物业科", 9, "leak"), scored("燃气科", 8)])
    assert [(each.place, each.awarded) for each in found] == [(1, False), (2, False)]
    assert places(rules(awards=1), [scored("物业科", 9)])[0].awarded


def test_another_rule_set_shows_its_difference_by_cause() -> None:
    happened = Facts(
        period="2026-09",
        adoptions=(Adoption(item="12", level="city"), Adoption(item="12", level="own")),
        instructions=(Instruction(level="city", item="12"),),
        counts=(Count(measure="submitted", done=Decimal(1), target=Decimal(2)),),
    )
    table = {
        "adoption": [{"level": "own", "points": 1}, {"level": "city", "points": 4}],
        "instruction": [{"points": 5}],
        "quota": [{"measure": "submitted", "on_short": {"mode": "flat", "points": -2}}],
    }
    summed = score("old", rules(**table), happened)
    highest = score("new", rules(**{**table, "stacking": "max", "quota": []}), happened)
    found = changes([summed], [highest])
    assert [(each.sort, each.cause, each.points) for each in found] == [
        ("adoption", "12", Decimal(-1)),
        ("quota", "submitted", Decimal(2)),
    ]
    assert [line.note for line in found[0].after] == [
        "稿件12：市级采用，4分",
        "稿件12：本局采用，1分，同一稿件就高计分，不再累计",
    ]


@settings(max_examples=40)
@given(any_rules, any_rules, facts)
def test_the_differences_are_together_the_difference(
    old: RuleSet, new: RuleSet, happened: Facts
) -> None:
    before, after = score("old", old, happened), score("new", new, happened)
    found = changes([before], [after])
    assert sum(change.points for change in found) == after.points - before.points
    assert changes([before], [before]) == ()


def test_breaches_are_explained_with_what_they_cost() -> None:
    set_ = rules(adoption=[{"points": 6}], penalty={"false_content": -5}, zero_item="false_content")
    happened = Facts(
        adoptions=(Adoption(item="12", ref="a1"),),
        breaches=(Breach(event="false_content", item="12"),),
    )
    lines = score("r", set_, happened).lines
    assert [(line.cause, line.points, line.note) for line in lines] == [
        ("a1", Decimal(6), "稿件12：采用，6分"),
        ("12", Decimal(-6), "稿件12的内容失实，该稿得分清零"),
        ("12", Decimal(-5), "稿件12的内容失实，扣5分"),
    ]


def month(submitted: int = 3, adopted: int = 1) -> PeriodFigures:
    return PeriodFigures(submitted=submitted, adopted=adopted, short=False)


SHORT = replace(month(), short=True)


@pytest.mark.parametrize(
    ("trigger", "history", "named"),
    [
        ("no_submission", [month(0)], True),
        ("no_submission >= 1 month", [month(0), month(1)], False),
        ("no_adoption >= 2 months", [month(), month(adopted=0), month(adopted=0)], True),
        ("no_adoption >= 2 months", [month(adopted=0), month(), month(adopted=0)], False),
        ("below_target >= 3 months", [SHORT] * 3, True),
        ("below_target >= 3 months", [SHORT] * 2, False),
        ("below_pass", [replace(month(), passed=False)], True),
        ("below_pass", [month()], False),
        ("missed_call", [replace(month(), missed_calls=1)], True),
    ],
)
def test_who_is_named_in_the_notice(
    trigger: str, history: list[PeriodFigures], *, named: bool
) -> None:
    assert fires(trigger, history) is named


@pytest.mark.parametrize(
    "trigger", ["", "late >= 1 month", "no_submission > 1", "no_adoption >= 0 months"]
)
def test_a_trigger_that_means_nothing_is_refused(trigger: str) -> None:
    with pytest.raises(ValueError, match="no_submission"):
        parse(trigger)
