"""What comes again and again, as a rule and perhaps a time of day: weekly:5T09:00.

daily · workdays · weekly[:1,3,5] (1 is Monday) · monthly[:25|:10,25|:last|:last_workday]
quarterly[:first|:last] · yearly[:12-31], each with Thh:mm after it if an hour is said
"""

import re
from collections.abc import Callable
from datetime import timedelta

from bot.language.times.found import Found
from bot.language.times.grammar import COUNT, LIMIT, TO, WEEK, Grammar, count, weekday
from bot.language.times.hours import clock_at

_DAY = timedelta(days=1)
_AND = "[、,和及跟与]"
_DATE = f"{COUNT} [日号]?"
_EACH_DATE = re.compile(COUNT)


def find_recurrence(text: str) -> Found | None:
    """Return the first rule of repetition in *text*."""
    text = text[:LIMIT]
    if "每" not in text and "天天" not in text:
        return None
    for found, rule in _RULES.scan(text):
        if value := rule(found):
            return _with_hour(value, found, text)
    return None


def _with_hour(value: str, found: re.Match[str], text: str) -> Found:
    end = found.end()
    read = clock_at(text, end + text.startswith("的", end))
    if not read or read[0] is None:
        return Found(value, found.start(), end)
    hours, minutes = divmod((read[0] % _DAY) // timedelta(minutes=1), 60)
    return Found(f"{value}T{hours:02}:{minutes:02}", found.start(), read[1])


def _weekly(found: re.Match[str]) -> str:
    if found["to"]:
        days = list(range(weekday(found["days"][0]), weekday(found["to"]) + 1))
    else:
        days = [weekday(char) for char in found["days"] if char in "一二三四五六日天1234567"]
    return "weekly:" + ",".join(str(day + 1) for day in dict.fromkeys(days)) if days else "weekly"


def _monthly(found: re.Match[str]) -> str | None:
    days = [count(word) for word in _EACH_DATE.findall(found["days"])]
    if not all(1 <= day <= 31 for day in days):  # noqa: PLR2004 - days of a month
        return None
    return "monthly:" + ",".join(map(str, dict.fromkeys(days)))


def _yearly(found: re.Match[str]) -> str | None:
    month, day = count(found["month"]), count(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 - a date
        return None
    return f"yearly:{month:02}-{day:02}"


def _always(value: str) -> Callable[[re.Match[str]], str]:
    return lambda _: value


_HOUR = "[0-9:点时]"
"""What follows a numeral that is an hour: 每周五16:00, 每周五六点."""
_WEEKDAY = f"(?:[一二三四五六日天](?![:点时])|[1-7](?!{_HOUR}))"
_WEEKDAYS = f"(?P<days>{_WEEKDAY}(?:{_AND}?{WEEK}?{_WEEKDAY}(?!天))*)"

_RULES: Grammar[Callable[[re.Match[str]], str | None]] = Grammar(
    ("每工", "(?:每个? ?工作日|工作日(?:的?每[天日]|天天))", _always("workdays")),
    ("每", f"每个?{WEEK}末", _always("weekly:6,7")),
    ("每", f"每个? ?{WEEK}{_WEEKDAYS}(?:{TO}{WEEK}?(?P<to>[一二三四五六日天1-7]))?", _weekly),
    ("每", f"每个?{WEEK}", _always("weekly")),
    ("每", f"每个?月的? ?(?P<days>{_DATE}(?:{_AND}{_DATE})*)(?<=[日号])", _monthly),
    (
        "每",
        "每个?月的? ?(?:最后[一1]?个?工作日|[底末]的?最后[一1]?个?工作日)",
        _always("monthly:last_workday"),
    ),
    ("每", "每个?月的?(?:最后[一1]?[天日]|[底末])", _always("monthly:last")),
    ("每", "每个?月的?(?:初|第一天)", _always("monthly:1")),
    ("每", "每个?月中(?!旬)", _always("monthly:15")),
    ("每", "每个?月", _always("monthly")),
    ("每", "每个?季度?的?(?:最后[一1]?[天日]|[底末])", _always("quarterly:last")),
    ("每", "每个?季度?的?(?:初|第一天|首日)", _always("quarterly:first")),
    ("每", "每个?季度", _always("quarterly")),
    (
        "每",
        f"每年的? ?(?P<month>{COUNT}) ?月 ?(?P<day>{COUNT}) ?[日号]?",
        _yearly,
    ),
    ("每", "每年的?(?:年底|[底末]|最后[一1]?[天日])", _always("yearly:12-31")),
    ("每", "每年(?!级)", _always("yearly")),
    ("每天", "(?:每一?[天日]|(?<![今明昨前后])天天(?!气)|每(?=[早晚]))", _always("daily")),
)
