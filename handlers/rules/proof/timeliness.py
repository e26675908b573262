"""时效: how long after what happened the text is handed in (domain-rules §3.7)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.rules.proof.finding import Finding, Found, Item
from storage.vocabulary import DraftKind

_DATE = re.compile(
    r"(?:(?P<year>20\d{2}) ?年 ?)?(?<!\d)(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日"
    r"(?: ?(?:至|到|-|—|－|~|～)+ ?(?:(?P<to_month>\d{1,2}) ?月 ?)?(?P<to_day>\d{1,2}) ?日)?"
)
_DAY = re.compile(r"(?:^|[。；！\n，])(?P<day>\d{1,2}) ?日(?!常)[，,上下晚凌]")
_NEAR = re.compile(r"(?P<word>今[天日晚]|昨[天日晚])")
_BACKGROUND_BEFORE = re.compile(
    r"(?:自|从|截至|截止|根据|按照|依据|早在|以来|《[^》]*|号文|[(（][^)）]*)$"
)
_BACKGROUND_AFTER = re.compile(
    r"^(?:起|以来|印发|发布|施行|实施|生效|前|之前|通知|的通知|下发|出台|至今)"
)
_HALF_A_YEAR = timedelta(days=180)

_SUDDEN = re.compile(
    r"突发|事故|火灾|起火|火情|爆炸|坍塌|塌方|泄漏|泄露|险情|灾情|疫情|伤亡|中毒|地震|抢险|滑坡"
    r"|决堤|溺水|爆管|停气"
)
_NOT_SUDDEN = re.compile(
    r"演练|演习|培训|宣传|预防|防范|防控|排查|整治|隐患|警示|检查|专项|部署|会议|知识|能力|预案"
    r"|责任|督查|备战|无事故|零事故"
)
_MEETING = re.compile(r"会议|召开|座谈会|推进会|例会|大会")
_SUPERIOR = re.compile(
    r"(?:传达学习|学习贯彻|贯彻落实|传达)[^。]{0,20}(?:中央|国务院|省委|省政府|市委|市政府|全国"
    r"|全省|全市)"
)

_SAME_DAY, _MEETING_DAYS, _SUPERIOR_DAYS, _USUAL_DAYS = 0, 2, 3, 1
_BY_KIND = {DraftKind.RESEARCH: 5, DraftKind.PRACTICE: 5, DraftKind.PROBLEM: 3}


def timeliness(item: Item) -> Iterator[Found]:
    """Yield that the text comes late for what it tells, with the date that it tells."""
    event = _event(item)
    if event is None:
        return
    day, start, end = event
    allowed = _allowed(item)
    late = (item.today - day).days if allowed == _SAME_DAY else _workdays(day, item)
    if late > allowed:
        code = Finding.NOT_SAME_DAY if allowed == _SAME_DAY else Finding.STALE
        yield Found(
            code=code, start=start, end=end, words=item.body[start:end], instead=str(allowed)
        )


def is_sudden(item: Item) -> bool:
    """Tell whether the text reports an emergency, by its kind or by its title."""
    named = _SUDDEN.search(item.title) and not _NOT_SUDDEN.search(item.title)
    return item.kind is DraftKind.EMERGENCY or bool(named)


def _allowed(item: Item) -> int:
    """Return how many working days are allowed; 0 is the same day, working or not."""
    if is_sudden(item):
        return _SAME_DAY
    if item.kind in _BY_KIND:
        return _BY_KIND[item.kind]
    text = f"{item.title}\n{item.body[:200]}"
    if _SUPERIOR.search(text):
        return _SUPERIOR_DAYS
    return _MEETING_DAYS if _MEETING.search(text) else _USUAL_DAYS


def _workdays(day: date, item: Item) -> int:
    """Count the working days after *day* up to and with today."""
    between = (day + timedelta(days=step) for step in range(1, (item.today - day).days + 1))
    return sum(item.is_workday(each) for each in between)


def _event(item: Item) -> tuple[date, int, int] | None:
    """Return the latest day that the text tells of and that is not still to come."""
    told = [*_dates(item), *_days(item), *_near(item)]
    return max(told, key=lambda each: each[0], default=None)


def _dates(item: Item) -> Iterator[tuple[date, int, int]]:
    for found in _DATE.finditer(item.body):
        before, after = item.body[: found.start()][-20:], item.body[found.end() :][:4]
        if _BACKGROUND_BEFORE.search(before) or _BACKGROUND_AFTER.match(after):
            continue
        month = int(found["to_month"] or found["month"])
        day = int(found["to_day"] or found["day"])
        if at := past_day(item.today, month, day, year=int(found["year"] or 0)):
            yield at, found.start(), found.end()


def _days(item: Item) -> Iterator[tuple[date, int, int]]:
    """Read a day without its month, where a sentence begins with it."""
    for found in _DAY.finditer(item.body):
        month = item.today.month
        if int(found["day"]) > item.today.day:
            month = month - 1 or 12
        if at := past_day(item.today, month, int(found["day"])):
            yield at, found.start("day"), found.end("day") + 1


def _near(item: Item) -> Iterator[tuple[date, int, int]]:
    for found in _NEAR.finditer(item.body):
        yield item.today - timedelta(days=found["word"][0] == "昨"), found.start(), found.end()


def past_day(today: date, month: int, day: int, *, year: int = 0) -> date | None:
    """Return the day that is meant, if it is not still to come and does exist."""
    try:
        meant = date(year or today.year, month, day)
        if not year and meant - today > _HALF_A_YEAR:
            meant = date(today.year - 1, month, day)
    except ValueError:
        return None
    return meant if meant <= today else None
