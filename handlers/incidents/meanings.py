"""What is said about an incident in hand: the answer to what is asked, reported, signed."""

import re

from handlers.kit.meaning import Heard, Meaning, Slot, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.words import CASE_SAID, NUMBER
from handlers.rules.incidents.either import DANGER

_NAMED = re.compile(r"紧急(?:信息)?\s?第?(\d{1,4})|第?(\d{1,4})号(?:的)?紧急")
_ABOVE = (
    r"[^\s,]{0,8}(?:值班室|总值班|两办|[省市区县](?:委办?|政府办?|厅|局)"
    r"|政府办|委办|应急[局办]|办公室|领导)"
)


def _named(heard: Heard) -> Slots:
    found = _NAMED.search(heard.plain)
    return {"incident": int(found[1] or found[2])} if found else {}


def _incident(heard: Heard) -> Slots:
    """Read the incident that is named, else the one whose report is before the sender."""
    if found := _named(heard):
        return found
    situation = heard.situation
    if situation.kind == "incident_report" and len(situation.numbers) == 1:
        return {"incident": situation.numbers[0]}
    return {}


_TO = later(rf"(?:给|向|到|报告?|送)[给向到报送了过完]*[\s,:]*(?P<to>{_ABOVE})")


def _told(slot: str) -> Slot:
    """Return what reads into *slot* who was told: 给区委值班室打过电话了."""

    def read(heard: Heard) -> Slots:
        found = _TO.search(heard.plain)
        return {slot: heard.raw[slice(*found.span("to"))]} if found else {}

    return read


begin = Meaning(
    name="report_incident",
    cues=(
        cue(
            r"^(?:(?:再|又)?(?:报告?|上报|有)(?:一?[个件起]|一下)?(?:新的?|突发)?)?"
            r"(?:紧急|突发|应急)(?:情况|信息|事件)\s?[,:]\s?\S{4,}",
            9,
            during="ask:incident_element",
        ),
        cue(
            rf"^(?:报告|又|还有一?[件个起]事)[,:\s].*(?:{DANGER})",
            9,
            during="ask:incident_element",
            unless=r"[?]|吗|没有?(?:起火|着火|泄漏)|已.{0,6}(?:解救|救出|扑灭|控制)",
        ),
        cue(
            rf"^(?:紧急|突发|应急)(?:情况|事件)[!,:.\s].*(?:{DANGER})",
            14,  # whatever is talked of: else it would be news of a case
            during="alert opinion",
            unless=r"[?]|吗|演练|没有?(?:起火|着火|泄漏)|已.{0,6}(?:解救|救出|扑灭|控制)",
        ),
    ),
    asks=("incident_words",),
)

_OF_ONE = r"(?:(?:搞|弄|报|说)错了[\s,]*)?紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?[\s,:]*"
_FALSE = (
    r"(?:(?:经核实|核实过?了?|确认|这|就?是|属于?|系|个|一场)*[\s,]*"
    r"(?:误报|虚惊(?:一场)?|乌龙|假警))(?:了|的)?"
)
_UNSURE = r"[?]|吗|吧|应该|好像|可能|大概|怀疑|疑似|不排除|会不会|如果|万一"
"""An emergency is no false one because somebody thinks that it may be."""
_WITHDRAWN = re.compile(rf"^(?:{_OF_ONE})?(?:(?:搞|弄|报|说)错了[\s,]*)?{_FALSE}[\s,:.!]*")
_OTHERWISE = (
    r"[?]|吗|谁|什么|怎么|咋|多久|几点|签发|同意|通过|退回|终报|续报|初报|办结|结束|结了|关闭|误报|虚惊|乌龙|关联|预案|演练|重开"
    r"|(?:定级|定为|改为|改成|升为|升到|升级为|降为|降到|调为|调到)|(?:电话|口头|书面).{0,4}(?:报|发|送)|接报时间|超时|原因|看一?下|情况$|进展$"
)

fill = Meaning(
    name="fill_incident",
    cues=(
        cue(
            r"^紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?[\s,:]*(?=[^\d\s].{3})",
            9,
            unless=_OTHERWISE,
        ),
        cue(
            r"^(?:紧急(?:信息)?\s?\d{0,4}号?(?:的)?)?接报时间(?:应?(?:是|为|改[为成]))?[:\s]*\d{1,2}[:点时]",
            9,
        ),
    ),
    asks=("incident_element",),
    beside=rf"{CASE_SAID}|舆情.{{0,6}}(?:几|多少|哪|谁|怎么|超时|列表|看板|台账|日报)|第?{NUMBER}号(?:[这那][条个起件])",
)

_ADDED = re.compile(
    r"^紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?[\s,:]*(?:(?:更正|补充|补)(?:一下|一点)?[\s,:]*)?"
)


def _numbered_rest(heard: Heard, announced: re.Pattern[str]) -> str:
    """Return the number that is named, and what stands behind what *announced* it."""
    found = announced.match(heard.plain)
    if found is None:
        return heard.raw
    number = _named(heard).get("incident", "")
    return f"{number} {heard.raw[found.end() :]}".strip()


