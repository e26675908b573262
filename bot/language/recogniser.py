"""Exact forms: a command's word, and after it exactly what the command takes.

Built from what the capabilities declare and from nothing else. What is no command is free text;
what begins like one but does not fit is answered with the command's form, never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher, get_close_matches

from rapidfuzz.distance import Prefix

from bot.language.times import Clock, find_day, find_days
from bot.language.times.moments import parse_moment
from handlers.kit.asked import Asked, Takes
from handlers.kit.registry import Command
from handlers.rules.bulletins import issue_at_start
from handlers.rules.calendar import WorkCalendar

_CLOSE = 8
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Possessive throughout (*+): a long run of spaces must not be tried in every possible split.
_GAP = r"[\s,:;、。.]*+"
_MARK = r"\s*+号(?:稿件?)?"
_NUMBER = rf"\d{{1,6}}(?!\d)(?:{_MARK})?"
_OF_NUMBERS = {
    Takes.NUMBER: re.compile(rf"{_GAP}{_NUMBER}{_GAP}"),
    Takes.MAYBE_NUMBER: re.compile(rf"(?:{_GAP}{_NUMBER})?+{_GAP}"),
    Takes.NUMBERS: re.compile(rf"{_GAP}{_NUMBER}(?:{_GAP}[和及]?{_GAP}{_NUMBER})*+{_GAP}"),
}
_NUMBER_AND_TEXT = re.compile(rf"{_GAP}(\d{{1,6}})(?:{_MARK}{_GAP}|(?=[\s,:;、。.]){_GAP}|$)")
_NUMBER_AND_BODY = re.compile(rf"[ \t:]*+(\d{{1,6}})(?:{_MARK})?[ \t:,]*+(?:\n|$)")
_ANOTHER_NUMBER = re.compile(r"\d{1,6}(?:\s*+号|\s|$)")
# 退回12号了吗, 退回 12 行不行？, 退回12号之前先问我: talk about it, and no reason for it.
_TALK = re.compile(
    r"(?:[的了过]|[之以][前后]|前先|后再|为什么|怎么|是谁|谁).*"
    r"|.*(?:[?吗嘛么呢]|[了过]没有?|[行好对]不[行好对])"
    r"|没有?|[吧啊呀不]",
    re.DOTALL,
)
_NAME = re.compile(r"[\s,:;]+([一-鿿]{2,6})[\s,:;]+")
_TITLE = re.compile(r"[ \t\n:]+")
_END = re.compile(r"[\s。.!!~]*")

# In the middle of a draft only these are heard as commands; other words belong to the text.
_HEARD_WHILE_WRITING = frozenset(
    {
        Takes.NOTHING,
        Takes.NUMBER,
        Takes.MAYBE_NUMBER,
        Takes.NUMBERS,
        Takes.TITLE_AND_BODY,
        Takes.NUMBER_AND_BODY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    command: Command
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """No command; *nearest* is the one that was perhaps meant, and *asked* what it was given."""

    nearest: Command | None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misshapen:
    """A command's word, followed by what the command does not take."""

    command: Command


