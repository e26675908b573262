"""Which period a text means: 8月, 上月, 三季度, 上半年, 2025年."""

import re
from datetime import date

from handlers.rules.notices.figures import month_before

_YEAR = r"(?:(?P<year>20\d\d)\s*[-年/]?\s*|(?P<last>去年)的?)?"
_HAN = "一二三四五六七八九十"
_MONTH = re.compile(rf"{_YEAR}(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?")
_ISO = re.compile(r"(?P<year>20\d\d)-(?P<month>1[0-2]|0[1-9])(?!\d)")
_QUARTER = re.compile(rf"{_YEAR}第?(?P<number>[1-4一二三四])季度?")
_HALF = re.compile(rf"{_YEAR}(?P<which>上|下)半年")
_WHOLE = re.compile(r"(?P<year>20\d\d)年?(?!\s*[-\d])|(?P<word>今年|全年|本年|去年)")
_NAMED_MONTHS = {"上月": 1, "上个月": 1, "本月": 0, "这个月": 0, "这月": 0}
_NAMED_QUARTERS = {"上季度": 1, "上个季度": 1, "本季度": 0, "这个季度": 0}


def period_in(text: str, today: date) -> str:
    """Return the period that a text names, the last one that has begun; empty where it names none.

    A month is 2026-08, a quarter 2026-Q3, half a year 2026-H1, a year 2026.
    """
    for word, back in _NAMED_MONTHS.items():
        if word in text:
            return month_before(f"{today:%Y-%m}", back)
    for word, back in _NAMED_QUARTERS.items():
        if word in text:
            return _quarter(month_before(f"{today:%Y-%m}", 3 * back))
    return _of_parts(text, today)


def without_period(text: str) -> str:
    """Return *text* without the words by which it names a period."""
    for word in (*_NAMED_MONTHS, *_NAMED_QUARTERS):
        text = text.replace(word, " ")
    for form in (_ISO, _MONTH, _QUARTER, _HALF, _WHOLE):
        text = form.sub(" ", text)
    return text


def _of_parts(text: str, today: date) -> str:
    if found := _ISO.search(text):
        return f"{found['year']}-{found['month']}"
    if found := _MONTH.search(text):
        month = _number(found["month"])
        return f"{_year(found, today, month)}-{month:02}"
    if found := _QUARTER.search(text):
        number = _number(found["number"])
        return f"{_year(found, today, number * 3 - 2)}-Q{number}"
    if found := _HALF.search(text):
        number = 1 if found["which"] == "上" else 2
        return f"{_year(found, today, number * 6 - 5)}-H{number}"
    if found := _WHOLE.search(text):
        return found["year"] or str(today.year - (found["word"] == "去年"))
    return ""


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def _year(found: re.Match[str], today: date, first_month: int) -> int:
    if found["year"]:
        return int(found["year"])
    if found["last"]:
        return today.year - 1
    return today.year - (first_month > today.month)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text.startswith("十"):
        return 10 + (_HAN.index(text[1]) + 1 if len(text) > 1 else 0)
    return _HAN.index(text) + 1
