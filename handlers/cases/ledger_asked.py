"""舆情台账: where the ledger of a year, a month or another period is had as a sheet."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.cases import texts
from handlers.cases.forms import may_read_ledger
from handlers.cases.ledger import ledger_rows
from handlers.cases.meanings import LEDGER_READERS
from handlers.cases.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.refusals import refuse
from handlers.rules.calendar import local, period_bounds
from handlers.rules.notices.figures import period_name
from handlers.rules.opinion_statistics import period_said

_YEAR = re.compile(r"(?P<year>20\d{2})年?|(?P<back>[今去前])年")
_BACK = "今去前"
_PERIOD = re.compile(r"[2-8]\d{3}(?:-(?:[QHW]?\d{1,2}|\d{2}-\d{2}))?")


@registry.command(
    "舆情台账",
    takes=Takes.WORDS,
    usage="舆情台账（或：舆情台账 本月）",
    purpose="要舆情台账（Excel）",
    shown_to=LEDGER_READERS,
    changes=False,
)
def show_ledger(ctx: Context, asked: Asked) -> str:
    """Say where the ledger of the period that is named is, else of this year.

    Raises:
        UserError: it is not the sender's to read.
    """
    refuse(asked.text)
    return where_ledger(ctx, _period(asked.text, local(ctx.now).date()))


def _period(words: str, today: date) -> str:
    if said := period_said(words, today):
        return said
    found = _YEAR.search(words)
    if found is None:
        return ""
    return found["year"] or str(today.year - _BACK.index(found["back"]))


def where_ledger(ctx: Context, period: str) -> str:
    """Say where the ledger of a period is, as 2026-09; empty: of this year.

    Raises:
        UserError: it is not the sender's to read.
    """
    if not may_read_ledger(ctx):
        raise UserError(texts.LEDGER_NOT_YOURS)
    period = period or str(local(ctx.now).year)
    said = texts.LEDGER_WHERE.format(period=period_name(period))
    return ctx.with_link(said, f"cases/ledger/{period}.xlsx")


def ledger_of(ctx: Context, period: str) -> Iterator[list[str | int]]:
    """Yield the lines of the ledger of a period: 2026, 2026-09, 2026-W39.

    Raises:
        ValueError: it is none.
    """
    if _PERIOD.fullmatch(period) is None:
        raise ValueError(period)
    return ledger_rows(ctx, ctx.sender.bureau, *period_bounds(period))
