"""What is said about calls for drafts (约稿): claim, list, order."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import (
    capture,
    choice,
    constant,
    first_of,
    level,
    moment,
    named_unit,
    number,
    unit,
    when,
)
from handlers.kit.words import ASKED, NUMBER, OWN_UNIT, UNIT
from storage.vocabulary import Role

_ORDERERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL, Role.DUTY, Role.LEAD_DUTY})

_EXTEND = (
    r"(?:推|延|拖|挪|缓|放|改)(?:期|迟|后)?(?:到|至)|宽限|宽裕|延.{0,2}(?:天|日|周|星期)|延(?:期"
    r"|后|长|缓|迟|到|至|个|一)|推迟|推后|往后(?:推|挪"
    r"|延)|时间太紧"
    r"|(?:晚|迟|缓|拖|推|多给|宽|再要|再给(?:我们?|咱们?)?)(?:上|个|几|点"
    r"|[一二两三四五六七八九十半\d])*(?:天|日|周|星期|礼拜)"
    r"|再给.{0,3}时间|来不及|赶不(?:出|及|上)|晚(?:点|些)(?:交|报)|缓(?:几天|一?缓)"
)
_DECLINE = (
    r"搭界|沾边|不相干|没关系|无关|[科股处室办队所心]的(?:事|活|业务)|[干做交完]不了|不在我们"
    r"|划(?:给|归|到)|移交(?:给|到)|职责|职能|没这(?:个)?业务|不沾边|转给"
    r"|要不给|[科股处室办]管|不(?:归"
    r"|是|属于?|该)(?:我|咱)|写不了|没(?:有)?(?:素材|内容|情况|这块|东西|相关"
    r"|这方面|什么可写)|接不了|不接|应(?:该|当)?(?:由|是|让)?.{2,8}(?:写|牵头"
    r"|负责|报|承担)|(?:让|给|转给?|派给|建议).{2,8}(?:写|牵头|负责|承担|报)"
    r"|(?:归|属于|属).{2,8}(?:管|写|负责|口|的|$)|退回(?:约稿)?|推不|不(?:承办|认领)"
    r"|无法(?:承办|完成)|婉拒|拒"
)
_ACCEPT = (
    r"包在我|认了|算我|揽|收到|好的?|行|可以|没问题|保证|认领|承办|接(?:了|下"
    r"|单)?|我们?(?:科|来|写|接|领)|写|领(?:了|取)?|马上|一定|安排|明白|知道"
    r"|ok|👌|嗯|按时|尽快"
)


_IN_DAYS = later(r"P(\d+)D")


def _days(heard: Heard) -> Slots:
    """Read how many days more are asked for: 两天, 一周; else the day that is asked for."""
    found = heard.duration()
    if found and (days := _IN_DAYS.fullmatch(found.value)):
        return {"days": int(days[1])}
    until = heard.moment()
    return {"deadline": until.value} if until else {}


def _picked(heard: Heard) -> Slots:
    """Read which call of the list is meant: its number, or its place."""
    if heard.situation.kind != "calls":
        return {}
    found = re.search(
        rf"(?P<nth>第)?({NUMBER})(?P<of>[个条篇])?|(?P<last>最后)一?[个条篇]", heard.plain
    )
    if not found:
        return {}
    shown = heard.situation.numbers
    if found["last"]:
        return {"call_id": shown[-1]}
    value = int(found[2]) if found[2].isdigit() else "一二三四五六七八九十".find(found[2][0]) + 1
    by_place = (found["nth"] and found["of"]) or value not in shown
    if by_place and 0 < value <= len(shown):
        value = shown[value - 1]
    return {"call_id": value}


def _numbered(heard: Heard) -> Slots:
    """Read 认领4号: here a number that stands alone is a call's."""
    return {"call_id": heard.drafts()[0]} if heard.drafts() else {}