def added(heard: Heard) -> str:
    """Return the number and what is new of it: 紧急1更正一下，伤了3人 is 1 伤了3人."""
    return _numbered_rest(heard, _ADDED)


_OF = r"(?:紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?[\s,:]*)?"

phone = Meaning(
    name="incident_phoned",
    words=("已电话报告",),
    cues=(
        cue(
            rf"^{_OF}(?:我)?(?:已经?|刚刚?|刚才)*(?:电话|口头)(?:已经?|刚)?(?:报告?|上报|汇报)(?:了|过|给|到|完)*[\s,:]*{_ABOVE}(?:了)?[.!]*$",
            10,
            unless=r"[?]|吗|怎么|谁|稿|没",
        ),
        cue(
            r"^(?:我)?(?:已经?|刚|刚才)?(?:打)?(?:电话|口头)(?:已经?|刚)?"
            r"(?:报告?|上报|汇报)(?:了|过|给|到)",
            9,
            unless=r"[?]|吗|怎么|谁|稿",
        ),
        cue(
            r"^(?:我)?(?:已经?|刚刚?|刚才)(?:给)?(?:打)(?:过)?(?:了)?电话(?:报)?(?:给|到|向)?(?:了)?"
            rf"{_ABOVE}|^(?:我)?(?:已经?|刚刚?|刚才)?(?:给|向){_ABOVE}"
            r".{0,6}(?:打(?:过|了)?电话|电话(?:报|汇报))",
            9,
            unless=r"[?]|吗|怎么|谁|稿|没",
        ),
    ),
    slots=(_named, _told("incident_to")),
    asks=("incident_to",),
)

written = Meaning(
    name="incident_sent",
    words=("已书面报告",),
    cues=(
        cue(
            rf"^{_OF}(?:我)?(?:已经?|刚刚?|刚才)*书面(?:的|报告|材料|信息)?(?:已经?|刚)?(?:报|发|送|传)(?:送|告|给|到|过|了|完)*[\s,:]*{_ABOVE}(?:了)?[.!]*$",
            10,
            unless=r"[?]|吗|怎么|谁|稿|没",
        ),
        cue(
            r"^(?:我)?(?:已经?|刚刚?|刚才)?(?:书面)(?:的|报告|材料|信息)?(?:也|都|已经?)?"
            rf"(?:报|发|送|传)(?:送|告|给|到|过)*(?:了)?{_ABOVE}",
            9,
            unless=r"[?]|吗|怎么|谁|稿|没",
        ),
    ),
    slots=(_named, _told("incident_sent_to")),
    asks=("incident_sent_to",),
)

show = Meaning(
    name="show_incident",
    cues=(
        cue(
            r"(?:有)?(?:哪些|什么|几[个件]|多少)(?:没(?:办|处理)完的|在办的?)?(?:紧急信息|应急信息)"
            r"|(?:紧急信息|应急信息)(?:有)?(?:哪些|几[个件]|多少|列表|清单)",
            9,
            unless=r"报|稿",
        ),
        cue(
            r"^(?:查|看)?(?:一?下|看)?(?:第?\d{1,4}号(?:的)?紧急(?:信息)?|紧急(?:信息)?\s?第?\d{1,4}号?)"
            r"(?:的)?(?:怎么?样了?|咋样了?|到哪(?:一)?步了?|(?:现在)?(?:是)?(?:的)?(?:什么|啥)?(?:情况|进展|进度|状态))[?]?$",
            9,
        ),
        cue(
            r"^(?:第?\d{1,4}号(?:的)?紧急(?:信息)?|紧急(?:信息)?\s?第?\d{1,4}号?)?(?:的)?(?:离|距)?(?:电话|书面)?(?:报告|初报|时限)?"
            r"(?:还有|还剩|剩)(?:下)?(?:多久|多长时间|多少时间|几分钟|多少分钟)(?:(?:就|才)?(?:要|该|得|到)?(?:报|交)?(?:电话|书面|初报)(?:报告)?(?:时限)?)[?]?$"
            r"|^(?:第?\d{1,4}号(?:的)?紧急(?:信息)?|紧急(?:信息)?\s?第?\d{1,4}号?)(?:的)?(?:电话|书面)?(?:报告|时限)?(?:还有|还剩|剩)(?:下)?(?:多久|多长时间|多少时间|几分钟|多少分钟).{0,6}$",
            10,
        ),
        cue(r"^(?:值班)?(?:的)?(?:紧急|应急)信息(?:的)?(?:台账|清单|列表)(?:发我|看看)?[?]?$", 9),
        cue(
            r"^(?:查|看)?(?:一?下|看)?(?:刚才|今晚|昨晚|现在)?(?:的|那[个条件])*紧急信息(?:现在|目前|办|处理)*(?:得)?"
            r"(?:怎么?样了?|咋样了?|到哪(?:一)?步了?|(?:是)?(?:什么|啥)?(?:情况|进展|进度)(?:了)?)[?]?$",
            9,
        ),
    ),
    slots=(_incident,),
)

