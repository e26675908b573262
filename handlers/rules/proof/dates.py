"""日期: days that do not exist, and days of the week that do not fit."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from handlers.rules.proof.finding import Finding, Found, Item

_DATE = re.compile(
    r"(?:(?P<year>20\d{2}) ?年 ?)?(?<!\d)(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"
    r"(?: ?[(（](?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[)）])?"
)
_WEEKDAYS = "一二三四五六日"
_MONTHS = 12
_LEAP = 2024


def dates(item: Item) -> Iterator[Found]:
    """Yield 9月31日, and 9月21日（星期二） where it was a Monday."""
    for in_title, text in ((True, item.title), (False, item.body)):
        for found in _DATE.finditer(text):
            if code_and_instead := _fault(found, item.today.year):
                code, instead = code_and_instead
                yield Found(
                    code=code,
                    in_title=in_title,
                    start=found.start(),
                    end=found.end(),
                    words=found[0],
                    instead=instead,
                )


def _fault(found: re.Match[str], this_year: int) -> tuple[Finding, str] | None:
    month, day = int(found["month"]), int(found["day"])
    year = int(found["year"] or 0)
    days = calendar.monthrange(year or _LEAP, month)[1] if 1 <= month <= _MONTHS else 0
    if not 1 <= day <= days:
        return Finding.NO_SUCH_DATE, ""
    said = found["weekday"]
    if said is None or (not year and (month, day) == (2, 29)):
        return None
    meant = _WEEKDAYS[date(year or this_year, month, day).weekday()]
    return None if said.replace("天", "日") == meant else (Finding.WEEKDAY, f"星期{meant}")
