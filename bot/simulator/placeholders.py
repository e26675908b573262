"""What may differ between a transcript and its replay: numbers of drafts, dates, minutes.

A number such as 3号 stands for whatever number it meets first, and from then on for that one. A
date is moved by as many days as lie between the two starts; a time of day may be a few minutes off.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2})"
    r"|(?P<time>\d{1,2}:\d{2}(?::\d{2})?)"
    r"|(?P<number>\d+(?=号(?![楼线桥门院机井坑窗])))"
    r"|(?P<bare>(?<=[\u4e00-\u9fff] )\d+(?=\s|$|[，。；：、）」”？！/]))"
)
_COMMAND = re.compile(r"([\u4e00-\u9fff]{2,4}\s*)(\d+)(?=\s|$)")
_DATE = re.compile(r"(?:(\d{4})[年-])?(\d{1,2})[月-](\d{1,2})")
_DAY_MINUTES = 24 * 60
_MINUTES_OFF = 5


class Token(NamedTuple):
    kind: str  # a group of _TOKEN, or nothing for what must be the same
    text: str


class Placeholders:
    def __init__(self, start: date, days: int) -> None:
        self._start = start
        self._days = days
        self._numbers: dict[str, str] = {}

    def said(self, text: str) -> str:
        """Return what a member says now where he said *text* then."""
        if command := _COMMAND.match(text):
            text = command[1] + self._number(command[2]) + text[command.end() :]
        return self.shown(text)

    def shown(self, text: str) -> str:
        """Return *text* with the numbers and dates of now."""
        return "".join(self._now(token) for token in _tokens(text))

    def match(self, then: str, now: str) -> bool:
        """Tell whether *now* says what *then* said; if so, remember the numbers."""
        before, after = _tokens(then), _tokens(now)
        if [token.kind for token in before] != [token.kind for token in after]:
            return False
        pairs = list(zip(before, after, strict=True))
        found = dict(self._numbers)
        for old, new in pairs:
            if old.kind == "number" and found.setdefault(old.text, new.text) != new.text:
                return False
        for old, new in pairs:
            same = old.text == new.text
            if old.kind == "bare" and not (same or found.get(old.text) == new.text):
                return False
            if old.kind == "time" and not _close(old.text, new.text):
                return False
            if old.kind in {"", "date"} and not (same or self._now(old) == new.text):
                return False
        self._numbers = found
        return True

    def is_settled(self, text: str) -> bool:
        """Tell whether every number in *text* has been met before."""
        return all(one.text in self._numbers for one in _tokens(text) if one.kind == "number")

    def _number(self, text: str) -> str:
        return self._numbers.get(text, text)

    def _now(self, token: Token) -> str:
        if token.kind in {"number", "bare"}:
            return self._number(token.text)
        return self._moved(token.text) if token.kind == "date" else token.text

    def _moved(self, text: str) -> str:
        found = _DATE.match(text)
        if found is None:
            return text
        year, month, day = found.groups()
        try:
            then = date(int(year or self._start.year), int(month), int(day))
        except ValueError:
            return text
        now = then + timedelta(days=self._days)
        if "-" in text:
            return f"{now:%Y-%m-%d}"
        return f"{f'{now.year}年' if year else ''}{now.month}月{now.day}日"


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        tokens += [Token("", text[end : found.start()]), Token(found.lastgroup or "", found[0])]
        end = found.end()
    return [*tokens, Token("", text[end:])]


def _close(one: str, other: str) -> bool:
    apart = abs(_minutes(one) - _minutes(other))
    return min(apart, _DAY_MINUTES - apart) <= _MINUTES_OFF


def _minutes(text: str) -> int:
    hours, minutes, *_ = text.split(":")
    return int(hours) * 60 + int(minutes)
