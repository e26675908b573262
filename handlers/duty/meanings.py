"""What is said about the duty roster: who is on, hand over, swap."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import choice, constant, first_of, flag, number, when
from handlers.kit.words import SOMEBODY

_ON_DUTY = r"(?:值(?:班|夜|守|早|晚)|带班|值勤|谁值|谁在值|zhiban|直班|当班|在岗)"
_SWAPPED = (
    rf"(?:换|调|替|顶|代)(?:一?下|个|一个)?(?:班|值班|一天|岗)|(?:跟|和"
    rf"|与)(?:{SOMEBODY}|\S{{1,3}}).{{0,4}}(?:换|对调|调换|调)"
    rf"|值[,.]?改成(?:{SOMEBODY})|原(?:定|来).{{1,6}}值|(?:替|代|帮"
    rf"|顶)(?:{SOMEBODY}).{{0,4}}(?:值|班|顶|$|[,.])|(?:{SOMEBODY})(?:替|代|帮|顶)我|(?:带班|值班"
    rf"|班).{{0,5}}(?:改成|换成|改为"
    rf"|换为|调给)|班.{{0,2}}给(?:{SOMEBODY})|调更"
    rf"|带班(?:改|换)[^成为一-鿿]?(?:王|李|[一-鿿])局"
    rf"|带班.{{0,2}}(?:请|换"
    rf"|让).{{0,4}}(?:替|局)|(?:同|和|跟).{{1,3}}(?:调|换)|挪(?:挪|一?下|个班)"
)
_OWN = (
    r"(?:我|俺).{0,6}(?:哪[天几些]|几号|什么时候|啥时候|何时|多久|下次|有没有|还有).{0,6}"
    r"(?:值班|的?班|带班|值夜|轮到)|(?:什么时候|啥时候|哪天|几号|多久)(?:该|轮到)我(?:值|的?班|带)?"
    r"|^(?:查|看)?(?:一?下|看)?我(?:自己)?的(?:值班|班次|排班|带班|班)(?:表|安排|情况|时间|日期|日子)?(?:呢|吗)?[?]?$"
)
"""Somebody asks when he himself is on."""


def _dates(heard: Heard) -> Slots:
    days = heard.days()
    if re.search(r"头一?天|第[一二三四五六七]天|最后一?天|末尾", heard.plain):
        days = None
    if days is not None and days[0] != days[1]:
        return {"date_from": days[0], "date_to": days[1]}
    found = heard.day()
    return {"date": found.value} if found else {}


today = Meaning(
    name="duty_today",
    words=("值班", "值班表", "交接班", "带班"),
    cues=(
        cue(_ON_DUTY, 6, unless=rf"{_SWAPPED}|提醒|舆情|采用|稿"),
        cue(
            rf"(?:谁|哪个|哪位|几个人|什么人|电话|号码|是谁).{{0,6}}{_ON_DUTY}"
            rf"|{_ON_DUTY}.{{0,8}}(?:谁|表|电话|是哪|安排|人员|名单|号码|领导|日志|发我"
            rf"|发群|员)",
            8,
            unless=r"(?:换|替|顶|改成)",
        ),
        cue(
            r"(?:交接班?|接班|交班|jiaojie|下一?个?班|上一?个?班|在班上|接我的?班|(?:轮到|该)(?:谁|哪[个位]))",
            7,
            unless=r"跟.{1,4}换|替|顶班",
        ),
        cue(_OWN, 9, unless=rf"{_SWAPPED}|提醒|谁"),
        cue(r"^(?:交接|移交|接班|交班)\s?[:,]", 9),
        cue(
            r"^(?:夜间|晚上|白天|昨晚|今天|上午|下午|一切|无异常|来电|接到|接报|巡查).{6,}",
            5,
            during="duty_now",
        ),
        cue(r".{20,}", 3, during="duty_now"),
    ),
    slots=(
        flag("mine", _OWN),
        first_of(
            when(
                r"(?:^|[,.\s])(?:交接|移交|交班|接班)\s?[:,]|交接(?:内容|事项|记录|如下)",
                constant(action="handover", body_present=True),
            ),
            when(
                r"^.{12,}|^(?:交接?班|接班|交接)[\s,:]?.{4,}",
                constant(action="handover", body_present=True),
                during="duty_now",
                unless=r"谁|下一班|几点|[?]",
            ),
            when(r"交班|交接", constant(action="handover"), during="duty_now", unless=r"谁|下一班"),
        ),
        choice(
            "ask",
            {
                "next_shift": r"(?:轮到|换成?|该)(?:谁|哪[个位])(?!.{0,3}[值带])|接我的?班"
                r"|班.{0,2}(?:交给|交|给|轮到)谁|接我的?班|下一?个?班"
                r"|下一?[班个](?!周|月)"
                r"|接(?:我的)?班的?(?:人)?(?:是"
                r"|谁)|谁(?:来)?接(?:我的?)?班|下面(?:是)?谁|我后头|谁.{0,2}顶我",
                "phone": r"电话|号码|手机|联系方式|怎么联系|打不通",
                "lead": r"^(?!.*值班).*(?:带班(?:领导)?(?:是)?(?:谁|哪)|谁带班|哪个(?:领导"
                r"|局长)带班)",
            },
        ),
        choice("format", {"table": r"表|名单|排班|(?:值班|带班)安排"}),
        when(r"带班(?!.{0,4}(?:安排|表))", constant(duty_role="leader"), unless=r"值班"),
        flag("target", r"(?:发|推|转)(?:到|在|给|进)?(?:工作|大|全局)?群|群里", value="group"),
        _dates,
    ),
)


_WHO = rf"(?:{SOMEBODY}|[小老阿][一-鿿])"


def _people(heard: Heard) -> Slots:
    """Read with whom, or for whom."""
    text = heard.plain
    if (found := re.search(r"(?:老|小|阿)[一-鿿].{1,10}我(?:去)?(?:替|代|顶)他", text)) and (
        whose := re.search(_WHO, text)
    ):
        return {"for_person": whose[0]}
    if found := re.search(rf"(?P<x>{_WHO})(?:想|要|说)?(?:跟|和|与|同)我(?:换|调|对|倒)", text):
        return {"with": found["x"]}
    if found := re.search(rf"(?:我)?给(?P<x>{_WHO})(?:代|替|顶)", text):
        return {"for_person": found["x"]}
    if found := re.search(rf"(?:我)?(?:替|代|帮|顶)(?:一下)?(?P<x>{_WHO})", text):
        return {"for_person": found["x"]}
    if found := re.search(rf"(?:跟|和|与|同|找)(?P<x>{_WHO})", text):
        return {"with": found["x"]}
    if found := re.search(
        rf"(?:改成|换成|改为|换为|调给|改由|带班换|换|由|让|请|给)(?P<x>{_WHO})", text
    ):
        return {"with": found["x"]}
    if found := re.search(rf"(?P<x>{_WHO})[^我,.]{{0,8}}(?:来|去|帮忙)?(?:替|代|帮|顶)我", text):
        return {"with": found["x"]}
    return {}


def _day(heard: Heard) -> Slots:
    found = heard.day()
    return {"date": found.value} if found else {}


_ELSEWHERE = "- duty_now review_card pending draft returned call calls alert opinion report"
"""Whatever is being talked about, but not the answer to a swap that was asked."""


swap = Meaning(
    name="duty_swap",
    words=("换班", "调班", "替班", "顶班"),
    cues=(
        cue(_SWAPPED, 9, unless=r"不(?:换|调|替)|换岗了|信息员|审|提醒我|稿|谁(?:替|换)|标题|手机"),
        cue(
            r"(?:替|代|顶|帮)(?:一下)?(?:小|老)\S|^我.{0,10}(?:替|顶|代)(?:小|老"
            r"|.{1,3}(?:局|科|主任))",
            8,
            unless=r"审|稿|提醒",
        ),
        cue(
            r"(?:[号日天晚末]|周.|班)(?:的?(?:值班|带班|班))?[换调]给\S{2,4}[.!]?$",
            9,
            unless=r"审|稿|标题|谁",
        ),
        cue(r"(?:换|调)班", 8, unless=r"谁|怎么|不(?:换|调)"),
        cue(
            r"^(?:我)?(?:同意|可以|行|好|没问题|ok|换|成|中|要得|嗯|不|没空|去不了"
            r"|我也|有事|拒绝|那天|换不了|算了|👌|\[ok\]|对不起|抱歉|恐怕|我那天)",
            8,
            during="duty_swap_req",
        ),
        cue(r".", 3, during="duty_swap_req"),
    ),
    slots=(
        number("req_id", "换班|调班|换班申请", during="duty_swap_req"),
        when(
            r".",
            first_of(
                when(
                    r"不(?:同意|行|换|能|可以|了|方便|成|好)|没空|去不了|有事|拒绝|换不了|算了"
                    r"|抱歉|恐怕|我也(?:有|要|值)|不好意思|出差|对不起|[走脱抽](?:不开|不得)|不得空|没得?空"
                    r"|有会|请假|外地|不在家|换别人|找别人|另找",
                    constant(action="decline"),
                ),
                when(
                    r"同意|可以|行|好|ok|换|成|中|要得|嗯|没(?:得|有)?问题|对|没事|替|顶|来|👌|👍|妥|答应|得",
                    constant(action="accept"),
                    unless=r"[?吗]$",
                ),
            ),
            during="duty_swap_req",
        ),
        when(r".", _day, during=_ELSEWHERE),
        when(r".", _people, during=_ELSEWHERE),
        flag("duty_role", r"带班", value="leader"),
    ),
)


_A_DAY = (
    r"(?:(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日]?)?"
    r"|\d{1,2}[号日]|20\d\d-\d{1,2}-\d{1,2}|(?:今|明|后|大后)天|(?:这|本|下)?(?:周|星期)[一二三四五六日天末]"
    r"|(?:本|这个?|下个?)月|元旦|春节|清明|五一|端午|中秋|国庆)(?:假期|节)?"
)
_DAYS = re.compile(
    rf"(?:从|自)?{_A_DAY}(?:\s*(?:到|至|-|—|~|起到)\s*(?:{_A_DAY}|\d{{1,2}}))?(?:期间)?"
)
_PERIOD = r"(?:重要时段|敏感时期|重保时段|重要时期|重点时段)"
_COMMAND_WORDS = re.compile(
    r"^\s*(?:不排班|别排班)\s*[:,]?"
    r"|(?:不要?|别|不用|勿)(?:再)?(?:给|把|让)?(?:排|安排)(?:他|她|它)?(?:的)?(?:值?班|上|进去)?"
    r"|(?:请|麻烦|帮我?|把)?(?:现在|目前|最近|当前)?(?:都)?(?:有)?(?:哪些|什么|哪几个|有没有)?"
    r"(?:新?增|设定?|定|加|登记|设置|查|看|取消|结束|撤掉)?(?:一?个|一?下|看)?"
    rf"(?:是|为|设为|设成|定为|算|列为|列入)?{_PERIOD}(?:吗|的)?\s*[:,]?"
    r"(?:取消|结束|撤掉)?(?:掉|了|吧)*"
)
_EMPTY = re.compile(r"[（(]\s*[）)]")


def beside_days(heard: Heard) -> str:
    """Return what is said beside the command's word and the days: a reason, a name."""
    kept = heard.raw
    spans = [
        found.span() for form in (_COMMAND_WORDS, _DAYS) for found in form.finditer(heard.plain)
    ]
    for start, end in sorted(spans, reverse=True):
        kept = kept[:start] + kept[end:]
    return _EMPTY.sub("", kept).strip(" ,，。.:：、;；（）()\n").removesuffix("期间")


