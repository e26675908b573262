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
LATEST = {Grade.BLUE: "4wh", Grade.YELLOW: "1wh", Grade.ORANGE: "15m", Grade.RED: "10m"}
"""How long the first may be silent before it climbs."""


@pytest.mark.parametrize("grade", list(Grade))
def test_who_is_told_at_once_and_how_long_he_may_be_silent(grade: Grade) -> None:
    first = chosen(shipped(), "case", grade).steps[0]
    assert set(first.tell) == FIRST[grade]
    assert first.wait == LATEST[grade]
