"""Days that are told by the days off: 国庆最后一天, 中秋当天, 节前, 节后上班第一天, 周末前.

前 is the last working day before the holiday and 后 the first after it, for that is when things are
due; 前一天 and 第二天 are days like any other.
"""

import re
from collections.abc import Callable
from datetime import date

from bot.language.times.days import DAY
from bot.language.times.found import Clock
from bot.language.times.grammar import BEFORE, COUNT, COUNTS, Grammar, count
from handlers.rules.holidays import Holiday

_NAMES = {
    "国庆": "国庆",
    "十一": "国庆",
    "中秋": "中秋",
    "春节": "春节",
    "过年": "春节",
    "元旦": "元旦",
    "清明": "清明",
    "五一": "劳动节",
    "劳动": "劳动节",
    "端午": "端午",
}
FIRST = "国十中春过元清五劳端假放长小节"  # where a holiday's name begins
_LONG = "(?:小?长假|假期|放假|黄金周|假日|期间|假)"
# 十一 and 五一 are also numbers; 节 ends many a word.
NAME = (
    "(?P<name>国庆|中秋|春节|过年|元旦|清明(?![路街上])|劳动节|端午"
    f"|(?<![{COUNTS}])(?:十一|五一(?:劳动节)?)(?![{COUNTS}月号日点时个条篇件人名起天年]))节?+"
    f"{_LONG}?+"
)
ANY = (
    "(?:小?长假|(?<![请休事病婚产年寒暑])假期|放假"
    "|(?<![环细季情调章关时礼过佳])节(?:假日|日)?)(?:期间)?"
)
_HOLIDAY = f"(?:{NAME}|{ANY})的?"
_NTH = f"第(?P<nth>{COUNT})"


def holiday_meant(found: re.Match[str], clock: Clock, *, ahead: bool = False) -> Holiday | None:
    """Return the holiday that is named, or simply the next; *ahead*: one that has not begun."""
    name = found.groupdict().get("name")
    wanted = name and _NAMES[name[:2]]
    for holiday in clock.holidays():
        if wanted in (None, holiday.name) and not (ahead and holiday.first <= clock.today):
            return holiday
    return None


def _within(found: re.Match[str], clock: Clock) -> date | None:
    holiday = holiday_meant(found, clock)
    if not holiday:
        return None
    if found["nth"]:
        day = holiday.first + (count(found["nth"]) - 1) * DAY
        return day if holiday.first <= day <= holiday.last else None
    return holiday.last if found["last"] else holiday.first


def _itself(found: re.Match[str], clock: Clock) -> date | None:
    holiday = holiday_meant(found, clock)
    return holiday.day if holiday else None


def _eve(found: re.Match[str], clock: Clock) -> date | None:
    holiday = holiday_meant(found, clock, ahead=True)
    return holiday.first - DAY if holiday else None


def _before(found: re.Match[str], clock: Clock) -> date | None:
    day = _eve(found, clock)
    while day and not clock.calendar.is_workday(day):
        day -= DAY
    return day


def _after(found: re.Match[str], clock: Clock) -> date | None:
    """节后第三天 counts all days, 节后第三个工作日 and 节后上班第三天 only working days."""
    holiday = holiday_meant(found, clock)
    if not holiday:
        return None
    nth = count(found["nth"] or "1")
    if found["calendar"] and not found["work"]:
        return holiday.last + nth * DAY
    day = holiday.last
    for _ in range(nth):
        day += DAY
        while not clock.calendar.is_workday(day):
            day += DAY
    return day


def _weekend(found: re.Match[str], clock: Clock) -> date:
    """周末 is Saturday, 周末前 the last working day before it."""
    which = found["which"] or ""
    weeks = which.count("下") - which.count("上")
    day = clock.today + (5 - clock.today.weekday() + 7 * weeks) * DAY
    if found["before"]:
        day -= DAY
        while not clock.calendar.is_workday(day):
            day -= DAY
    return day


_BACK_AT_WORK = "(?P<work>的?(?:上班|复工|开工|返岗))?的?"
_ONE_OF_THEM = f"(?:{_NTH}(?:(?P<calendar>天)|个工作日)|[首头第][一1]?(?:[天日]|个工作日))"
_WORK_OF_IT = (
    "的?(?:安全|专项|集中|消防|燃气|工地|市场)*"
    "(?:大?检查|排查|部署|走访|慰问|督查|整治|保障|巡查|动员|教育)"
)
# 节前安全检查 is a kind of work, no time of it.
_NOT_BEFORE = f"(?!往|[0-9一二两三四五六七八九十]+天|{_WORK_OF_IT})"

FESTIVALS: Grammar[Callable[[re.Match[str], Clock], date | None]] = Grammar(
    (FIRST, f"{_HOLIDAY}(?:{_NTH}天|(?P<last>最后(?:[一1])?[天日])|[首头][一1]?[天日])", _within),
    (FIRST, f"{NAME}(?:当|那|正)[天日]", _itself),
    (FIRST, f"{_HOLIDAY}(?:前[一1][天日]|前[夕夜])", _eve),
    (FIRST, f"{_HOLIDAY}[之以]?后{_BACK_AT_WORK}{_ONE_OF_THEM}?(?![勤面台])", _after),
    (FIRST, f"{_HOLIDAY}[之以]?前{_NOT_BEFORE}", _before),
    (
        "本这下上周",
        f"(?<![每个])(?P<which>本|这个?|[上下]个?)?周末(?P<before>{BEFORE})?",
        _weekend,
    ),
)
