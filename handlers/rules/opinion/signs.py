"""What makes a post graver or lighter than its topic: crowds, media, heat, and words that soften.

Read from the text by words and counts; each sign comes with the words that say so.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from handlers.rules.opinion.attention import attention
from handlers.rules.opinion.hedging import undenied
from handlers.rules.opinion.people import COUNT, PEOPLE, WHO, least
from handlers.rules.opinion.plain import plain


class Medium(IntEnum):
    """Who carries it; the widest last."""

    LOCAL = 0
    CITY = 1
    PROVINCE = 2
    NATION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What stands in a text. *mass* is 0, 2 or 3; *heat* counts views, likes and reposts.

    *crowd* is how many came together. *softened*: it is settled, denied or exercised.
    *trapped*: people are below or inside what came down, or missing. *held*: a lift has held
    people, nobody says that they still are inside or are out. *retold*: it is of the past, of a
    court, of others to learn from, or exercised. *disputed*: somebody says that what is called
    settled is not. *affected*: how many households it is about.
    """

    mass: int = 0
    crowd: int = 0
    medium: Medium = Medium.LOCAL
    heat: int = 0
    softened: bool = False
    trapped: bool = False
    held: bool = False
    retold: bool = False
    disputed: bool = False
    affected: int = 0
    read_from: tuple[str, ...] = ()


