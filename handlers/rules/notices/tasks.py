"""What a rule set asks of a unit in some months, what is missing, and who is named for it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from handlers.rules.notices.figures import month_before
from handlers.rules.scoring.matching import APPROVED, SUBMITTED, fits_draft
from handlers.rules.scoring.model import Quota, RuleSet
from handlers.rules.scoring.notices import PeriodFigures, fires, parse
from handlers.rules.scoring.periods import months_of, parts_of, period_of

_ITEMS = (SUBMITTED, APPROVED)
_LENGTH = re.compile(r"(month|quarter|half|year)s?\s*$")
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}

Passed = Callable[[str], bool | None]
"""Tells whether a unit passed in a period; None where no mark is set."""


Sort = tuple[str, str, str]
"""A month, a kind of draft, and the channel that its author wants it to go to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one unit did: items by their sort, and used items by month and level.

    *officers* is how many there are in the unit to do it, where a quota is asked of each.
    """

    officers: int = 0
    submitted: Counter[Sort] = field(default_factory=Counter)
    signed: Counter[Sort] = field(default_factory=Counter)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)

    def sent_in(self, months: Sequence[str]) -> int:
        return _within(self.submitted, months)

    def signed_in(self, months: Sequence[str]) -> int:
        return _within(self.signed, months)

    def taken_in(self, months: Sequence[str], level: str = "") -> int:
        """Count the items that were used; with *level* those whose highest level it is."""
        return sum(
            number
            for (month, at), number in self.taken.items()
            if month in months and level in {"", at}
        )


def _within(counts: Counter[Sort], months: Sequence[str]) -> int:
    return sum(number for (month, *_), number in counts.items() if month in months)


def months_to(last: str, count: int) -> tuple[str, ...]:
    """Return the *count* months that end with the month *last*."""
    return tuple(month_before(last, back) for back in reversed(range(count)))


def longest_look_back(rules: RuleSet) -> int:
    """Return how many months back the triggers of a rule set look."""
    return max(
        (parse(row.when)[1] * _MONTHS[_length(rules, row.when)] for row in rules.notice), default=1
    )


def target_of(rules: RuleSet, unit: str, months: Sequence[str], officers: int = 0) -> int | None:
    """Return how many items are asked of a unit in *months*, or of its *officers* together.

    None: no number is.
    """
    asked = [
        number * len(periods)
        for quota in rules.quota
        if quota.measure in _ITEMS
        and (periods := _periods(rules, quota, months))
        and (number := _target(quota, unit, officers)) is not None
    ]
    return ceil(sum(asked)) if asked else None


def missing_of(rules: RuleSet, unit: str, months: Sequence[str], done: Done) -> int:
    """Return how many items a unit is short of in *months*, each quota in each of its periods."""
    return sum(
        max(ceil(number) * times - _count(quota, done, within), 0)
        for quota in rules.quota
        if quota.measure in _ITEMS and (number := _target(quota, unit, done.officers)) is not None
        for within, times in _stretches(rules, quota, months)
    )


def _stretches(
    rules: RuleSet, quota: Quota, months: Sequence[str]
) -> Iterator[tuple[Sequence[str], int]]:
    """Yield what a quota is judged in, and how many of its periods that is.

    A notice is about months: of a quota by the week it tells what a month lacks altogether.
    """
    if (quota.period or rules.period) == "week":
        yield from (((month,), len(parts_of(month, "week"))) for month in months)
        return
    yield from ((months_of(period), 1) for period in _periods(rules, quota, months))


def named_for(
    rules: RuleSet, unit: str, months: Sequence[str], done: Done, passed: Passed
) -> tuple[str, ...]:
    """Return the words with which the triggers name a unit at the end of *months*.

    A trigger that counts quarters speaks only where a quarter ends. A unit of which nothing is
    asked is not named for handing in nothing.
    """
    if target_of(rules, unit, months, done.officers) == 0:
        return ()
    found = []
    for row in rules.notice:
        length = _length(rules, row.when)
        _, times = parse(row.when)
        spans = _ended(months[-1], length, times)
        history = [_state(rules, unit, span, done, passed) for span in spans]
        if history and fires(row.when, history):
            found.append(row.text)
    return tuple(dict.fromkeys(found))


def _state(
    rules: RuleSet, unit: str, months: Sequence[str], done: Done, passed: Passed
) -> PeriodFigures:
    periods = parts_of(months[-1], rules.period)
    marks = [passed(period) for period in periods]
    return PeriodFigures(
        submitted=done.sent_in(months),
        adopted=done.taken_in(months),
        short=missing_of(rules, unit, months, done) > 0,
        passed=False if False in marks else marks[-1],
    )


def _length(rules: RuleSet, trigger: str) -> str:
    """Return the length of the periods that a trigger counts: its own word, or the rules'."""
    found = _LENGTH.search(trigger)
    return found[1] if found else "month" if rules.period == "week" else rules.period


def _ended(last: str, length: str, times: int) -> list[tuple[str, ...]]:
    """Return the months of the *times* periods that end with *last*; none where none ends."""
    count = _MONTHS[length]
    if int(last[5:]) % count:
        return []
    return [months_to(month_before(last, back * count), count) for back in reversed(range(times))]


def _periods(rules: RuleSet, quota: Quota, months: Sequence[str]) -> list[str]:
    """Return the quota's own periods that lie wholly in *months*."""
    length = quota.period or rules.period
    if length == "week":
        return [week for month in months for week in parts_of(month, "week")]
    found = dict.fromkeys(period_of(date.fromisoformat(f"{month}-01"), length) for month in months)
    return [period for period in found if set(months_of(period)) <= set(months)]


def _target(quota: Quota, unit: str, officers: int) -> int | None:
    number = quota.targets.of(unit) if quota.targets else None
    if number is None:
        return None
    return ceil(number * officers if quota.per == "person" else number)


def _count(quota: Quota, done: Done, months: Sequence[str]) -> int:
    signed = quota.measure == APPROVED
    counts = done.signed if signed else done.submitted
    return sum(
        number
        for (month, kind, channel), number in counts.items()
        if month in months and fits_draft(quota, kind, channel, signed=signed)
    )
