"""A day that has been, as people name it: 昨天, 9月18日, 上周五, 2026-09-18. `12号` is no day."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

_NAMED = {"今天": 0, "今日": 0, "今早": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "前天": 2, "大前天": 3}
_WEEKDAYS = "一二三四五六日天"
_FULL = re.compile(
    r"(?<!\d)(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})(?!\d)"
)
_MONTH_DAY = re.compile(
    r"(?<![\d.])(?P<m>\d{1,2})(?:\s?月\s?(?P<d>\d{1,2})(?:\s?[日号]|(?!\d))|[-.](?P<e>\d{1,2})(?![\d.%]))"
)
_DAY = re.compile(r"(?<![\d第期])(?P<d>\d{1,2})日")
_WORD = re.compile("|".join(sorted(_NAMED, key=len, reverse=True)))
_WEEKDAY = re.compile(rf"(?P<last>上)?(?:个)?(?:周|星期|礼拜)(?P<day>[{_WEEKDAYS}])")
_URL = re.compile(r"https?://\S+")
_WEEK = timedelta(days=7)


def past_day(text: str, today: date) -> date | None:
    """Return the day that *text* names, the latest that it may mean; never one ahead of today.

    A day of the future that is written out in full is returned as it is: to refuse it is the
    caller's business. Digits of an address are none.
    """
    text = _URL.sub(" ", text)
    return next(_days(text, today), None)


def _days(text: str, today: date) -> Iterator[date]:
    for found in _FULL.finditer(text):
        with suppress(ValueError):
            yield date(int(found["y"]), int(found["m"]), int(found["d"]))
    for found in _MONTH_DAY.finditer(text):
        with suppress(ValueError):
            day = date(today.year, int(found["m"]), int(found["d"] or found["e"]))
            yield day if day <= today else day.replace(year=today.year - 1)
    for found in _WORD.finditer(text):
        yield today - timedelta(days=_NAMED[found[0]])
    for found in _WEEKDAY.finditer(text):
        yield _weekday(found, today)
    for found in _DAY.finditer(text):
        with suppress(ValueError):
            day = today.replace(day=int(found["d"]))
            yield (
                day
                if day <= today
                else (today.replace(day=1) - timedelta(days=1)).replace(day=int(found["d"]))
            )


def _weekday(found: re.Match[str], today: date) -> date:
    day = min(_WEEKDAYS.index(found["day"]), 6)
    monday = today - timedelta(days=today.weekday())
    meant = monday + timedelta(days=day)
    return meant - _WEEK if found["last"] or meant > today else meant
