"""What is said when somebody reports what is said in public."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import (
    flag,
    longest,
    number,
    platform,
    url,
)
from handlers.kit.topics import TOPICS
from handlers.kit.words import ASKED, CASES, PLATFORMS
from handlers.rules.incidents.either import DANGER, LINK, MEDIA

_PLATFORM = "|".join(f"(?:{form})" for form in PLATFORMS.values())
_TOPIC_OF = longest("topic", TOPICS)
_TOPIC = "|".join(word for words in TOPICS.values() for word in words)
_CASE = number("opinion_id", CASES, during="alert opinion")
_SAID = (
    r"有人|网友|帖|视频|说|曝|反映|投诉|爆料|直播|转发|评论|维权|吐槽|热搜|闹"
    r"|骂|质疑|传|拍|发了|上了|点赞|阅读量|播放|刷屏"
)
_PLACE_END = (
    r"(?:花园|小区|家园|新村|公寓|广场|大厦|苑|城|府|湾|里(?!桥|路|街|村|社区)|园|庭|国际|名邸"
    r"|豪庭|华庭|新城|工地|项目|大?桥|社区|村|镇|街道|街|路|楼盘|安置房|学校"
    r"|医院|商场|市场|中心|庄园|公馆|御景|山庄|嘉苑|雅苑|佳园|新苑|家苑|一期"
    r"|二期|三期|[一二三四五六七八九十\d]+号楼|壹号|[一\d]号院)"
)
_SHORTEST_PLACE = 2
_PLACE = later(
    rf"(?:(?<=[,.:;!\s])|^"
    rf"|(?<=[的说讲拍在了到有人发骂曝传问报]))(?P<x>(?![在说讲的了有人拍到发])[一-鿿\d]{{2,6}}?{_PLACE_END}(?:小区"
    rf"|[一二三四五]期)?)(?!的?值班)"
)


def _place(heard: Heard) -> Slots:
    place = place_said(heard.plain)
    return {"place": place} if place else {}


def place_said(plain: str) -> str:
    """Read the estate, village or site that a text in plain spelling names; empty if none."""
    text = re.sub(
        r"(?:12345|抖音|快手|微博|小红书|微信群?|业主群|朋友圈|贴吧|知乎|论坛"
        r"|视频号|头条)(?:上|里|号)?|(?:正在|在)?直播(?:间|中)?里?|吐槽|投诉|举报|反映|爆料|曝光|报道(?!称)",
        " ",
        plain,
    )
    for found in _PLACE.finditer(text):
        value = re.sub(
            r"^.*(?:采访|打听|了解|说|骂|曝|拍|反映|投诉|哭诉|讲|发现|转来|称|问)", "", found["x"]
        )
        value = re.sub(
            r"^(?:发帖说?|疯传|狂传|传|就在|还是|那个|本地|舆情|突发|紧急|报告|爆料|曝光?|传|都在"
            r"|在|转|传言|网传|曝|刚才|刚刚|今天|今早|昨晚|昨天|上午|下午|有|网友|业主"
            r"|听说|转来|反映|投诉|咱们?区?|我们?区?|我区|说|关于|来电|正在|看到|刷到|看见|瞧见|网上|又|是|就|那个|这个)+",
            "",
            value,
        )
        value = re.sub(r"(?<=号)(?:工地|项目)$", "", value)
        if len(value) > _SHORTEST_PLACE and not re.fullmatch(_PLACE_END, value):
            return value
    return ""


_RANK = later(
    r"(?P<where>(?:同城|本地|全国)?)(?:热搜|热榜)榜?[了!,.\s]*(?:排|在)?第?\s?(?P<place>\d+|[一二三四五六七八九十]+)"
)


def _heat(heard: Heard) -> Slots:
    if rank := _RANK.search(heard.plain):
        return {"heat": f"{rank['where']}热搜第{rank['place']}"}
    found = re.search(
        r"转了?(?:有|都)?\s?[\d一二两三四五六七八九十百千几]+\s?[多来]?[万千百]?(?:次|条)?|盖了?[\d一二两三四五六七八九十百千几]+[多来]?楼|(?:点赞|转发|评论|阅读量?"
        r"|播放量?|浏览量?|转赞评|观看|转评赞|跟帖|围观|粉丝|在看)(?:已经?|都|都"
        r"|量|数|快|超过?|破|过|有|达到?"
        r"|到)*\s?(?:[\d一二两三四五六七八九十百千几好上成.]+\s?[多余来]?[万千百亿wk]?"
        r"|万)(?:[多余加+])?(?:次|条|人|个)?|[\d.一二两三四五六七八九十百千几]+\s?[万千百wk]?\+?\s?[多余来]?(?:次"
        r"|个|条|人)?(?:点赞|转发|评论|阅读|播放|浏览|观看|在?看|赞同|跟帖|围观|转)",
        heard.plain,
    )
    return {"heat": heard.raw[found.start() : found.end()].rstrip("了的")} if found else {}


def _source(heard: Heard) -> Slots:
    found = re.search(
        r"(?P<x>12345|12329|市长热线|[省市区县][局厅]|书记信箱|市长信箱|区长信箱"
        r"|[省市区县]?(?:委)?(?:信访局?|网信办|宣传部|政府办|应急局|公安局?)|110|119|[省市区县]台记者|[一-鿿]{0,4}(?:日报|晚报"
        r"|电视台|都市报|新闻|晨报|卫视|广播)?(?:的)?记者|居委会|街道|社区|物业"
        r"|巡查)(?=.{0,4}(?:转|来|反映|投诉|派|说|打|通报|接到|报|问|采访|要|移交"
        r"|交办|工单|[:,]))",
        heard.plain,
    )
    return {"source": found["x"]} if found else {}


_LISTY = (
    r"日报|周报|月报|汇总|有哪些|哪几|列(?:一下|出|表)|几[起条件个]|多少|清单"
    r"|台账|超时|没反馈|没办结|未办结|未处置|最近的?舆情|查(?:一下|看)|情况"
    r"|统计|谁|口径|升|降|办结|签收|转(?!来|自|发|到)|误报|处理"
)

_NO_EMERGENCY = (
    r"稿|标题|采用|提醒|预案|演练|信息|删|舆情|线索|记录|交班|请假|会议|培训|检查|排查|整治|防范|预防"
    r"|没有?(?:起火|着火|泄漏)|误报|续报|已.{0,6}(?:解救|救出|送医|关|扑灭|控制|恢复)|解除|办结|处理完|改为|改成|\d号(?!楼)|吗|怎么|什么|谁|哪"
)
"""With these a line that names a danger is about work on it, or about what was reported before."""
_UNASKED = (
    "- alert call calls draft duty_now duty_swap_req incident_report opinion pending returned"
    " review_card"
)
"""Whatever is talked of, but a question that waits: such a line may be its answer."""

report = Meaning(
    name="report_opinion",
    words=("舆情", "上报舆情", "报舆情"),
    cues=(
        cue(r"^(?:上报|报告?|报送|登记|有个?|发现|新|紧急|突发)?(?:一[个条起])?舆情\s?[:,]", 8),
        cue(
            r"^[一-鿿]{1,8}?(?:科室?|办|中心|股|处|站|队)(?:那边|那里|那头|这边)?(?:刚刚?|刚才|今早)?"
            r"(?:上?报|反映|反馈|发现|转)(?:了|来|过来)?(?:一?[个条起])?(?:舆情|与情).{4,}",
            10,
            unless=r"[?]|吗|日报|汇总|几|哪|多少|情况|谁|零报告|没有?报",
        ),
        cue(r"^(?:有|来了?|发现|新|又有)?(?:一?[个条起])?(?:舆情|敏感)(?:了|!|发生)+", 7),
        cue(
            r"^(?:我?[要想]?(?:上报|报告?|登记|发现|报送"
            r"|报一?[下个条起]))(?:一?[个条起下])?(?:新)?(?:舆情|yuqing|与情|预情)",
            8,
            unless=r"日报|汇总|几",
        ),
        cue(r"^(?:舆情|与情|yuqing|预情)\s?(?:上报|报告|登记)?\s?[:,]?\s?\S{6,}", 7, unless=_LISTY),
        cue(
            r"(?:网格员|群众|居民|物业|社区|街道|市民|路人|路过的|值守|巡查员)(?:刚|刚才|来|打)?(?:报告|反映|来电|电话"
            r"|上报|举报)",
            8,
            during="- group duty_now",
            unless=r"采用|约稿|稿|信息|怎么",
        ),
        cue(
            rf"(?:{_PLATFORM}).{{0,40}}(?:{_SAID})",
            7,
            unless=(
                r"采用|录用|刊发|舆情(?:有哪些|几|日报)|的舆情|删|刷.{0,6}好评|分|推送"
                r"|我那篇|上公众号|发公众号|只发"
            ),
        ),
        cue(
            rf"(?:{_SAID}).{{0,30}}(?:{_PLATFORM})",
            6,
            unless=r"采用|录用|我那篇|删|好评|可以发|的舆情|公众号",
        ),
        cue(
            rf"(?:{_PLATFORM}).{{0,30}}(?:{_TOPIC})",
            7,
            unless=r"采用|录用|我那篇|删|好评|的舆情|报送|分|公众号|标题",
        ),
        cue(
            r"(?:发现|看到|刷到|有)(?:一?[条个则起])?(?:负面|不良|敏感|不好的)",
            7,
            unless=r"删|评论区",
        ),
        cue(
            r"(?:网信办|信访局?|宣传部|12345|街道|社区|热线|留言板|信箱).{0,4}(?:转来"
            r"|转|反映|交办|通报|说|打电话)",
            8,
            unless=r"采用|转给|办结|要求报|约",
        ),
        cue(
            r"(?:发|拍|传|晒|挂)(?:了)?(?:视频|图片?|帖子?|照片)?(?:到|在"
            r"|上)(?:了)?(?:网上|抖音|群里|微博|朋友圈|快手|小红书)",
            8,
            unless=r"删|采用|公众号",
        ),
        cue(r"(?:都在|在)(?:转|传|议论|说).{2,}", 5, unless=r"\?$|稿"),
        cue(r"热搜", 6, unless=r"撤|压|降"),
        cue(
            r"(?:电视台|卫视|央视|[省市区]台|日报|晚报|都市报|媒体|新闻).{0,6}曝光",
            7,
            unless=r"稿|标题|采用|删|台账|[?]$",
        ),
        cue(
            r"记者.{0,14}(?:问|采访|打电话|来|要|约|核实|联系|拍|暗访|蹲)|(?:电视台"
            r"|日报|晚报|媒体).{0,8}(?:采访|来电|暗访|要来|记者)",
            7,
            unless=r"怎么(?:回|答)",
        ),
        cue(
            r"(?:有人|业主|农民工|工人|群众|居民|商户|住户|家长|几十人|几百人|上百人"
            r"|一群人|多人).{0,20}(?:拉横幅|上访|下跪|维权|堵|闹|聚集|讨薪|打起来|跳楼"
            r"|围|静坐|喊话|讨说法|投诉|冲突|爬塔吊)",
            7,
            unless=r"\[文件\]|采用|标题|约稿|稿",
        ),
        cue(
            r"(?:12345|市长热线|信访|市长信箱|书记信箱|留言板).{0,14}(?:转|反映|投诉"
            r"|工单|派|接|来|又|有|留言|说)",
            7,
            unless=r"采用|怎么",
        ),
        cue(
            rf"(?:网上|网络上?|群里|网友|业主群|有帖子|有视频|有人发|自媒体|有个(?:帖"
            rf"|视频|博主|up)).{{0,40}}(?:{_TOPIC}|{_SAID})",
            6,
            unless=r"采用|删|好评|稿|的舆情",
        ),
        cue(r"https?://.*", 3, unless=r"采用|录用|刊|转载|登|转了|算分"),
        cue(
            rf"(?:{DANGER})[^,.;]*[,.;].*(?:{MEDIA})|(?:{DANGER}).*{LINK}",
            8,
            unless=r"稿|标题|采用|提醒|预案|演练|信息|删|舆情|[?]$|吗$",
        ),
        cue(
            rf"^[^?]{{2,30}}(?:{DANGER})[^?]{{0,60}}$",
            8,
            during=_UNASKED,
            unless=_NO_EMERGENCY,
        ),
        cue(
            rf"^[^?]{{2,30}}(?:{DANGER})[^?]{{0,8}}[,，]\s*"
            r"(?:[\d一二两三四五六七八九十]+人|正在(?:疏散|抢[修险]|救|施救|扑救|灭火|撤离))[^?]{0,30}$",
            9,
            during=_UNASKED,
            unless=_NO_EMERGENCY,
        ),
        cue(
            r"(?:塌|坍塌|垮|坠落|爆炸|起火|着火|触电|伤亡|死了?人|遇难|受伤|泄漏|被埋|被困).{0,12}",
            5,
            unless=r"稿|约稿|标题|采用|提醒|应急预案|演练|信息",
        ),
    ),
    slots=(
        platform,
        _place,
        _TOPIC_OF,
        _heat,
        _source,
        url,
        flag("media", r"记者|电视台|(?<!自)媒体.{0,6}(?:采访|问|来)"),
    ),
    asks=("platform", "place", "topic", "heat", "source"),
)

_ITEM = r"条目\s?\d{1,6}(?!\d)|(?<!\d)\d{1,6}\s?号?条目"

mark = Meaning(
    name="mark_item",
    cues=(
        cue(
            rf"(?:{_ITEM}).{{0,8}}(?:误报|漏报|漏判|调级|改级|调为|应为|非本地|不是本地|外地|不属)",
            9,
            unless=ASKED,
        ),
        cue(rf"(?:{_ITEM})(?:的?(?:情况|详情))?[?。]?$", 9, unless=r"立案|拆|合并|稿"),
    ),
)

agreeing = Meaning(
    name="show_agreement",
    cues=(
        cue(
            r"研判.{0,6}(?:准|一致|靠谱|对不对|怎么样)|研判情况"
            r"|(?:建议|系统|机器)的?(?:定?级别?|等级).{0,4}(?:准不准|准吗|准确率|靠谱)",
            9,
            unless=r"稿|会议|会商|开会|学习强国",
        ),
    ),
)

DECLARED = declared(__file__, report, mark, agreeing)
