"""How many died, were hurt or poisoned, as a report says it: 致2死5伤, 埋了仨走了俩, 无人员伤亡.

The title counts before the text, and the first sentence that counts before those that follow: later
ones tell parts, or what happened elsewhere. A total that has risen (死亡人数升至3人) counts before
all. What is feared, denied or only a manner of speaking (热死人) is none. A person corrects what is
read, so each number comes with the words that it was read from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.rules.opinion.people import COUNT, PEOPLE, WHO, least
from handlers.rules.opinion.plain import plain

_FATAL = (
    r"(?:伤重|重伤|因伤|受伤|伤势过重)?(?:于?昨[晚天日]|今[晨早天日])?"
    r"(?:经?抢救无效|不治)?(?:后|而)?"
)
_BETWEEN = r"(?:[0-9]{1,3}岁)?[^\n,。!?;:、()死伤亡毒难丧0-9]{0,12}?"
_BY = "砸摔压撞轧碾烧炸淹溺电毒闷呛埋捅砍勒掐打熏刮烫"
_GONE = (
    r"(?:没|停)了?(?:呼吸|心跳)|没了?气|断了?气|没了(?!消息|音|影|踪|下|动静|办法|着落|[水电网信])|走了(?=$|[,。!?;、]|一|俩|两)"
    r"|没(?:能)?(?:抢)?救(?:回|过)来|没挺过来|没能救回|去世|离世|离开(?:了)?人世|不行了"
)
"""How people say that somebody died; where nothing happened to anybody it means something else."""
_KINDS = {
    "dead": (
        rf"{_FATAL}(?:死亡|遇难|身亡|丧生|罹难|丧命|殒命|不治|被?[{_BY}]死|遇害|死者|坠亡|溺亡|猝死|牺牲|殉职|死|亡"
        rf"|无一(?:生还|幸免)|(?:已?无|没有|没了|失去)生命体征|(?:全|都|就|也|已经)?(?:{_GONE}))(?!因|刑|伤|活|角|心|磕)"
    ),
    "hurt": (
        rf"(?:受了?伤|被?[{_BY}划擦咬]伤|重伤|轻伤|负了?伤|伤(?![者员])|骨折|(?:腿|胳膊|手|脚|腰|肋骨)(?:骨?折|断)了?|伤[者员](?!中))"
        r"(?!亡|势|情|[者员]中|害|口|心|重|感|[^,。]{0,5}(?:死亡|不治|身亡))"
    ),
    "poisoned": r"(?:中毒|送医|入院|住院|拉肚子|腹泻|呕吐|上吐下泻)",
}
_NAMES = {"dead": "死亡|遇难|罹难", "hurt": "受伤", "poisoned": "中毒"}
_RISING = rf"者?人?数[^\n,。!?;0-9]{{0,8}}?(?P<total>{COUNT})"
_DONE_TO = {
    "dead": rf"[{_BY}]死|死亡|死|[夺要]命|[夺要]走",
    "hurt": rf"[{_BY}划]伤|受伤|重伤|轻伤|伤",
    "poisoned": "中毒",
}
_PAIRED = {
    "dead": (
        rf"|[死亡](?P<pair>{COUNT})人?、?伤|(?P<body>{COUNT})[具条](?:遗体|尸体|[^\n,。!?;0-9]{{0,4}}(?:人|生)命)"
        rf"|(?<![没慢快远])(?:走|没|死|殁)了(?P<gone>{COUNT})(?=$|[,。!?;、]|[个名位口]?人|个)"
    ),
    "hurt": rf"|[死亡]{COUNT}人?、?伤(?P<pair>{COUNT})(?P<body>)(?P<gone>)",
    "poisoned": "(?P<pair>)(?P<body>)(?P<gone>)",
}
_COUNTED = {
    kind: re.compile(
        rf"(?:{_NAMES[kind]}){_RISING}"
        rf"|(?P<count>{COUNT})(?:{PEOPLE}{_BETWEEN})?{effect}"
        rf"|(?:{_DONE_TO[kind]})了?(?P<after>[俩仨]|{COUNT}(?=[名人个位条]|{WHO})){_PAIRED[kind]}"
    )
    for kind, effect in _KINDS.items()
}
_SENT = re.compile(
    rf"(?P<sent>{COUNT}){PEOPLE}{_BETWEEN}(?:送医|送院|送往医院|送到医院|住院|入院|住进医院|[打摔砸]进(?:了)?医院|进了医院)"
    rf"|(?:送医|送院|住院|入院)(?:救治|治疗)?(?P<brought>{COUNT})人"
)
_NONE = re.compile(
    r"(?:无|没有?|未造成|未有|尚无|暂无|未发现|不会造成)(?:[^\n,。!?;]{0,6})(?:人员)?(?:伤亡|死亡|受伤|死伤|死人|伤人)"
)
_BOTH = re.compile(
    r"(?:夫妻|夫妇|母子|母女|父子|父女|兄弟|姐妹|婆孙|爷孙|老两口|小两口)(?:二人|两人|俩|双双)?(?:[^,。!?;0-9]{0,4})"
    rf"(?:死亡|遇难|身亡|丧生|[{_BY}]死|坠亡|溺亡|没了)"
)
_SOMEBODY = {
    "dead": re.compile(
        rf"(?:当场|不幸|途中|无效|过重|不治|当事人|男子|女子|司机|乘客|{WHO})(?:就|已经?|被发现)?(?:死亡|身亡|遇难|殒命|丧命|死)(?!亡?率|亡?赔)"
        r"|(?:坠|溺|触电身|猝|身)亡|猝死|抢救无效|无效死亡|殒命|丧生"
        rf"|[{_BY}]死(?!亡|机|了?心|[^,。!?;]{{0,3}}(?:蚂|虫|树|鱼|鸡|狗|猫|草))"
        r"|(?:闹?出(?:了)?(?:条|一条)?|闹|要了?)人命|死(?:了)?个?人(?!一?样|似|了?[吗么]|气)|有人(?:死|身?亡|走了|没了)"
        r"|(?:人|大[妈爷]|孩子|师傅|老人|工友)(?:就|已经?|当场|直接|现在|都)*(?:没了(?!消息|音|影)|走了(?!之后|以后|吗)|没气|断气|不行了|凉了|死了)"
        r"|没(?:能)?(?:抢)?救(?:回|过)来|没了?(?:气|呼吸|心跳)(?!味)|再(?:也)?没(?:有)?(?:起|醒)(?:来|过来)|盖(?:着|上|了)+白布"
        r"|(?:遗体|尸体|死者)(?!捐)|农药(?:走|没|死)了?|(?:去世|离世|过世|身故)|掉下来(?:就|后|当场|直接)?死了?|说死了|死了[,。]"
        rf"|(?:触电|坠楼|坠落|中毒|溺水|落水|[{_BY}]得?)(?:后|就|人)?(?:没了(?=$|[,。!?;])|走了(?=$|[,。!?;]))"
    ),
    "hurt": re.compile(
        rf"(?:有人|人员|不幸|[打砸撞])受?伤|被[^,。!?;]{{0,6}}?[{_BY}划擦咬](?:成)?(?:重|轻)?伤|骨折|(?:腿|手|胳膊|肋骨|腰)(?:被?[砸压摔打])?(?:断|折)了"
        rf"|(?:砸|撞|压)到[^,。]{{0,6}}(?:人|孩子|老人|行人)(?!前)|[{_BY}划](?:成重?)?伤(?=$|[,。!?;了])|断了{COUNT}?根?(?:手指|肋骨|脚趾|骨头)|缝了{COUNT}针"
        rf"|(?:{WHO})[^,。!?;]{{0,8}}(?:受了?伤|重伤|轻伤|昏迷|呛晕|晕倒|进了?ICU|进了?icu)|(?:打|摔|砸)进(?:了)?医院|呛晕"
    ),
    "poisoned": re.compile(
        r"(?:一氧化碳|煤气|食物|甲醛|沼气)中毒(?=$|[,。!?;了送]|[^,。!?;]{0,4}(?:送|住|进|抢救|昏迷))"
    ),
}
_HARM = re.compile(
    "[死亡伤毒难丧殒害命治折院医断晕缝吐泻没走尸遗世农]|[砸撞压]到|白布|不行|生还|幸免"
)
"""Without any of these nobody was harmed: the full reading costs many times as much."""
_EVENT = re.compile(
    rf"[塌埋坠摔爆炸撞砸毒]|事故|倒塌|起火|着火|失火|火灾|燃烧|滑坡|泥石流|触电|溺水|落水|淹|掉下|掉进|栽下|煤气|一氧化碳|农药|抢救|医院|icu|救护|轻生|跳楼"
    rf"|打人|打进|被打|出事|遇难|[{_BY}]伤"
)
"""What may have killed somebody: only beside it 没了 and 走了 mean that."""
_VAGUE = re.compile(_GONE)
_WARDED = re.compile(
    r"(?:没有?|没能?让|差点|险些|差一点|防止?|防范|避免|免得|谨防|警惕|怕|未|无|暂无|早晚|迟早|会不会|不会|会|要是|如果|万一|等到?|别|难道|非要|非得|不然|否则|可能|容易"
    r"|小心|假如|假设|预防|谁敢|真要|才|想|零)[^,;:。!?]{0,4}$"
)
_SPEAKING = re.compile(
    r"(?:贷|债|力|息|租|路|累|热|气|急|烦|笑|坑|吓|吵|臭|慢|贵|要|该|半|怕|找|绕|爬)$"
)
"""After these it is a manner of speaking: 房贷压死人, 慢得要死."""
_DENIED = re.compile(
    r"(?<!还说)(?<!说是)(?<!竟说)(?<!居然说)(?<!硬说)(?:系|为|是|均为|均系|属于?)?(?:谣言|不实(?:信息|消息|传言)?|误传|假消息|假的|子虚乌有)|辟谣[:，,]|不属实"
)
_RUMOUR = re.compile(r"网传|有人(?:说|称|传)|传言|谣传|流传|爆料|消息称|传出|辟谣")
_MORE = re.compile("又(?:有|找到|发现|一|添)|新增|再(?:有|添)")
"""What it counts comes on top of what is told elsewhere."""
_WHOLE = re.compile("(?:共|累计|总计)[^,。!?;]{0,6}$")
_PAIR = re.compile(rf"{COUNT}[死亡]{COUNT}伤|{COUNT}伤{COUNT}[死亡]")
_BEFORE = 8
_ASIDE = re.compile(r"\([^()\n]{0,40}\)")
_SENTENCE = re.compile(r"[^\n。!?]+")


@dataclass(frozen=True, slots=True)
class Casualties:
    """Least numbers of people; *read_from* are the words that say so, in plain spelling."""

    dead: int = 0
    hurt: int = 0
    poisoned: int = 0
    read_from: tuple[str, ...] = ()


def casualties(title: str, body: str = "") -> Casualties:
    """Return how many people a report says were harmed; zeros where it says nothing."""
    whole = f"{plain(title).text}\n{plain(body).text}"
    if not _HARM.search(whole):
        return Casualties()
    sentences = list(_sentences(title, body))
    happened = _EVENT.search(whole) is not None
    counts: dict[str, int] = {}
    quotes: list[str] = []
    for kind in _KINDS:
        if kind == "poisoned" and not _POISON.search(whole):
            continue
        count, quote = _first(kind, sentences, happened=happened)
        counts[kind] = count
        quotes += [quote] if quote else []
    return Casualties(**counts, read_from=tuple(dict.fromkeys(quotes)))


_POISON = re.compile("中毒|拉肚子|腹泻|呕吐|上吐下泻")


def _sentences(title: str, body: str) -> Iterator[str]:
    for part in (title, body):
        yield from _SENTENCE.findall(_undenied(_ASIDE.sub("", plain(part).text)))


def _undenied(text: str) -> str:
    """Return what stands behind the denial of a rumour, and all where none is denied."""
    ends = [denied.end() for denied in _DENIED.finditer(text)]
    return text[ends[-1] :] if ends and _RUMOUR.search(text, 0, ends[-1]) else text


def _first(kind: str, sentences: list[str], *, happened: bool) -> tuple[int, str]:
    """Return what counts of a kind: a total, the first sentence, a hospital, or somebody."""
    every = [
        (
            sentence,
            [
                each
                for each in _COUNTED[kind].finditer(sentence)
                if _is_meant(each, happened=happened)
            ],
        )
        for sentence in sentences
    ]
    totals = [each for _, found in every for each in found if each["total"]]
    if totals:
        most = max(totals, key=lambda each: _value(each) or 0)
        return _value(most) or 0, most[0]
    if said := _counted(every):
        return said
    if kind == "hurt" and happened and (sent := _sent_to_hospital(sentences)):
        return sent
    return _somebody(kind, sentences, happened=happened)


def _counted(every: list[tuple[str, list[re.Match[str]]]]) -> tuple[int, str] | None:
    """Return what the first sentence counts that says how many, or that nobody was."""
    for sentence, found in sorted(every, key=lambda each: _MORE.search(each[0]) is not None):
        values = [value for each in found if (value := _value(each)) is not None]
        if values:
            return _sum(sentence, found, values), found[0][0]
        if _NONE.search(sentence):
            return 0, ""
    return None


def _somebody(kind: str, sentences: list[str], *, happened: bool) -> tuple[int, str]:
    """Return one where somebody is said to be, two of a couple, none otherwise."""
    for sentence in sentences:
        if kind == "dead" and (both := _BOTH.search(sentence)):
            return 2, both[0]
        for somebody in _SOMEBODY[kind].finditer(sentence):
            if _is_meant(somebody, happened=happened):
                return 1, somebody[0]
    return 0, ""


def _sent_to_hospital(sentences: list[str]) -> tuple[int, str] | None:
    """Return how many were brought to a hospital, where nothing else says how many were hurt."""
    for sentence in sentences:
        if (found := _SENT.search(sentence)) and (
            count := least(found["sent"] or found["brought"])
        ):
            return count, found[0]
    return None


def _is_meant(found: re.Match[str], *, happened: bool) -> bool:
    """Tell whether somebody came to harm: it is not feared, denied or a manner of speaking."""
    before = found.string[: found.start()]
    if _WARDED.search(before) or _SPEAKING.search(before):
        return False
    return happened or not _VAGUE.search(found[0])


def _sum(sentence: str, found: list[re.Match[str]], values: list[int]) -> int:
    """Add up what a sentence counts, unless it has the whole (造成4人死亡，其中…; 两死三伤)."""
    for each, value in zip(found, values, strict=True):
        if _WHOLE.search(sentence, each.start() - _BEFORE, each.start()) or _PAIR.match(
            sentence, each.start()
        ):
            return value
    first = found[0]
    aside, _, _ = sentence[first.end() :].partition("其中")
    if ("其中" in sentence and "另" not in aside) or "包括" in sentence:
        return values[0]
    return values[0] if "另" in sentence[: first.start()] else sum(values)


def _value(found: re.Match[str]) -> int | None:
    groups = ("total", "count", "after", "pair", "body", "gone")
    return least(next((found[name] for name in groups if found[name]), ""))
