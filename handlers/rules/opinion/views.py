"""What people say about a matter: a few views with how many posts hold each, and one sentence.

Told apart by their words alone, so whoever releases a report reads them first. Nobody who posted is
named: no account, no name, no number.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.rules.opinion.posters import unnamed

DOUBT, CONTENT, BLAME, DEMAND, FEAR, REPORT = (
    "求证真假",
    "认可处置",
    "质疑责任",
    "要求解决",
    "担忧安全",
    "反映情况",
)
_VIEWS: Final = (
    (DOUBT, r"真的(?:假的)?[吗么?？]|求证|是不是真的|有没有这(?:回|个)?事|谣言|假的吧"),
    (
        CONTENT,
        (
            r"感谢|谢谢|支持(?:政府|处理|整改)|点赞(?![\d一二两三四五六七八九十]|量|数)"
            r"|处理得|已(?:经)?(?:解决|修好|恢复|复工|退)"
        ),
    ),
    (
        BLAME,
        (
            r"为什么|为啥|凭什么|没人管|没有人管|无人(?:管|问)|不作为|推诿|踢皮球|包庇"
            r"|谁(?:来)?(?:负责|管)|监管(?:在哪|缺失|不力)|追责|问责|不管不问"
        ),
    ),
    (
        DEMAND,
        (
            r"要求|诉求|希望|恳请|请(?:尽快|有关|相关|政府|领导|帮)|何时|什么时候|尽快"
            r"|(?:给|讨)个?说法|退(?:房|款|钱|费)|赔(?:偿|钱)|还我"
        ),
    ),
    (FEAR, r"担心|害怕|危险|隐患|不安全|出事|吓人|不敢|人身安全"),
)
_FORMS: Final = tuple((name, re.compile(form)) for name, form in _VIEWS)
_FORM_OF: Final = dict(_FORMS)
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?]?")
_LONGEST, _SHORTEST = 40, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """A view: how many posts hold it, what part of all that is in percent, and one sentence."""

    name: str
    count: int
    percent: int
    quote: str


def view_of(text: str) -> str:
    """Return the view that a post holds: the first whose words it has."""
    return next((name for name, form in _FORMS if form.search(text)), REPORT)


def views(texts: Sequence[str], accounts: Collection[str] = ()) -> list[Voiced]:
    """Return the views of posts, what most hold first; *accounts* are never named in a quote."""
    counts = Counter(view_of(text) for text in texts)
    return [
        Voiced(
            name=name,
            count=count,
            percent=round(100 * count / len(texts)),
            quote=_quote(name, texts, accounts),
        )
        for name, count in counts.most_common()
    ]


def _quote(name: str, texts: Sequence[str], accounts: Collection[str]) -> str:
    """Return the sentence that shows a view best: what most posts say, then what is short."""
    form = _FORM_OF.get(name)
    said = Counter(
        _clipped(sentence)
        for text in texts
        if view_of(text) == name
        for sentence in _SENTENCE.findall(unnamed(text, accounts))
        if (form is None or form.search(sentence)) and len(sentence.strip()) >= _SHORTEST
    )
    return min(said, key=lambda one: (-said[one], len(one)), default="")


def _clipped(sentence: str) -> str:
    sentence = sentence.strip(" ，,。")
    return sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}……"
