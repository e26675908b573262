"""How people speak of an issue of the bureau's bulletin."""

import re

from handlers.kit.edits import dropped_paragraph, new_title, replaced
from handlers.kit.meaning import Heard, Meaning, Slot, Slots, cue, declared
from handlers.kit.slots import when
from handlers.kit.words import ASKED, NUMBER
from handlers.rules.bulletins import issue_in
from storage.vocabulary import Role

_OFFICE = frozenset({Role.OFFICE})
_LEADERS = frozenset({Role.DEPUTY, Role.PRINCIPAL})
_N = rf"第\s?{NUMBER}\s?期"
_BULLETIN = r"(?:工作|信息)?(?:简报|专刊|专报|内刊)"
_ASKED = rf"{ASKED}|没$|没有$|了没|几篇|多少"
_WHERE = re.compile(
    rf"^{_N}(?:里|的|中|,|\s)*(?:{NUMBER}号(?:稿件?)?)?(?:里|的|中|,|\s)*(?:把|将)?"
)
_USED = r"采用|录用|刊发|刊登|转载|舆情|日报|周报"
_WHO = r"(?:发|印)(?:给|至|到|往)"


def issue(heard: Heard) -> Slots:
    """Read which issue: 第12期, 《住建信息》第十二期."""
    found = issue_in(heard.plain)
    if found is None:
        return {}
    return {"issue": found.number} | ({"series": found.series} if found.series else {})


def items(heard: Heard) -> Slots:
    """Read which items; nothing that was only shown before is meant."""
    return {"ids": list(heard.drafts())} if heard.drafts() else {}


def reason(heard: Heard) -> str:
    """Return why an issue is sent back."""
    found = re.search(
        rf"{_N}.{{0,6}}?(?:退签|退回|打回|重编|退)(?:去|了|吧|重改|修改|重编)?[\s,:;]*(?:因为|原因是?|理由是?)?[\s:]*(?P<x>.*)$"
        rf"|(?:退签|退回|打回|重编|退)(?:去|了|一下)?{_N}[\s,:;]*(?:因为|原因是?|理由是?)?[\s:]*(?P<y>.*)$",
        heard.plain,
        re.DOTALL,
    )
    if not found:
        return ""
    name = "x" if found["x"] is not None else "y"
    return heard.raw[found.start(name) : found.end(name)].strip(" 。.,，")


def recipients(heard: Heard) -> str:
    """Return to whom an issue was sent."""
    found = re.search(rf"(?:{_WHO}|给)(?:了)?(?P<x>[^。.!?\n]+?)(?:了|吧)?[。.!]?$", heard.plain)
    return heard.raw[found.start("x") : found.end("x")] if found else ""


def _replaced(heard: Heard) -> Slots:
    """Read 第12期12号把A改成B as A and B: where it stands is not part of the words."""
    pairs = replaced(heard).get("replace", {})
    known = {_WHERE.sub("", old) or old: new for old, new in pairs.items()}
    return {"replace": known} if known else {}


_edits: Slot = when(r"改|换|删|去掉|标题|不是", _replaced, dropped_paragraph, new_title)

compiling = Meaning(
    name="compile_issue",
    words=("编入",),
    only=_OFFICE,
    needs="issue",
    cues=(
        cue(rf"编(?:入|进|到|在).{{0,14}}{_N}", 9, unless=_ASKED),
        cue(
            rf"(?:放|加|收|选|排|列|用)(?:进|入|到|在).{{0,10}}{_N}",
            8,
            unless=rf"{_ASKED}|前面|后面|第.位",
        ),
        cue(
            rf"{_N}.{{0,8}}(?:加上|再加|编上|编入|收入|用上?).{{0,6}}{NUMBER}\s?号",
            8,
            unless=_ASKED,
        ),
    ),
    slots=(issue, items),
)

dropping = Meaning(
    name="drop_from_issue",
    words=("移出",),
    only=_OFFICE,
    needs="issue",
    cues=(
        cue(rf"(?:移|拿|撤|抽|踢|换|去)(?:出|掉|下).{{0,12}}{_N}", 9, unless=_ASKED),
        cue(
            rf"{_N}.{{0,16}}(?:移出|拿掉|拿出|抽掉|抽出|撤出|去掉|不要了?|删掉)",
            9,
            unless=rf"{_ASKED}|段|改|换成",
        ),
    ),
    slots=(issue, items),
)

