"""What is said when a draft was used, or a leader wrote on it."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import capture, choice, constant, first_of, ids, url, when
from handlers.kit.words import ASKED, DRAFT_NO
from storage.vocabulary import Role

_USED = (
    r"(?:采用|采纳|录用|刊发|刊登|刊载|登载|用了|用上|登了|登出|发表|转载|转发"
    r"|转了|上了|发了|caiyong|见报|收录|选用|选登|编发|推送了|采搞|彩用)"
)
_REMARK = (
    r"(?:[画打]了?个?圈|批示|圈阅|签批|(?<!局)(?<!书记)阅示|画圈|肯定性批示|作了批"
    r"|批了(?:字|话|意见)|阅批|批阅)"
)

_OUTSIDE = (
    r"(?:(?:新华社|新华网|人民日报|人民网|央视新闻|光明日报|经济日报|学习强国|[省市区县]?政府)(?:客户端|海外版|公众号|微博|视频号|抖音号?)"
    r"|国务院办公厅|国办|中办|新华社|新华网|人民日报"
    r"|人民网|光明日报|经济日报|央视(?:新闻)?|中国建设报|中国[一-鿿]{1,4}(?:报"
    r"|网)|学习强国(?:[一-鿿]{0,4}平台)?"
    r"|(?:国家|[省市区县])(?:委|政府|政务|人民政府)?(?:办公?厅?|两办"
    r"|住建[厅局委部]|城建局|房管局|建设[厅局]|信息办|宣传部"
    r"|[厅局部委])?(?:门户)?(?:的)?(?:网站|官网|公众号|政务信息|政务要情"
    r"|每日要情|简报|专报|信息专报|每日信息|内参|快报|信息|日报|晚报|电视台"
    r"|头条|客户端|动态|网)"
    r"|(?:[省市区县](?:委|政府)?)?(?:信息|工作|政务)(?:简报|快报)|住建[部厅局](?:官?网站?|公众号|简报|信息|官微)|[厅局部](?:官?网站?"
    r"|公众号|简报|信息)|[一-鿿]{2}(?:日报|晚报|发布|新闻网|电视台|早报|都市报"
    r"|在线)|今日头条|澎湃(?:新闻)?|(?:政务信息|每日要情|政务要情|信息专报)"
    r"|[厅局部](?:里|机关)?|两办|省厅|市局|省政府|市政府|市委|省委|区委|区政府"
    r"|[省市区县]里|公众号|网站|官网|内刊|简报)"
)


def _channel(heard: Heard) -> Slots:
    text = heard.plain
    for form in (
        rf"(?:登记)?(?:采用|录用)(?:登记)?[:\s]+.{{0,6}}[,\s](?P<x>{_OUTSIDE})",
        r"被(?P<x>[^,.!?\s]{2,16}?)采了",
        rf"(?:上)(?:了)?《?(?P<x>{_OUTSIDE})》?(?:了|头条)",
        r"(?P<x>[一-鿿]{0,4}融媒体中心|学习强国)(?:[一-鿿]{0,4}平台)?",
        rf"被(?P<x>[^,.!?\s]{{2,16}}?)(?:头版头条|头版|头条|单篇|单条|全文|综合|整篇)?{_USED}",
        rf"(?:上了|上|登上了?|登了|发在|发了|刊在|登在|刊登在|刊发在|发到)(?P<x>{_OUTSIDE})",
        (
            rf"(?P<x>{_OUTSIDE})(?:第?\S{{0,8}}期)?(?:头版头条|头版|头条|单篇|单条|全文"
            rf"|综合|整篇|也|都|已经?|给|今[天早日]|昨[天日晚]|前天|[上本这]周|上午|下午|刚刚?才?)*{_USED}"
        ),
        r"(?:渠道|媒体|平台)(?:是|:)\s?(?P<x>[^,.\s]{2,12})",
        rf"{_USED}(?:于|在|到)?(?:了)?(?P<x>{_OUTSIDE})",
    ):
        if found := re.search(form, text):
            value = re.sub(r"^(?:我们?的?|咱们?|已经?|都|今天|昨天|刚刚?)", "", found["x"])
            return {"channel": re.sub(r"(?:全国|省级?|市级?)平台$", "", value)}
    return {}


_LEVELS = (
    (
        "nation",
        (
            r"国家级|国家|中央|国办|中办|新华社|新华网|人民日报|人民网|光明日报|央视"
            r"|中国建设报|住建部|全国|部级|部里|经济日报|国务院|总台|部委"
        ),
    ),
    ("province", r"省|厅"),
    ("city", r"市"),
    ("county", r"区|县"),
    ("own", r"本局|我局|局里?(?:网站|官网|公众号|简报|内刊)|本级|单位级"),
)


def _level(heard: Heard) -> Slots:
    """Read the level: said outright, else what the channel's name begins with."""
    text = heard.plain
    if found := re.search(
        r"(?<!不)(?:其实是|是|应该是|应为|改成|改为|换成)(?P<x>国家|部|省|市|区|县|本)级?", text
    ):
        text = found["x"] + "级"
    elif found := re.search(r"(?P<x>国家|部|省|市|区|县)级", text):
        text = found[0]
    elif channel := _channel(heard):
        text = str(channel["channel"])
    elif found := re.search(
        r"(?:国家|中央|省|市|区|县)(?=.{0,4}(?:政务|日报"
        r"|简报|信息|里|融媒体|采用|录用|书记|长|领导))",
        text,
    ):
        text = found[0]
    else:
        return {}
    text = re.sub(r"县级市", "县", text)
    for level, form in _LEVELS:
        if re.search(form, text):
            return {"level": level}
    return {}