claim = Meaning(
    name="claim_call",
    words=("认领", "承办"),
    cues=(
        cue(
            r"(?:约稿|任务).{0,8}(?:承办|认领|(?:我|咱|本|归).{0,4}(?:写|领|接|来|承)"
            r"|接了|领了|接下)",
            8,
            unless=r"没人|谁|未|没有?(?:人|被)?认领|还没|哪些|谁认领",
        ),
        cue(
            rf"(?:认领|承办|承接|接下?|领|我们?写|领取|renling).{{0,6}}(?:约稿|任务"
            rf"|第?{NUMBER}号?(?:约稿)?$)",
            8,
            unless=r"没人|谁|未|没有|还没|哪些",
        ),
        cue(rf"约稿.{{0,16}}(?:{_EXTEND}|{_DECLINE})", 8),
        cue(rf"(?:{_EXTEND}).{{0,10}}约稿|约稿.{{0,4}}(?:能|可)(?:不|否).{{0,4}}(?:缓|延|晚)", 8),
        cue(rf"(?:{_EXTEND})", 7, during="call"),
        cue(rf"(?:{_DECLINE})", 7, during="call"),
        cue(rf"^(?:{_ACCEPT})", 6, during="call", unless=r"\[文件\]|[?]$|吗$|什么时候|谁"),
        cue(r"认领|承办|renling", 6, during="call calls", unless=r"没人|谁|未"),
        cue(
            rf"(?:第?{NUMBER}(?:号|个|条|篇)?).{{0,6}}(?:我|咱|本|归我).{{0,5}}(?:写|领"
            rf"|接|来|承|要|报)|(?:我|咱|本科).{{0,6}}(?:写|领|接|来|承|要"
            rf"|报).{{0,3}}第?{NUMBER}",
            8,
            during="calls",
        ),
        cue(rf"^{NUMBER}$", 6, during="calls"),
        cue(
            rf"约稿.{{0,4}}(?:{UNIT}|我们?|咱们?)(?:来)?(?:写|接|领|认领|承办|报|负责)",
            8,
            unless=r"谁|没|哪|吗|[?]$|让",
        ),
    ),
    slots=(
        first_of(number("call_id", "约稿|任务|约", during="call"), _picked, _numbered),
        first_of(
            when(_EXTEND, constant(action="extend"), _days),
            when(
                _DECLINE,
                constant(action="decline"),
                lambda heard: (
                    {"suggest": re.sub(r"^(?:建议|最好|应该|可以|转|问)+", "", heard.units()[0])}
                    if heard.units()
                    else {}
                ),
            ),
        ),
        first_of(
            when(
                OWN_UNIT + r"|[我咱]们(?!区|局)",
                constant(unit="mine"),
                unless=rf"{_DECLINE}|{_EXTEND}",
            ),
            when(rf"{UNIT}", named_unit(), unless=rf"{_DECLINE}|{_EXTEND}"),
        ),
    ),
)


