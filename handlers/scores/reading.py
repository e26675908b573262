"""Reading what somebody of the office takes points off for: 物业科 迟报 12号 9月20日 晚了两天."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from handlers.kit.patterns import later
from handlers.rules.past_days import past_day
from handlers.rules.scoring.texts import EVENT_NAMES

_WORDS = {
    "urgent_late": later(r"紧急(?:信息|事项|事件)?.{0,4}(?:迟报|晚报|缓报)"),
    "urgent_missed": later(r"紧急(?:信息|事项|事件)?.{0,4}漏报"),
    "urgent_falsified": later(r"谎报"),
    "urgent_concealed": later(r"瞒报|隐瞒"),
    "late_submit": later(r"迟报|迟交|晚报|晚交|逾期(?:报送)?"),
    "missed": later(r"漏报"),
    "false_content": later(r"(?:内容)?(?:失实|不实)|虚假(?:信息|内容)?|造假"),
    "negative_news": later(r"负面(?:报道|新闻|舆情)?"),
    "error_notified": later(r"(?:严重)?(?:差错|错误)(?:被(?:上级)?通报)?"),
}
_DRAFT = later(r"第?(?P<number>\d{1,6})\s?号(?:稿件?|信息)?")
_DAY = later(
    r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]?"
    r"|\d{1,2}日|大?前天|[今昨][天日晚早]|上?个?(?:周|星期|礼拜)[一二三四五六日天]"
)
_WHY = later(r"(?:原因|理由|事由)\s?[是为:：]?\s?|因为|由于")
_LEFT = " \n\t,，。.；;:：、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of a breach, as far as it was; *number* is a draft's, 0 where none is named."""

    unit: str
    event: str
    number: int
    day: date | None
    reason: str


def read_breach(text: str, units: Iterable[str], events: Collection[str], today: date) -> Said:
    """Read who did what on which day, about which draft, and why.

    Args:
        text: what was written.
        units: the names that a unit may have.
        events: the breaches that the rules know; another one is read as well, to be told so.
        today: the day on which it was said.
    """
    unit = max((name for name in units if name in text), key=len, default="")
    rest = text.replace(unit, " ", 1) if unit else text
    day = past_day(rest, today)
    rest = _DAY.sub(" ", rest, count=1) if day else rest
    found = _DRAFT.search(rest)
    if found:
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    event, words = event_in(rest, events)
    rest = rest.replace(words, " ", 1) if words else rest
    return Said(
        unit=unit,
        event=event,
        number=int(found["number"]) if found else 0,
        day=day,
        reason=_reason(rest),
    )


def event_in(text: str, events: Collection[str]) -> tuple[str, str]:
    """Return the breach that a text names and its words there; one of *events* goes before others.

    A word that the rule set uses itself goes before what such a breach is usually called.
    """
    own = [event for event in events if event in text]
    if own:
        event = max(own, key=len)
        return event, event
    hits = [(event, found) for event, form in _WORDS.items() if (found := form.search(text))]
    hits.sort(key=lambda each: each[0] not in events)
    return (hits[0][0], hits[0][1][0]) if hits else ("", "")


def event_name(event: str) -> str:
    return EVENT_NAMES.get(event, event)


def _reason(rest: str) -> str:
    """Return what is left once all else was read, or of that what follows 原因."""
    if found := _WHY.search(rest):
        rest = rest[found.end() :]
    return re.sub(r"\s+", " ", rest).strip(_LEFT)
