"""What is said about time: what is due, remind me, leave me in peace."""

import re

from handlers.kit.meaning import Found, Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import choice, ids, number, unit, when
from handlers.kit.words import DRAFT_NO, NUMBER, OWN_UNIT
from handlers.rules.numerals import number as value_of


def _unclear(heard: Heard) -> Slots:
    """Ask when it is not said whose deadline: 还剩几天."""
    vague = re.fullmatch(
        r"(?:到底)?(?:还|大概)?(?:还?剩|还有|剩下?)(?:多少|几|多久|多长)?(?:天|时间|个?小时"
        r"|工作日|久)?(?:就|才)?(?:到期|截止|截稿|交稿?|到时间)?(?:了|呢|啊|嘛|呀|哦|噻)*[?.!]*|(?:离|距)(?:截止|到期|交稿?|截稿)(?:日期?)?(?:还)?(?:剩|有|差)?(?:多久|几天|多长时间|多少天)(?:了|呢|啊|嘛|呀)*[?.!]*|(?:到底)?(?:什么时候|啥时候|几号|哪天)(?:截止"
        r"|到期|交|截稿|要交)(?:呀|啊|呢|来着|嘛|哦|噻)*[?.]*|(?:来得及"
        r"|还来得及)[吗不?]*[,\s]?(?:还?剩(?:多久|几天|多少时间))?[?]?",
        heard.plain,
    )
    return {"clarify": True} if vague and not heard.situation.kind else {}


_ANOTHER = rf"{NUMBER}\s?号?稿|都|哪些|全部"
"""With these it is not the one call or case that is being talked about."""


def _ids(heard: Heard) -> Slots:
    if re.search(r"舆情|约稿", heard.plain):
        return {}
    if heard.situation.kind in {"call", "opinion", "alert"}:
        named = heard.drafts() if re.search(_ANOTHER, heard.plain) else ()
        return {"ids": list(named)} if named else {}
    return ids(heard)