_GATHERED = (
    "聚集|围堵|堵了?门|堵了?路|拉横幅|拉条幅|上访|信访|维权|静坐|游行|示威|讨说法|要说法|讨个说法|讨薪|讨要|跪求|跪在|集会|围住|围着|围在"
    "|围了|围攻|围观|堵住|堵着|堵在|堵了|拦着|拦住|拦下|联名|签名|举牌|举着|散步|上街|请愿|抗议|冲进|冲击|坐在|守在|守着|挤在|站满|蹲守|不走|不肯走|不散"
    "|在[^,。!?;\\n]{0,6}门口|来了|去(?:了)?(?:市|省|区|县|北京|政府|信访|住建)|到(?:市|省|区|县|北京|政府|信访|住建)[^,。!?;\n]{0,6}(?:门口|反映|要|讨)|堵|打砸|闹|围得|集结|阻拦|阻工"
)
_FORETOLD = "|".join(
    (
        *(
            rf"{day}[天早晚日一二三四五六][^,。!?;\n]{{0,12}}"
            "(?:集合|聚齐|碰头|一起去|门口见|不见不散)"
            for day in "明后今周下"
        ),
        "集合(?:出发|去)|聚齐(?:出发|去)",
    )
)
"""A gathering that is agreed upon: told before it happens."""
_FIERCE = re.compile(
    "集体上访|进京上访|越级上访|群体性事件|拉横幅|拉条幅|堵路|堵门|围堵|静坐|游行|下跪|扬言|跳楼|轻生"
    "|自焚|喝农药|集体维权|打砸|堵[住着在了][^,。]{0,6}门|爬(?:[上到]|塔吊|吊塔)[^,。]{0,8}(?:塔吊|楼顶|天台|$|,)|跳下[来去]|推搡|打起来|动手打|上街|游行示威|站[在上][^,。]{0,4}(?:楼顶|天台|塔吊)|拦(?:着|住|下)[^,。]{0,4}(?:挖机|挖掘机|铲车|施工|车)"
)
_MASSED = re.compile(
    f"聚集|上访|维权|冲突|组团去|讨说法|讨个说法|围住|集会|联名|围了|堵住|堵在|签名反对|联合签名|连夜签名|抵制|示威|举牌|静坐|{_FORETOLD}"
)
_PEOPLE = rf"(?:[户家](?:{WHO})?|{PEOPLE})"
_CROWD = re.compile(
    rf"(?P<first>{COUNT}){_PEOPLE}[^,。!?;\n]{{0,12}}?(?:{_GATHERED})"
    rf"|(?:{_GATHERED})[^,。!?;\n]{{0,8}}?(?P<second>{COUNT}){_PEOPLE}"
)
_MEDIA = {
    Medium.NATION: (
        "央视|焦点访谈|新华社|人民日报|央媒|人民网|中央巡视|国务院督查|环保督察|自然资源督察"
        "|新华视点|中新社|中国新闻网|中国青年报|光明日报|经济日报|法治日报|半月谈|中国之声"
        "|全国热搜|微博热搜|上热搜|(?<!同城)(?<!本地)热[搜榜]第"
    ),
    Medium.PROVINCE: (
        "省台|省级媒体|卫视|省电视台|省纪委|省督查"
        "|澎湃|新京报|红星新闻|极目新闻|封面新闻|上游新闻|九派新闻|大象新闻|界面新闻|财新|南方周末|潮新闻|1818黄金眼"
    ),
    Medium.CITY: (
        "市电视台|市台|晚报|都市报|都市频道|民生频道|同城热[搜榜]|本地热[搜榜]|问政节目|问政直播|记者采访|暗访|调查报道|大v|百万粉"
    ),
}
_MEDIUM = {medium: re.compile(words) for medium, words in _MEDIA.items()}
_SOFT = re.compile(
    "已复工|已交付|已发放|已解决|已办结|已处理|达成一致|辟谣|不实信息|谣言|已调解|已恢复|已修复|已全部发|已拆除重建|已整改|已落实|修复加固|住进新|预计(?:年底|下月|[0-9]+月)(?:前)?(?:交房|复工|完工)|演练|演习|竣工|通过验收"
    "|全额(?:兑付|发放)|兑付到位|已兑付|发放到位|领(?:到|取)?钥匙|交付仪式|终(?:于)?交房|盘活|完成整改|整改完成|整改到位|无险情|险情解除|已全部转移|恢复(?:运行|供水|供电|供气|通行)"
    "|不存在[^,。!?;]{0,8}(?:泄漏|隐患|问题|强拆|欠薪|停工|烂尾|拖欠)|虚惊一场|提前[^,。!?;]{0,5}完成|全部完工|未发生(?:爆炸|火灾|坍塌|伤亡|事故)|正常施工|不属实|维修完毕|处理完毕|整改完毕|修复完毕|清运完毕|清理完毕|已(?:督促|责成)[^,。!?;]{0,16}(?:完|好|毕)|已修好|已维修|已完成(?:返修|维修|整改|修复|处置|更换)|返修到位"
)
_NUMERALS = "0-9０-９零〇一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_COUNTED = re.compile(f"户(?<=[{_NUMERALS}几仨俩余多来把]户)")
_HOUSEHOLDS = re.compile(
    rf"({COUNT})(?:户(?!型|外|口|均|籍|主(?![^,。!?;\n]))|[名位个](?:业主|居民|住户)[^,。!?;\n]{{0,4}}受影响)"
)
_GATHERING = re.compile(_GATHERED)
_STUCK = re.compile(
    # What begins with a character, and not with a class, is found many times as fast.
    "困|埋|压|废|卡|失[联踪去]|下落|上不来|没[找出有挖跑逃爬]|里[面头]|下[面头]|底下|生死"
)
"""Without any of these nobody is: the full reading costs many times as much."""
_TRAPPED = re.compile(
    rf"底下还?[埋压]着人|(?:有人|{WHO}|孩子)[^,。!?;\n]{{0,8}}上不来|"
    rf"(?:人|{WHO}|口|[0-9一二两三四五六七八九十几]个)(?:[^,。!?;\n]{{0,6}}?|还没)(?:被困(?!扰|境|难)|被埋|被活?埋|活埋|被压|压在|埋在|埋着|压着|(?<!老板)失踪|失联|失去联系|下落不明|没找到|没出来|没(?:有)?(?:挖|跑|逃|爬)出来"
    rf"|在废墟|困在|困住|关在里|生死不明|生死未卜)"
    rf"|(?:被困|被埋|被压|失联|失踪|困住?|困着|埋了|埋着|埋压|压着|压了|活埋)(?:者|人员|(?:{COUNT}|几)(?:[人名个户口位]|{WHO}))|有人被[困埋压]|(?:里头|里面|底下|下面|下头)(?!围|站|聚)[^,。!?;\n围看]{{0,6}}(?:有人|(?:{COUNT}|几)个?人|喊救命)|(?:废墟|瓦砾|土方)[里下中]*还有(?:{COUNT}|几)"
    rf"|(?:其他|其余)人?[^,。!?;\n]{{0,4}}(?:没找到|不知|失联)|埋[^,。!?;\n]{{0,4}}还(?:有|没)|真有人困|人困电梯|(?:还|仍)(?:压|埋|困|卡)在|(?:人|妈|爸|娃|孩子|老人)[^,。!?;\n]{{0,4}}在里[面头]"
)
_FREE = re.compile(
    r"(?:无|没有|未有|未造成)(?:人员?)?[^,。]{0,3}(?:被困|被埋|被压|失踪|失联)|差点|险些|(?:全部|已|都|安全|成功|均)[^,。]{0,4}(?:救出|获救|脱困|脱险)|(?:救|放)出来了|救出$|(?<!不是)演[练习]"
)
_EXERCISED = re.compile("(?<!不是)演[练习]")
_FREED = re.compile(
    rf"(?<![未没])(?:救出|获救|脱困|脱险|挖出|[拉扒]出来?)了?(?P<free>{COUNT})[人名个位口]"
)
_BELOW = re.compile(
    rf"(?:被?[困埋压]压?[住着了]?|失[联踪])(?P<below>{COUNT})[人名个位口]|(?P<they>{COUNT}){PEOPLE}被[困埋压]"
)
_SOUGHT = re.compile(
    r"[仍还尚正全继](?:有|剩|在|力|续)[^,。!?;\n]{0,6}(?:搜救|搜寻|营救|寻找|被困|被埋|埋在|压在|困在|失联|失踪|下落不明|没找到)"
)
"""Some are still sought, though others are out."""
_RETOLD = re.compile(
    r"演练(?<!不是演练)|演习(?<!不是演习)|模拟|[桌沙][面盘]推演|历史上的今天|年前的(?:今天|[^,。!?;\n]{0,6}(?:大火|火灾|事故|惨剧|案))|年前查处|纪念(?!品)|缅怀|祭奠|悼念|往事|审(?<=[一二终再]审)[^,。!?;\n]{0,6}(?:宣判|判决|改判|维持)|依法判处|获刑|判处有期"
    r"|外省|全国[^,。!?;\n]{0,4}典型|各地[^,。!?;\n]{0,4}典型|近期[^,。!?;\n]{0,4}典型|典型(?:事故|案例)|举一反三|取(?<=[吸汲]取)[^,。!?;\n]{0,10}教训|警示(?:录|片|教育)|剧情|上映|小说"
)
_DISPUTED = re.compile(
    r"还是(?:不|没|老样子|一样)|仍(?:然|旧)?(?:不|没|未)|依然|依旧|拒不|不执行|不赔|不服|凭什么|骗鬼|骗谁|糊弄|谁信|根本[没不]|压根|走过场"
    r"|又(?:掉|漏|塌|停|坏|堵|拖|涨)|倒是|说(?:是)?(?:已|整改|解决|修好)[^,。!?;\n]{0,8},[^,。!?;\n]{0,6}(?:昨|今|又|还|可|结果|没|去)|看过吗|不是演[练习]"
    r"|没人管|谁来管|没下文"
)
"""After these it is neither settled nor told for its own sake: somebody says that it is not so."""
_LIFT = re.compile("电梯|轿厢|梯子")
_NOW = re.compile(
    r"现在|目前|此刻|正在?被?困|还(?:在|没|被)|救命|快来|打不通|没人(?:来|管|接)|(?:快|已经?|都)[^,。!?;]{0,6}(?:小时|分钟)|真有人|不是演[练习]|等救援"
)
"""Who was stuck in a lift and tells of it complains; who still is needs help."""
_HELD = re.compile(
    rf"(?:电梯|轿厢|梯子)[^。!?;\n]{{0,16}}?(?:(?<![无防免])困住?了?(?=人(?![次率])|{COUNT}[名个位人]|一家|{WHO}|[老小孕娃我孩])|被困(?!扰|境|难)|困其中)"
    r"|[困关]住?在?了?[^,。!?;\n在]{0,8}?(?:电梯|轿厢)(?:里|内|中|$|[,。!?;])"
)
_OUT = re.compile(
    "(?<![没未])(?:救出|获救|脱困|脱险|放出来|出来了|平安|安全出)"
    "|(?:防止?|预防|避免|杜绝|减少|降低)[^,。!?;]{0,4}(?:电梯|轿厢)"
)
"""They are out again, or it only might happen."""


