"""What is read from the words about a case: whether it is so, what is planned, how it ended."""

import re
from datetime import timedelta

from handlers.rules.clipping import clipped
from handlers.rules.numerals import number
from storage.vocabulary import Truth

_TRUTHS = (
    (
        Truth.UNTRUE,
        r"(?:完全)?不(?:属)?实(?!施)|(?:是|系|纯属)?(?:谣言|谣传|造谣|虚假)|假的|没有这回事|子虚乌有|旧闻",
    ),
    (Truth.PARTLY, r"部分属实|基本属实|有出入|不(?:完全|全)(?:属实|准确)|夸大"),
    (Truth.TRUE, r"属实|情况是真|是真的(?![吗么?？])|确有(?:其事|此事)|确实(?:存在|如此)|查实"),
)
_TRUTH = tuple((truth, re.compile(form)) for truth, form in _TRUTHS)
_FACTS = re.compile(
    r"(?:经|已|刚|现场)?(?:核实|核查|查明|查清|查过|了解到|摸清)|初步情况|现场情况|情况如下|属实"
)
_DOUBT = re.compile(
    r"(?:正在|还在|在|待|尚未|还没(?:有)?|未|没(?:有)?|去|要|请)(?:进一步)?(?:核实|核查|查明|查清|了解)"
)
_PLAN = re.compile(r"方案|措施|计划|工作组|专班|约谈|整改|责令|协调会|座谈|分[三两二]步|节点")


def truth_said(text: str) -> Truth | None:
    """Return what the text says of whether it is so: 属实, 部分属实, 不属实; None if nothing."""
    return next((truth for truth, form in _TRUTH if form.search(text)), None)


def facts_said(text: str) -> bool:
    """Tell whether the text reports first facts: 经核实…, 现场情况…; not 正在核实."""
    return bool(_FACTS.search(text)) and not _DOUBT.search(text)


def plan_said(text: str) -> bool:
    """Tell whether the text says what will be done: a plan, a task force, talks, an order."""
    return _PLAN.search(text) is not None


_DAYS = re.compile(
    r"\s*(?:再)?(?:观察|看)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(天|周|个月)\s*"
)
_LENGTHS = {"天": 1, "周": 7, "个月": 30}


def plain_days(text: str) -> tuple[timedelta | None, str]:
    """Read 3天 or 两周 at the beginning of a text; return it and the rest."""
    found = _DAYS.match(text)
    count = number(found[1]) if found else None
    if found is None or count is None:
        return None, text.strip()
    return timedelta(days=count * _LENGTHS[found[2]]), text[found.end() :].strip(" ，,。")


_PARTS = re.compile(r"([,，、;；。.!！:：\s]+)")
_MAY = (
    r"(?:[我请就先也都那能按作算为是属系给把于可]|我们|这起|这个|可以"
    r"|申请|同意|建议|确认|确定|已经?|现在|直接)"
)
_DONE = (
    r"(?:误报|非本[地区县市]|[办辦][结結解]|[结結][案掉了吧]|[结結]|[销銷消][号號]|[销銷][案掉了吧]|[关關][闭閉掉了单吧]?"
    r"|了[结結]|归档|收尾|收掉|完结|banjie|处理|处置)"
)
_WAY = re.compile(rf"{_MAY}*(?:{_DONE}|[了吧掉的])*{_DONE}[了吧掉的]*", re.IGNORECASE)
_WATCHED = re.compile(
    r"(?:[先再还]|继续|持续|后面)*(?:观察|关注|跟踪|[盯看跟])(?:着|一下)?(?:\d{1,2}|[一两二三四五六七八九十半]{1,3})?(?:个?[天周月]|个?星期)?"
)
_NOT_OURS = re.compile(
    r"(?:这|它)?(?:不是|不属于?|不归|非)(?:我们?|咱们?|本)(?:这边?)?(?:[局区县市]|辖区|单位|科)?(?:的|管)*(?:事|舆情)?"
)
_FIRST_WAY = re.compile(rf"^{_MAY}*误报[了吧]?(?=[是为因，])")