deadlines = Meaning(
    name="deadlines",
    words=("截止", "截稿", "超期", "到期"),
    cues=(
        cue(
            r"(?:快|要|马上|即将|就要|谁|哪些|什么|有没有|有|几个)?.{0,4}(?:超期|到期"
            r"|逾期|过期|截稿|截止|期限|超时|deadline|ddl|jiezhi)",
            5,
            unless=r"没反馈|催|没审|未审|提醒我|宽限",
        ),
        cue(
            r"(?:还剩|还有|剩)(?:多少|几|多久|多长)(?:天|时间|个?小时|工作日"
            r"|久)?(?:到期|截止|超时|交|超期)?",
            6,
            unless=r"[几多]少?篇|没审|没批",
        ),
        cue(
            r"(?:约稿|舆情).{0,8}(?:截止|时限|期限|到期|最晚|哪天|多久|几点|几号|什么时候)",
            9,
            unless=r"谁|提醒|那个约稿|(?:哪些|几[起条件]|有没有).{0,6}舆情|没(?:回|反馈|办|处)",
        ),
        cue(
            r"最晚|什么时候(?:要|交|截|之前)|啥时候(?:要|交)|几号(?:之前|前|要|交|截)"
            r"|哪天(?:要|交|截)|还来得及|来得及吗|几天|多久",
            8,
            during="call returned opinion draft alert",
            unless=r"宽限|缓",
        ),
        cue(
            r"(?:什么时候|啥时候|几号|哪天|几点|何时|多久)(?:之?前)?(?:要)?(?:截止"
            r"|截稿|到期|交稿?|超时|超期|要交|报)(?!了)",
            6,
            unless=r"谁|约稿.{0,3}谁|提醒",
        ),
        cue(
            r"(?:最近|这周|本周|今天|明天|近期|手头|手上|我|我们科)?.{0,4}(?:有(?:什么"
            r"|啥|哪些|几个)|哪些)(?:要|快|该)(?:交|到期|截止|办|报)的?",
            6,
            unless=r"约稿|舆情|审|批",
        ),
        cue(
            r"(?:要|快|该|马上)(?:到点|到时间|交了|截了)|(?:什么时候|几点|最晚"
            r"|何时)(?:必须|前|之前)?(?:反馈|回复|办完|处理完|报)",
            8,
            unless="提醒",
        ),
        cue(r"超期|逾期|过期|到期|截止|截稿|时限|期限", 4),
        cue(
            r"(?:临近|快要?|即将|马上要?)(?:截止|到期|超期|逾期|超时)",
            8,
            unless=r"约稿|舆情|提醒",
        ),
        cue(
            r"(?:快|要|即将|马上)(?:超期|到期|截止|超时|过期)的?(?:有|任务|事项|吗|哪)",
            7,
            unless=r"约稿|舆情(?!.{0,4}(?:多久|几))",
        ),
        cue(
            rf"(?:第?{NUMBER}号?(?:舆情|约稿)).{{0,8}}(?:多久|几天|什么时候|几号|几点"
            rf"|啥时候|何时).{{0,6}}",
            9,
            unless=r"提醒|谁",
        ),
        cue(
            rf"(?:{DRAFT_NO}).{{0,6}}(?:还剩|还有|什么时候|几号).{{0,4}}(?:几天|多久"
            rf"|截止|到期|交|超)",
            8,
        ),
        cue(
            r"^(?:截止(?:时间|日期)?|期限|时限|到期(?:提醒|事项)?|ddl|deadline"
            r"|jiezhi)(?:是|呢|啥时候|什么时候|几号|哪天)?[?]?$",
            7,
        ),
    ),
    slots=(
        when(OWN_UNIT, unit()),
        choice(
            "status",
            {
                "overdue": r"误了(?:期限|时间)?|(?<!快)(?<!要)(?:超期|逾期|过期|超时)(?:了|的)"
                r"|已(?:经)?(?:超|逾|过)期",
                "due_soon": r"(?:要|快|马上要?)到(?:点|日子)|快逾期|到点|要(?:超时|逾期)"
                r"|快(?:要)?(?:超"
                r"|到|过|截)|要(?:超|到"
                r"|过)期|马上|即将|临近|就要",
            },
        ),
        when(
            ".",
            number("opinion_id", "舆情|预警", during="opinion alert"),
            number("call_id", "约稿", during="call"),
            unless=_ANOTHER,
        ),
        _ids,
        _unclear,
    ),
)


def _time(heard: Heard) -> Slots:
    if found := heard.recurrence():
        return {"recur": found.value}
    if found := heard.moment():
        return {"time": found.value} | ({"note": found.note} if found.note else {})
    if found := heard.duration():
        return {"time": found.value}
    return {}


def _text(heard: Heard) -> Slots:
    """Read what to be reminded of: 提醒我|交稿, 别忘了|开会."""
    text = heard.plain
    for form in (
        (
            r"(?:提醒|喊|叫|通知|告诉|催|戳|call)(?:一下|一声)?(?:我们|咱们|我|各科室?"
            r"|各单位|大家|全体|信息员|他们|各位)?(?:一下|一声)?[,\s]*(?:要|该"
            r"|记得)?\s?(?P<x>[^,.!?\s].{0,40}?)(?:的事)?[,.!~吧啊哈]*$"
        ),
        r"(?:提个醒|吱一声|发提醒)[:,\s]*(?P<x>[^,.!?]{2,30})$",
        r"(?:喊|叫|催)各科室?(?P<x>[^,.!?]{2,30})$",
        r"(?:记得|别忘了?)(?:提醒我)?(?:要|去)?(?P<x>[^,.!?]{2,30})$",
    ):
        if found := re.search(form, text):
            value = heard.raw[slice(*found.span("x"))].strip(" ,，。.!！吧")
            when_found = heard.moment() or heard.recurrence() or heard.duration()
            inside = when_found and found.start("x") <= when_found.start < found.end("x")
            if inside and when_found is not None:
                value = heard.raw[when_found.end : found.end("x")].strip(" ,，。.!！吧前的之以后")
            if value and value not in {"一下", "一声", "下", "我", "我一下"}:
                return {"text": value}
    return {}