def signs(text: str, heat: int = 0) -> Signs:
    """Return what a text says about crowds, media and heat; nothing where it says nothing.

    *heat* was counted where it stands; the text may tell more.
    """
    spelled = plain(text).text
    fierce, massed = _FIERCE.search(spelled), _MASSED.search(spelled)
    crowd, crowded = _crowd(spelled)
    medium = next((each for each, words in _MEDIUM.items() if words.search(spelled)), Medium.LOCAL)
    soft = _SOFT.search(spelled)
    disputed = _DISPUTED.search(spelled) is not None
    retold = _RETOLD.search(spelled) is not None and not disputed
    trapped = _is_trapped(undenied(spelled))
    return Signs(
        mass=3 if fierce else 2 if massed or crowd else 0,
        crowd=crowd,
        medium=medium,
        heat=max(heat, attention(text)),
        softened=soft is not None and not disputed,
        trapped=trapped,
        held=not trapped and not retold and _has_held(spelled),
        retold=retold,
        disputed=disputed,
        affected=_affected(spelled),
        read_from=tuple(
            found[0]
            for found in (
                fierce or massed,
                crowded,
                _MEDIUM[medium].search(spelled) if medium else None,
                soft,
            )
            if found
        ),
    )


def _affected(spelled: str) -> int:
    if not _COUNTED.search(spelled) and "受影响" not in spelled:
        return 0
    return max((least(size) or 0 for size in _HOUSEHOLDS.findall(spelled)), default=0)


