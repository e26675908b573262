"""Whom an alert of a case reaches at once, by its grade, with the policies that ship (§6.4)."""

import pytest

from handlers.alerts.policies import shipped
from handlers.rules.escalation import chosen
from storage.vocabulary import Grade

FIRST = {
    Grade.BLUE: {"section_head", "office"},
    Grade.YELLOW: {"section_head", "office", "deputy"},
    Grade.ORANGE: {
        "section_head", "office", "deputy", "principal", "duty", "lead_duty", "opinion_liaison",
    },
    Grade.RED: {"section_head", "office", "leaders", "duty", "lead_duty", "opinion_liaison"},
}  # fmt: skip
WHOLE = """\
case: blue: section_head office 4wh, then deputy 4wh, then principal 4wh: 14wh 2wh 7wh 0 30m digest
case: yellow: section_head office deputy 1wh, then duty lead_duty opinion_liaison 1wh, then principal 1wh: 7wh 1wh 4wh 0 5m night
case: orange: section_head office duty lead_duty opinion_liaison deputy principal 15m, then leaders 15m: 4h 10m 15m 0 10m -
case: red: section_head office duty lead_duty opinion_liaison leaders 10m: 2h 10m 10m 0 5m -
case_task: blue: named section_head 4wh, then office 4wh, then deputy 7wh: 14wh 2wh 7wh 0 30m night
case_task: yellow: named section_head 1wh, then office deputy 2wh, then principal 4wh: 7wh 1wh 4wh 0 30m night
case_task: orange: named section_head 15m, then office duty lead_duty deputy 15m, then principal 15m: 4h 10m 15m 0 10m -
case_task: red: named section_head 10m, then office duty lead_duty deputy principal 10m: 2h 10m 10m 0 10m -
contingency: blue yellow orange red: named 10m, then duty lead_duty office 10m, then leaders 15m: 1d 10m 15m 0 10m -
exercise: blue yellow orange red: named 10m, then duty lead_duty office 10m: 1d 10m 1h 0 10m -
incident: blue yellow: duty lead_duty deputy principal office section_head 10m, then leaders 15m: 4h 10m 15m 0 10m -
incident: orange red: duty lead_duty leaders office section_head 5m: 2h 10m 10m 0 5m -
source: blue yellow orange red: office 1d: 2h 10m 1d 1 10m - settles
anything: blue: section_head office 4wh, then deputy 4wh, then principal 4wh: 1d 2wh 4wh 0 10m -
anything: yellow: section_head office deputy 1h, then duty lead_duty opinion_liaison 1h, then principal 1h: 1d 30m 1h 0 10m -
anything: orange: section_head office duty lead_duty opinion_liaison deputy principal 15m, then leaders 15m: 4h 10m 15m 0 10m -
anything: red: section_head office duty lead_duty opinion_liaison leaders 10m: 2h 10m 10m 0 5m -
"""  # noqa: E501 - a table
"""Kind, grades, rungs with their waits, and lease, patience, repeat and how often, group, calm."""
LATEST = {Grade.BLUE: "4wh", Grade.YELLOW: "1wh", Grade.ORANGE: "15m", Grade.RED: "10m"}
"""How long the first may be silent before it climbs."""


@pytest.mark.parametrize("grade", list(Grade))
def test_who_is_told_at_once_and_how_long_he_may_be_silent(grade: Grade) -> None:
    first = chosen(shipped(), "case", grade).steps[0]
    assert set(first.tell) == FIRST[grade]
    assert first.wait == LATEST[grade]


@pytest.mark.parametrize("line", WHOLE.splitlines(), ids=lambda line: line[:20])
def test_how_alerts_of_opinion_and_emergencies_climb_and_come_again(line: str) -> None:
    kind, grades, rungs, rest = line.split(": ")
    lease, patience, repeat, repeats, group, calm, *settles = rest.split(" ")
    for grade in map(Grade, grades.split(" ")):
        policy = chosen(shipped(), kind, grade)
        said = [f"{' '.join(step.tell)} {step.wait}" for step in policy.steps]
        assert ", then ".join(said) == rungs
        assert (policy.lease, policy.patience, policy.repeat) == (lease, patience, repeat)
        assert (policy.repeats, policy.group, policy.calm or "-") == (int(repeats), group, calm)
        assert policy.settles is bool(settles)
        assert not policy.each