def _leader(heard: Heard) -> Slots:
    found = re.search(
        r"(?P<x>(?:[省市区县](?:委|政府)?)?(?:[一-鿿](?=(?:副?(?:书记|[省市区县]长"
        r"|主任|局长|厅长|秘书长))))?(?:副?(?:书记|省长|市长|区长|县长|主任|局长"
        r"|厅长|部长|秘书长)|领导))(?:作?了?|给|对|在|的|上"
        r"|[一-鿿]{0,2})*?.{0,8}?(?:批|圈|阅|画)",
        heard.plain,
    )
    if not found:
        found = re.search(
            rf"{_REMARK}.{{0,6}}(?P<x>[一-鿿]?(?:书记|[省市区县]长|局长|厅长|部长))", heard.plain
        )
    return {"leader": re.sub(r"^(?:有|了|被|的|是|稿|号)", "", found["x"])} if found else {}


def _own(heard: Heard) -> Slots:
    if heard.drafts():
        return ids(heard)
    if heard.situation.kind == "draft":
        return ids(heard)
    if re.search(
        r"我(?:上回|上次|刚报)?.{0,4}那[篇条份个]|我的?那|我刚(?:报|投|发)的|刚"
        r"|上一?篇|最近|最新|那[篇条份]|我(?:写|报|投|发)的|我的稿子?(?:件)?(?:被|上了|登|发在)",
        heard.plain,
    ):
        return {"select": "latest"}
    return {}