def _crowd(spelled: str) -> tuple[int, re.Match[str] | None]:
    """Return how many came together at least, and the words that say so."""
    if not _GATHERING.search(spelled):
        return 0, None
    found = [
        (count, each)
        for each in _CROWD.finditer(spelled)
        if (count := least(each["first"] or each["second"]) or 0) > 1
    ]
    return max(found, key=lambda each: each[0], default=(0, None))


def _is_trapped(spelled: str) -> bool:
    """Tell whether people are still inside or below."""
    if not _STUCK.search(spelled) or not _TRAPPED.search(spelled):
        return False
    if _FREE.search(spelled) and not _some_are_left(spelled):
        return False
    return not _LIFT.search(spelled) or _NOW.search(spelled) is not None


def _some_are_left(spelled: str) -> bool:
    """Tell whether others are still sought, or fewer are out than were below."""
    if _EXERCISED.search(spelled):
        return False
    below, freed = _BELOW.search(spelled), _FREED.search(spelled)
    fewer = (
        below
        and freed
        and (least(freed["free"]) or 0) < (least(below["below"] or below["they"]) or 0)
    )
    return bool(fewer) or _SOUGHT.search(spelled) is not None


def _has_held(spelled: str) -> bool:
    """Tell whether a lift has held people who, as far as is told, are not out."""
    if not _LIFT.search(spelled) or not _HELD.search(spelled):
        return False
    return not _FREE.search(spelled) and not _OUT.search(spelled)