def _who(heard: Heard) -> Slots:
    return {"who": heard.people()[0]} if heard.people() else {}


arrange = Meaning(
    name="duty_arrange",
    words=("排班",),
    cues=(
        cue(
            r"^(?:请|帮我?|自动|麻烦)?排(?:一下|个|好|一个)?班(?!表|得|的|能|不|[有在]?问题)",
            9,
            unless=r"[?]|谁|换|调",
        ),
        cue(r"^(?:请|帮我?|麻烦)?(?:把|给)?.{2,14}(?:的班)?排(?:个|一下|好)班$", 9, unless=r"[?]"),
        cue(
            r"^(?:请|麻烦)?(?:你)?(?:帮我?|给我)?(?:把)?(?:自动)?(?:排|安排)(?:一?下|个|好|出)?[^,.]{1,14}(?:的)?(?:值班|班)(?:表)?$"
            r"|^(?:请|麻烦)?(?:帮我?|给我)?(?:把)?[^,.]{1,14}(?:的)?(?:值班|班)(?:表)?(?:给我)?(?:排|安排)(?:一?下|好|出来|上|了)(?:吧)?$",
            9,
            unless=r"[?]|谁|换|调|替|代|顶|不|别|没",
        ),
    ),
    slots=(_dates,),
)

exclude = Meaning(
    name="duty_exclude",
    words=("不排班",),
    cues=(
        cue(r"^(?:不|别)(?:给.{2,4})?排班", 9, unless=r"[?]"),
        cue(
            r"(?:不要?|别|不用|勿)(?:再)?(?:给.{2,4}|把.{2,4}|让.{2,4})?(?:排|安排)(?:他|她|它)?(?:的)?(?:值?班|上|进去|$)",
            9,
            unless=r"[?]|谁|吗|稿",
        ),
    ),
    slots=(_dates, _who),
)

