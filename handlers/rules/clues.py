"""What a clue says in its one line: its category, its link, its words."""

import re
from dataclasses import dataclass
from typing import Final

from storage.vocabulary import ClueCategory

_C = ClueCategory
NAMES: Final = {
    _C.ELSEWHERE: "外地突发",
    _C.EARLY_SIGN: "苗头",
    _C.NEGATIVE: "负面报道",
    _C.POLICY: "新政策",
    _C.PRACTICE: "外地做法",
    _C.FIRST: "本地首创",
    _C.OTHER: "其他",
}
_SAID: Final = tuple(
    (category, re.compile(form))
    for category, form in (
        (_C.EARLY_SIGN, "苗头|不稳定|聚集|上访|维权|串联|集体|扬言|讨薪|欠薪"),
        (_C.NEGATIVE, "负面|曝光|批评|质疑|问责|被罚|处罚|投诉|吐槽"),
        (_C.FIRST, "首创|首例|首个|率先|全国第一|全省第一|全市第一"),
        (_C.POLICY, "国务院|住建部|部委|印发|出台|意见稿|新政|政策|条例|办法|通知要求"),
        (
            _C.ELSEWHERE,
            "事故|坍塌|倒塌|火灾|起火|着火|失火|爆炸|燃气(?![科股处办])|伤亡|死亡|突发|坠落|泄漏",
        ),
        (_C.PRACTICE, "经验|做法|试点|创新|模式|推行"),
    )
)
_LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_EDGES = " \t\n，,。；;：:、-—"
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A clue as it was said; without words there is none."""

    category: ClueCategory
    words: str
    url: str


def read_clue(text: str) -> Said:
    """Read a line: a category that it begins with counts, else the words tell it."""
    link = _LINK.search(text)
    plain = " ".join(_LINK.sub(" ", text).split()).strip(_EDGES)
    named = next((one for one, name in NAMES.items() if plain.startswith(name)), None)
    if named is not None:
        plain = plain.removeprefix(NAMES[named]).strip(_EDGES)
    told = (one for one, form in _SAID if form.search(plain))
    return Said(
        category=named or next(told, ClueCategory.OTHER),
        words=plain[:_LONGEST],
        url=link[0] if link is not None else "",
    )
