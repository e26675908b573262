"""When a unit is named in the notice (通报): triggers such as `no_submission >= 1 month`.

A trigger counts how many periods in a row, up to the last, a unit was in a state.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

STATES = ("no_submission", "no_adoption", "below_target", "below_pass", "missed_call")
_TRIGGER = re.compile(r"(\w+)\s*(?:>=\s*(\d{1,3})\s*(?:week|month|quarter|half|year|time)s?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """What is looked at of one unit in one period."""

    submitted: int
    adopted: int
    short: bool
    passed: bool | None = None
    missed_calls: int = 0


def parse(trigger: str) -> tuple[str, int]:
    """Return the state and how many periods in a row it must have lasted.

    Raises:
        ValueError: it is none of the states.
    """
    found = _TRIGGER.fullmatch(trigger.strip())
    if found is None or found[1] not in STATES or found[2] == "0":
        known = ", ".join(STATES)
        raise ValueError(
            f'要写成 "no_submission >= 1 month"，前面可以是 {known} / write state >= number period'
        )
    return found[1], int(found[2] or 1)


def _checked(trigger: str) -> str:
    parse(trigger)
    return trigger


Trigger = Annotated[str, AfterValidator(_checked)]


def fires(trigger: str, history: Sequence[PeriodFigures]) -> bool:
    """Say whether a unit is named after *history*, its periods with the last one at the end."""
    state, times = parse(trigger)
    return len(history) >= times and all(_is_in(state, each) for each in history[-times:])


def _is_in(state: str, figures: PeriodFigures) -> bool:
    states: Mapping[str, bool] = {
        "no_submission": not figures.submitted,
        "no_adoption": not figures.adopted,
        "below_target": figures.short,
        "below_pass": figures.passed is False,
        "missed_call": figures.missed_calls > 0,
    }
    return states[state]
