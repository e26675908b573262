"""Sheets as offices make them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl


def xlsx(*rows: Sequence[Any], title: str = "Sheet1") -> bytes:
    """Return a workbook with these rows, each cell of the type that it is given as."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def cells(content: bytes) -> list[list[Any]]:
    """Return what stands in the first sheet."""
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
