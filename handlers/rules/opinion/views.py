"""What people say about a matter: a few views with how many posts hold each, and one sentence.

Told apart by their words alone, so whoever releases a report reads them first; what thanks beside a
reproach or a demand is only polite, so contentment is looked for last. How often that is right is
measured by `benchmarks/opinion_views.py`. Nobody who posted is named.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.rules.clipping import clipped_in_paper
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
    (
        DOUBT,
        (
            r"真的(?:假的)?[吗么?？]|求证|是不是(?:真的?|假的?)|有没有这(?:回|个)?事|谣|假的吧|真假|准信|瞎传|乱传|误传"
            r"|(?:可靠|靠谱|可信|属实)(?:不|吗)|官方.{0,2}(?:说法|消息|通报)|真实性|谁说|传得"
            r"|视频(?:是|在).{0,8}吗|(?:有人|哪位|谁)(?:知道|了解|懂)|到底.{0,6}(?:没|不[^了]|吗)|确认一下|在现场的"
        ),
    ),
    (
        BLAME,
        (
            r"为什么|为啥|凭什么|没人[管理问出]|没有人管|无人(?:管|问)|不作为|推诿|推脱|互相推|踢皮球|包庇|归谁"
            r"|谁(?:来)?(?:负责|管|批|验收|签)|监管(?:在哪|缺失|不力)|追责|问责|追究|不管不问|摆设|失职|渎职"
            r"|投诉了?.{1,3}次|没一个|(?:没有?|哪来的?|什么)资质|偷工减料|怎么(?:验收|中的标|批)|敷衍|糊弄|(?:钱|资金).{0,6}哪|早干"
        ),
    ),
    (
        DEMAND,
        (
            r"要求|诉求|希望|恳请|请(?:尽快|有关|相关|政府|领导|帮)|何时|什么时候|尽快|建议|呼吁|拜托|盼着?|能不能"
            r"|(?:给|讨)个?说法|退(?:房|款|钱|费)|赔(?:偿|钱)|还我|结清|补发|该.发就?发|必须|别[再老总](?:拖|让|推|等)"
            r"|(?:赶紧|赶快|马上|早点|快点).{0,4}(?:修|办|来|解决|处理|通|发|拆|复工)"
        ),
    ),
    (
        FEAR,
        (
            r"担心|害怕|危险|隐患|不安全|出事|吓人|不敢|人身安全|提心吊胆|睡不[着好安踏]|掉下|往下掉|砸到?人"
            r"|(?:裂|歪|斜|晃)(?:了|着|得|开)|裂缝|迟早|早晚|万一|当心|怎么办|咋办|会不会|漏电"
        ),
    ),
    (
        CONTENT,
        (
            r"感谢(?!您|.{0,8}百忙)|谢谢(?!您|[!！。]?$)|支持(?:政府|处理|整改|整治)|点个?赞(?![\d一二两三四五六七八九十]|量|数)|处理得"
            r"|已(?:经)?(?:解决|修好|恢复|复工|退)|(?<!没)(?<!不)(?:修好|复工|办好|办下来|解决|整改到位)了"
            r"|(?<!不)满意(?!的)|给力|(?<!不)及时|[很挺真]快|态度好|放心了|踏实了|(?<!不)认可(?!的|期)|终于|总算|知足|拇指|好多了|不错"
        ),
    ),
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
    return clipped_in_paper(sentence.strip(" ，,。"), _LONGEST)