def read_text(heard: Heard) -> str:
    """Return what to be reminded of, empty where nothing is said."""
    return str(_text(heard).get("text", ""))


def _whom(heard: Heard) -> Slots:
    if re.search(
        r"(?:给|喊|叫|催|通知)(?:各|所有|全体)(?:科室?|单位|部门)|(?:提醒"
        r"|提个醒)(?:一下)?(?:各科室?|各单位|所有科室|全体|各部门|全局|大家|各位|所有人)",
        heard.plain,
    ):
        return {"units": ["all"]}
    if re.search(r"提醒(?:一下)?(?!我|咱|本)(?=[一-鿿]{2,6}科)", heard.plain):
        return {"units": list(heard.units())} if heard.units() else {}
    return {}


remind = Meaning(
    name="remind_me",
    words=("提醒", "提醒我"),
    asks=("time", "text"),
    cues=(
        cue(
            r"(?:提醒|喊|叫|通知|告诉|戳|催)(?:一下|一声)?(?:我|咱|大家|各"
            r"|全体)(?!.{0,6}(?:怎么|为什么))",
            9,
            unless=r"(?:别|不要|不用|勿|甭|莫|取消|停).{0,4}(?:提醒|叫|喊|通知)|让我",
        ),
        cue(
            r"提醒$|提醒一?[下声]|(?:点|号|天|后|周.|早上|上午|下午|晚上|前|分钟"
            r"|小时).{0,4}提醒|tixing|题醒|提星|提醒(?:一下)?(?:各|所有|全体"
            r"|[一-鿿]{2,4}科)",
            8,
            unless=r"(?:别|不要|不用|勿|甭|取消|停).{0,4}提醒|催一下|催",
        ),
        cue(r"(?:定|设|加)(?:个|一个)?(?:闹钟|提醒|日程)", 8, unless=r"取消|删"),
        cue(r"(?:记得|别忘了?)(?:提醒|叫|喊)", 7),
        cue(
            r"(?:先)?(?:放一?放|搁一?搁|压一?压|缓一?缓|放着|等等).{0,10}(?:再说|再看"
            r"|再审|再议|再定)?",
            8,
            during="review_card pending",
            unless=r"等.{0,6}(?:看|审)",
        ),
        cue(
            r"(?:周.|明天|后天|下周|下午|节后|月底).{0,4}再(?:说|看|议|审|处理|定)",
            8,
            during="review_card pending",
        ),
        cue(r"(?:每(?:天|日|周|月|个?工作日|季)).{0,16}(?:提醒|叫|喊|催|发)", 8),
        cue(
            r"(?:半|一|两|三|\d+)个?(?:小时|分钟|钟头)(?:以?后|之后)(?:再)?(?:叫|喊|提醒|说|找)", 8
        ),
    ),
    slots=(
        _time,
        when(
            r"提醒|提个醒|吱|喊|叫|通知|告诉|催|记得|别忘",
            _text,
            unless=r"(?:提醒|喊|叫)(?:我)?(?:一[下声])?$",
        ),
        _whom,
        when(r".", ids, during="review_card pending"),
    ),
)


_PARTS = {
    "上午": ("morning", "12:00"),
    "中午": ("noon", "14:00"),
    "下午": ("afternoon", "18:00"),
    "午后": ("afternoon", "18:00"),
}


def _end_of_part(text: str, found: Found) -> Slots:
    """Read until when: of a part of a day that stands alone its end, 下午别给我推消息."""
    said = text[found.start : found.end]
    part = next((part for part in _PARTS if said.endswith(part)), "")
    if not part:
        return {"until": found.value}
    scope, end = _PARTS[part]
    day = found.value.partition("T")[0]
    return {"scope": scope} if said == part else {"until": f"{day}T{end}"}


