"""What is said about cases of public opinion: list, dispose, close."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import (
    choice,
    constant,
    duration,
    first_of,
    longest,
    number,
    period,
    platform,
    since,
    when,
)
from handlers.kit.topics import TOPICS
from handlers.kit.words import CASE_FIRST, CASE_SAID, CASES, LEADER, NUMBER, UNIT
from storage.vocabulary import Role

LEDGER_READERS = frozenset({Role.OFFICE, Role.OPINION_LIAISON, Role.DEPUTY, Role.PRINCIPAL})
_TOPIC_OF = longest("topic", TOPICS)
_TOPIC = "|".join(word for words in TOPICS.values() for word in words)
_FIRST = later(CASE_FIRST)


def _first(heard: Heard) -> Slots:
    """Read the number that stands first while cases are talked about: 1号交给燃气科."""
    if heard.situation.kind not in {"alert", "opinion"}:
        return {}
    found = _FIRST.search(heard.plain)
    return {"opinion_id": int(found["first"])} if found else {}


_CASE = first_of(_first, number("opinion_id", CASES, during="alert opinion"))


def _due(heard: Heard) -> Slots:
    """Read by when an answer is wanted; the number of the case is no day."""
    first = _FIRST.search(heard.plain)
    found = heard.part(first.end() if first else 0).moment()
    return {"due": found.value} if found else {}


def _dated(heard: Heard) -> Slots:
    """Read the day that a report is of: one that has been."""
    for found in (heard.period(), heard.day()):
        if found and len(found.value) == len("2026-09-21"):
            return {"date": found.value}
    return {}


listing = Meaning(
    name="list_opinion",
    cues=(
        cue(
            r"舆情.{0,10}(?:日报|周报|月报|汇总|有哪些|哪几|列(?:一下|出|表)"
            r"|几[起条件个]|多少|清单|台账|情况|统计|查|有没有|列表|还有|呢$|动态"
            r"|怎么样)",
            8,
            unless=r"还有多久|多久超时|什么时候",
        ),
        cue(
            r"(?:超时|没反馈|未反馈|没办结|未办结|没处理|未处理|没签收|未签收|在办"
            r"|处置中|最近|今天|昨天|本周|这周|本月|今日|昨晚|昨日|所有|全部|哪些"
            r"|几[起条]|多少|查|列|看|看看|有哪些|有什么|新增|没关|没结|未结|未销号"
            r"|没销号|重大|橙色|红色|黄色|蓝色|我们科|的).{0,12}(?:舆情|yuqing|与情)",
            7,
            unless=rf"转|升|降|(?:第?{NUMBER}号)舆情|办结了?[吧.]?$|签收了|报送|上报|:|误报",
        ),
        cue(
            rf"^(?:看|查)*(?:一下)?(?:{CASE_SAID})(?:的)?"
            r"(?:情况|进展|详情|经过|到哪(?:一步)?了?|怎么样了?)?[?]?$",
            9,
        ),
        cue(
            rf"^(?:查|看)*(?:一下)?(?:{CASE_SAID})(?:的|现在|目前|是)*"
            r"(?:(?:归|由)?谁(?:在)?(?:处理|处置|负责|办理?|跟进?|盯|管|牵头|签收的?|接的)|(?:有没有|有)?人?(?:签收|接|认领|回应"
            r"|答复|办结)了?(?:吗|没有?|没)|口径(?:定|批|审|拟|同意)(?:好|过|下来)?了?(?:吗|没有?)"
            r"|核实(?:得怎么样|清楚)?了?(?:吗|没有?))了?[?]?$",
            9,
        ),
        cue(
            rf"^第?{NUMBER}号(?:现在|目前|是)*谁(?:在)?(?:处理|处置|负责|办|跟|盯|管)[?]?$",
            8,
            during="alert opinion",
        ),
        cue(rf"^第?{NUMBER}号(?:现在|目前|是)*谁(?:在)?(?:处理|处置)(?:的|呢)?[?]?$", 9),
        cue(
            r"^(?:请|麻烦|帮我)?(?:把|将)?(?:舆情台账|台账.{0,2}舆情)(?:的)?(?:表格?|excel|文件)?(?:导出?|发|下载|给|打印|要|生成|做|成|到|出来"
            r"|我|一份|一下|表格?|excel|文件)+$|^(?:请|麻烦|帮我)?(?:导出|下载|打印|生成|发我?|给我|要)(?:一?[份下个])?(?:今年|本月|上月)?(?:的)?舆情台账"
            r"(?:的)?(?:表格?|excel|文件)?$",
            9,
        ),
        cue(
            r"^(?:请|看|查|要|打开|找)*(?:一下|下)?台账(?:在哪(?:里|儿)?|呢|怎么(?:看|导|下载))?[?]?$",
            8,
            roles=LEDGER_READERS,
        ),
        cue(r"日报.{0,3}舆情|舆情", 3),
        cue(r"日报\s?舆情", 8),
        cue(r"^(?:舆情|yuqing|今日舆情|舆情台账)(?:列表|清单|呢|情况)?[?]?$", 9),
        cue(r"(?:类|方面|相关)的.{0,8}(?:有几|几起|多少)(?:起|条|件)?", 7),
        cue(
            rf"(?:{_TOPIC}).{{0,6}}(?:舆情|的(?:今年|本月|这个?月|上周)?.{{0,4}}(?:几起"
            rf"|多少起|几条))",
            7,
            unless=r":|转|升级|降",
        ),
        cue(
            r"(?:生成|出|发|给我|要|写|做).{0,4}(?:今日|今天|昨天|昨日|本周"
            r"|\d+月)?(?:舆情)?(?:日报|快报)(?:.{0,4})$",
            6,
            unless=r"采用|人民|记者|登",
        ),
        cue(r"(?:抖音|微博|快手|小红书).{0,4}(?:上)?的舆情", 8, unless=":"),
    ),
    slots=(
        choice(
            "status",
            {
                "overdue": r"过(?:了)?(?:时限|期限)|误了|超时|超期|超限|逾期|没按时|(?:到"
                r"|过)(?:了)?(?:点|时间|时|期)(?:了|还|都)*(?:没|未|不)(?!到)",
                "unacked": r"(?:没|未)(?:人)?(?:签收|认领|确认)",
                "open": r"没(?:有)?(?:办结|关|结|处理|办|反馈|销号|完)|未(?:办结|处理|处置|结|关"
                r"|销号|反馈)|在办|处置中|进行中|还没(?:办|处理|结)|正在处",
                "closed": r"(?:已|办)结(?:了)?的|已(?:关|销号)",
            },
        ),
        _TOPIC_OF,
        platform,
        choice(
            "grade",
            {
                "orange": r"橙|(?<!特别)重大",
                "red": r"红色|特别重大",
                "yellow": r"黄色|较大",
                "blue": r"蓝色|一般舆情",
            },
        ),
        when(r"几[起条件个档]|多少|数量|报个数|总数", constant(ask="count")),
        when(
            r"舆情(?:的)?台账|^(?:请|看|查|要|打开|找)*(?:一下)?台账|台账.{0,6}(?:导|发|下载|给|打印|excel|表|文件)|(?:导出|下载|打印|生成|发我?|给我|要).{0,8}台账",
            constant(ask="ledger"),
        ),
        when(r"日报|快报", constant(format="daily_report")),
        when(r"周报", constant(format="weekly_report")),
        when(r"月报", constant(format="monthly_report")),
        first_of(
            when(
                r"到(?:现在|今[天早晨日]|这会|目前|刚才|此刻)|以来|至今|起|算起|开始|以后|之后|近.{1,3}(?:小时|天)",
                since(),
            ),
            when(r"日报|今天|今日|昨天|昨日", _dated),
            period(),
        ),
    ),
)


_PROGRESS = (
    r"查(?:过|明|实|清)|确(?:有|系)|属实|抢修|在修|修好|恢复|答应|承诺|退还|已(?:经)?(?:派|安排|联系|到|通知|核实|约谈|组织|处置|协调|对接|发函|责令"
    r"|报告|要求|赶|去|启动|与|和|劝|控制|督促|介入|找|回复|下达|停工|开始"
    r"|疏散|成立|完成|在|向)|派(?:了)?(?:人|\S{1,4})(?:去|到|过去|前往|赶)"
    r"|(?:人|同志|工作组|队伍)(?:已|已经)?(?:在|到)(?:现场|路上|了)"
    r"|到(?:达)?现场|正在(?:现场|核实|处置|协调|处理|开会|约谈)|(?:跟|和"
    r"|与).{1,8}(?:谈|沟通|对接|协商|见)(?:过|了|好)|最新(?:情况|进展)|脱离"
    r"|送医|现场(?:已|情况|没)|经(?:核实|查|了解)|核实(?:了|过|情况|:|清楚)"
    r"|进展|劝(?:回|走|散|开)|(?:约谈|劝离|疏散|联系|协调|处置|通知|核实|安抚|对接|谈)(?:了|完)"
    r"|业主(?:已|已经)|目前"
)
_TO_UNIT = (
    rf"(?:(?:这个?|此事|该件|这事)?(?:归)?(?=(?:{UNIT})(?:牵头|负责|处理|主办"
    rf"|承办|去办|落实))|转|交|派|给|由|让|请|分给?|指派|安排)(?:给|由|交"
    rf"|到)?(?:办(?!公室)|由)?(?P<x>{UNIT})"
)
_GRADED = (
    r"(?:按(?:特别重大|重大|较大|一般|.{0,2}[一二三四]级)(?:舆情)?(?:降|升|定"
    r"|报|处|办)|(?:升|降|调|定|改|提|列|评|上调|下调)(?:级|格|高|低)?(?:为|到"
    r"|成|至|是)?(?:一?级|.{0,2}(?:特别重大|重大|较大|一般|红|橙|黄|蓝"
    r"|[一二三四1234]级|[ⅠⅡⅢⅣ]级)))"
)

_GIVEN = _TO_UNIT.replace("(?P<x>", "(?:")
_GRADED_AND_GIVEN = (
    rf"(?:{_GRADED}|按[红橙黄蓝]色?).{{0,12}}(?:{_GIVEN})"
    rf"|(?:{_GIVEN}).{{0,8}}(?:{_GRADED}|按[红橙黄蓝]色?)"
)
"""Both in one line: 1号舆情按橙色处理并交办燃气科."""

_REPORT_TO = later(
    r"(?:报|上报|报告?|通报|抄送|抄报|报送|同时报|并报|告知)(?:给|告"
    r"|送)?(?P<x>(?:(?:[省市区县]?(?:委|政府)?(?:宣传部|网信办|政府办|两办"
    r"|信访局|应急局|公安局?|总值班室|委办|府办|住建[厅局]|厅|办公室"
    r"|值班室))(?:[,和及与、跟]|$|[.!])?)+)"
)


def _report_to(heard: Heard) -> Slots:
    found = _REPORT_TO.search(heard.plain)
    if not found:
        return {}
    names = [name for name in re.split(r"[,和及与、跟.!]", found["x"]) if name]
    prefix = re.match(r"[省市区县](?:委|政府)", names[0])
    if prefix:
        head = prefix[0]
        names = [name if re.match(r"[省市区县]", name) else head + name for name in names]
    return {"report_to": names}


_GRADE_TABLE = {
    "red": r"特别重大|红|[一1]级|ⅰ级",
    "orange": r"重大|橙|[二2]级|ⅱ级",
    "yellow": r"较大|黄|[三3]级|ⅲ级",
    "blue": r"一般|蓝|[四4]级|ⅳ级",
}


_BY_STEPS = re.compile(
    r"(?P<up>上调|升|提|调高|提高)?(?P<down>下调|降|调低|降低)?(?:高|低)?(?P<many>[一两二12])个?(?:级|档)"
)


def steps(text: str) -> int:
    """Return by how many grades a text raises or, below zero, lowers a case; 0 if by none."""
    found = _BY_STEPS.search(text)
    if found is None or bool(found["up"]) is bool(found["down"]):
        return 0
    many = 1 if found["many"] in "一1" else 2
    return many if found["up"] else -many


def _grade(heard: Heard) -> Slots:
    """Read the grade that it becomes: what stands behind 为/到 where two are named."""
    text = heard.plain
    if re.search(r"(?:上调|下调|升|降|提|调)(?:高|低)?[一两1]个?(?:级|档)", text):
        return {}  # by how much, not to which
    if found := re.search(
        r"(?:为|到|成|至|升|降|定)(?P<x>[^,.;]{1,8})$|(?:为|到|成|至|升|降|定)(?P<y>[^,.;]{1,6})",
        text,
    ):
        text = found["x"] or found["y"]
    if found := re.search(r"按(?P<x>特别重大|重大|较大|一般|.{0,2}[一二三四]级)", heard.plain):
        text = found["x"]
    for value, form in _GRADE_TABLE.items():
        if re.search(form, text):
            return {"grade": value}
    return {}


def _assigned(heard: Heard) -> Slots:
    found = re.search(_TO_UNIT, heard.plain)
    return {"unit": found["x"]} if found else {}


HANDLERS = frozenset(Role) - {Role.OFFICER, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER, Role.ADMIN}
DOUBT_OF_HANDLING = (
    r"[?]\s*$|(?:[吗么嘛没否]|没有)[\s.!~]*$|[了过]没|谁|什么时候|为什么|为啥|能不能"
    r"|可不可以|是不是|要不要|该不该"
    r"|^[^,.:;]{0,24}(?:怎[么样]|如何|咋|何时|几[天号时]|哪天|哪[些里个位年月]|凭什么|按什么|多久|有没有)"
    r"|^[^,.:;]{0,24}(?:办结|结案|销号|误报|处置|回应|定级|交办)了?的?[^,.:;]{0,4}(?:原因|流程|程序|条件|标准|权限|依据|时间|怎么)"
    r"|(?:别|莫|不要|不用"
    r"|没有?|未|尚未|还没|先不|不能|不可|暂(?:时)?(?:不"
    r"|别))(?:要|再|急着|给)?(?:办结|结案|结了|销号|关闭"
    r"|关掉|关了|了结)|听说|据说|(?:局长|领导|书记|主任"
    r"|他|她|[一-鿿]局)们?.{0,3}(?:说|讲|问)"
)

_TOLD_ABOVE = (
    rf"^第?{NUMBER}号.{{0,4}}(?:报|上报|通报|报告)(?:给|到|告)?(?:了)?[省市区县]?(?:委|政府)?"
    r"(?:宣传部|网信办|信访局|应急局|总值班室)"
)

dispose = Meaning(
    name="dispose_opinion",
    only=HANDLERS,
    doubt=DOUBT_OF_HANDLING,
    guarded=True,
    sure=6,
    cues=(
        cue(
            r"已(?:经)?(?:派|安排|到|赶|联系|约谈|组织)|人(?:员)?(?:已经?)?(?:在|到)(?:现场|路上)",
            9,
            during="alert opinion",
            unless=r"转|吗$|[?]$",
        ),
        cue(_TO_UNIT, 8, during="alert opinion", unless=r"转发|我安排人"),
        cue(_GRADED, 9, during="alert opinion"),
        cue(r"^(?:升级|降级|调级)", 7, during="alert opinion"),
        cue(
            r"口径|回应(?:稿|内容|口径|:|如下)|统一(?:回复|答复|回应)|对外(?:回复|回应"
            r"|答复|说)|通报稿|蓝底白字",
            8,
            during="alert opinion",
        ),
        cue(rf"(?:{_PROGRESS})", 7, during="alert opinion", unless=r"办结|结了"),
        cue(
            r"(?:报|上报|通报|抄送|报告)(?:给)?[省市区县]?(?:委|政府)?(?:宣传部|网信办"
            r"|政府办|两办|信访局|应急局|总值班室|委办|府办)",
            8,
            during="alert opinion",
        ),
        cue(rf"{CASE_SAID}.{{0,4}}(?:{_TO_UNIT.replace('(?P<x>', '(?:')})", 8),
        cue(rf"{CASE_SAID}.{{0,4}}(?:{_GRADED})", 9),
        cue(rf"{CASE_SAID}.{{0,4}}(?:{_GRADED_AND_GIVEN.replace('(?P<x>', '(?:')})", 10),
        cue(rf"{CASE_SAID}.{{0,8}}[:,].{{6,}}", 8, unless=r"\?$|^舆情[:]|结了|办结|销号"),
        cue(rf"{CASE_SAID}.{{0,6}}(?:口径|进展|{_PROGRESS})", 8),
        cue(rf"{CASE_SAID}[\s,的]*{LEADER}.{{0,3}}(?:批示|指示)(?:了|说|要求)*[\s,:].{{2,}}", 12),
        cue(
            rf"^(?:把|将)第?{NUMBER}号.{{0,3}}(?:升|降|调|定|改|提)(?:为|到|成|至|级)*[蓝黄橙红]色?[.!]*$",
            8,
        ),
        cue(rf"(?:把|将){CASE_SAID}.{{0,3}}(?:转|交|派|升|降|调|定)", 8),
        cue(rf"^(?:把|将)?第?{NUMBER}号(?:的)?(?:对外)?口径", 9, unless=r"约稿|稿|[?]|吗$"),
        cue(
            _TOLD_ABOVE,
            12,
            during="alert opinion",
            unless=r"[?]|吗$|稿",
        ),
        cue(
            rf"^第?{NUMBER}号(?:这边|那边|那个|已经?|刚刚?|刚才|我们|现场)*(?:核实|核查|查|了解)(?:过|清楚|清|实)?了[\s,].{{3,}}",
            9,
            during="alert opinion",
            unless=r"[?]|吗$|稿|误报|办结",
        ),
        cue(rf"^第?{NUMBER}号(?:先|再|继续)*观察.{{0,8}}$", 9, unless=r"[?]|吗$|稿"),
        cue(
            rf"^{LEADER}(?:刚才?|已经?|作出?了?)*批示(?:了|说|要求)*[\s,:].{{2,}}",
            12,
            during="alert opinion",
            unless=r"稿|信息",
        ),
        cue(
            rf"{CASE_SAID}.{{0,4}}(?:已经?)?(?:报|上报|通报|报告)(?:给|到)?[省市区县]?(?:委|政府)?"
            r"(?:宣传部|网信办|政府办|两办|信访局|应急局|总值班室|委办|府办)",
            9,
            unless=r"[?]|吗$",
        ),
        cue(
            rf"^(?:{CASE_SAID}[\s,]*)(?:先|再|继续)+观察.{{0,8}}$",
            9,
            unless=r"[?]|吗$",
        ),
        cue(
            rf"{CASE_SAID}.{{0,4}}(?:已|刚).{{0,16}}(?:回应|回复|答复)(?:过|完)?了?[.!]*$",
            9,
            unless=r"[?]|吗$|口径",
        ),
        cue(r"^.{12,}", 3, during="alert opinion"),
    ),
    slots=(
        _CASE,
        first_of(
            when(
                _GRADED_AND_GIVEN,
                constant(action="regrade_assign"),
                _grade,
                _assigned,
                _due,
                unless=r"已(?:经)?(?:派|安排|转|交)",
            ),
            when(_GRADED + r"|升级|降级|调级", constant(action="regrade"), _grade),
            when(
                r"口径|回应|统一(?:回复|答复)|对外",
                constant(action="statement"),
                unless=r"^(?:转|交|派)",
            ),
            when(_TOLD_ABOVE, constant(action="report")),
            when(
                _TO_UNIT,
                constant(action="assign"),
                _assigned,
                _due,
                unless=r"已(?:经)?(?:派|安排|转|交)",
            ),
            when(rf"{_PROGRESS}", constant(action="progress")),
            when(
                r"^(?:续报|反馈|跟进|进展)|^.{4,}",
                constant(action="progress"),
                unless=r"^(?:报|上报|抄送|通报)|(?:报|抄送)[省市区县]",
            ),
            when(r"报|抄送", constant(action="report")),
        ),
        _report_to,
    ),
)

_PERHAPS = (
    r"(?:可能|也许|估计|怀疑|大概|好像|应该)(?:就|都)?是?(?:个|一?场)?(?:误报|谣|假|旧|虚惊|乌龙)"
)

close = Meaning(
    name="close_opinion",
    only=HANDLERS,
    doubt=rf"{DOUBT_OF_HANDLING}|{_PERHAPS}",
    words=("办结", "销号", "误报"),
    guarded=True,
    cues=(
        cue(
            r"办结|完结|收尾|销案|关单|关吧|没(?:什么"
            r"|啥)?热度了.结|可以结(?=$|[\s,.了吧])|销掉|摆平|平(?:下去|息)了|销(?:了|掉|吧)|[,\s]结[吧了.!]*$"
            r"|与我局无关|(?:可以|就"
            r"|先)?结(?:了|案|掉)(?:吧)?|关(?:掉|闭|了)|销号|误报|结案|了结|归档|平息"
            r"|banjie|虚惊|消号|办解|销案|(?:已经?)?处理完|处置完毕"
            r"|不是我们.{0,6}(?:关|结)|谣言|不实",
            8,
            during="alert opinion",
            unless=(
                r"没(?:有)?办结|未办结|还没|不能(?:办结|结|关)|先别|不要|什么时候"
                r"|再(?:办结|关|结)|办结率"
            ),
        ),
        cue(
            rf"(?:{CASE_SAID}).{{0,8}}(?:.{{0,10}})?(?:办结|完结|结案|结了|关掉|关闭"
            rf"|关了|销号|销掉|销了|销案|误报|可以结|结掉|归档|关单|收掉)",
            9,
            unless=r"没|未|吗|能不能|可以.*吗|先别|不要|别|不能",
        ),
        cue(
            rf"(?:办结|结案|关掉|关闭|销号|关了|结掉|banjie|结)\s?(?:{CASE_SAID})",
            9,
            unless=r"没|未|吗|先别|不要|别|不能",
        ),
        cue(rf"(?:把|将){CASE_SAID}.{{0,4}}(?:办结|结|关|销)", 9, unless="别|先别|不要"),
        cue(
            rf"^(?:把|将)?第?{NUMBER}号(?:可以|能|就|先)*(?:结(?:了|案|掉|吧)|销(?:号|案))",
            9,
            unless=r"没|未|吗|[?]|别|不要|不能|稿|批示",
        ),
        cue(
            rf"^(?:{CASE_SAID}|第?{NUMBER}号).{{0,4}}不(?:是|归|属于?)(?:我们?局?|咱们?局?|本[区县市局])(?:的|管)*[,\s]*"
            r"(?:应该?)?(?:转|移交|报)(?:给|到|由)?\S{2,}",
            9,
            during="alert opinion",
            unless=r"吗|稿",
        ),
        cue(
            rf"^(?:把|将)?第?{NUMBER}号(?:舆情)?(?:核实|可以|能|就|先|申请|同意|按|是|系|为|属于?)*"
            r"(?:误报|非本[地区县市局]|不(?:是|归|属于?)[我本][区县市局](?:的|管)*(?=[\s,]*(?:应该?)?(?:转|移交))|办结|销[号案]|结案)(?=$|[\s,.!:是了吧处办])",
            10,
            during="- alert opinion",
            unless=r"没|未|[吗么?]|别|不要|不能|不算|稿|批示|线索",
        ),
        cue(
            rf"^{CASE_SAID}.{{0,24}}[,.\s](?:可以|就)?(?:销|关|结)(?:号|案|了|掉|闭)?(?:第?{NUMBER}号)?[吧了.!]*$",
            9,
            unless=r"没|未|吗|别|不要|不能",
        ),
    ),
    slots=(
        _CASE,
        choice(
            "reason",
            {
                "false_alarm": r"误报|虚惊|不实|谣言|谣传|造谣|假(?:的|消息|新闻|信息|视频)"
                r"|没这?(?:回|个)?事(?:儿)?(?!了)"
                r"|不属实|乌龙|旧(?:闻|视频|帖)|炒作|不存在|子虚乌有",
                "not_ours": r"外区|非[本我][地区县市局]|不(?:属于?|归|是)[我本][区县市局]"
                r"|(?:邻|别|外|隔壁)[区县市]|跟(?:我们|咱)没关系|与我[局区]无关"
                r"|不是(?:我们?|咱们?|本)(?:这边?|辖|的)?(?:[区县市]|地盘|辖区)|不归(?:我们|咱)|外地|别的?[区县市]"
                r"|不在(?:我们|本)|隔壁[区县市]|不是我们的",
                "duplicate": r"重复|报重|登重|(?:跟|和|与).{1,6}号?(?:是)?(?:一样|一回事|重)"
                r"|同一(?:件|起|个)事"
                r"|和.{1,6}号(?:是)?(?:一"
                r"|同)",
                "resolved": r"解决(?:了|完|好)|已(?:经)?(?:妥善)?解决|诉求已|达成|满意",
            },
        ),
        when(r"继续|再|观察|盯|关注|跟踪", duration("watch")),
    ),
)

_OF_CASE = re.compile(rf"^\s*(?:把|将|关于)?(?:{CASE_SAID})(?:的)?[\s,，:：]*")
_OF_WORDING = re.compile(
    r"^.{0,12}?(?:口径|回应(?:稿|内容)?|答复|通报稿)(?:如下|是|为|定为)?[\s:：,，]+"
)


def without_case(text: str, number: int) -> str:
    """Return what is said of the case of that number without the words that name it."""
    bare = rf"^\s*(?:把|将|关于)?第?{number}\s?号(?:的)?[\s,，:：]*"
    return re.sub(bare, "", _OF_CASE.sub("", text)).strip()


def wording_in(text: str) -> str:
    """Return what may be said, without the words that say that it is that: 口径：…."""
    return _OF_WORDING.sub("", text).strip()


reopen = Meaning(
    name="reopen_opinion",
    cues=(
        cue(
            rf"^(?:把|将)?(?:{CASE_SAID}|第?{NUMBER}号)(?:.{{0,12}}[,\s])?(?:再|重新)(?:打开|启动|办理|立起来|立案|开)"
            rf"|^(?:重开|重新打开|再打开)(?:{CASE_SAID}|第?{NUMBER}号)",
            9,
            unless=r"[?]|吗|稿|紧急",
        ),
    ),
)

_BEHIND = later(r"(?:[蓝黄橙红]色|定级|级别|依据)\s?第?(?P<number>\d{1,6})号?[?]?$")


def _behind(heard: Heard) -> Slots:
    """Read the number that stands last: 为什么是黄色 8."""
    found = _BEHIND.search(heard.plain)
    return {"opinion_id": int(found["number"])} if found else {}


explanation = Meaning(
    name="explain_grade",
    cues=(
        cue(
            r"(?:为什么|为啥|为何|怎么|凭什么|凭啥|什么依据|依据(?:是)?什么).{0,12}"
            r"(?:[蓝黄橙红]色|(?:一般|较大|重大)(?:舆情|吗|[?]|$)|(?:这个|什么)?(?:级别|等级|定级))"
            r"|(?:[蓝黄橙红]色|定级|级别).{0,6}(?:为什么|为啥|怎么(?:来|定)的|(?:什么|啥)依据|依据(?:是)?什么)",
            9,
            unless=r"稿|分(?:数)?[?]?$",
        ),
        cue(
            rf"^(?:{CASE_SAID}|第?{NUMBER}号)(?:现在|目前)?(?:定|评|算|属于?)?(?:的)?(?:是)?(?:个)?(?:什么|啥|几|哪个?)"
            r"(?:级别?|等级)(?:的)?(?:啊|呢)?[?]?$",
            9,
            unless=r"稿|采用",
        ),
    ),
    slots=(first_of(_behind, _CASE),),
)

_INCIDENT = r"紧急(?:信息)?\s?第?\d{1,4}号?"
_DRAFT = r"(?:稿件?\s?第?\d{1,6}号?|第?\d{1,6}号?稿件?)"
_TOGETHER = r"\s*(?:和|与|跟|同)?\s*"
_LINKS = r"\s*(?:要|请)?关联(?:到|上|起来|一下|了)?[.!]*\s*"

link = Meaning(
    name="link_opinion",
    cues=(
        cue(rf"^(?:把|将)?{CASE_SAID}{_TOGETHER}{_LINKS}{_TOGETHER}{_INCIDENT}[.!]*$", 12),
        cue(rf"^(?:把|将)?{CASE_SAID}{_TOGETHER}{_INCIDENT}{_LINKS}$", 12),
        cue(rf"^(?:把|将)?{_INCIDENT}{_TOGETHER}{_LINKS}{_TOGETHER}{CASE_SAID}[.!]*$", 12),
        cue(rf"^(?:把|将)?{_INCIDENT}{_TOGETHER}{CASE_SAID}{_LINKS}$", 12),
        cue(rf"^(?:把|将)?{CASE_SAID}{_TOGETHER}{_LINKS}{_TOGETHER}{_DRAFT}[.!]*$", 12),
        cue(rf"^(?:把|将)?{CASE_SAID}{_TOGETHER}{_DRAFT}{_LINKS}$", 12),
        cue(rf"^(?:把|将)?{_DRAFT}{_TOGETHER}{_LINKS}{_TOGETHER}{CASE_SAID}[.!]*$", 12),
        cue(rf"^(?:把|将)?{_DRAFT}{_TOGETHER}{CASE_SAID}{_LINKS}$", 12),
    ),
)

_ONE = rf"(?:{CASE_SAID}|第?{NUMBER}号?)"
_TWO = rf"(?:把|将)?{_ONE}\s*(?:和|跟|与|同|、|,)\s*{_ONE}(?:舆情)?"
_ABOUT_CASES = r"(?=.*(?:舆情|案件|预警|[这那][两2]起))"
_THESE = rf"(?:{_TWO}|(?:[这那]|它们)?[两2俩][起件个条]?(?:舆情)?)?"
_MATTER = r"(?:同)?[一1]\s?[件个起回码档]\s?(?:事情?|事儿|事件|舆情)?"
_APART = (
    rf"(?:(?:不是|不属于|并非|不算){_MATTER}"
    r"|(?:是|不同的?)?[两2]\s?[件个起码回](?:不同的?)?(?:事情?|舆情))"
)
_TOGETHER_NOW = (
    rf"(?:(?:就?是|都?属于|说的?是){_MATTER}|合并|并(?:一下|一起|一块|起来|成|到一|在一|了)|合(?:成|到|在)一"
    r"|重复了?,?(?:合并|合|并))"
)
_WHOLE = r"[\s,.!了啊吧的]*$"
_ASKS = r"[?]|[吗么嘛没否]|是不是|要不要|能不能"
INTO = re.compile(r"并[到入进给]|合并?[到入进]|[归放算][到入进]")

differ = Meaning(
    name="tell_apart",
    only=HANDLERS,
    cues=(
        cue(rf"^{_ABOUT_CASES}{_THESE}.{{0,6}}{_APART}{_WHOLE}", 12, unless=_ASKS),
        cue(rf"^{_THESE}.{{0,3}}{_APART}{_WHOLE}", 11, during="alert opinion", unless=_ASKS),
    ),
)

merge = Meaning(
    name="merge_opinion",
    only=HANDLERS,
    cues=(
        cue(
            rf"^{_ABOUT_CASES}(?:把|将)?{_ONE}.{{0,4}}(?:{INTO.pattern})+\s?了?{_ONE}(?:里|中|去|舆情)*{_WHOLE}",
            12,
            unless=rf"{_ASKS}|不|别",
        ),
        cue(
            rf"^(?:把|将)?{_ONE}(?:{INTO.pattern})+{_ONE}{_WHOLE}",
            11,
            during="alert opinion",
            unless=rf"{_ASKS}|不|别",
        ),
        cue(
            rf"^{_ABOUT_CASES}{_TWO}.{{0,4}}{_TOGETHER_NOW}.{{0,12}}$", 12, unless=rf"{_ASKS}|不|别"
        ),
        cue(rf"^{_ABOUT_CASES}合并(?:一下)?{_TWO}{_WHOLE}", 12, unless=_ASKS),
        cue(rf"^{_TWO}.{{0,2}}并案(?:处理|处置|办理)?{_WHOLE}", 12, unless=rf"{_ASKS}|不|别"),
        cue(
            rf"^{_THESE}.{{0,3}}{_TOGETHER_NOW}.{{0,6}}$",
            11,
            during="alert opinion",
            unless=rf"{_ASKS}|不|别|稿|线索",
        ),
    ),
)

_COUNTED = r"(?:点赞|转发|播放|阅读|浏览|评论|观看|跟帖|热度)"

_ADDED = (
    r"^(?:刚才|刚刚|上面|前面)?(?:的)?(?:[那这]?[条个起件])?(?:舆情|事)?(?:再|还|我|要|来)*"
    r"补充?(?:一下|一条|[一几两]句|一?点|个情况)?[\s,:]+(?=.{4})"
)

_MORE = later(_ADDED)


def news(heard: Heard) -> str:
    """Return what is new without the words that announce it: 刚才那条再补一下，有人去了区政府."""
    found = _MORE.match(heard.plain)
    return heard.raw[found.end() :] if found else heard.raw


heat = Meaning(
    name="progress_opinion",
    cues=(
        cue(
            rf"^{CASE_SAID}[\s,的]*.{{0,10}}?(?:{_COUNTED}(?:量|数)?[^?\d]{{0,6}}\d|\d[\d.]*[万千百wk]?\+?(?:次|个|条)?{_COUNTED})[^?]*$",
            9,
            unless=r"[?]|吗|多少|几",
        ),
        cue(_ADDED, 9, during="alert opinion", unless=r"[?]|吗$|稿"),
        cue(
            rf"^第?{NUMBER}号(?:舆情)?(?:那边|这边|那个)?(?:今天|刚才|刚刚|昨晚|现在)?又(?:有|出|冒|发|传|上|来).{{3,}}",
            10,
            during="alert opinion",
            unless=r"[?]|吗$|稿|重开|重新",
        ),
    ),
)

board = Meaning(
    name="show_board",
    cues=(
        cue(
            r"^(?:请|麻烦|帮我)?(?:打开|看一?下?|查看|发一?下?|给我|调出)*(?:舆情)(?:看板|大屏|驾驶舱)(?:发给?我|给我|看看|呢|链接|地址|在哪)*[?]?$"
            r"|^(?:请|麻烦|帮我)?(?:打开|看一?下?|查看|发一?下?|给我|调出)+看板$|^看板(?:发给?我|给我|链接|地址|在哪)+[?]?$"
            r"|(?:哪个?|哪几个)(?:科室?|单位|部门)(?:的)?舆情(?:最|比较|更)?多|舆情.{0,4}(?:按|分)(?:科室?|单位|部门)",
            9,
            unless=r"稿",
        ),
    ),
)

DECLARED = declared(
    __file__, listing, dispose, close, reopen, explanation, link, differ, merge, heat, board
)
