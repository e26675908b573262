"""A day or a month as it is written into a cell: 2026-09-20, 9月20日, 二〇二六年九月, 46285."""

import re
import unicodedata
from datetime import date, timedelta

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
}
_HAN = re.compile(r"[〇零○一二三四五六七八九十]+")
_DAY = re.compile(
    r"(?:(?P<y>\d{4})\s*[-/.年]\s*)?(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?|T[\d:.]+)?"
)
_PLAIN = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_SERIAL = re.compile(r"[34-6]\d{4}(?:\.\d+)?")
_MONTH = re.compile(
    r"(?:(?P<y>20\d{2})\s*[-/.年]\s*)?(?P<m>1[0-2]|0?[1-9])\s*月?份?|(?P<Y>20\d{2})(?P<M>\d{2})"
)
_FIRST = date(1899, 12, 30)
"""Day 0 of the numbers with which Excel and WPS write days."""


def written_day(text: str, today: date) -> date | None:
    """Return the day; one without a year is the latest that has been. None: it is no day."""
    text = _arabic(text)
    if _SERIAL.fullmatch(text):
        return _FIRST + timedelta(days=int(float(text)))
    found = _DAY.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None:
        return None
    month, day = int(found["m"]), int(found["d"])
    if found["y"]:
        return _made(int(found["y"]), month, day)
    this = _made(today.year, month, day)
    return this if this is not None and this <= today else _made(today.year - 1, month, day)


def written_month(text: str, today: date) -> str | None:
    """Return the month as 2026-09, of a month or of a day in it; None: it is neither."""
    found = _MONTH.fullmatch(_arabic(text))
    if found is None:
        day = written_day(text, today)
        return f"{day:%Y-%m}" if day else None
    month = int(found["m"] or found["M"])
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        return None
    year = int(found["y"] or found["Y"] or today.year - (month > today.month))
    return f"{year}-{month:02}"


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _arabic(text: str) -> str:
    return _HAN.sub(lambda found: _number(found[0]), unicodedata.normalize("NFKC", text).strip())


def _number(han: str) -> str:
    """Write 二十三 as 23 and 二〇二六 as 2026."""
    if "十" not in han:
        return "".join(_DIGITS[char] for char in han)
    tens, _, ones = han.partition("十")
    return _DIGITS.get(tens or "一", tens) + _DIGITS.get(ones or "零", ones)
