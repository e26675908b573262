"""Edits said in words: 把A改成B, 标题改成《X》, 第二段删掉."""

import re
from collections.abc import Iterator

from handlers.kit.meaning import Heard, Slots
from handlers.kit.patterns import later
from handlers.kit.slots import capture

_DIGITS = "一二三四五六七八九十"
_WHICH = rf"(?:第(?P<{{0}}>[{_DIGITS}\d]+)(?:自然)?段|(?P<{{1}}>最后一?段|末段|结尾那?段))"
_DROPPED = (
    later(_WHICH.format("n", "last") + r".{0,4}(?:不要|删|去掉|拿掉|砍|去了|划掉)"),
    later(r"(?:删|去|砍|拿)(?:掉|除|了)?" + _WHICH.format("n", "last")),
)
_QUOTED = "[\"'《「『](?P<{0}>[^\"'《》「」『』]{{1,30}})[\"'》」』]"
_BARE = "(?P<{0}>[^\\s\"'《》,;:.!?。]{{1,24}}?)"
_BECOMES = (
    r"(?:都|全部?|统一|一律)?(?:应该?|要)?(?:改|换|替换|更正|修正|订正|调整?)(?:成|为|作|到)"
    r"|应该?(?:为|是)|\s?(?:→|->|=>|⇒|-->)\s?"
)
_ENDS = r"(?=[\s,;.!?]|$|吧|就行|就好|再|后|即可|了(?:$|[,.]))"
# Where it stands is not part of it: 把上面的三百户, 第二段里的9月18日.
_PLACE = later(
    rf"^(?:但是?|不过|就是|只是|把|将|请|其中的?|稿件?|标题下面?)*(?:第?[{_DIGITS}\d]+号)?(?:稿件?|信息|文章)?的?(?:把|将)?"
    rf"(?:(?:第.{{1,3}}|最后一|倒数第?.|开头那?|结尾那?)(?:自然)?[段句行]|正文|文中|文里|稿子?里|稿中|上面|前面|下面|后面|里面"
    r"|开头|结尾|最后)?(?:里面?|中|处)?的?"
)
# The old words first, then the new.
_FORWARD = (
    later(rf"{_QUOTED.format('a')}.{{0,8}}?(?:{_BECOMES}|是)的?{_QUOTED.format('b')}"),
    later(
        rf"(?:(?:把|将|[,;:但])\s*|^){_BARE.format('a')}(?:{_BECOMES})[:\"']?{_BARE.format('b')}[\"']?{_ENDS}"
    ),
    later(rf"不是{_BARE.format('a')},?\s?(?:而|应该?)?是{_BARE.format('b')}{_ENDS}"),
)
# The new words first, then the old: 是53户不是35户, “区政府”写成“市政府”了.
_BACKWARD = (
    later(
        rf"{_QUOTED.format('b')}.{{0,4}}?(?:错|误)?[写打弄输登敲](?:成|作)(?:了)?{_QUOTED.format('a')}"
    ),
    later(
        rf"(?:把|将|[,;:\s]|^){_BARE.format('b')}(?:错)?写成(?:了)?{_BARE.format('a')}(?=了|[\s,;.!]|$)"
    ),
    later(rf"(?<!不)是{_BARE.format('b')},?\s?(?:而)?不是{_BARE.format('a')}{_ENDS}"),
)
_REMOVED = later(
    rf"{_QUOTED.format('a')}.{{0,8}}?(?:去掉|删掉|删除|删了|拿掉|抹掉|不要了?)"
    rf"|(?:去掉|删掉|删除|拿掉|抹掉).{{0,4}}?{_QUOTED.format('b')}"
)
_TITLE = later(r"标题|题目")
_MARKS = "“”‘’\"' "

new_title = capture(
    "title",
    r"(?:标题|题目)[^,.《]{0,6}(?:改|换)(?:成|为|作)[:\s]*《(?P<x>[^》]+)》",
    r"(?:标题|题目)[^,.]{0,4}?(?:改|换)(?:成|为|作)[:\s]*[《\"'「](?P<x>[^》\"'」\n]+)",
    r"(?:标题|题目)[^,.]{0,4}?(?:改|换)(?:成|为"
    r"|作)[:\s]*(?P<x>[^》\"'」\n,.]+?)(?:就?可以|再发|再报|后|$|[,.])",
    r"(?:标题|题目)[^《]{0,12}(?:改成|改为|换成|叫)《(?P<x>[^》]+)》",
    r"(?:标题|题目|名字|题).{0,10}?(?:叫|用|改短了?|换成|改叫|就|[:,])[:\s,]*《(?P<x>[^》]+)》",
    r"(?:标题|题目).{0,8}?(?:换成|改成|改为|换为|改叫|叫)[:\s]*(?P<x>[^》\n,.]{4,40})$",
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
    """Read 把“三十二户”改成“二十三户” as the old words and the new; “圆满”去掉 leaves none."""
    for form in (*_FORWARD, *_BACKWARD):
        if pairs := dict(_pairs(form, heard)):
            return {"replace": pairs}
    gone = [each.span("a" if each["a"] else "b") for each in _REMOVED.finditer(heard.plain)]
    return {"replace": {heard.raw[slice(*span)]: "" for span in gone}} if gone else {}


def _pairs(form: re.Pattern[str], heard: Heard) -> Iterator[tuple[str, str]]:
    for found in form.finditer(heard.plain):
        begin = found.start("a")
        old = heard.raw[begin : found.end("a")]
        if place := _PLACE.match(found["a"]):
            old = old[place.end() :] or old
        new = heard.raw[slice(*found.span("b"))]
        if place := (form in _BACKWARD and _PLACE.match(found["b"])) or None:
            new = new[place.end() :] or new
        old, new = old.strip(_MARKS), new.strip(_MARKS)
        if old and new and not _TITLE.search(old):
            yield old, new
