"""国务院办公厅关于…年部分节假日安排的通知, as it is published -> which days are off or worked.

What the notice says twice is compared: a weekday against its date, a count against its span. A
slip of the copyist is found there and not when a reminder comes on a day off.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers.rules.calendar import SATURDAY

WEEKDAYS = "一二三四五六日"
EXPECTED = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_DAY = timedelta(days=1)
_LONGEST = 12
_YEAR = re.compile(r"(20\d\d)\s*年(?:部分|的)?节假日")
_ENTRY = re.compile(r"[一二三四五六七八九十]+、\s*(?P<name>[^:：。]{2,12})[:：](?P<said>[^\n]*)")
_ON = (
    r"(?:(?P<{0}y>20\d\d)年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
    r"(?:[(（](?P<{0}n>[^)）]*)[)）])?"
)
_SPAN = re.compile(_ON.format("f") + r"(?:\s*(?:至|到|-|—|~)\s*" + _ON.format("t") + ")?")
_COUNT = re.compile(r"(?:共|放假)\s*(\d{1,2})\s*天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")


class NoticeError(Exception):
    """The text is no such notice, or says two things that do not fit; its words say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayNotice:
    """The days of a year's notice: is it a working day?"""

    year: int
    days: Mapping[date, bool]


def read_notice(text: str, year: int | None = None) -> HolidayNotice:
    """Read a notice; *year* is asked for where its title is missing.

    Raises:
        NoticeError: with every fault, a line each.
    """
    if said := _YEAR.search(text):
        year = int(said[1])
    if year is None:
        raise NoticeError("no year: the title (关于2027年部分节假日安排的通知) is missing")
    read = _Reading(year=year)
    entries = list(_ENTRY.finditer(text))
    for entry in entries:
        for sentence in re.split(r"[。；;]", entry["said"]):
            read.sentence(entry["name"], sentence)
    missing = [name for name in EXPECTED if not any(name in entry["name"] for entry in entries)]
    if missing:
        read.faults.append(f"not mentioned: {'、'.join(missing)}")
    if read.faults:
        raise NoticeError("\n".join(read.faults))
    return HolidayNotice(year=year, days=read.days)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was read so far, and what does not fit."""

    year: int
    days: dict[date, bool] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def sentence(self, name: str, said: str) -> None:
        """Take the days of a sentence that says 放假 or 上班; any other says nothing."""
        workday = "上班" in said
        if not workday and "放假" not in said:
            return
        try:
            days = list(self._days(said))
        except NoticeError as fault:
            self.faults.append(f"{name}: {fault}")
            return
        if not days:
            self.faults.append(f"{name}: no day in {said.strip()}")
        count = _COUNT.search(said)
        if count and not workday and int(count[1]) != len(days):
            self.faults.append(f"{name}: {count[0]}, but {len(days)} days are named")
        for day in days:
            self._take(name, day, workday=workday)

    def _take(self, name: str, day: date, *, workday: bool) -> None:
        if workday and day.weekday() < SATURDAY:
            self.faults.append(f"{name}: {day} is to be worked and is no weekend")
        if self.days.setdefault(day, workday) is not workday:
            self.faults.append(f"{name}: {day} is off and worked at once")

    def _days(self, said: str) -> Iterator[date]:
        """Yield the days that a sentence names.

        Raises:
            NoticeError: there is no such day, or it is another day of the week.
        """
        month = 0
        for span in _SPAN.finditer(said):
            month = int(span["fm"] or month)
            try:
                first, last = _ends(span, self.year, month)
            except ValueError:
                raise NoticeError(f"there is no day {span[0]}") from None
            length = (last - first).days + 1
            if not 1 <= length <= _LONGEST:
                raise NoticeError(f"{span[0]} are {length} days")
            _compare_weekday(first, span["fn"])
            _compare_weekday(last, span["tn"])
            yield from (first + number * _DAY for number in range(length))


def _ends(span: re.Match[str], year: int, month: int) -> tuple[date, date]:
    first = date(int(span["fy"] or year), month, int(span["fd"]))
    if not span["td"]:
        return first, first
    ends = int(span["tm"] or month)
    year = int(span["ty"] or first.year + (ends < month))
    return first, date(year, ends, int(span["td"]))


def _compare_weekday(day: date, note: str | None) -> None:
    said = _WEEKDAY.search(note or "")
    right = WEEKDAYS[day.weekday()]
    if said and said[1].replace("天", "日") != right:
        raise NoticeError(f"{day} is 周{right}, not {said[0]}")
