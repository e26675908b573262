"""A time at the beginning of a text: 半小时后, 明早八点半, 下周一 14:30, 25号下午两点, 月底.

expression = offset | day [clock] [前] | clock [前]
"""

from datetime import UTC, date, datetime, time, timedelta

from bot.language.times.days import DAY, DAYS, Days
from bot.language.times.grammar import BEFORE, form
from bot.language.times.hours import clock_at
from bot.language.times.offsets import offset_at
from handlers.rules.calendar import SHANGHAI, local

# One character for one, so that a place in the plain text is the same place in the text.
_PLAIN = str.maketrans(
    "０１２３４５６７８９：－／．点後鐘週號兩時個禮\u3000",
    "0123456789:-/.点后钟周号两时个礼 ",
)
_BETWEEN = " \t\r\n\u3000，,、。；;：:"  # between the time and what is to happen
_BEFORE = form(f"^{BEFORE}")


def parse_moment(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read the time that *text* begins with; return it in UTC, with the rest of the text.

    None if there is none, or if it cannot be: 25点, 2月30日.
    """
    text = text.strip()
    plain, here = text.translate(_PLAIN), local(now)
    if offset := offset_at(plain, 0):
        return (here + offset[0]).astimezone(UTC), text[offset[1] :].lstrip(_BETWEEN)
    read = DAYS.at(plain, 0)
    days = read[1](read[0], here) if read else Days([here.date(), here.date() + DAY])
    at = read[0].end() if read else 0
    clock = clock_at(plain, at)
    if not (read or clock):
        return None
    hour, at = clock or (days.default, at)
    if hour is None or not days.candidates:
        return None
    _, moment = first_ahead(days.candidates, hour, here)
    return moment, _BEFORE.sub("", text[at:]).lstrip(_BETWEEN)


def first_ahead(days: list[date], hour: timedelta, here: datetime) -> tuple[date, datetime]:
    """Return the first of *days* with *hour* still ahead, else the last, and that hour in UTC."""
    moments = [(day, datetime.combine(day, time.min, SHANGHAI) + hour) for day in days]
    day, moment = next((each for each in moments if each[1] > here), moments[-1])
    return day, moment.astimezone(UTC)
