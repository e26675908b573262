"""条目12 误报 旧视频: which item is meant, and what somebody says of the machine's judgement."""

import re
from dataclasses import dataclass

from storage.vocabulary import Grade, ItemVerdict

_NUMBER = re.compile(r"[\s:：]*(\d{1,6})\s*号?(?:条目)?[\s,，:：]*")
_BEFORE = re.compile(r"^.*?条目\s*(?=\d)|^.*?(?=\d{1,6}\s*号?条目)", re.DOTALL)
_VERDICTS = {
    ItemVerdict.FALSE_ALARM: "误报|虚警",
    ItemVerdict.MISSED: "漏报|漏判",
    ItemVerdict.REGRADED: "调级|改级|定级|调为|改为|应为",
    ItemVerdict.NOT_LOCAL: "非本地|不是本地的?|外地的?|不属(?:于)?(?:本单位|我们)",
}
_WORD = "|".join(f"(?P<{verdict}>{words})" for verdict, words in _VERDICTS.items())
_VERDICT = re.compile(
    rf"(?:应?标[为成]?|是|算)?(?:{_WORD})(?:了|的)?(?=[\s,，:：。]|$|[特较重一红橙黄蓝])"
)
_GRADES = {
    Grade.RED: "特别重大|红色?",
    Grade.ORANGE: "重大|橙色?",
    Grade.YELLOW: "较大|黄色?",
    Grade.BLUE: "一般|蓝色?",
}
_GRADE = re.compile(
    r"[\s,，:：]*(?:应该?|该)?(?:到|为|成|是)?(?:"
    + "|".join(f"(?P<{grade}>{words})" for grade, words in _GRADES.items())
    + r")(?=[\s,，:：。（(]|$)(?:[（(](?:特别重大|重大|较大|一般)[）)])?"
)
_ASKED = re.compile(
    r"[?？]\s*$|[吗么呢]\s*[?？]?\s*$|(?:是不是|算不算|要不要|能不能|为什么|为啥|怎么)"
)
_EDGES = " \t\n,，:：。.（）()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An item's number and what is said of it.

    *verdict* is None where only the item is named, or something is asked; *unclear*: other words
    follow it.
    """

    number: int
    verdict: ItemVerdict | None = None
    grade: Grade | None = None
    reason: str = ""
    unclear: bool = False


def read_said(text: str) -> Said | None:
    """Read what follows 条目, or a sentence with it; None without a number.

    A question decides nothing.
    """
    found = _NUMBER.match(_BEFORE.sub("", text, count=1))
    if found is None:
        return None
    number, rest = int(found[1]), found.string[found.end() :].strip()
    if not rest or _ASKED.search(rest):
        return Said(number=number)
    said = _VERDICT.match(rest)
    if said is None or said.lastgroup is None:
        return Said(number=number, unclear=True)
    grade, reason = grade_in(rest[said.end() :])
    return Said(number=number, verdict=ItemVerdict(said.lastgroup), grade=grade, reason=reason)


def grade_in(text: str) -> tuple[Grade | None, str]:
    """Return the grade that a text begins with, and what follows it."""
    found = _GRADE.match(text)
    if found is None or found.lastgroup is None:
        return None, text.strip(_EDGES)
    return Grade(found.lastgroup), text[found.end() :].strip(_EDGES)
