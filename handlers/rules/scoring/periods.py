"""When something counts: periods, the day of attribution, the cut-off, which version of the rules.

A period is written 2026-W39, 2026-09, 2026-Q3, 2026-H2 or 2026. A week belongs, as a whole, to the
month, quarter and year that its Thursday is in: so weeks add up to months, and to ISO years.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import NamedTuple

from handlers.rules.calendar import shifted
from handlers.rules.scoring import texts
from handlers.rules.scoring.lines import Score, ScoreLine, fine, rounded, total
from handlers.rules.scoring.model import Cutoff, RuleSet

USUAL_CUTOFF = Cutoff(day=5)
"""What a rule set that names none goes by."""

_DAY = timedelta(days=1)
_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LENGTHS = ("week", "month", "quarter", "half", "year")
_SIGNS: Mapping[str, str] = {"quarter": "Q", "half": "H"}


def period_of(day: date, length: str) -> str:
    """Return the period of that *length* (`week`, `month`, ...) in which *day* is."""
    if length == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if length == "month":
        return f"{day:%Y-%m}"
    if length == "year":
        return f"{day:%Y}"
    return f"{day:%Y}-{_SIGNS[length]}{(day.month - 1) // _MONTHS[length] + 1}"


def last_day(day: date, length: str) -> date:
    """Return the last day of the period in which *day* is."""
    if length == "week":
        return day + (6 - day.weekday()) * _DAY
    month = (day.month - 1) // _MONTHS[length] * _MONTHS[length] + _MONTHS[length]
    return date(day.year, month, monthrange(day.year, month)[1])


def length_of(period: str) -> str:
    """Return how long a period is: `week`, `month`, `quarter`, `half` or `year`."""
    part = period.partition("-")[2]
    return {"W": "week", "Q": "quarter", "H": "half", "": "year"}.get(part[:1], "month")


def is_longer(period: str, length: str) -> bool:
    """Tell whether *period* is longer than periods of *length* are."""
    return _LENGTHS.index(length_of(period)) > _LENGTHS.index(length)


def months_of(period: str) -> tuple[str, ...]:
    """Return the months of a period; of a week those that one of its days is in."""
    if (length := length_of(period)) == "week":
        days = (begins(period), ends(period))
        return tuple(dict.fromkeys(f"{day:%Y-%m}" for day in days))
    if length == "month":
        return (period,)
    year, count = period[:4], _MONTHS[length]
    first = (int(period[6:] or 1) - 1) * count
    return tuple(f"{year}-{month:02}" for month in range(first + 1, first + count + 1))


def begins(period: str) -> date:
    """Return the first day of a period."""
    if length_of(period) == "week":
        return date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
    return first_day(months_of(period)[0])


def ends(period: str) -> date:
    """Return the last day of a period."""
    if length_of(period) == "week":
        return begins(period) + 6 * _DAY
    return last_day(first_day(months_of(period)[-1]), "month")


def home_of(period: str) -> date:
    """Return a day by which a period belongs to longer ones: the Thursday of a week."""
    return begins(period) + (3 * _DAY if length_of(period) == "week" else 0 * _DAY)


def parts_of(period: str, length: str) -> tuple[str, ...]:
    """Return the periods of *length* that make up *period*; of a longer one the one it is in."""
    if length != "week":
        if length_of(period) == "week":
            return (period_of(home_of(period), length),)
        days = (first_day(month) for month in months_of(period))
        return tuple(dict.fromkeys(period_of(day, length) for day in days))
    if length_of(period) == "week":
        return (period,)
    thursday = begins(period) + (3 - begins(period).weekday()) % 7 * _DAY
    weeks = (ends(period) - thursday).days // 7 + 1
    return tuple(period_of(thursday + number * 7 * _DAY, "week") for number in range(weeks))


def first_day(month: str) -> date:
    """Return the first day of a month such as 2026-09."""
    return date.fromisoformat(f"{month}-01")


def counting_day(rules: RuleSet, submitted: date, adopted: date) -> date:
    """Return the day that says which period a use belongs to."""
    return submitted if rules.count_by == "submitted_at" else adopted


def evidence_until(rules: RuleSet, day: date, is_workday: Callable[[date], bool]) -> date:
    """Return the last day on which evidence for the period of *day* is in time.

    The cut-off is a day of the month after the period, the last one where that month is shorter;
    a week has that of the month it belongs to.
    """
    end = last_day(day, rules.period)
    if rules.period == "week":
        end = last_day(home_of(period_of(day, "week")), "month")
    return _cutoff(rules, end, is_workday)


def month_closes(rules: RuleSet, month: str, is_workday: Callable[[date], bool]) -> date:
    """Return the cut-off of a month such as 2026-09, whatever period the rules count by."""
    return _cutoff(rules, last_day(first_day(month), "month"), is_workday)


def _cutoff(rules: RuleSet, end: date, is_workday: Callable[[date], bool]) -> date:
    cutoff = rules.cutoff or USUAL_CUTOFF
    after = end + _DAY
    until = after.replace(day=min(cutoff.day, monthrange(after.year, after.month)[1]))
    return shifted(until, cutoff.workday_shift, is_workday)


def version_on(versions: Sequence[RuleSet], day: date) -> RuleSet | None:
    """Return the version in force on *day*: of those that fit, the one that began last."""
    fitting = [rules for rules in versions if _is_in_force(rules, day)]
    return max(fitting, key=lambda rules: rules.valid_from or date.min, default=None)


def _is_in_force(rules: RuleSet, day: date) -> bool:
    return (rules.valid_from or date.min) <= day <= (rules.valid_until or date.max)


class Stretch(NamedTuple):
    """The days, first to last, whose periods are counted by the version with that *number*."""

    number: int
    length: str
    first: date
    last: date

    def span(self, period: str) -> tuple[date, date]:
        """Return the days of *period* that count: a week is cut where other periods take over."""
        return max(begins(period), self.first), min(ends(period), self.last)

    def within(self, period: str) -> tuple[str, ...]:
        """Return the periods of this stretch that *period*, which is not shorter, consists of."""
        parts = parts_of(period, self.length)
        return tuple(
            each for each in parts if begins(each) <= self.last and ends(each) >= self.first
        )


def stretches(versions: Sequence[RuleSet]) -> Sequence[Stretch]:
    """Return which days are counted by which of *versions*, that are in the order they began.

    A period is counted by the rules that were in force when it began; where none were then, by
    those that began within it. Where the length changes, the new one takes over on the first day
    (from that on which it is in force) on which a period of the longer of the two begins: so no day
    counts twice or not at all, and only weeks are ever cut.
    """
    bounds = {rules.valid_from or date.min for rules in versions}
    days = sorted(bounds | {rules.valid_until + _DAY for rules in versions if rules.valid_until})
    found: list[Stretch] = []
    for day, after in pairwise([*days, date.max]):
        fitting = [number for number, rules in enumerate(versions) if _is_in_force(rules, day)]
        if not fitting:
            if found:
                found[-1] = _to_its_end(found[-1])
            continue
        length, first = versions[fitting[-1]].period, day
        last = after - _DAY if after < date.max else after
        if found and found[-1].last >= day - _DAY:
            longer = max(found[-1].length, length, key=_LENGTHS.index)
            running = period_of(day, longer)
            first = day if begins(running) == day else ends(running) + _DAY
            found[-1] = found[-1]._replace(last=min(first - _DAY, last))
        elif day > date.min:
            first = begins(period_of(day, length))
        if first <= last:
            found.append(Stretch(fitting[-1], length, first, last))
    return found


def _to_its_end(stretch: Stretch) -> Stretch:
    last = ends(period_of(stretch.last, stretch.length))
    return stretch._replace(last=max(stretch.last, last))


def rolled_up(rules: RuleSet, period: str, scores: Sequence[Score]) -> Score:
    """Return the score of a longer period, from one subject's *scores* in the periods within it.

    A year that counts nothing loses the periods that gave something; what was taken off stays.
    """
    with localcontext(prec=40):
        divisor = Decimal(len(scores) or 1) if rules.rollup == "mean" else Decimal(1)
        parts = [
            _line(each, period, fine(each.points / divisor), texts.PART.format(period=each.period))
            for each in scores
        ]
        points = total(parts)
        wiped = any(each.zero_year for each in scores)
        if wiped and (gains := total(part for part in parts if part.points > 0)):
            parts.append(_line(scores[0], period, -gains, texts.NOTHING_THIS_YEAR))
            points -= gains
        if rest := rounded(points, rules.rounding) - points:
            parts.append(_line(scores[0], period, rest, texts.ROUNDING))
    return Score(
        rules=scores[0].rules if scores else "",
        subject=scores[0].subject if scores else "",
        period=period,
        points=points + rest,
        lines=tuple(parts),
        vetoes=tuple(veto for each in scores for veto in each.vetoes),
        zero_year=wiped,
    )


def _line(of: Score, period: str, points: Decimal, note: str) -> ScoreLine:
    return ScoreLine(
        subject=of.subject, period=period, rule="rollup", cause=of.period, points=points, note=note
    )
