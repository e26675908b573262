"""Rows -> .csv that Excel and WPS open as it is: UTF-8 with a mark, no text becomes a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from bot.intake.separated import FORMULA, KEPT_AS_TEXT


def separated_file(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a file with the heads and the rows; it is read again as it was."""
    held = StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(heads)
    writer.writerows([_kept(cell) for cell in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def _kept(cell: str) -> str:
    return f"{KEPT_AS_TEXT}{cell}" if cell.startswith((KEPT_AS_TEXT, *FORMULA)) else cell
