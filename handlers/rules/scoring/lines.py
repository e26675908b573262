"""The ledger's form: each point of a score with the rule and the fact that it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_FINEST = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One step of a score.

    *rule* names the place in the rule set, such as `adoption[3]` (rows are counted from 1); *cause*
    the fact, such as `12` or `late_submit`; *note* says it as a section would be told.
    """

    subject: str
    period: str
    rule: str
    cause: str
    points: Decimal
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score: *points* is the sum of the points of *lines*, to the last digit.

    *passed* is None where the rule set has no pass mark. *vetoes* are the events that cost the
    subject its awards, *zero_year* says that the year this period belongs to counts nothing.
    """

    rules: str
    subject: str
    period: str
    points: Decimal
    lines: tuple[ScoreLine, ...]
    passed: bool | None = None
    vetoes: tuple[str, ...] = ()
    zero_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line before it is known whose it is; *item* is the item that it gave points to."""

    rule: str
    cause: str
    points: Decimal
    note: str
    item: str = ""


def fine(points: Decimal) -> Decimal:
    """Cut thirds and the like to a millionth, so that lines add up exactly."""
    return points.quantize(_FINEST, ROUND_HALF_UP) if points % _FINEST else points


def rounded(points: Decimal, decimals: int) -> Decimal:
    """Round half up, as people do."""
    return points.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """Return a number as people write it: 2, 0.5, -10."""
    text = f"{number or 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(steps: Iterable[Step | ScoreLine]) -> Decimal:
    return sum((step.points for step in steps), Decimal(0))