record = Meaning(
    name="record_adoption",
    words=("采用", "录用", "批示", "圈阅"),
    asks=("evidence", "where_used", "why", "mistake"),
    cues=(
        cue(
            rf"{DRAFT_NO}.{{0,4}}(?:没|未|不|没有)(?:被|有)?(?:采用|录用|刊发|用上|用$|登)",
            8,
            unless=ASKED,
        ),
        cue(
            rf"{DRAFT_NO}.{{0,24}}(?:被|让|给|上了|登上|登了|刊|采用|录用|转载|转发了"
            rf"|见报|收录|选用|采纳|用了|caiyong)",
            8,
            unless=rf"{ASKED}|采用(?:了|过)?(?:没|不)|没有?$|撤|值班",
        ),
        cue(
            r"(?:登记|补登|录入|记一?笔|记)(?:一?下|一个|一条)?[:\s]*.{0,8}(?:采用"
            r"|录用|批示)|(?:采用|录用|批示).{0,3}登记",
            8,
            unless=rf"{ASKED}|提醒",
        ),
        cue(
            rf"{DRAFT_NO}.{{0,6}}(?:{_OUTSIDE}).{{0,6}}(?:用|发|转|登|刊|采|录|上)",
            8,
            unless=r"[吗?没]$|只发|别",
        ),
        cue(
            rf"(?:那|这|刚.{{0,3}})[篇条份].{{0,8}}(?:{_OUTSIDE}).{{0,6}}(?:用|发|转|登"
            rf"|刊|采|录|上)了",
            8,
            unless=r"[吗?没]$|只发|别",
        ),
        cue(rf"{DRAFT_NO}.{{0,8}}(?:登|记|录|填)(?:成|错|为)", 9, unless=rf"{ASKED}|值班"),
        cue(
            rf"{DRAFT_NO}.{{0,8}}(?:没有?|未|不)(?:有)?(?:被|予)?(?:采用|录用|采纳|选用|刊用)",
            10,
            unless=ASKED,
        ),
        cue(
            rf"{DRAFT_NO}.{{0,20}}(?:采用|录用|刊|转载|发)了?.{{0,10}}(?:加分|算分|几分|记分|得分)",
            10,
        ),
        cue(
            rf"(?:{DRAFT_NO}|那[篇条份]|这[篇条份]).{{0,12}}{_REMARK}"
            rf"|{_REMARK}.{{0,10}}(?:{DRAFT_NO}|那[篇条份]|这[篇条份])",
            8,
            unless=rf"{ASKED}|没$",
        ),
        cue(rf"(?:书记|长|领导|主任).{{0,10}}{_REMARK}", 7, unless=r"[吗?]$|多少|几分|没$|给几"),
        cue(
            rf"(?:我|咱|我们).{{0,6}}[篇条份稿].{{0,8}}(?:被|上了?|登).{{2,20}}(?:{_USED}|了)",
            8,
            unless=r"有没有|哪些|几篇|改成",
        ),
        cue(
            r"(?:我|咱).{0,5}(?:那|的).{0,8}(?:上|登上?|发)(?:了|在了)(?!.{0,2}(?:没|吗)).{2,}",
            6,
            unless=r"有没有|哪些|撤|数据有误",
        ),
        cue(
            r"(?:登记|录入|记)(?:一?下|一个|一条)?(?:采用|录用|批示)|(?:采用|录用|批示).{0,3}登记",
            8,
            unless=ASKED,
        ),
        cue(
            r"(?:采用|录用|批示|级别|渠道).{0,8}(?:登错|记错|录错|填错|弄错|写错"
            r"|登记错|搞错|有误|更正|登重)",
            9,
        ),
        cue(rf"{DRAFT_NO}.{{0,10}}(?:登错|记错|录错|填错|登记错|登重)", 9),
        cue(
            r"被.{2,14}(?:采用|录用|刊发|转载|刊登|选用|采纳|转了|收录)(?:了)?",
            6,
            unless=r"有没有|哪些|几[篇条]|多少|吗$|没$|[?]$|列",
        ),
        cue(
            rf"(?:采用|录用|caiyong)\s?(?:第)?{DRAFT_NO}|{DRAFT_NO}\s?(?:采用|录用|caiyong)",
            7,
            unless=r"[?]$|吗$|没$|没有",
        ),
    ),
    slots=(
        _own,
        when(
            r"(?:没|未)(?:有)?(?:被|让)[^,.]{1,8}(?:采用|录用|刊发|采纳|选用|用上|用$)|(?:没|未|不|没有)(?:被|有|予)?(?:采(?!访)|录|采用|录用|刊发|用上|用$|上(?!会)|选|中"
            r"|采纳|登(?!记)|刊)|落选",
            constant(adopted=False),
        ),
        when(
            _REMARK,
            constant(instruction=True),
            _leader,
            choice(
                "instruction_type",
                {"circled": r"圈阅|[画打]了?个?圈|圈了", "written": r"批示|签批|批了|阅批|作了?批"},
            ),
        ),
        first_of(
            when(
                r"(?:级别|层级|渠道|平台|采用|媒体).{0,4}(?:不对|错|有误)|登的.{0,3}不对|层级不对|写成|登错|登成|记成|录成|记错|录错|填错|弄错"
                r"|写错|登记错|搞错|更正|登重|有误",
                constant(action="correct"),
            ),
            when(
                r"(?:取消|撤销|作废|删(?:除|掉)?).{0,6}(?:采用|录用)|(?:采用"
                r"|录用).{0,6}(?:取消|撤销|作废|删)",
                constant(action="cancel"),
            ),
        ),
        when(
            r"^(?!.*(?:没|未)(?:被)?(?:采用|录用)$)",
            _channel,
            unless=rf"^(?!.*(?:采用|录用|刊|登|转|上|用|发|报)).*{_REMARK}",
        ),
        _level,
        choice(
            "form",
            {
                "repost": r"转(?:载|发|了)|转$",
                "headline": r"头版|头条(?!号)",
                "full": r"单篇|单条|全文|整篇",
                "combined": r"综合",
                "brief": r"简讯(?:采用|形式)|以简讯|简讯用",
                "special": r"专报(?:采用|形式)|以专报",
            },
        ),
        url,
    ),
)