_CANCELLED = (
    rf"(?:取消|结束|撤掉)(?:掉|了)?.{{0,14}}{_PERIOD}"
    rf"|{_PERIOD}.{{0,3}}(?:取消|结束|撤掉)(?:掉|了|吧)*[.!]?$"
)

sensitive = Meaning(
    name="sensitive_period",
    words=("重要时段",),
    cues=(
        cue(rf"^{_PERIOD}", 9, unless=r"[?]|谁|怎么|吗"),
        cue(
            rf"^(?:请|麻烦|帮我?)?(?:新?增|设定?|定|加|登记|设置)(?:一?个|一下|为)?{_PERIOD}"
            rf"|(?:是|为|设为|设成|定为|算|列为|列入){_PERIOD}[.!]?$"
            rf"|^(?:查|看)?(?:一?下|看)?(?:现在|目前|最近|当前)?(?:都)?(?:有)?(?:哪些|什么|哪几个|有没有){_PERIOD}(?:吗)?[?]?$"
            rf"|^(?:查|看)(?:一?下|看)?{_PERIOD}[?]?$",
            9,
            unless=r"谁|怎么|取消|结束",
        ),
        cue(_CANCELLED, 9, unless=r"[?]|谁|怎么|吗"),
    ),
    slots=(_dates, flag("cancel", _CANCELLED)),
)

DECLARED = declared(__file__, today, swap, arrange, exclude, sensitive)
