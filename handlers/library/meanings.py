"""How models are asked for."""

import re

from handlers.kit.meaning import Heard, Meaning, cue, declared
from handlers.kit.slots import choice, flag, when
from handlers.kit.words import KINDS, LEVELS

_MODEL = (
    r"(?:范文|样稿|样文|参考稿|好(?:稿子?|信息|文章)|优秀(?:稿件?|信息|文章)"
    r"|(?:采用|录用|刊用|刊发|登)(?:了|过)的?(?:稿子?|稿件|信息|文章))"
)
_ASK = r"(?:找|搜|查|看|要|求|来|发|给|学|借|参考|借鉴|有没有|有木有|有无|哪里有|想)"

_ASKS = re.compile(
    r"^(?:请|帮|麻烦|给|我们?|想要?|要|能不能|可以|可不可以|有没有|有木有|有无|有|哪里|没有|在|去|找|搜索?|查|看|求|来|发"
    r"|借鉴|借|学习|学|参考|一下|一?[点些篇份]|[几两]篇|个|别人|人家|大家|其他人?|别的科室?|以前|往年|过去|最近|今年|去年|写得?"
    r"|被|过|的|了|好|里|到|,|\s)"
)
_LEVEL = r"[省市区县家本]级|[省市区]里|国家|[省市区县](?:采用|录用|用了)"
_FILTER = re.compile(
    r"(?:国家级?|省级|市级|区县?级|县级|本级|本局|省里|市里|区里)(?:以上)?(?:采用|用|录用|刊发|登)?(?:了|过)?的?"
    r"|(?:采用|录用|刊发|刊用)(?:了|过)的?"
    r"|(?:调研|问题建议|问题|经验做法|经验|做法|动态|社情民意|党建)(?:类|性|报告)?的?$"
    r"|(?:有|被|得过?|领导)*批示(?:了|过)?的?"
)
_AFTER = re.compile(r"(?:的?(?:方面|(?<!分)类|相关|这类|这方面|一类))*的?$")
_BEHIND = re.compile(
    rf"{_MODEL}[:,\s]*(?:有没有|里|有)?(?:(?:关于|有关|写|讲)|[:,\s])\s*(?P<x>[^,.!?]{{1,20}}?)(?:的|吗|么|没有|$)"
)


def words_looked_for(heard: Heard) -> str:
    """Return what is looked for, without what asks for it and what only narrows it down."""
    behind = _BEHIND.search(heard.plain)
    model = re.search(_MODEL, heard.plain)
    said = behind["x"] if behind else heard.plain[: model.start() if model else 0]
    if about := re.search(r"(?:关于|有关|写|讲)(?!得|过|了)", said):
        said = said[about.end() :]
    said = said.rpartition(",")[2]
    for _ in range(len(said)):
        shorter = _AFTER.sub("", _FILTER.sub("", _ASKS.sub("", said)))
        if shorter == said:
            break
        said = shorter
    return said.strip(" ,的")


search = Meaning(
    name="search_models",
    words=("范文",),
    cues=(
        cue(
            rf"{_ASK}.{{0,24}}(?:范文|样稿|样文|参考稿)",
            8,
            unless=r"怎么写范文|写一?篇范文|通过的范文",
        ),
        cue(r"(?:范文|样稿|样文|参考稿)", 6, unless=r"通过的范文|标题|正文|改成"),
        cue(
            rf"(?:学学|学习|参考|借鉴|看看|找找|搜).{{0,6}}(?:别人|人家|其他|采用过|好的?).{{0,16}}{_MODEL}",
            8,
            unless=r"我的|我报|我写",
        ),
        cue(
            rf"(?:有没有|有无|找|来|看看|哪[里些]有).{{0,4}}(?:批示|采用|录用|刊发|获奖|得奖).{{0,4}}的?(?:好)?{_MODEL}"
            rf"|领导批示过的.{{0,4}}{_MODEL}",
            8,
            unless=r"我的|我报|我写",
        ),
        cue(rf"(?:关于|有关).{{1,16}}的{_MODEL}.{{0,6}}(?:有|哪|找|吗|没)", 7, unless=r"我的|我报"),
    ),
    slots=(
        choice("kind", {name: form for name, form in KINDS.items() if name != "commissioned"}),
        when(_LEVEL, choice("level", LEVELS)),
        flag("instruction", r"批示|圈阅"),
    ),
)

DECLARED = declared(__file__, search)