arranging = Meaning(
    name="arrange_issue",
    words=("调整",),
    only=_OFFICE,
    needs="issue",
    cues=(
        cue(
            rf"{_N}.{{0,24}}(?:提|移|放|挪|排|调|换|往|摆)(?:到|在|至)?.{{0,6}}(?:前|后|最|第|头条|开头|末尾)",
            9,
            unless=_ASKED,
        ),
        cue(rf"{_N}.{{0,24}}(?:置顶|打头|排头|垫底|头条|最前|最后)", 8, unless=_ASKED),
        cue(rf"{_N}.{{0,60}}(?:改成|改为|换成|替换|改作|标题|第.段)", 9, unless=_ASKED),
    ),
    slots=(issue, items, _edits),
)

showing = Meaning(
    name="show_issue",
    needs="issue",
    cues=(
        cue(
            rf"{_N}.{{0,10}}(?:有哪些|都?有(?:什么|啥|几)|目录|内容|编了|排了|顺序|怎么样了|到哪|进度|编好|几篇|签了|印了)",
            8,
            unless=_USED,
        ),
        cue(rf"^(?:看一?下?|查一?下?|打开|给我看看?)\s?(?:{_BULLETIN})?的?{_N}", 8, unless=_USED),
        cue(rf"^(?:看看?)?{_BULLETIN}{_N}(?:呢)?[?]?$", 8),
    ),
    slots=(issue,),
)

previewing = Meaning(
    name="preview_issue",
    needs="issue",
    cues=(
        cue(rf"{_N}.{{0,10}}(?:预览|导出|word|打印稿?|清样|样子|文档|docx)", 9, unless=_USED),
        cue(rf"(?:预览|导出|下载|打印|清样).{{0,10}}{_N}", 9, unless=_USED),
    ),
    slots=(issue,),
)

offering = Meaning(
    name="offer_issue",
    only=_OFFICE,
    needs="issue",
    cues=(
        cue(
            rf"{_N}.{{0,10}}(?:送签|送审|送.{{0,6}}签|报.{{0,6}}签|请.{{0,6}}签)", 9, unless=_ASKED
        ),
        cue(rf"(?:送签|送审|请.{{1,6}}签发?).{{0,8}}{_N}", 9, unless=_ASKED),
    ),
    slots=(issue,),
)

signing = Meaning(
    name="sign_issue",
    only=_LEADERS,
    guarded=True,
    needs="issue",
    cues=(
        cue(
            rf"^(?:{_BULLETIN})?{_N}(?:{_BULLETIN})?[,\s]?(?:我)?(?:同意|可以|没问题|行)?[,\s]?(?:签发|同意|可以发|可以印|印吧|发吧)",
            9,
            unless=rf"{_ASKED}|不同意|先别|暂|等|改",
        ),
        cue(
            rf"^(?:同意|可以)?签发(?:{_BULLETIN})?{_N}",
            9,
            unless=rf"{_ASKED}|不同意|先别|暂|等|改",
        ),
    ),
    slots=(issue,),
)

sending_back = Meaning(
    name="send_issue_back",
    only=_OFFICE | _LEADERS,
    guarded=True,
    needs="issue",
    cues=(
        cue(rf"{_N}.{{0,4}}(?:退签|退回|打回|退)(?!休|役|还|款)", 9, unless=_ASKED),
        cue(rf"(?:退签|退回|打回).{{0,6}}{_N}", 9, unless=rf"{_ASKED}|{NUMBER}号"),
    ),
    slots=(issue,),
)

distributing = Meaning(
    name="distribute_issue",
    only=_OFFICE,
    needs="issue",
    cues=(
        cue(
            rf"{_N}.{{0,8}}(?:印发|印了|已印|已发|发了|{_WHO}|印好)",
            8,
            unless=rf"{_ASKED}|同意|签发|{_USED}",
        ),
        cue(rf"印发.{{0,10}}{_N}", 8, unless=_ASKED),
        cue(rf"把.{{0,10}}{_N}.{{0,4}}发给", 8, unless=_ASKED),
    ),
    slots=(issue,),
)

listing = Meaning(
    name="list_issues",
    words=("简报",),
    cues=(
        cue(
            rf"^(?:看看?|查|列)?(?:一?下)?(?:各期|历期|所有|最近的?|今年的?)?{_BULLETIN}(?:列表|清单|目录|有哪些|有几期|出了几期|编到第?几期了?|各期)?[?]?$",
            8,
        ),
        cue(rf"{_BULLETIN}.{{0,6}}(?:编到|出到|出了|印了)(?:第)?(?:几|多少)期", 8),
    ),
)

DECLARED = declared(
    __file__,
    compiling,
    dropping,
    arranging,
    showing,
    previewing,
    offering,
    signing,
    sending_back,
    distributing,
    listing,
)