def _muted(heard: Heard) -> Slots:
    text = heard.plain
    if re.search(r"(?:今|明|后)天(?:一|整|全)天", text) and (day := heard.day()):
        return {"until": day.value}
    if re.search(r"今儿?夜里|今天夜里|今晚|今天晚上|今夜|晚上(?!.{0,3}点)", text):
        return {"scope": "tonight"}
    if re.search(r"周末|双休", text):
        return {"scope": "weekend"}
    if found := heard.duration():
        return {"until": found.value}
    found = heard.moment()
    if found and "T" in found.value:
        return _end_of_part(text, found)
    if re.search(r"今天|今儿|今日", text):
        return {"scope": "today"}
    return {"until": found.value} if found else {}


_OWN = (
    r"^(?:查|看)?(?:一?下|看)?我?(?:现在|目前)?(?:都)?(?:设|定)?(?:了|过)?(?:有)?(?:哪些|什么|几个|多少)(?:个)?提醒[?]?$"
    r"|^(?:查|看)?(?:一?下|看)?我(?:自己)?(?:设|定)?(?:了)?的提醒(?:列表|清单|有哪些)?[?]?$"
)

mine = Meaning(name="my_reminders", cues=(cue(_OWN, 9),))

_CANCELLED = (
    rf"(?:取消|删(?:除|掉|了)?|去掉|关掉|不要)(?:了|掉)?(?:我的)?(?:第)?{NUMBER}(?:号|个|条)?(?:的)?提醒"
    rf"|(?:第)?{NUMBER}(?:号|个|条)(?:的)?提醒(?:取消|删(?:除|掉|了)?|去掉|关掉|不要了?)"
    r"|(?:取消|删(?:除|掉|了)?|清空|关掉)(?:掉)?(?:我的)?(?:所有|全部)(?:的)?提醒"
    r"|(?:不用|不要|别|不必)(?:再)?提醒我(?![,.!\s]*$)\S{2,}"
)


def _which(heard: Heard) -> Slots:
    """Read which reminder is meant: all, its number, or words of it."""
    text = heard.plain
    if re.search(r"所有|全部", text):
        return {"all": True}
    if found := re.search(rf"(?:第)?(?P<n>{NUMBER})(?:号|个|条)?(?:的)?提醒", text):
        value = value_of(found["n"])
        return {"number": value} if value is not None else {}
    found = re.search(r"提醒我(?P<x>[^,.!?]{2,30}?)(?:了|啦|吧)*[,.!\s]*$", text)
    return {"words": heard.raw[slice(*found.span("x"))]} if found else {}


cancel = Meaning(
    name="cancel_reminder",
    cues=(cue(_CANCELLED, 9, unless=r"吗$|[?]|排名|日报|周报|舆情|推送"),),
    slots=(_which,),
)

_BETWEEN = (
    r"(?P<p1>晚上?|夜里?|下午|傍晚)?(?P<h1>\d{1,2}|[一二三四五六七八九十]{1,3})[:点](?P<m1>\d{2}|半)?(?:到|至|-)"
    r"(?:第二天|次日|明天|明早|早上?|凌晨|上午)*(?P<h2>\d{1,2}|[一二三四五六七八九十]{1,3})[:点](?P<m2>\d{2}|半)?"
)


def _every_night(heard: Heard) -> Slots:
    """Read quiet hours that run over the night: 晚上九点到早上八点."""
    if after := re.search(_FROM_THEN_ON, heard.plain):
        hour = value_of(after["h"]) or 0
        return {"every_night": f"{hour + _NOON * (hour <= _NOON):02}:{_HALVES[after['m']]}-07:00"}
    found = re.search(_BETWEEN, heard.plain)
    if found is None:
        return {}
    hours = [value_of(found[name]) or 0 for name in ("h1", "h2")]
    if found["p1"] and hours[0] <= _NOON:
        hours[0] += _NOON
    if hours[0] <= hours[1]:
        return {}
    minutes = ["30" if found[name] == "半" else found[name] or "00" for name in ("m1", "m2")]
    begins, ends = (f"{hour:02}:{minute}" for hour, minute in zip(hours, minutes, strict=True))
    return {"every_night": f"{begins}-{ends}"}