listing = Meaning(
    name="list_calls",
    words=("约稿",),
    cues=(
        cue(
            rf"^(?:查|看|查看)?(?:一?下|看)?(?:第?{NUMBER}[号个]?约稿|约稿{NUMBER}号?)(?:的?(?:情况|进度|进展)"
            r"|怎么?样了?|到哪了?|谁交了|交了?没有?)?[?]?$",
            9,
            during="- call calls",
        ),
        cue(
            r"约稿.{0,14}(?:快|要|马上|即将|临近).{0,3}(?:到|截|过|超|deadline|ddl)|(?:快|要|马上|即将|临近|过了?).{0,3}(?:到期|截止|截稿|期限|deadline|ddl).{0,10}约稿",
            9,
            unless=rf"{NUMBER}号?约稿|提醒|宽限|吗$",
        ),
        cue(
            r"^(?:查|看|列)?(?:一?下|看)?(?:所有|全部|最近|最新|本月|这个?月|当前|现在"
            r"|省里?|市里?|省厅|区里|我们科|我科|本科)?的?约稿(?:的|任务|列表|清单"
            r"|情况|通知|单|台账|进度|完成情况|呢|有哪些|有吗|汇总|统计|一览)*[?]?$",
            7,
        ),
        cue(
            r"约稿.{0,10}(?:有哪些|哪几|有几|几个|多少|列|清单|台账|完成情况|进度|情况"
            r"|汇总|有没有|谁|没交|没人|还没|未|逾期|超期|到期|什么时候|截止|怎么样"
            r"|到哪|查|哪个科|哪家)",
            7,
            unless=r"^(?:发|新建|转发)|宽限|延期|我(?:们)?(?:科)?(?:承办|认领|来写)",
        ),
        cue(
            r"(?:没人|无人|未|没有人?|还没(?:人|有人)?|快到期|要到期|临期|逾期|超期"
            r"|过期|没交|未交|没完成|在办|有哪些|哪些|哪几个|几个|多少|列(?:一下|出)?"
            r"|看看|查(?:一下|看)?|看(?:一下|下)?|最近|目前|手上|手头).{0,10}约稿",
            7,
            unless=r"^(?:新建|转发)|改|宽限",
        ),
        cue(r"(?:那个|那篇|的)约稿.{0,6}(?:谁|哪|什么时候|几号|咋|怎么)", 8),
        cue(r"约稿|约的稿", 3, unless=r"没反馈"),
        cue(
            r"(?:[省市区县部](?:里|厅|局|委|府办?)|两办|上级|上面)(?:要|约|派|布置)的[^,.?]{2,12}[那这][篇个条份]",
            8,
        ),
        cue(
            r"约稿.{0,3}(?:都)?(?:有)?(?:啥|什么)|(?:名下|手上|手里|我科"
            r"|我们科).{0,3}的?约稿|(?:还有)?(?:什么|啥|哪些)约稿|约了(?:什么|啥"
            r"|哪些)稿|约稿.{0,4}(?:可以|能)(?:领|认领)",
            8,
        ),
        cue(
            r"^(?:还有|有)?(?:哪些|几个|什么)?(?:任务|约稿).{0,4}(?:没(?:写|交|完成)|要写|待写)",
            6,
            during="- calls",
        ),
    ),
    slots=(
        choice(
            "status",
            {
                "unclaimed": r"没接的|可以(?:认领|领)|能(?:认领|领)"
                r"|没(?:有|得)?人(?:肯|来|愿意)?(?:认领?|接|领|要|写|承办|报名|弄)"
                r"|未(?:被)?认领|没(?:有)?(?:被)?认领|没主|没人管|挂着|无人"
                r"|还没(?:有)?(?:人)?(?:认领|领|接)",
                "due_soon": r"快到时间|快(?:要)?(?:到(?:期|点|截|deadline|ddl|时限|日子)|截|超"
                r"|交|ddl)|要到期|临期|临近|就要(?:交"
                r"|截|到)"
                r"|(?:本周|这周|今天|明天|后天|[一二两三\d]天(?:之|以)?内|本月|月底)(?:前"
                r"|之前)?(?:就)?(?:要)?(?:到期|截止|交|截稿)"
                r"|马上(?:就|要)*(?:到期|截止|交)|即将"
                r"|这[两几]天(?:到期|截止|要交)|今天(?:到期|截止)",
                "overdue": r"过了?(?:时限|期限|期|时间|点)|逾期|超期|过期|超时|没按时|拖|到期"
                r"(?:了)?(?:还)?没",
                "open": r"没交|未交|没完成|未完成|在办|没写|在写|进行中|未办结|没办结",
                "done": r"已?完成的|交了的|办结|已交",
            },
        ),
        when(
            r"(?:省|市|区|县|国家|部)(?:里|厅|局|委|级|政府|两办)|(?:省|市|区|县)(?:那|的)", level
        ),
        capture(
            "title_hint",
            r"(?:省厅|市局|省里|市里|区里|两办|部里|上面|上级|上次|之前"
            r"|办公室)?(?:那个|那篇|那条)(?:关于|讲"
            r"|写)?(?P<x>(?!谁|哪)[^,.!?\s的]{2,12})的?约稿",
            r"关于(?P<x>[^,.!?\s]{2,14})的约稿",
            r"(?:[省市区县部](?:里|厅|局|委办?|政府办?)|两办|上级)(?:要|约|派"
            r"|布置)的(?P<x>[^,.!?\s]{2,12})约稿",
            r"(?:^|[,.\s])(?:[省市区县部](?:里|厅|局|委办?|政府办?)?要?的?)?(?P<x>(?!省|市里|上次|过了|没|还"
            r"|最近|所有)[^,.!?\s那的]{2,12})"
            r"(?:那个|那篇|那条|的)约稿",
            r"约稿.{0,3}《(?P<x>[^》]+)》",
            r"(?:[省市区县部](?:里|厅|局|委办?|政府办?)|两办|上级|上面)(?:要|约|派|布置)的"
            r"(?P<x>[^,.!?\s的那]{2,12})(?:那|这)[个篇条份]",
        ),
        choice(
            "ask",
            {
                "assignee": r"(?:落到谁|哪个人?|哪个在)|归谁|(?:谁|哪个科室?|哪家"
                r"|哪个单位)(?:在)?(?:弄"
                r"|写的|接的|接了)|谁(?:在)?(?:写|认领|承办|负责|领|接|牵头)"
                r"|哪个科(?:室)?(?:在)?(?:写|认领|承办|领)|分给谁|派给谁",
                "deadline": r"什么时候(?:交|截|要)|几号(?:交|截)|截止(?:时间|日期)|啥时候(?:交|要)"
                r"|哪天(?:交|截)",
                "count": r"几[个篇条]|多少",
            },
        ),
        when(OWN_UNIT, unit()),
    ),
)

