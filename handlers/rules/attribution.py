"""Which month an entry of the register counts in, and whether it was entered in time.

A bureau's rule set says all of it: by which day (`count_by`), until when evidence is taken
(`cutoff`) and what becomes of what is late (`late_registration`). A bureau without rules goes by
what a rule set that is silent would say (domain-rules §4.2 item 14).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import counting_day, evidence_until

SILENT = RuleSet()
"""What a bureau without rules goes by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """*month* is 2026-09; *until* is the last day on which it could be entered in time."""

    month: str
    until: date
    late: bool


def counting(
    rules: RuleSet,
    happened: date,
    entered: date,
    is_workday: Callable[[date], bool],
    submitted: date | None = None,
) -> Counting:
    """Return where what *happened* on one day and was *entered* on another belongs.

    *submitted* is the day on which the item was handed in, which some rule sets count by.
    """
    day = counting_day(rules, submitted or happened, happened)
    until = evidence_until(rules, day, is_workday)
    late = entered > until
    counted = entered if late and rules.late_registration == "next_period" else day
    return Counting(month=f"{counted:%Y-%m}", until=until, late=late)


def counted_on(
    rules: RuleSet, happened: date, entered: date, *, late: bool, submitted: date | None = None
) -> date:
    """Return the day by which an entry of the register counts, once it is known to be *late*."""
    if late and rules.late_registration == "next_period":
        return entered
    return counting_day(rules, submitted or happened, happened)