class Recogniser:
    """Finds the command in a text."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._by_word = {word: command for command in commands for word in command.words}
        self._words = sorted(self._by_word, key=len, reverse=True)

    def understand(
        self, text: str, now: datetime, *, writing: bool
    ) -> Exact | Misshapen | FreeText:
        """Say what was meant; *writing*: the sender is in the middle of a draft."""
        text = text.strip()
        plain = text.translate(_HALF_WIDTH)
        for word in self._words:
            if not plain.startswith(word):
                continue
            command = self._by_word[word]
            if writing and not _heard_while_writing(command, plain[len(word) :]):
                continue
            asked = read(command.takes, plain[len(word) :], text[len(word) :], now)
            if asked is not None:
                return Exact(command=command, asked=asked)
            if not writing and _stands_alone(plain[len(word) :]):
                return Misshapen(command=command)
        return self._nearest(plain, text, now)

    def _nearest(self, plain: str, text: str, now: datetime) -> FreeText:
        first = plain.split(maxsplit=1)[0] if plain.strip() else ""
        for length in (len(first), 4, 2):
            said = first[:length]
            if close := get_close_matches(said, self._words, n=_CLOSE, cutoff=0.5):
                command = self._by_word[max(close, key=lambda word: _likeness(word, said))]
                rest = slice(len(said), None)
                asked = read(command.takes, plain[rest], text[rest], now)
                return FreeText(nearest=command, asked=asked)
        return FreeText(nearest=None)


def _likeness(word: str, said: str) -> tuple[float, int]:
    """Return how alike they are; and for equally alike ones, how long they begin with the same."""
    return SequenceMatcher(None, word, said).ratio(), Prefix.similarity(word, said)


def _heard_while_writing(command: Command, rest: str) -> bool:
    """Tell whether it is a command in the middle of a draft: 帮助 is, 帮助企业复工 is text."""
    alone = command.takes is Takes.WORDS and _END.fullmatch(rest) is not None
    return alone or command.takes in _HEARD_WHILE_WRITING


def read(takes: Takes, plain: str, text: str, now: datetime) -> Asked | None:
    """Read what follows a command's word; None if it has not the form.

    *plain* is *text* with half-width digits and marks, character for character.
    """
    match takes:
        case Takes.NOTHING:
            return Asked() if _END.fullmatch(plain) else None
        case Takes.WORDS:
            return Asked(text=text.strip()) if _stands_alone(plain) else None
        case Takes.NUMBER | Takes.MAYBE_NUMBER | Takes.NUMBERS:
            return Asked(numbers=_numbers(plain)) if _OF_NUMBERS[takes].fullmatch(plain) else None
        case Takes.NUMBER_AND_TEXT:
            return _number_and_text(plain, text)
        case Takes.NUMBER_AND_BODY:
            found = _NUMBER_AND_BODY.match(plain)
            return found and Asked(numbers=(int(found[1]),), text=text[found.end() :].strip())
        case Takes.TITLE_AND_BODY:
            return _title_and_body(plain, text)
        case Takes.ISSUE | Takes.ISSUE_AND_TEXT:
            return _issue(takes, plain, text)
        case _:
            return _timed(takes, plain, text, now)


def _timed(takes: Takes, plain: str, text: str, now: datetime) -> Asked | None:
    """Read the forms that hold a time."""
    match takes:
        case Takes.NUMBER_AND_MOMENT:
            return _number_and_moment(plain, text, now)
        case Takes.NAME_AND_DAYS:
            return _name_and_days(plain, text, now)
        case _:
            moment = parse_moment(text.lstrip(" :\t,，："), now)
            return moment and Asked(at=moment[0], text=moment[1])


def _number_and_text(plain: str, text: str) -> Asked | None:
    """Read one number and a reason; two numbers in a row are not guessed at.

    A question is not taken as the reason: the number stands alone, and the reason is asked for.
    """
    found = _NUMBER_AND_TEXT.match(plain)
    if not found or _ANOTHER_NUMBER.match(plain, found.end()):
        return None
    is_talk = _TALK.fullmatch(plain[found.end() :].rstrip(" \t\n.。!~"))
    reason = "" if is_talk else text[found.end() :].strip()
    return Asked(numbers=(int(found[1]),), text=reason)


def _number_and_moment(plain: str, text: str, now: datetime) -> Asked | None:
    """Read one number, a moment and a reason; what is no moment is the reason."""
    found = _NUMBER_AND_TEXT.match(plain)
    moment = parse_moment(text[found.end() :], now) if found else None
    if found is None or moment is None:
        return _number_and_text(plain, text)
    return Asked(numbers=(int(found[1]),), at=moment[0], text=moment[1].strip(" ，,。:："))


def _name_and_days(plain: str, text: str, now: datetime) -> Asked | None:
    """Read who and from which day to which; nothing at all is read as nothing."""
    if _END.fullmatch(plain):
        return Asked()
    found = _NAME.match(plain)
    if found is None:
        return None
    clock = Clock(now=now, calendar=WorkCalendar(exceptions={}))
    rest = plain[found.end() :]
    days = find_days(rest, clock)
    if days is None and (day := find_day(rest, clock)):
        days = (day.value, day.value)
    return days and Asked(title=text[slice(*found.span(1))], slots={"days": list(days)})


def _title_and_body(plain: str, text: str) -> Asked | None:
    gap = _TITLE.match(plain)
    if gap is None:
        return Asked() if not plain else None
    title, _, body = text[gap.end() :].partition("\n")
    return Asked(title=title.strip(), text=body.strip("\n").rstrip())


def _issue(takes: Takes, plain: str, text: str) -> Asked | None:
    """Read which issue of a bulletin, and what follows it; the drafts are those numbered 12号."""
    found = issue_at_start(plain)
    if found is None:
        return None
    rest = text[found.end :].strip(" ,，:：\t")
    if takes is Takes.ISSUE and not _END.fullmatch(plain[found.end :]):
        return None
    numbers = tuple(int(digits) for digits in re.findall(r"(\d{1,6})\s*号", rest))
    slots = {"issue": found.number} | ({"series": found.series} if found.series else {})
    return Asked(numbers=tuple(dict.fromkeys(numbers)), text=rest, slots=slots)


def _numbers(plain: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(digits) for digits in re.findall(r"\d+", plain)))


def _stands_alone(rest: str) -> bool:
    """Tell whether the word before *rest* ends there, and is not the start of a longer one."""
    return not rest or not rest[0].isalpha()
