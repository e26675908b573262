"""Reporting periods: 上个月, 三季度, 今年以来, 上周, 昨天.

A period is written 2026 (a year), 2026-H1, 2026-Q3, 2026-09, 2026-W39 (ISO weeks) or 2026-09-21; a
stretch of several as its first and last, 2026-07/2026-09, which is what 近三个月 is: this month and
the two before it. Reports look back: a month, quarter or date without a year is this year's, unless
that is more than half a year ahead; in January, 12月 is last year's.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.language.times.days import DAYS, YEAR, month_after, months_back, years_meant
from bot.language.times.found import Clock, Found
from bot.language.times.grammar import (
    ALONE,
    COUNT,
    COUNTS,
    DIGITS,
    LIMIT,
    TO,
    WEEK,
    Grammar,
    count,
    places_of,
)

_DAY = timedelta(days=1)
_HALF_A_YEAR = 183  # days


def find_period(text: str, clock: Clock) -> Found | None:
    """Return the first reporting period in *text*."""
    today = clock.today
    text = text[:LIMIT]
    for place in _PLACES.finditer(text):
        at = place.start()
        if read := PERIODS.at(text, at):
            value, end = read[1](read[0], today), read[0].end()
        else:
            value, end = _day_at(text, at, clock)
        if value:
            return Found(value, at, end)
    return None


def _day_at(text: str, at: int, clock: Clock) -> tuple[str | None, int]:
    """Read a day that can be only one: 昨天, 上周五, 2026-09-20."""
    read = DAYS.at(text, at)
    days = read[1](read[0], clock.here) if read else None
    if not (read and days) or days.distance or len(days.candidates) != 1:
        return None, at
    return days.candidates[0].isoformat(), read[0].end()


def first_day(period: str) -> date:
    """Return the first day of a period as this module writes it."""
    period, _, _ = period.partition("/")
    year, _, part = period.partition("-")
    if not part:
        return date(int(year), 1, 1)
    if part[0] == "W":
        return date.fromisocalendar(int(year), int(part[1:]), 1)
    if part[0] in "QH":
        return date(int(year), (int(part[1]) - 1) * (3 if part[0] == "Q" else 6) + 1, 1)
    return date.fromisoformat(f"{period}-01" if len(part) == 2 else period)  # noqa: PLR2004


def _year_of(found: re.Match[str], first: Callable[[int], date], today: date) -> int:
    if found["year"]:
        return years_meant(found["year"], today)[0]
    return today.year - ((first(today.year) - today).days > _HALF_A_YEAR)


_THAT_QUARTER = re.compile("(?:的|[这那])?个?季度")


def _month(found: re.Match[str], today: date) -> str | None:
    first, last = count(found["month"]), count(found["last"] or found["month"])
    if not 1 <= first <= last <= 12:  # noqa: PLR2004 - months
        return None
    year = _year_of(found, lambda year: date(year, first, 1), today)
    if last == first + 2 and first % 3 == 1 and _THAT_QUARTER.match(found.string, found.end()):
        return f"{year}-Q{last // 3}"
    return f"{year}-{first:02}" + (f"/{year}-{last:02}" if last > first else "")


def _quarter(found: re.Match[str], today: date) -> str | None:
    last = count(found["quarter"] or found["q"])
    first = 1 if found["all"] else count(found["from"]) or last
    if not 1 <= first <= last <= 4:  # noqa: PLR2004 - quarters
        return None
    year = _year_of(found, lambda year: date(year, 3 * first - 2, 1), today)
    return f"{year}-Q{first}" + (f"/{year}-Q{last}" if last > first else "")


def _half_year(found: re.Match[str], today: date) -> str:
    return f"{years_meant(found['year'], today)[0]}-H{1 if found['half'] == '上' else 2}"


def _shift(found: re.Match[str]) -> int:
    return found["which"].count("下") - found["which"].count("上")


def _this_month(found: re.Match[str], today: date) -> str:
    return f"{month_after(today, _shift(found)):%Y-%m}"


def _this_quarter(found: re.Match[str], today: date) -> str:
    first = month_after(today, 3 * _shift(found))
    return f"{first.year}-Q{(first.month + 2) // 3}"


def _this_week(found: re.Match[str], today: date) -> str:
    return _week(today + 7 * _shift(found) * _DAY)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _year(found: re.Match[str], today: date) -> str:
    return str(years_meant(found["year"], today)[0])


def _this_year(_found: re.Match[str], today: date) -> str:
    return str(today.year)


def _dates(found: re.Match[str], today: date) -> str | None:
    """Read 9月20日 and 9月1日至15日; either may be impossible."""
    month, day = count(found["month"]), count(found["day"])
    until, last = count(found["until"] or found["month"]), found["last"]
    try:
        year = _year_of(found, lambda year: date(year, month, 1) + (day - 1) * _DAY, today)
        first = date(year, month, day)
        if not last:
            return first.isoformat()
        return f"{first}/{date(year + (until < month), until, count(last))}"
    except ValueError:
        return None


def _rolling(found: re.Match[str], today: date) -> str | None:
    """近三个月 and 近七天, this month and today included; 近一个月 is no calendar month."""
    many = 0 if found["many"] == "半" else count(found["many"])
    if found["unit"] in ("月", "年"):
        months = many * (12 if found["unit"] == "年" else 1) or 6
        if months == 1:
            return f"{months_back(today, 1)}/{today}"
        return f"{month_after(today, 1 - months):%Y-%m}/{today:%Y-%m}"
    days = many * (1 if found["unit"] in "天日" else 7)
    return f"{today - (days - 1) * _DAY}/{today}" if days else None


_YEAR = f"(?:{YEAR}年度? ?的?)?"
_YEAR_ALONE = "(?P<year>20[0-9]{2}|[二][零〇][零〇一二三四五六七八九]{2}|[今明去前本])"
_WHICH = "(?P<which>本|当|这个?|上{1,2}一?个?|下{1,2}一?个?)"

PERIODS: Grammar[Callable[[re.Match[str], date], str | None]] = Grammar(
    (
        COUNTS + "今明后去前本",
        (
            f"{ALONE}{_YEAR} ?(?P<month>{COUNT}) ?月 ?(?P<day>{COUNT}) ?(?:[日号]|(?={TO}[0-9]))"
            f"(?:{TO}(?:(?P<until>{COUNT}) ?月 ?)?(?P<last>{COUNT}) ?[日号])?"
        ),
        _dates,
    ),
    (
        DIGITS,
        (
            rf"{ALONE}(?P<year>(?!))?(?P<month>{COUNT})[./](?P<day>{COUNT}){TO}"
            rf"(?P<until>{COUNT})[./](?P<last>{COUNT})(?![0-9.])"
        ),
        _dates,
    ),
    (
        COUNTS + "今明后去前本",
        f"{ALONE}{_YEAR} ?(?P<month>{COUNT}) ?月?(?:份?{TO}(?P<last>{COUNT}))? ?月份?(?![内间])",
        _month,
    ),
    (
        COUNTS + "今明后去前本第Qq",
        (
            f"(?<![0-9A-Za-z.])(?:{YEAR}(?:年度?|(?<=[0-9]{{4}})) ?的?)?"
            f"(?:第?(?:(?P<from>[一二三1-3])(?:季度)?{TO})?(?P<all>前)?"
            "第?(?P<quarter>[一二两三四1-4])个?季度?(?![节候])"
            "|[Qq](?P<q>[1-4])(?![0-9A-Za-z]))"
        ),
        _quarter,
    ),
    (
        COUNTS + "今明后去前本上下",
        f"{_YEAR}(?P<half>[上下])半年(?!来)",
        _half_year,
    ),
    ("本当这上下", f"{_WHICH}月(?!{COUNT} ?[日号])份?", _this_month),
    ("本当这上下", f"{_WHICH}季度?(?!节)", _this_quarter),
    ("本这上下", f"{_WHICH} ?{WEEK}(?![一二三四五六日天1-7末边围])", _this_week),
    ("本当", "本日|(?<![节日号期生])当[天日]", lambda _, today: today.isoformat()),
    (
        "近最过",
        f"(?:(?<!附)(?:最)?近|过去)的? ?(?P<many>半|{COUNT}) ?个?(?P<unit>月|年|天|日|{WEEK})",
        _rolling,
    ),
    (
        DIGITS + "二今明去前本",
        f"(?<![0-9])(?<!以){_YEAR_ALONE}年(?!前|级|[底末])度?(?:以来)?",
        _year,
    ),
    ("上", "上一?年度?(?![级半])", lambda _, today: str(today.year - 1)),
    ("全年这", "(?:全年|这一年|年初(?:以来|至今|到现在)|(?<![半0-9季上])年度|年内)", _this_year),
)
_PLACES = places_of(PERIODS.first + DAYS.first)