_AFTERWARDS = later(r"(?:发|交|报|送)?给我(?:看看)?$|(?:发|交|报|送)(?:给|到)办公室$|来$")
_TOPIC = later(
    r"(?:^|[;:,.\s])\s?(?:[一二三四五六七八九]|\d"
    r"|[(][一二三四五\d][)])[,、.)]\s?(?P<x>[^;,.。:\s]+)"
)


def _titles(heard: Heard) -> Slots:
    """Read what is to be written about: one title, or a numbered list of them."""
    listed = [heard.raw[slice(*found.span("x"))].strip() for found in _TOPIC.finditer(heard.plain)]
    if len(listed) > 1:
        return {"titles": listed}
    for form in _TITLED:
        if found := form.search(heard.plain):
            title = _AFTERWARDS.sub("", heard.raw[slice(*found.span("x"))]).strip(" ,，。.:：的、")
            if len(title) > 1:
                return {"title": title}
    return {}


_END = (
    r"(?=的?[,.!;?\n]|\s|$|(?:今天|明天|后天|大后天|下?周|本周|这周|月底|\d+月"
    r"|\d+[号日]|国庆|节前|下班).{0,8}(?:前|交|报|要|截)|各\d篇|各一篇)"
)
_TITLED = [
    later(r"《(?P<x>[^》]+)》"),
    later(rf"关于(?P<x>[^,.!;?\n]{{2,30}}?)的(?:信息|稿子?|约稿|文章){_END}"),
    later(
        rf"(?:写|报|准备|交|弄|搞|出|提供|来|整)(?:一|个|一个|两"
        rf"|\d)?[篇份个条](?:关于|有关)?(?P<x>[^,.!;?\n]{{2,30}}?){_END}"
    ),
    later(rf"约稿\s?[:,]\s?(?:关于)?(?P<x>[^,.!;?\n]{{2,30}}?){_END}"),
    later(
        rf"(?:写|整|弄|搞)(?:个|一个)?(?P<x>[^,.!;?\n]{{2,30}}?的(?:做法|材料|经验"
        rf"|总结|信息|报告)){_END}"
    ),
    later(rf"约(?:一|个)?[篇条份](?:关于|有关)?(?P<x>[^,.!;?\n]{{2,30}}?){_END}"),
    later(rf"约(?:一?个)?稿\s(?:{UNIT}[\s、,]+)*(?P<x>\S{{2,30}})"),
    later(rf"(?:主题|题目|内容|选题)(?:是|为|:)\s?(?P<x>[^,.!;?\n]{{2,30}}?){_END}"),
    later(r"关于(?P<x>[^,.!;?\n]{2,30}?)的(?:信息|稿子?|材料|约稿|文章|调研)"),
]


def _source(heard: Heard) -> Slots:
    found = re.search(
        r"(?:转发?|按|根据|接到?|收到)?(?P<x>(?:省|市|区|县|国家"
        r"|国务院)?(?:委办公?厅?|政府办公?厅?|两办|委两办|厅办公室|委宣传部"
        r"|政府信息处|住建[厅局部](?:办公室)?|委办|府办|信息科|政府办|厅"
        r"|局))(?:的)?(?:要求|约稿|通知|来电|要稿|紧急约稿|布置|交办|转来|发来|要)",
        heard.plain,
    )
    return {"source": found["x"]} if found else {}


def _ordered(heard: Heard) -> Slots:
    """Read who is to write; everybody is `all`."""
    if re.search(
        r"(?:各|所有|全部|全局|每个?)(?:业务|相关)?(?:科室?|单位|部门|股室|处室)", heard.plain
    ):
        return {"units": ["all"]}
    named = [name for name in heard.units() if not re.search(r"[省市区县](?:委|府|政府)办", name)]
    return {"units": named} if named else {}


