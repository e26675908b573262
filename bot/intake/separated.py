"""One .csv -> its rows as text, as Excel and WPS write it here: in UTF-8 or GB18030."""

import csv
from collections.abc import Generator
from contextlib import suppress
from io import StringIO

from bot.intake.refusals import Refusal, RefusedFileError

_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = ",\t;"
FORMULA = ("=", "+", "-", "@")
"""What a program that opens the file would take for the beginning of a formula."""
KEPT_AS_TEXT = "'"
"""What stands before such a text in the files that we write; it is no part of it."""


def separated_rows(content: bytes) -> Generator[list[str], None, None]:
    """Yield the cells of each row; what separates them is seen from the first one.

    Raises:
        RefusedFileError: it is in another encoding, or quotes are left open.
    """
    text = _decoded(content)
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield [_plain(cell) for cell in cells]
    except csv.Error:
        raise RefusedFileError(Refusal.BROKEN) from None


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:
                return text
    raise RefusedFileError(Refusal.OTHER_ENCODING)


def _plain(cell: str) -> str:
    text = cell.strip()
    kept = text.startswith(KEPT_AS_TEXT) and text[1:].startswith((KEPT_AS_TEXT, *FORMULA))
    return text[1:] if kept else text
