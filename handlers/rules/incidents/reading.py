"""What a line about an incident says: place, time, nature, casualties and all that a report wants.

A line is cut into clauses, and each says what its words say that it says; what says nothing known
is left to whoever asked. Nothing is made up: what cannot be read is asked for.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.clipping import clipped
from handlers.rules.numerals import NUMERAL, number
from handlers.rules.opinion.casualties import Casualties, casualties
from storage.vocabulary import IncidentElement as Element

_CLAUSE = re.compile(r"[^，,。；;！!\n]+")
_LINK = re.compile(r"https?://\S+")
"""What an address says is none of the words: it is kept beside them."""
_CLOCK = re.compile(
    r"(?P<day>今[天日晨早晚]|昨[天日晚]|\d{1,2}月\d{1,2}[日号])?的?"
    r"(?P<part>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚)?"
    r"(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|[点时](?:(?P<half>半)|(?P<said>\d{1,2})分?)?)"
    r"(?:许|左右|前后)?"
)
_BEGAN = re.compile(r"发生|事发|案发|出事")
_RECENT = re.compile(r"刚刚|刚才|方才|(?P<minutes>\d{1,2})分钟(?:之)?前|半(?:个)?小时(?:之)?前")
_AFTERNOON = {"下午", "傍晚", "晚上", "夜里", "晚"}
_NOON = 12
_AHEAD = timedelta(minutes=5)

_PLACE_END = (
    r"(?:小区|花园|家园|公寓|佳苑|[苑庭府湾](?![^，,]{0,1}[前后])|新村|新城|广场|大厦|商场|市场"
    r"|中心|学校|小学|中学|幼儿园|医院|公园|工地|项目部?|标段|售楼[处部]|\d+[号#]楼|\d+[栋号]"
    r"|[一二三四五六七八九十]+单元|\d+单元|泵站|厂区?|站|桥|路口|路段"
    r"|大道|路(?!面)|街道?|巷|弄|社区|村|镇|乡|城区|地下室|车库|门口)"
)
_NATURES: Mapping[str, str] = MappingProxyType(
    {
        "燃气泄漏": r"(?:燃|煤|天然)气.{0,6}(?:泄漏|泄露|漏)|漏气"
        r"|(?:挖|撞)[断破坏].{0,4}(?:燃气|气管)"
        r"|(?:燃气|气)管.{0,4}(?:被)?(?:挖|撞)[断破坏]"
        r"|闻到.{0,6}(?:燃|煤|天然)气",
        "爆炸事故": r"爆炸|爆燃|闪爆",
        "火灾": r"起火|着火|火灾|失火|冒烟|燃烧",
        "建筑施工事故": r"(?:塔吊|脚手架|围[挡墙]|基坑|模板|吊篮|边坡|工地|支架|高支模|升降机)"
        r".{0,8}(?:坍塌|倒塌|垮塌|塌|倒|坠|掉|渗水|涌水|断裂|变形|刮倒)|高[处空]?坠|坠落|触电|中毒|窒息",
        "房屋坍塌": r"(?:楼|房|屋|住宅|自建房|阳台|墙体?|屋顶).{0,4}"
        r"(?:坍塌|倒塌|垮塌|塌了?|倾斜|倒了?)",
        "道路塌陷": r"(?:路|地)面?.{0,3}(?:塌陷|坍塌|下沉|沉降|塌了?)|塌方",
        "地质灾害": r"滑坡|泥石流|崩塌|地裂缝|山体",
        "供水排水事故": r"(?:水管|供水|自来水|管道|管网).{0,6}(?:爆|破裂|断|停)"
        r"|停水|内涝|积水|水淹|井盖",
        "供电事故": r"停电|断电|配电",
        "供热事故": r"停暖|停热|供热管",
        "群体性事件": r"聚集|堵[路门]|围堵|上访|讨薪|拉横幅|静坐|打砸|冲突|讨说法|维权",
        "电梯事故": r"电梯",
        "极端天气灾害": r"台风|暴雨|大风|冰雹|雷击|暴雪",
    }
)
_NATURE = {name: re.compile(form) for name, form in _NATURES.items()}
_EVENT = re.compile(
    "|".join(f"(?:{form})" for form in _NATURES.values()) + r"|事故|坍塌|倒塌|脱落|掉落"
)
_PLACE = re.compile(
    rf"^(?:在|位于|我区|我市|辖区|本区|关于|报告?|接报|发生在|地[点址](?:是|在|[:：])?|就?是)*"
    rf"(?P<place>[一-鿿A-Za-z0-9#\-]{{0,24}}{_PLACE_END})(?:内|里|附近|旁|上|东侧|西侧|南侧|北侧)?"
)
_PEOPLE = re.compile(r"业主|村民|居民|群众|农民工|工人|商户|\d+(?:多|余)?[名人]|[几数]十|聚集|围堵")
_BARE = re.compile(r"^(?:在|位于)(?P<place>[一-鿿A-Za-z0-9#\-]{2,20})$")
_HARMED = re.compile(
    r"(?:\d+|[一二两三四五六七八九十]+|多)[名人个位]?.{0,4}(?:被困|被埋|失联|受困)|(?:有人|人员)(?:被困|被埋|失联|受困)"
    r"|(?:无|没有|未造成|尚无|暂无|未发现).{0,6}(?:伤亡|人员受伤|人受伤|伤人|死亡)|没(?:有)?伤(?:到)?人|死亡|受伤|轻伤|重伤|遇难|中毒\d"
)
_CLAUSES: Mapping[Element, re.Pattern[str]] = MappingProxyType(
    {
        Element.CONTACT: re.compile(r"联系(?:人|电话|方式)|电话[:：是]?\s*\d|(?<!\d)1\d{10}(?!\d)"),
        Element.SOURCE: re.compile(
            r"(?:来电|热线|12345|110|119|群众|居民|市民|网民|业主|巡查|物业|施工单位|项目部|街道|社区|公安|消防|应急局|企业|燃气公司)"
            r".{0,4}(?:报告|反映|来电|转来|转办|报的|报来|通报|发现|举报|打电话|电话报)|^来源|信息来源"
        ),
        Element.LOSS: re.compile(r"损失"),
        Element.REQUEST: re.compile(
            r"请求|恳请|需要.{0,12}(?:支援|协调|增援|支持|派)|希望.{0,8}(?:支援|协调|支持)"
        ),
        Element.LEADERS: re.compile(
            r"(?:局长|书记|[区县市]长|主任|领导|科长|[一-鿿]局).{0,12}(?:现场|赶到|到场|赶赴|赶往|指挥|前往|在场|带队)"
            r"|(?:现场|到场)(?:的)?(?:领导|指挥)"
        ),
        Element.TREND: re.compile(
            r"蔓延|扩大|扩散|可控|受控|得到控制|平稳|稳定|扑灭|次生|加剧|恶化|反复|继续(?:下沉|渗|漏|聚)|趋势|散去|散了|恢复正常"
        ),
        Element.SCOPE: re.compile(
            r"(?:影响|涉及|波及|停气|停水|停电|停暖|受影响).{0,10}(?:户|人|栋|家|米|单元|用户|居民|交通|平方)"
            rf"|{NUMERAL}(?:余|多)?户(?!.{{0,4}}(?:疏散|转移))"
        ),
        Element.MEASURES: re.compile(
            r"(?:已|正在?|立即|随即|现场|组织|连夜)[^，,。]{0,12}(?:疏散|停工|关阀|关闭|抢修|抢险|救援|搜救|施救|送医|送往医院|警戒|封控"
            r"|封闭|停气|停水|断电|断气|报警|组织|启动|处置|转移|安置|劝返|约谈|灭火|扑救|撤离|设置|拉起|联系|通知|核实|排查|堵漏"
            r"|关断|关停|切断|抢通|查找)"
            r"|疏散|送医|抢修中|救援中|在(?:抢修|抢险|救援|施救|灭火|排查|堵漏)"
            r"|(?:阀门?|燃气|煤气|天然气|明火|大?火)(?:都|已经?|也|给)*(?:关|灭|扑灭|切断)(?:了|上|掉|好)"
            r"|(?:消防|公安|交警|民警|医护|救护|抢修|抢险|救援)[^，,。]{0,6}(?:到场|到达|赶到|赶赴|在场)"
        ),
    }
)
_UNKNOWN = re.compile(
    r"^(?:目前|现在|暂时|还|尚|都|具体)*(?:不清楚|不知道|不详|未知|不明|说不[准清]|待?核实|正在(?:核实|了解|统计)|核实中|统计中|了解中"
    r"|没有消息|跳过|下一[个项]|稍后再?[报说补]?|等会儿?再?[报说补]?|待查)[了中。.!！]*$"
)
_NONE = re.compile(r"^(?:暂时|目前)?(?:没有|无|没|暂无|不用|不需要|没有呢)[了的。.!！]*$")
_DONE = re.compile(
    r"^(?:就这些|没有了|没了|先这样|就这样|完了|报完了|好了|其他(?:的)?(?:都)?(?:不清楚|不知道|没有)|不补了|够了|就先这样)[了吧。.!！]*$"
)
_TIMELY = re.compile(r"\d|[点时分秒天日夜早晚午晨今昨前刚才钟]|[一二三四五六七八九十]月")
_YUAN = re.compile(
    rf"(?P<count>\d+(?:\.\d+)?|{NUMERAL})(?:余|多)?(?P<unit>亿|千万|百万|万)?(?:余|多)?元"
)
_UNITS = {"亿": 10_000, "千万": 1_000, "百万": 100, "万": 1, None: 0.0001}
_LONGEST_TITLE = 28


def read(text: str, now: datetime) -> dict[Element, str]:
    """Return what a line says, each element in the words that say it; times are written out."""
    text = _LINK.sub("", text)
    found: dict[Element, list[str]] = {}
    event, place = _event(text)
    for clause in (each.group().strip(" ：:") for each in _CLAUSE.finditer(text)):
        if (element := _says(clause)) is not None:
            found.setdefault(element, []).append(clause)
    moment = happened(text, now)
    whole = {
        Element.HAPPENED: written_moment(moment) if moment else "",
        Element.EVENT: event,
        Element.PLACE: place,
        Element.NATURE: nature_of(text),
        Element.CASUALTIES: _casualties_said(text),
    }
    parts = {element: "，".join(dict.fromkeys(said)) for element, said in found.items()}
    return parts | {element: said for element, said in whole.items() if said}


def untold(text: str, said: Collection[str]) -> str:
    """Return the clauses of a text that no element tells, for nothing that is new may be lost."""
    clauses = (each.group().strip(" ：:") for each in _CLAUSE.finditer(_LINK.sub("", text)))
    told = "，".join(said)
    return "，".join(one for one in clauses if one and one.removeprefix("造成") not in told)


def tells_when_it_began(text: str) -> bool:
    """Tell whether a time in a text is said to be that of the event, not of what came after."""
    return _BEGAN.search(text) is not None


def nature_of(text: str) -> str:
    """Name the kind of incident; empty where no word tells it."""
    return next((name for name, form in _NATURE.items() if form.search(text)), "")


def _says(clause: str) -> Element | None:
    return next((element for element, form in _CLAUSES.items() if form.search(clause)), None)


def _event(text: str) -> tuple[str, str]:
    """Return what happened in a few words, and where, by the first clause that says so."""
    place = ""
    for clause in (each.group() for each in _CLAUSE.finditer(text)):
        bare = _RECENT.sub("", _CLOCK.sub("", clause)).strip(" ：:")
        people = _PEOPLE.search(bare)
        before = bare[: people.start()] if people else bare
        where = _PLACE.match(before) or _BARE.match(before)
        tells = _EVENT.search(bare) and not _CLAUSES[Element.MEASURES].search(bare)
        if where and not place and (tells or (_says(bare) is None and not _HARMED.search(bare))):
            place = where["place"].removeprefix("在")
        if tells:
            rest = bare[where.end() :] if where and _EVENT.search(bare[where.end() :]) else bare
            return rest.strip(" ：:发生了") or bare, place
    return "", place


def title_of(elements: Mapping[Element, str], text: str) -> str:
    """Return what an incident is called: where and what, else the first words of its line."""
    event = elements.get(Element.EVENT, "")
    if event:
        place = elements.get(Element.PLACE, "")
        whole = event if place in event else place + event
    else:
        first = _CLAUSE.search(_LINK.sub("", text))
        whole = first.group().strip(" ：:") if first else text
    return clipped(whole, _LONGEST_TITLE)


def happened(text: str, now: datetime) -> datetime | None:
    """Return the latest moment up to now that a text names, in UTC; None if it names none."""
    if found := _CLOCK.search(text):
        return _on_clock(found, now)
    if found := _RECENT.search(text):
        minutes = int(found["minutes"] or (30 if found.group().startswith("半") else 0))
        return now - timedelta(minutes=minutes)
    return None


def _on_clock(found: re.Match[str], now: datetime) -> datetime | None:
    hour = int(found["hour"])
    if found["part"] in _AFTERNOON and hour < _NOON:
        hour += _NOON
    minute = 30 if found["half"] else int(found["minute"] or found["said"] or 0)
    here, day = local(now), found["day"] or ""
    try:
        moment = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if "月" in day:
            month, date = re.findall(r"\d+", day)
            moment = moment.replace(month=int(month), day=int(date))
    except ValueError:
        return None
    if "昨" in day or (not day and moment > here + _AHEAD):
        moment -= timedelta(days=1)
    if "晚" in day and hour < _NOON:
        moment += timedelta(hours=_NOON)
    return moment if moment <= here + _AHEAD else None


def written_moment(moment: datetime) -> str:
    here = moment.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日{here.hour}时{here.minute}分许"


def _casualties_said(text: str) -> str:
    said = [clause for each in _CLAUSE.finditer(text) if _HARMED.search(clause := each.group())]
    counted = casualties(text)
    said += [quote for quote in counted.read_from if not any(quote in one for one in said)]
    trimmed = (_CLOCK.sub("", one).strip(" ：:").removeprefix("造成") for one in said)
    return "，".join(dict.fromkeys(one for one in trimmed if one))


def harmed(elements: Mapping[Element, str]) -> Casualties:
    """Return how many people are said to be dead and hurt."""
    return casualties(elements.get(Element.CASUALTIES, ""))


def loss_of(elements: Mapping[Element, str]) -> int:
    """Return the direct loss that is said, in whole ten thousands of yuan; 0 if none is."""
    found = _YUAN.search(elements.get(Element.LOSS, ""))
    if found is None:
        return 0
    count = float(found["count"]) if found["count"][0].isascii() else number(found["count"])
    return int((count or 0) * _UNITS[found["unit"]])


def is_unknown(text: str) -> bool:
    """Tell whether an answer says that nobody knows yet."""
    return _UNKNOWN.match(text.strip()) is not None


def is_none(text: str) -> bool:
    """Tell whether an answer says that there is nothing of it."""
    return _NONE.match(text.strip()) is not None


def is_done(text: str) -> bool:
    """Tell whether an answer says that there is nothing more to add."""
    return _DONE.match(text.strip()) is not None


NOTHING: Mapping[Element, str] = MappingProxyType(
    {
        Element.CASUALTIES: "暂无人员伤亡",
        Element.LOSS: "暂无财产损失",
        Element.LEADERS: "暂无领导到场",
        Element.REQUEST: "暂无请求事项",
        Element.SCOPE: "未影响周边",
    }
)
"""What "there is none" says of an element."""


def answered(asked: Element | None, text: str, now: datetime) -> dict[Element, str]:
    """Return what an answer adds: all that it says, and in any case what was *asked*.

    What was asked takes the whole answer where the answer says nothing of it by itself; when it
    happened only takes what names a time.
    """
    if asked is not None and is_none(text):
        return {asked: NOTHING.get(asked, "无")}
    said = read(text, now)
    if asked is Element.HAPPENED and not _TIMELY.search(text):
        return said
    if asked is Element.PLACE and said.keys() <= {asked, Element.EVENT, Element.NATURE}:
        return {asked: text.strip()}
    if asked is not None and asked not in said:
        others = [each for each in said if each not in {Element.EVENT, Element.NATURE}]
        if not others or asked in {Element.PLACE, Element.NATURE, Element.CONTACT}:
            said[asked] = text.strip()
    return said