def outcome_said(text: str) -> str:
    """Return how a case came to its end, without the words that only end it: 误报，是旧视频.

    Empty where those are all that is said. That it is not ours stays where nothing else does.
    """
    words, *rest = _PARTS.split(_FIRST_WAY.sub("", text.strip()))
    said = [(words, ""), *zip(rest[1::2], rest[::2], strict=True)]
    left = [
        one
        for one in said
        if one[0] and not _WAY.fullmatch(one[0]) and not _WATCHED.fullmatch(one[0])
    ]
    more = [one for one in left if not _NOT_OURS.fullmatch(one[0])] or left
    whole = "".join(before + word for word, before in more)
    return whole.removeprefix(more[0][1]).strip() if more else ""


_WHERE = (
    r"(?:抖音|快手|微博|小红书|微信群?|业主群|朋友圈|贴吧|知乎|论坛|视频号|头条|网上|群里|12345)"
    r"(?:上|里|号|热搜|热线)?"
)
_SAYS = re.compile(
    r"^(?:(?:我)?(?:刚刚?|刚才)?(?:发现|刷到|看到|看见)了?(?:一?[条个起](?:负面|舆情)?[,，:：\s]*|(?=抖音|快手|微博|小红书|业主群|朋友圈)))?"
    rf"(?:(?:今天|刚才|刚刚|昨晚)?(?:{_WHERE})?[也又]?(?:有人|有个?网友|网友|有个?业主|业主)?[也又]?(?:在{_WHERE})?有?"
    r"(?:在直播)?(?:发|拍|传|晒)?(?:了)?(?:一?[个条段则])?(?:短?视频|帖子?|图片?|文章)?"
    r"(?:说|称|讲(?!话|座|究)|反映|曝光?|爆料|吐槽|投诉|质疑|拍到))[,，:：\s]*"
)
_HEAT = re.compile(
    r"[,，。.;；\s]*(?:已经?)?(?:点赞|转发|评论|播放|阅读|浏览|热度|转赞评)(?:量|数)?.{0,14}$"
)
_URL = re.compile(r"https?://\S+")
_CLAUSE = re.compile(r"[。！？!?；;\n]")
_SHORTEST, _ENOUGH, _LONGEST = 4, 8, 30


def short_title(text: str) -> str:
    """Return what a report is about in few words: not where it is said, nor how hot it is."""
    first = _CLAUSE.split(_URL.sub(" ", text).strip(), maxsplit=1)[0].strip(" ，,")
    plain = _HEAT.sub("", _SAYS.sub("", first)).strip(" ，,")
    return whole_clauses(plain if len(plain) >= _SHORTEST else first or text.strip(), _LONGEST)


def whole_clauses(words: str, most: int) -> str:
    """Return the words up to the last clause that fits; where none does, as far as they fit."""
    if len(words) <= most:
        return words
    ends = max(words.rfind(mark, 0, most + 1) for mark in "，, ")
    return clipped(words, most) if ends < _ENOUGH else words[:ends].rstrip(" ，,")


_SENTENCE = re.compile(r"[^。！？!?；;，,\n]+")
_DEMAND = re.compile(
    r"(?:强烈|一致|联名|集体)?(?:要求|诉求(?:是|为)?|希望|呼吁|恳请|请求|盼望?)[:：]?(?P<what>.{2,})"
    r"|(?P<back>讨(?:要|回)?(?:说法|工资|工钱|薪水?|房款|定金))"
    r"|(?P<when>(?:何时|什么时候|啥时候)(?:才?能|可以|会)?.{2,})"
)
_OFFICIAL = re.compile(
    r"(?:局|政府|部门|街道|执法|法院|我们|领导|专班|会议|通知|办法|条例)[^，,]{0,6}要求|按照?.{0,6}要求"
    r"|(?:不符合?|符合|达到).{0,4}要求"
)
_MOST_DEMANDS, _LONGEST_DEMAND = 2, 30


def demands_said(text: str) -> str:
    """Return what people ask for in public, as they put it; empty where they ask for nothing.

    What an office orders is no demand.
    """
    said = []
    for clause in _SENTENCE.finditer(_URL.sub(" ", text)):
        found = None if _OFFICIAL.search(clause[0]) else _DEMAND.search(clause[0])
        if found is not None:
            said.append((found["what"] or found["back"] or found["when"]).strip(" ：:"))
    return "；".join(one[:_LONGEST_DEMAND] for one in dict.fromkeys(said[:_MOST_DEMANDS]))
