"""Days as people name them: 明天, 下周三, 9月25日, 25号, 月底.

A day is read as the days it may mean, soonest first; the first that is still ahead is the one
meant. What names one day only (今天, 本周五, a full date) is returned even when it is past:
refusing the past is the caller's business.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.language.times.grammar import ALONE, COUNT, COUNTS, DIGITS, WEEK, Grammar, count, weekday
from bot.language.times.hours import MORNING, PERIOD
from handlers.rules.calendar import SHANGHAI

DAY = timedelta(days=1)
_CLOSE_OF_MONTH = timedelta(hours=17)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that were perhaps meant."""

    candidates: list[date]
    default: timedelta = MORNING  # the time of day, where one is needed and none is said
    today_until: timedelta = DAY  # while today may still be the day meant
    distance: str = ""  # 3天后: P3D


def month_after(day: date, months: int) -> date:
    """Return the first day of the month that is *months* after *day*'s."""
    months += day.year * 12 + day.month - 1
    return date(months // 12, months % 12 + 1, 1)


def months_back(day: date, months: int) -> date:
    """Return the first day of the *months* that end with *day*: 22 August for 21 September."""
    first = month_after(day, -months)
    return first.replace(day=min(day.day, last_of_month(first).day)) + DAY


def last_of_month(day: date) -> date:
    return month_after(day, 1) - DAY


def _real(days: Iterable[tuple[int, int, int]]) -> Days:
    """Keep the days that exist."""
    found = []
    for year, month, day in days:
        with suppress(ValueError):
            found.append(date(year, month, day))
    return Days(found)


def _months(now: datetime, word: str | None) -> list[date]:
    """Return the month that 本月 or 下个月 names; without a word this one and the next two."""
    if word:
        return [month_after(now, word.count("下") - word.count("上"))]
    return [month_after(now, ahead) for ahead in range(3)]


def _later(found: re.Match[str], now: datetime) -> Days:
    """3天后, 两周后: the same time of day unless another is said."""
    clock = now - datetime.combine(now, time.min, SHANGHAI)
    days = count(found["days"]) * (1 if found["unit"] in "天日" else 7)
    return Days([now.date() + days * DAY], clock, distance=f"P{days}D")


def _months_later(found: re.Match[str], now: datetime) -> Days:
    clock = now - datetime.combine(now, time.min, SHANGHAI)
    months = count(found["months"])
    first = month_after(now, months)
    day = min(now.day, last_of_month(first).day)
    return Days([first.replace(day=day)], clock, distance=f"P{months}M")


_NAMED = {"今": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2, "大前": -3}


def _named(found: re.Match[str], now: datetime) -> Days:
    return Days([now.date() + _NAMED[found["name"]] * DAY])


def _weekday(found: re.Match[str], now: datetime) -> Days:
    """周五 is the next Friday; 本周五 and 下周五 belong to a week that begins on Monday."""
    ahead = weekday(found["day"]) - now.weekday()
    week = found["week"]
    if not week:
        return Days([now.date() + (ahead % 7 + days) * DAY for days in (0, 7)], today_until=MORNING)
    return Days([now.date() + (ahead + 7 * (week.count("下") - week.count("上"))) * DAY])


_YEARS = {"今": 0, "本": 0, "明": 1, "后": 2, "去": -1, "前": -2}


def years_meant(word: str | None, now: date) -> tuple[int, ...]:
    """Return the year that 2026, 26 or 明 names; without a word this year and the next."""
    if not word:
        return now.year, now.year + 1
    if word in _YEARS:
        return (now.year + _YEARS[word],)
    return (2000 + count(word) % 100 if len(word) == 2 else count(word),)  # noqa: PLR2004


def _date(found: re.Match[str], now: datetime) -> Days:
    years = years_meant(found.groupdict().get("year"), now)
    days = _real((year, count(found["month"]), count(found["day"])) for year in years)
    # The 29 February that has just been is not the next one.
    return Days([]) if len(days.candidates) < len(years) and _over(days, now) else days


def _over(days: Days, now: datetime) -> bool:
    return all(day < now.date() for day in days.candidates)


def _day_of_month(found: re.Match[str], now: datetime) -> Days:
    months = _months(now, found["which"])
    return _real((each.year, each.month, count(found["day"])) for each in months)


_PARTS = {"初": 1, "上旬": 10, "中": 15, "中旬": 20}


def _part_of_month(found: re.Match[str], now: datetime) -> Days:
    """月初 is the 1st, 月中 the 15th; 上旬, 中旬, 下旬 and 月底 are the days they end on."""
    if found["month"]:
        firsts = _real((year, count(found["month"]), 1) for year in years_meant(None, now))
        months = firsts.candidates
    else:
        months = _months(now, found["which"])
    if day := _PARTS.get(found["part"]):
        return Days([each.replace(day=day) for each in months])
    return Days([last_of_month(each) for each in months], _CLOSE_OF_MONTH)


def _year_end(found: re.Match[str], now: datetime) -> Days:
    return Days([date(year, 12, 31) for year in years_meant(found["year"], now)], _CLOSE_OF_MONTH)


def _quarter_end(_found: re.Match[str], now: datetime) -> Days:
    ends = (month_after(now, ahead) for ahead in range(7))
    return Days([last_of_month(each) for each in ends if each.month % 3 == 0], _CLOSE_OF_MONTH)


YEAR = "(?P<year>20[0-9]{2}|[0-9]{2}|[零〇一二三四五六七八九]{4}|[今明后去前本])"
_YEAR4 = "(?P<year>20[0-9]{2})"
_MONTH, _DATE = f"(?P<month>{COUNT})", f"(?P<day>{COUNT})"
_WHICH = "(?P<which>本|当|[这上]个?|下{1,2}个?)"
_AFTER = "[之以]?后"
# After digits that could be a count or a ratio: the end, a mark, a time of day, 前.
_EDGE = rf"(?=\s|$|[,.;:!?)、。](?![0-9])|{PERIOD}|[早晚]|[之以]?前|下班)"
_MEASURES = "分为计约达超近共例率比占￥¥$"  # before a number that is no date
# What 12号 and 3日 count when they are no date: a draft, a building, a metro line, a deadline.
_NOT_DATES = (
    "[稿楼线院内门桌车机井坑文令件单幢栋房室厅院馆路台窗]|[之以]内|约稿|计划(?=[的改推提挪延取不作]|$)|舆情|任务|事件|案|预警|地块|公告"
    "|那篇|这篇|的稿|信息|材料|报告|[通]知"
)

DAYS: Grammar[Callable[[re.Match[str], datetime], Days]] = Grammar(
    (
        COUNTS,
        f"{ALONE}(?P<days>[0-9]{{3}}|{COUNT}) 个?(?P<unit>天|日|{WEEK}) {_AFTER}(?!天)",
        _later,
    ),
    (COUNTS, f"{ALONE}(?P<months>{COUNT}) 个月 {_AFTER}", _months_later),
    ("今", "(?P<name>今)(?:[天儿]|日(?!期|头条)|(?=[早晨晚夜]))", _named),
    ("明", "(?<![说证表声文透照])(?P<name>明)(?:[天儿]|日(?!期)|(?=[早晨晚]))", _named),
    ("昨", "(?P<name>昨)(?:[天日儿]|(?=[早晨晚夜]))", _named),
    ("后大", "(?<![然之以最雨先])(?P<name>大?后)(?:[天日](?![气然空期])|儿(?![子童女科]))", _named),
    ("前大", "(?<![以目之生提])(?P<name>大?前)(?:天(?![气然空])|[日儿](?![期子童女科]))", _named),
    (
        "本这上下周星礼",
        (
            "(?<![每半几0-9])(?:(?<![一二两三四五六七八九十])|(?<=[周期拜][一二三四五六]))"
            f"(?P<week>[本这]|上{{0,2}}|下{{0,2}})个? {WEEK}"
            "(?P<day>[一二三四五六日天]|[1-7](?![0-9]))(?!次)"
        ),
        _weekday,
    ),
    (
        COUNTS + "今明后去前本",
        f"{ALONE}(?:{YEAR} 年 )?{_MONTH} 月 {_DATE} (?:[日号]|{_EDGE})",
        _date,
    ),
    (DIGITS, f"{ALONE}{_YEAR4}[-/.]{_MONTH}[-/.]{_DATE}(?![0-9])[Tt]?", _date),
    (DIGITS, f"{ALONE}(?<![{_MEASURES}]){_MONTH}[-/]{_DATE}{_EDGE}", _date),
    (DIGITS, rf"{ALONE}(?<![{_MEASURES}]){_MONTH}\.{_DATE}{_EDGE}", _date),
    (
        COUNTS + "本这上下当",
        f"{ALONE}(?<![每个某有月])(?:{_WHICH}月)? {_DATE} [日号](?!{_NOT_DATES})",
        _day_of_month,
    ),
    (
        COUNTS + "本这上下当月",
        (
            f"{ALONE}(?<![每个岁满])(?:{_WHICH}?|(?P<month>{COUNT}) )月"
            "(?P<part>[底末初]|[上中下]旬|中(?![国央心间学期小医]))"
        ),
        _part_of_month,
    ),
    ("今明本去年", "(?:(?P<year>[今明本去])年?)?年[底末]", _year_end),
    ("本这季", "(?:本|这个?)?季度?[底末]", _quarter_end),
)