_NO_DISPATCH = (
    r"[?]$|吗$|没$|没有$|了没|怎么|准予|同意|通过|可以|能不能|别|不要|不用|谁|哪|几|前|再|等"
    r"|提醒"
)

dispatch = Meaning(
    name="dispatch_draft",
    asks=("sent_to",),
    only=frozenset({Role.OFFICE}),
    cues=(
        cue(
            rf"^(?:把|将)?{DRAFT_NO}(?:稿件?)?\s?(?:已经?|都|今天|刚)?(?:报送|上报|投送|报|送)"
            rf"(?:给|到|至|往)?了?(?:[本我]局的?|局里?的?)?{_OUTSIDE}",
            9,
            unless=_NO_DISPATCH,
        ),
        cue(
            rf"^(?:登记|记)?(?:一?下)?{DRAFT_NO}(?:稿件?)?\s?(?:已经?|都|今天|刚)?(?:报送|投送)",
            8,
            unless=_NO_DISPATCH,
        ),
    ),
    slots=(
        _own,
        capture(
            "channel",
            r"(?:报送|上报|投送|报|送)(?:给|到|至|往)?了?\s?(?P<x>[^,.!?\s]{2,30}?)(?:了|啦|吧)?$",
            plain=True,
        ),
    ),
)

_HANDLED = (
    r"(?:都|全部)?(?:已经?|都)?"
    r"(?:办结|办完|办好|落实(?:了|好|到位|情况|完)|整改(?:完|好|到位)|处理(?:完|好)"
    r"|反馈(?:了|过|完|情况)|回复了)"
)
"""What is said of a remark that was acted on; the words after it say what was done."""

handled = Meaning(
    name="answer_instruction",
    only=frozenset({Role.OFFICE, Role.OFFICER, Role.SECTION_HEAD}),
    cues=(
        cue(
            rf"{DRAFT_NO}[^,.;!?\n]{{0,12}}批示[^,.;!?\n]{{0,8}}{_HANDLED}"
            rf"|批示[^,.;!?\n]{{0,8}}{DRAFT_NO}[^,.;!?\n]{{0,8}}{_HANDLED}"
            rf"|{DRAFT_NO}的?批示.{{0,4}}(?:已|反馈|落实情况)",
            9,
            unless=rf"{ASKED}|没$|没有$|了没|几时|什么时候|还没|未|尽快|请|要求|抓紧|提醒|催",
        ),
    ),
    slots=(ids,),
)


def done_about(heard: Heard) -> str:
    """Return what was done about a remark: what stands behind the words that say it was."""
    found = [one.end() for one in re.finditer(_HANDLED, heard.plain)]
    rest = heard.raw[max(found, default=0) :]
    return rest.strip(" ，。,.；;:：了!！、")


DECLARED = declared(__file__, dispatch, handled, record)