_FOLLOWED = re.compile(
    r"^\s*(?:(?:紧急)?续报(?:紧急)?[\s,:]*|(?P<of>紧急(?:信息)?\s?第?\d{1,4})号?(?:的)?续报[\s,:]*)"
)

follow = Meaning(
    name="follow_incident",
    cues=(
        cue(
            r"^续报[\s,:]+(?!\d{1,4}(?:号|[\s,:]|$))\S", 9, unless=r"[?]|吗|舆情|怎么|什么时候|几点"
        ),
        cue(
            r"^紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?续报[\s,:]*\S{2,}",
            10,
            unless=r"[?]|吗|怎么|什么时候|几点|签发|同意|通过",
        ),
    ),
)


def news(heard: Heard) -> str:
    """Return what is new, without the word that announces it: 紧急1续报 现场恢复 is 1 现场恢复."""
    found = _FOLLOWED.match(heard.plain)
    if found is None:
        return heard.raw
    number = re.search(r"\d+", found["of"] or "")
    return " ".join(filter(None, (number and number[0], heard.raw[found.end() :])))


late = Meaning(name="explain_delay", cues=(), asks=("incident_late",))

_YES = (
    r"(?:同意|签发|签字?|可以|通过|批准|没问题|照此|按此|就这样)"
    r"(?:[,\s]|签发|上报|报送?|报出|发出?|吧|了|的)*"
)

sign = Meaning(
    name="sign_incident",
    words=("签发紧急",),
    cues=(
        cue(rf"^{_YES}[.!~]*$", 9, during="incident_report"),
        cue(
            r"^(?:同意|签发|签|通过|批准|可以)(?:一下)?\s?紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?"
            r"(?:初报|续报|终报)?[.!]*$",
            9,
        ),
        cue(rf"^紧急(?:信息)?\s?第?\d{{1,4}}号?(?:的)?(?:初报|续报|终报)?[,\s]*{_YES}[.!]*$", 9),
        cue(
            r"^(?:同意)?签发(?:一下)?\s?(?:紧急(?:信息)?)?(?:的)?(?:初报|续报|终报|紧急信息)[.!]*$",
            9,
        ),
    ),
    slots=(_incident,),
    guarded=True,
)

_ENDED = re.compile(
    r"^紧急(?:信息)?\s?第?(?P<of>\d{1,4})号?(?:的)?(?:终报[\s,:]*|(?:定级|定为|改为|改成|升为|升到|升级为|降为|降到|调为|调到)[\s:]*)"
)


def of_number(heard: Heard) -> str:
    """Return the number and the words of what is said of an incident: 紧急1改为重大 is 1 重大."""
    found = _ENDED.match(heard.plain)
    return f"{found['of']} {heard.raw[found.end() :]}" if found else heard.raw


final = Meaning(
    name="final_report",
    cues=(
        cue(
            r"^紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?终报[\s,:]*",
            10,
            unless=r"[?]|吗|谁|签发|同意|通过|怎么|什么时候",
        ),
    ),
)

regrade = Meaning(
    name="grade_incident",
    cues=(
        cue(
            r"^紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?(?:定级|定为|改为|改成|升为|升到|升级为|降为|降到|调为|调到)"
            r"[\s:]*(?:特别重大|重大|较大|一般)",
            10,
            unless=r"[?]|吗|谁",
        ),
    ),
)

withdraw = Meaning(
    name="withdraw_incident",
    cues=(
        cue(rf"^{_OF_ONE}{_FALSE}", 12, unless=rf"{_UNSURE}|不是误报|并非|没有误报|舆情"),
        cue(
            rf"^(?:(?:搞|弄|报|说)错了[\s,]*)?{_FALSE}(?:[\s,.!]|$)",
            12,
            during="ask:incident_element",
            unless=_UNSURE,
        ),
    ),
)


def why_withdrawn(heard: Heard) -> str:
    """Return the number and how it was found out: 紧急1是误报，是热水器 is 1 是热水器."""
    return _numbered_rest(heard, _WITHDRAWN)


close = Meaning(
    name="close_incident",
    cues=(
        cue(
            r"^(?:把|将)?紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?(?:已经?|可以|能|都|全部|现场)*(?:处置|处理)?(?:完(?:了|毕)?)?[\s,]*"
            r"(?:可以|就)?(?:办结|结束|结了|结掉|关闭|关了|解除)(?:了|吧)*[\s,:.!]*",
            11,
            unless=r"[?]|吗|谁|什么时候|没|未|不|别|终报|预案|演练"
            r"|(?:办结|结束|结了|关闭|解除)(?:之|以)?(?:后|前|时)|如果|等",
        ),
    ),
)

_CLOSED = re.compile(close.cues[0].pattern)


def why_closed(heard: Heard) -> str:
    """Return the number and why it is over: 紧急1可以结束了，道路已通 is 1 道路已通."""
    return _numbered_rest(heard, _CLOSED)


DECLARED = declared(
    __file__,
    begin,
    fill,
    phone,
    written,
    show,
    follow,
    late,
    sign,
    final,
    regrade,
    withdraw,
    close,
)