create = Meaning(
    name="create_call",
    cues=(
        cue(
            r"(?:新建|新增|发布?|发起|下(?:达|发|个)?|建|起草|创建|安排|布置|下一?个|弄|搞|起"
            r"|发[一个]+)(?:[一二两]?[个条篇份])?(?:紧急|新)*约稿",
            8,
            roles=_ORDERERS,
            unless=r"没|谁|哪",
        ),
        cue(r"转发?.{1,12}约稿", 8, roles=_ORDERERS),
        cue(
            r"(?:约稿|向.{2,12}约稿|派(?:个|一个|条)?约稿|约稿通知).{0,4}(?:《|[:]"
            r"|新增|新建|新的|一条|一个)",
            9,
            roles=_ORDERERS,
            unless=r"没|谁|哪",
        ),
        cue(r"约稿.{0,6}《", 9, roles=_ORDERERS, unless=r"没|谁|哪|采用"),
        cue(
            r"^(?:请|麻烦|帮我?)?约[一个]*稿[\s,:](?=.*\S{3})|^(?:向|跟|给|找)(?:各科室?|各单位|\S{2,12}?[科室中心所站])约稿[\s,:]",
            9,
            roles=_ORDERERS,
            unless=r"[?]|吗$|谁|没交|逾期|情况|清单|列表",
        ),
        cue(r"^约稿\s?[:]|^我?(?:要|想)约(?:个|一个|几篇|一篇)?稿$", 8, roles=_ORDERERS),
        cue(
            r"(?:起|派|下|发|拟|出)(?:个|一个|一份)?(?:约稿单?|写作任务|约稿任务|任务)",
            8,
            roles=_ORDERERS,
            unless=r"没|谁|哪",
        ),
        cue(r"(?:省|市|区|两办|厅|委办|府办).{0,4}(?:要稿|来约稿|约稿)\s?[:,]", 9, roles=_ORDERERS),
        cue(rf"约{UNIT}.{{0,3}}[一两]?[篇条份个]", 9, roles=_ORDERERS),
        cue(
            r"(?:给|让|喊|叫|安排)(?:各科室?|.{2,6}科).{0,4}(?:布置|派|写|整|弄|报)(?:个|一)",
            9,
            roles=_ORDERERS,
            unless="提醒",
        ),
        cue(
            r"^(?:紧急|加急)?约稿\s+(?!.{0,6}(?:列表|清单|情况|有哪些)[.?]?$)\S{4,}",
            9,
            roles=_ORDERERS,
            unless=r"[?]|吗$|谁|没交|逾期",
        ),
        cue(
            r"(?:向|跟|给|找)?\S{0,10}(?<!去)约(?:他们|一|个|两)?[篇条份个]",
            7,
            roles=_ORDERERS,
            unless=r"谁|哪[个家]",
        ),
        cue(
            rf"(?:让|请|安排|要求|叫|通知|约|向|给|各?{UNIT}|各科室?"
            rf"|各单位).{{0,14}}(?:写|报|准备|交|弄|搞|出|提供|整|起草|来)(?:一|个|一个"
            rf"|两|三|\d|各)*[篇份个条]",
            7,
            roles=_ORDERERS,
            unless=r"提醒|谁|没|[吗?]$|几[篇条]|值班",
        ),
        cue(
            r"(?:省|市|区|县|两办|厅|部|委办|府办).{0,10}(?:要|约|让报|要求报"
            r"|布置)(?:一|个|我们|咱|一个|报)*[篇份个条].{2,}",
            7,
            roles=_ORDERERS,
            unless=r"采用|谁|没人",
        ),
    ),
    slots=(
        moment("deadline"),
        when(r"^(?:(?!\n).)*", _titles, unless=r"^(?:新建|发|建|发起)[一个条]*约稿$"),
        when(rf"(?:让|请|安排|要求|叫|通知|约|向|给|{UNIT}|各|所有|每)", _ordered),
        _source,
    ),
    asks=("deadline", "units"),
)

_STEER = {
    "cancel": r"取消|撤销|作废|不要了|不约了|撤了",
    "excuse": r"免(?:交|报|了|掉)|(?:可以|就)?不(?:用|必)?(?:再)?(?:交|报|写)了?|迟交不(?:计|算)",
    "reassign": r"改派|重新派|转派|改由|改给",
    "insist": r"仍要交|还是要交|仍然要交|必须交|要交|继续交",
    "miss": r"未完成|没完成",
    "nudge": r"催",
}
_CALL_NO = rf"(?:第?{NUMBER}[号个]?的?约稿|约稿{NUMBER}号?)"
_STEERED = "|".join(_STEER.values())

steer = Meaning(
    name="steer_call",
    cues=(
        cue(
            rf"^(?:把|将|请)?(?:{_STEERED})(?:一?下)?(?:把|将)?{_CALL_NO}"
            rf"|^(?:把|将)?{_CALL_NO}.{{0,16}}(?:{_STEERED})",
            9,
            roles=_ORDERERS,
            unless=rf"{ASKED}|没有?交|快要交|什么时候",
        ),
    ),
    slots=(number("call_id", "约稿", during="call"), choice("action", _STEER)),
)

DECLARED = declared(__file__, claim, listing, create, steer)