_NOON = 12
_HALVES = {None: "00", "半": "30"}
_FROM_THEN_ON = (
    r"^(?!.*今).*?(?:晚上?|夜里?)(?P<h>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"[:点](?P<m>半)?(?:钟)?(?:以后|之后|后|起)"
)

mute = Meaning(
    name="mute",
    words=("免打扰", "静音", "退订"),
    cues=(
        cue(
            r"(?:别|不要|勿|不用|不想|停止?|暂停|甭|莫|少|关(?:掉|闭)?|取消"
            r"|先别).{0,6}(?:再)?(?:发(?!布)|推送?|提醒|打扰|吵|烦|通知|消息|叫|喊|催"
            r"|找我|@|艾特|骚扰)(?!稿)",
            7,
            unless=r"帖|稿|公众号|发到?网|别发了|约稿|网站|同意|可以发|先别发|先不要发|作废|多少|几条"
            r"|(?:取消|不用|不要)(?:再)?(?:掉)?.{0,6}提醒(?!.{0,3}[类推])",
            during="- pending draft returned alert opinion group duty_now call calls",
        ),
        cue(
            r"免打?[扰搅]|[别莫](?:响|弹|吵|闹|打[扰搅]|推|烦)|勿扰|放过我|静音|清净|消停|安静|mianda|jingyin|闭嘴"
            r"|屏蔽(?:消息|通知|推送)",
            8,
            unless=r"帖|网友|评论|取消静音",
        ),
        cue(
            r"(?:退订|取消订阅|取关|不订|不看|不接收|不收|不想收|关(?:掉|闭"
            r"|了)).{0,8}(?:推送|排名|提醒|消息|通知|日报|周报|订阅|播报|简报)",
            9,
        ),
        cue(
            r"(?:推送|排名|提醒|消息|通知|日报|周报|舆情).{0,4}(?:退订|别发|不要发"
            r"|关了|关掉|停了|不用发|别推|不用推)",
            8,
        ),
        cue(
            r"(?:开会|睡觉|休假|休息|午休|睡了|在忙|忙着|培训).{0,10}(?:别|不要|勿"
            r"|静音|免打扰|不方便|安静)",
            8,
        ),
    ),
    slots=(
        _muted,
        _every_night,
        choice(
            "type",
            {
                "ranking": r"排名|排行|名次|榜",
                "daily_report": r"日报",
                "weekly_report": r"周报",
                "opinion": r"舆情",
                "reminder": r"(?:交稿|催稿|截稿|配额|任务)?提醒推送|提醒类|催稿"
                r"|(?:别|不要|不用|少)(?:再|老|总|天天|一直)+(?:给我|对我)?(?:发)?(?:提醒|催)"
                r"|(?:关|退订|取消)(?:掉"
                r"|闭)?(?:了)?(?:配额|交稿|催办)?提醒",
                "call": r"约稿",
                "review": r"审稿|待审|审核",
            },
        ),
    ),
)

unmute = Meaning(
    name="unmute",
    cues=(
        cue(
            r"^(?:现在)?(?:可以|能)(?:正常)?(?:给我)?(?:发|推)(?:消息|通知|推送)?(?:给我)?了[.!~]*$"
            r"|^(?:请|麻烦)?(?:恢复|打开|开启|重新打开)(?:一下)?(?:我的)?(?:消息|通知|推送|提醒)[.!~]*$"
            r"|^(?:取消|解除|关(?:掉|闭)?)(?:一下)?(?:我的)?(?:静音|免打扰|勿扰)[.!~]*$",
            9,
        ),
    ),
)

DECLARED = declared(__file__, remind, deadlines, mine, cancel, mute, unmute)
