"""Edits said in words: 把A改成B, 标题改成《X》, 第二段删掉."""

import re

from handlers.kit.meaning import Heard, Slots
from handlers.kit.slots import capture

_DIGITS = "一二三四五六七八九十"
_WHICH = rf"(?:第(?P<{{0}}>[{_DIGITS}\d]+)(?:自然)?段|(?P<{{1}}>最后一?段|末段|结尾那?段))"
_DROPPED = (
    re.compile(_WHICH.format("n", "last") + r".{0,4}(?:不要|删|去掉|拿掉|砍|去了|划掉)"),
    re.compile(r"(?:删|去|砍|拿)(?:掉|除|了)?" + _WHICH.format("n", "last")),
)
_OPEN, _CLOSE = "[\"'《「『]", "[\"'》」』]"
_REPLACED = re.compile(
    rf"(?:把|将|,|;|:|^"
    rf"|但)\s*(?:(?:第?[{_DIGITS}\d]+号)?(?:稿)?(?:第.{{1,3}}段)?(?:里面?|文中"
    rf"|正文|稿子里?|中)?的?)?{_OPEN}?(?P<a>[^\"'《》,;:]{{1,20}}?){_CLOSE}?"
    rf"(?:都|全部?|统一)?(?:改|换|替换|更正)(?:成|为|作"
    rf"|到){_OPEN}?(?P<b>[^\"'《》,;.]{{1,30}}?){_CLOSE}?(?=[,;.!]|$|吧|就行|再"
    rf"|后|了$)"
)
_MISPRINT = re.compile(
    rf"{_OPEN}(?P<a>[^\"'《》]{{1,20}}){_CLOSE}.{{0,6}}?(?:应为|应该是|应是"
    rf"|换成|改成|改为|是){_OPEN}(?P<b>[^\"'《》]{{1,30}}){_CLOSE}"
)
_TITLE = re.compile(r"标题|题目")

new_title = capture(
    "title",
    r"(?:标题|题目)[^,.《]{0,6}(?:改|换)(?:成|为|作)[:\s]*《(?P<x>[^》]+)》",
    r"(?:标题|题目)[^,.]{0,4}?(?:改|换)(?:成|为|作)[:\s]*[《\"'「](?P<x>[^》\"'」\n]+)",
    r"(?:标题|题目)[^,.]{0,4}?(?:改|换)(?:成|为"
    r"|作)[:\s]*(?P<x>[^》\"'」\n,.]+?)(?:就?可以|再发|再报|后|$|[,.])",
    r"(?:标题|题目)[^《]{0,12}(?:改成|改为|换成|叫)《(?P<x>[^》]+)》",
    r"(?:标题|题目|名字|题).{0,10}?(?:叫|用|改短了?|换成|改叫|就|[:,])[:\s,]*《(?P<x>[^》]+)》",
    r"标题\s*:\s*《?(?P<x>[^》\n\\]+)",
)


def dropped_paragraph(heard: Heard) -> Slots:
    """Read which paragraph is to go; -1 is the last."""
    for form in _DROPPED:
        if found := form.search(re.sub(r"最前面那段|开头那?段", "第一段", heard.plain)):
            if found["last"]:
                return {"delete_paragraph": -1}
            word = found["n"]
            number = int(word) if word.isdigit() else _DIGITS.index(word[0]) + 1
            return {"delete_paragraph": number}
    return {}


def replaced(heard: Heard) -> Slots:
    """Read 把“三十二户”改成“二十三户” as the old words and the new."""
    pairs = {}
    every = [*_MISPRINT.finditer(heard.plain)] or [*_REPLACED.finditer(heard.plain)]
    for found in every:
        old = heard.raw[slice(*found.span("a"))].strip("“”‘’\"' ")
        new = heard.raw[slice(*found.span("b"))].strip("“”‘’\"' ")
        if old and new and not _TITLE.search(old):
            pairs[old] = new
    return {"replace": pairs} if pairs else {}
