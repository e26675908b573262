"""Reading what somebody of the office takes points off for: 物业科 迟报 12号 9月20日 晚了两天."""

import re
from collections.abc import Collection, Iterable, Sequence
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
_MONTH_NAMED = later(r"(?:20\d\d年)?\d{1,2}月份?(?!\s?\d{1,2}[日号])的?|上个?月的?|上月的?")
_NAMES_IT = later(
    r"(?:20\d\d年)?\d{1,2}月份?(?!\s?\d{1,2}[日号])的?|上个?月的?|我们?科?(?:要|想)?|对(?=\S{0,8}得分)"
    r"|(?:提出?|提交)?(?:一下|一个|个)?申诉|(?:考核)?得分(?!是|算)"
)
_VERDICT = later(
    r"(?:不予?|没有?)?(?:同意|采纳|受理|认可|接受|驳回)|(?:的|这[个条]|那[个条])?申诉|(?:不)?成立|(?:不)?属实"
)
_BECAUSE = later(r"(?:原因|理由)\s?[是为:：]?|因为")


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


def objection(text: str) -> str:
    """Return what an appeal says, without its month and the words that only name it."""
    rest = _NAMES_IT.sub(" ", text, count=3)
    return re.sub(r"\s+", " ", rest).strip(_LEFT)


def reason(text: str, units: Sequence[str]) -> str:
    """Return why an appeal is answered so, without whose it is and of which month."""
    if found := _BECAUSE.search(text):
        return text[found.end() :].strip(_LEFT)
    for name in units:
        text = text.replace(name, " ", 1)
    rest = _VERDICT.sub(" ", _MONTH_NAMED.sub(" ", text, count=1), count=2)
    return re.sub(r"\s+", " ", rest).strip(_LEFT)
