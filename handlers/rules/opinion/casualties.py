"""How many died, were hurt or poisoned, as a report says it: 致2死5伤, 埋了仨走了俩, 无人员伤亡.

The title counts before the text, and the first sentence that counts before those that follow: later
ones tell parts, or what happened elsewhere. A total that has risen (死亡人数升至3人) counts before
all. What is feared, denied or only a manner of speaking (热死人) is none. A person corrects what is
read, so each number comes with the words that it was read from.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto, unique
from typing import NamedTuple

from handlers.rules.opinion.families import family
from handlers.rules.opinion.hedging import is_warded, of_now, undenied
from handlers.rules.opinion.people import COUNT, PEOPLE, WHO, least
from handlers.rules.opinion.plain import plain


def _one_of(characters: str, *words: str) -> re.Pattern[str]:
    """Return what looks for any of some characters or words.

    Each is an alternative that begins with a character: `re` passes over all others at once. It
    does not where one begins with a class or a group, which takes ten times as long.
    """
    return re.compile("|".join((*characters, *words)))


_FATAL = (
    r"(?:伤重|重伤|因伤|受伤|伤势过重)?(?:于?昨[晚天日]|今[晨早天日])?"
    r"(?:经?抢救无效|不治)?(?:后|而)?"
)
_BETWEEN = (
    r"(?:(?![一二两三四五六七八九十][人名])[^\n,。!?;:、()死伤亡毒难丧0-9]"
    r"|[0-9](?=[0-9]{0,2}[岁楼层米号栋])){0,12}?"
)
_BY = "砸摔压撞轧碾夹锯绞烧炸淹溺电毒闷呛埋捅砍勒掐打熏刮烫"
_GONE = (
    r"(?:没有?|停|无)了?(?:呼吸心跳|呼吸|心跳)|没了?气|[断咽]了?气|凉透|没了(?!消息|音|影|踪|下|动静|办法|着落|收入|工作|住|房|家|钱|指望|[水电网信])|走了(?=$|[,。!?;、]|一|俩|两)"
    r"|没(?:能)?(?:抢)?救(?:回|过)来|没挺过来|没能救回|没能?(?:留住|挺过|撑过)|再也(?:回不了|没回|没能回)(?:家|来)|不在了|再也?没有?(?:能)?(?:起|醒)(?:过)?来|去世|离世|离开(?:了)?人世|不行了"
)
"""How people say that somebody died; where nothing happened to anybody it means something else."""
_LIMB = "(?:手(?![套机续工册扶柄段动推持])|指|腿(?!部?支)|脚(?![架手本步])|[臂骨趾]|胳膊|鼻梁|脖子)"
_CUT_OFF = rf"[{_BY}割切铡挤弄咬]断"
"""How somebody loses a finger or breaks a leg; what else is cut (水管, 电缆) is no harm."""
_KIN = (
    "(?:我|他|她|人家)(?:爸爸?|妈妈?|哥哥?|弟弟?|姐姐?|妹妹?|家人)|老公|老婆|丈夫|妻子|儿子|女儿|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆"
    "|[表堂][哥弟姐妹]|舅舅|叔叔|大伯|姑父|姨父|侄子"
)
_KINDS = {
    "dead": (
        rf"{_FATAL}(?:死亡|遇难|身亡|丧生|罹难|丧命|殒命|不治|被?[{_BY}]死|遇害|死者|坠亡|溺亡|猝死|牺牲|殉职|葬身|命丧|送命|毙命|身故|死|亡|的?[遗尸]体(?!捐|告)|盖(?:着|上|了)+白布"
        rf"|无一(?:生还|幸免)|(?:已?无|没有|没了|失去)生命(?:体征|迹象)|(?:全|都|就|也|已经)?(?:{_GONE}))(?!因|刑|伤|活|角|心|磕)"
    ),
    "hurt": (
        rf"(?:受了?伤|昏迷|被?[{_BY}划擦咬]伤|重伤|轻伤|病危|伤势危重|负了?伤|伤(?![者员])|骨折|(?:腿|胳膊|手|脚|腰|肋骨)(?:骨?折|断)了?|伤[者员](?!中)|(?:头部?|脸部?|额头)?被?[砸磕摔撞碰]破(?:了?[头脸皮])?)"
        r"(?!亡|势|情|[者员]中|害|口|心|重|感|[^,。]{0,8}(?:死亡|不治|身亡|离世|去世|遇难|牺牲))"
    ),
    "poisoned": r"(?:中毒|送医|入院|住院|拉肚子|腹泻|呕吐|上吐下泻)",
}
_NAMES = {"dead": "死亡|遇难|罹难", "hurt": "受伤", "poisoned": "中毒"}
_RISING = (
    rf"者?人?数[^\n,。!?;0-9]{{0,8}}?(?:[由从]{COUNT}人?[^\n,。!?;0-9]{{1,6}})?(?P<total>{COUNT})"
)
_DONE_TO = {
    "dead": rf"[{_BY}]死|死亡|死|(?:遇难|罹难|身亡|丧生|牺牲)(?={COUNT}人)|[夺要]命|[夺要]走",
    "hurt": rf"[{_BY}划]伤|受伤|重伤|轻伤|(?<!死)伤|{_CUT_OFF}(?=了?{COUNT}[名位个]?(?:{WHO}|人))",
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
        rf"|(?P<count>{COUNT})(?:{PEOPLE}{own}{_BETWEEN}(?<![一两二三四五六七八九十]))?{effect}"
        rf"|(?:{_DONE_TO[kind]})了?(?P<after>[俩仨]|{COUNT}(?=[名人个位条]|{WHO})){_PAIRED[kind]}"
    )
    for kind, effect in _KINDS.items()
    for own in ("(?:伤[者员])?" if kind == "dead" else "",)
}
_DIED_AFTER = "死亡|身亡|不治|遇难|去世|离世|牺牲"
_SENT = re.compile(
    rf"(?P<sent>{COUNT}){PEOPLE}{_BETWEEN}(?:送医|送院|被?送[往到至去进](?:了)?[^\n,。!?;0-9]{{0,8}}医院|住院|入院|住进医院|[打摔砸]进(?:了)?医院|进了医院"
    r"|[正仍还]?在[^\n,。!?;0-9]{0,8}(?:医院|抢救|救治|治疗)|接受(?:治疗|救治)|[送住推]进了?icu|重症监护|[抬送拉]上了?救护车)"
    rf"(?![^\n。!?;其]{{0,14}}(?:{_DIED_AFTER}))"
    rf"|(?:送医|送院|住院|入院)(?:救治|治疗)?(?P<brought>{COUNT})人"
)
_MAY_BE_SENT = _one_of("院医治救症", "icu")
_OF_THEM = re.compile(rf"其中(?:已?有)?({COUNT}){PEOPLE}[^\n,。!?;]{{0,16}}(?:{_DIED_AFTER})")
_DIED_OF_IT = re.compile("抢救无效|不治")
_OF_THESE = re.compile(rf",?({COUNT}){PEOPLE}[^\n,。!?;]{{0,6}}(?:抢救无效|伤重不治|不治)")
_HARMED = re.compile(rf"({COUNT})(?:{PEOPLE})?(?:死伤|伤亡)|(?:死伤|伤亡)({COUNT})人")
"""The dead and the hurt in one number."""
_ALL_OF_THEM = r"(?:均|都|皆|全都|全部|双双|相继|先后|无一)"
_ALL = {
    "dead": re.compile(
        rf"{_ALL_OF_THEM}[^\n,。!?;0-9]{{0,6}}?(?:死亡|遇难|身亡|丧生|罹难|溺亡|坠亡|离世|去世|牺牲|生还|幸免|生命体征|(?:没有?|停)了?(?:呼吸|心跳)|没了?气|没救[回过]来)"
        r"|,(?P<bare>[^\n,。!?;0-9]{0,12}(?:抢救无效|不治身亡|伤重不治|宣告不治|(?<!有)生命体征(?!平|稳|正)))"
    ),
    "hurt": re.compile(
        rf"{_ALL_OF_THEM}[^\n,。!?;0-9]{{0,8}}?(?:受了?[轻重]?伤|骨折|[{_BY}]伤)(?!亡)"
    ),
    "sent": re.compile(
        rf"{_ALL_OF_THEM}[^\n,。!?;0-9]{{0,8}}?(?:送医|住院|送[往到][^\n,。!?;0-9]{{0,8}}医院)"
    ),
}
"""What is said of all who were counted before: 4名工人全部救出，均有不同程度受伤."""
_STILL_ALIVE = re.compile(
    "有生命体征|(?:恢复|尚存)[^,。!?;]{0,3}(?:呼吸|心跳|生命)|均?获救|安然|平安"
)
_COUPLE = "夫妻|夫妇|母子|母女|父子|父女|兄弟|姐妹|姐弟|兄妹|婆孙|爷孙|祖孙|老两口|小两口"
_THEM = re.compile(rf"(?P<them>{COUNT}){PEOPLE}|(?P<spoken>[俩仨])|(?P<couple>{_COUPLE})")
_TWO = re.compile(f"双双|^(?:{_COUPLE})")
_NONE = re.compile(
    r"(?:无(?!效)|没有?|未造成|未有|尚无|暂无|未发现|不会造成)(?:[^\n,。!?;]{0,6})(?:人员)?(?:伤亡|死亡|受伤|死伤|死人|伤人)"
)
_PAIR_OF_THEM = rf"(?:{_COUPLE})(?:二人|两人|俩|双双)?[^\n,。!?;0-9妻夫母父子女儿]{{0,10}}?"
_BOTH = {
    "dead": re.compile(
        rf"{_PAIR_OF_THEM}(?:死亡|遇难|身亡|丧生|[{_BY}]死|坠亡|溺亡|去世|离世|没了(?=$|[,。!?;])|葬身)"
    ),
    "hurt": re.compile(rf"{_PAIR_OF_THEM}(?:受了?[轻重]?伤|[轻重]伤|骨折|[{_BY}]伤)"),
    "poisoned": re.compile(rf"{_PAIR_OF_THEM}中毒"),
}
_SOMEBODY = {
    "dead": re.compile(
        rf"(?:当场|不幸|途中|无效|过重|不治|当事人|男子|女子|司机|乘客|{WHO})(?:就|已经?|被发现)?(?:死亡|身亡|遇难|殒命|丧命|死)(?!亡?率|亡?赔|活)"
        r"|(?:坠|溺|触电身|猝|身)亡|猝死|抢救无效|无效死亡|殒命|丧生|宣[告布](?:不治|死亡)|太平间|阴阳两隔|天人永隔|白发人送黑发人|撒手人寰|(?:丢|送|没)了(?:性)?命|命(?:都|就)?没了|当场没了"
        r"|(?<=[^,。!?;])(?P<bare>死亡|身亡|遇难|罹难)(?=$|[,。!?;])|医治无效(?=死|身|去|离|后?[,。;]|$)|伤重不治|不治身亡|(?<!有)生命体征(?:消失|全无)|(?:已?无|没有|没了|失去)了?生命(?:体征|迹象)"
        rf"|(?:[0-9]{{1,2}}岁|{WHO}|{_KIN})[^\n,。!?;]{{0,16}}(?:牺牲|殉职|遇难|罹难)(?=$|[,。!?;])"
        rf"|(?P<kin>(?:{_KIN})[^\n,。!?;没]{{0,10}}没了(?=$|[,。!?;]))"
        rf"|[{_BY}]死(?!亡|机|了?心|[^,。!?;]{{0,3}}(?:蚂|虫|树|鱼|鸡|狗|猫|草))"
        r"|(?:闹?出(?:了)?(?:条|一条)?|闹|要了?)人命|死(?:了)?个?人(?!一?样|似|了?[吗么]|气)|有人(?:死|身?亡|走了|没了)"
        r"|(?:人|大[妈爷]|孩子|师傅|老人|工友|老太太?|老头|[爷奶]{2}|阿姨|大叔)(?:就|已经?|当场|直接|现在|都|当[晚天]|昨[晚天]|今[早晨]|次日|第二天|没多久)*(?:没了(?!消息|音|影)|走了(?!之后|以后|吗)|没气|断气|咽气|不行了|不在了|凉了|凉透|死了)"
        r"|没(?:能)?(?:抢)?救(?:回|过)来|没了?(?:气|呼吸|心跳)(?!味)|再(?:也)?没(?:有)?(?:起|醒)(?:来|过来)|盖(?:着|上|了)+白布"
        r"|(?:遗体|尸体|死者)(?!捐)|一尸两命|农药(?:走|没|死)了?|(?:去世|离世|过世|身故)(?!多年|已久|[0-9一二三四五六七八九十]+多?年)|掉下来(?:就|后|当场|直接)?死了?|说死了|死了[,。]"
        rf"|(?:触电|坠楼|坠落|中毒|溺水|落水|[{_BY}]得?)(?:后|就|人)?(?:没了(?=$|[,。!?;])|走了(?=$|[,。!?;]))"
    ),
    "hurt": re.compile(
        rf"(?:有人|人员|不幸|[打砸撞])受?伤|被[^,。!?;]{{0,6}}?[{_BY}划擦咬](?:成)?(?:重|轻)?伤|骨折|(?:腿|手|胳膊|肋骨|腰)(?:被?[砸压摔打])?(?:断|折)了"
        rf"|(?:砸|撞|压)[到中][^,。]{{0,6}}(?:人|行人|{WHO}|{_KIN})(?!前)|[{_BY}划咬]伤了?(?:[我他她]|[一1][名位个]|{WHO}|{_KIN})(?![^,。!?;]{{0,8}}(?:风险|隐患|可能|危险))|{_CUT_OFF}了?[^\n,。!?;]{{0,12}}?{_LIMB}|{_LIMB}(?:被[^\n,。!?;]{{0,6}}?)?{_CUT_OFF}|[{_BY}划](?:成重?)?伤(?=$|[,。!?;了])|断了{COUNT}?根?(?:手指|肋骨|脚趾|骨头)|缝了{COUNT}针|缝针|[砸磕摔撞碰]破了?(?:[^\n,。!?;]{{1,8}}的)?(?:头|脸|皮|额|下巴|嘴)|(?:头|脸|额头|头部)被?[砸磕摔撞碰]破|(?:刺|穿|扎|贯)[穿透]|头破血流|血流了?一地|满[头脸]是?血"
        rf"|(?:{WHO})[^,。!?;]{{0,8}}(?:受了?伤|重伤|轻伤|昏迷|呛晕|晕倒|进了?ICU|进了?icu)|(?:打|摔|砸)进(?:了)?医院|呛晕"
        r"|(?:还在|正在|仍在|推进)[^,。!?;]{0,4}(?:手术室|抢救(?!无)|重症监护)"
    ),
    "poisoned": re.compile(
        r"(?:一氧化碳|煤气|食物|甲醛|沼气)中毒(?=$|[,。!?;了送]|[^,。!?;]{0,4}(?:送|住|进|抢救|昏迷))"
    ),
}
_CLAUSE = re.compile("[^,!?;]+,?")
_MAY_COUNT = {
    "dead": _one_of(
        "死亡难丧命治害牺殉殁葬遗尸幸没停断走世夺咽凉无",
        *("不行", "生还", "身故", "不在了", "再也", "白布"),
    ),
    "hurt": _one_of("伤折断破迷", "病危"),
    "poisoned": _one_of("毒医院泻吐", "拉肚"),
}
_MAY_BE_SOMEBODY = {
    "dead": _one_of(
        "死亡难丧命治害牺殉遗尸没断走世效殒凉药咽隔寰",
        *("不行", "身故", "不在了", "白布", "太平间", "白发"),
    ),
    "hurt": _one_of(
        "伤折断缝血破晕迷院穿透",
        *("icu", "手术", "抢救", "重症", "砸[到中]", "撞[到中]", "压[到中]"),
    ),
    "poisoned": _one_of("毒"),
}
"""A clause without any of these harms nobody: the full reading costs many times as much."""
_HARM = re.compile(
    "|".join(each.pattern for each in (*_MAY_COUNT.values(), *_MAY_BE_SOMEBODY.values()))
)
_HARM_ALONE = _one_of(
    "死亡难丧命治害牺殉殁葬遗尸幸夺伤折断毒医院泻吐效殒药隔寰缝血破晕迷凉世穿透术救",
    *("没了", "压[到中]", "生还", "身故", "拉肚", "白布", "太平间", "白发", "icu"),
)
"""Those of them that are no manner of speaking where nothing happened."""
_EVENT = (
    re.compile("[塌埋坠摔爆炸撞砸毒淹]"),
    re.compile(
        "泄[漏露]|场大?火|大火(?![的爆热])|火[里中场海]|倒下|倾覆|倾倒|化粪池|井下|下井|晕倒|昏迷|地震|洪水|冲走|事故|起火|着火|失火|火灾|燃烧|滑坡|泥石流|触电|溺水|落水|掉下|掉进|栽下"
        "|滑倒|跌倒|伤者|伤员|着地|跳下|坠下|煤气|一氧化碳|农药|抢救|医院|送医|送院|不治|遗体|icu|救护|轻生|跳楼|打人|打进|被打|出事|遇难"
        f"|伤(?<=[{_BY}]伤)"
    ),
)
"""What may have killed somebody: only beside it 没了 and 走了 mean that."""
_VAGUE = re.compile(_GONE)
_SPEAKING = re.compile(
    r"(?:贷|债|力|息|租|路|累|热|气|急|烦|笑|坑|吓|吵|臭|慢|贵|要|该|半|怕|找|绕|爬|堵|卡|锁|丑|美|爱|恨|忙|渴|痒|疼|痛|蠢|亏|查|封|盯|焊|钉)$"
)
"""After these it is a manner of speaking: 房贷压死人, 慢得要死."""
_MAYBE = re.compile(
    "(?:可能|容易|会(?<![委协社工大商]会)(?![议所场展计])|避免|防止|以防|以免|如果|一旦|极易|足以|过失)[^,。!?;]*$"
)
"""What may kill has killed nobody."""
_CREATURE = re.compile(
    r"(?:(?:[只条头家小]|流浪|宠物)(?:狗|猫|鸡|鸭|鹅|猪|羊|牛|鱼|兔)|[狗猫]|泰迪|金毛|柯基)[^\n,。!?;]{0,6}$"
)
_PERIODS = ("半年", "全年", "季度", "以来", "去年", "同期", "月份", "年(?:度|间|(?<=[0-9]{4}年))")
_GENERAL = re.compile(
    rf"是指|指的是|人以上(?:{COUNT}人以下)?(?:死亡|重伤|中毒)|同比|环比|每年|年那(?<=[0-9]年那)|那年|当年|年(?<=去年)(?:全年)?全[国省市区县]|曾(?:经)?(?:发生|造成|导致|致|因)|处[^,。!?;]{{0,8}}(?:徒刑|罚款)"
    + "".join(rf"|{period}[^。!?\n]{{0,30}}?[0-9]{{2,}}[余多]?起" for period in _PERIODS)
)
"""What tells of rules, of counts of a year or of what was before, and not of what happened."""
_MORE = re.compile("又(?:有|找到|发现|一|添)|新增|再(?:有|添)")
"""What it counts comes on top of what is told elsewhere."""
_WHOLE = re.compile("(?:共|累计|总计)[^,。!?;]{0,6}$")
_PAIR = re.compile(rf"{COUNT}[死亡]{COUNT}[重轻]?伤|{COUNT}伤{COUNT}[死亡]")
_BEFORE = 8
_GAP = re.compile(r" (?<=[^\s,，。、:：]{4} ) *(?=[^\s,，。、:：]{4})")
"""What parts the clauses of a headline: 工人从吊篮坠落 一死一伤."""
_ASIDE = re.compile(r"\([^()\n]{0,40}\)")
_SINGLE = re.compile(f"{WHO}|{_KIN}|者")
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
    sent = f"{title}\n{body}"
    whole = plain(sent).text
    happened = any(each.search(whole) for each in _EVENT)
    if not (_HARM if happened else _HARM_ALONE).search(whole):
        return Casualties()
    sentences = [each for each in _sentences(sent) if not _GENERAL.search(each)]
    poisoned = _POISON.search(whole) is not None
    found = {
        kind: _first(kind, sentences, happened=happened)
        for kind in _KINDS
        if kind != "poisoned" or poisoned
    }
    found["hurt"] = _hurt(found, sentences, happened=happened)
    _tell_one_by_one(found, sentences, happened=happened)
    if poisoned:
        found["poisoned"] = _survived(found, sentences)
    return Casualties(
        **{kind: read.people for kind, read in found.items()},
        read_from=tuple(dict.fromkeys(read.quote for read in found.values() if read.quote)),
    )


def _hurt(found: Mapping[str, "_Read"], sentences: Sequence[str], *, happened: bool) -> "_Read":
    """Return who was hurt as well, given who died and was poisoned."""
    hurt, dead = found["hurt"], found["dead"]
    if dead.how is _How.SOMEBODY and _DIED_OF_IT.search(dead.quote) and _TWO.search(hurt.quote):
        return _Read(hurt.people - dead.people, hurt.quote, hurt.how)
    poisoned = "poisoned" in found and found["poisoned"].people > 0
    if hurt.how is _How.COUNTED:
        return hurt
    if happened and not poisoned:
        sent = _sent_to_hospital(sentences) or _all_of_them("sent", sentences)
        if sent:
            return sent
    told = (_HARMED.search(each) for each in sentences if "伤亡" in each or "死伤" in each)
    if harmed := next(filter(None, told), None):
        rest = (least(harmed[1] or harmed[2]) or 0) - dead.people
        return _Read(rest, harmed[0], _How.COUNTED) if rest > 0 else hurt
    alone = hurt.how is dead.how is _How.SOMEBODY and hurt.people == dead.people == 1
    # Who was hit, and then died, is one: 砸中女童，抢救三天后离世.
    return _Read() if alone else hurt


def _survived(found: Mapping[str, "_Read"], sentences: Sequence[str]) -> "_Read":
    """Return the poisoned without those of them who are told of as dead or hurt."""
    poisoned, dead, hurt = found["poisoned"], found["dead"], found["hurt"]
    if not poisoned.people:
        return poisoned
    of_them = dead.people > 0 and _is_of_the_poisoned(dead.quote, poisoned.quote, sentences)
    left = max(0, poisoned.people - dead.people) if of_them else poisoned.people
    if left <= hurt.people and (of_them or hurt.how is _How.SOMEBODY):
        return _Read()
    return _Read(left, poisoned.quote, poisoned.how)


def _is_of_the_poisoned(dead: str, poisoned: str, sentences: Sequence[str]) -> bool:
    """Tell whether the dead, by the words that tell of them, are of those told of as poisoned."""
    if dead in poisoned:
        return True
    before, _, behind = "\n".join(sentences).partition(poisoned)
    if dead in before:
        return _OF_THEM.search(behind) is not None
    between, _, _ = behind.partition(dead)
    return "另" not in between or dead not in behind


def _tell_one_by_one(
    found: dict[str, "_Read"], sentences: Sequence[str], *, happened: bool
) -> None:
    """Let relatives who are told of one by one count where no number is told.

    One alone is read as anybody is, but for who was hurt where others are counted as dead.
    """
    told = family(sentences, happened=happened)
    alone = found["dead"].how is not _How.COUNTED and found["dead"].people <= 1
    if told.dead + told.hurt == 1 and (told.dead or alone):
        return
    poisoned = found.get("poisoned", _Read())
    hurt = 0 if poisoned.how is _How.COUNTED else told.hurt
    for kind, people in (("dead", told.dead), ("hurt", hurt)):
        counted, quote = found[kind].how is _How.COUNTED, found[kind].quote
        of_them = bool(quote) and any(quote in each for each in told.together)
        if people > found[kind].people and (of_them or not counted):
            found[kind] = _Read(people, "、".join(told.quotes), _How.SOMEBODY)


_POISON = re.compile("中毒|拉肚子|腹泻|呕吐|上吐下泻")


def _sentences(sent: str) -> Iterator[str]:
    title, _, body = plain(_GAP.sub(",", sent)).text.partition("\n")
    for part in (title, body):
        yield from _SENTENCE.findall(of_now(undenied(_ASIDE.sub("", part))))


@unique
class _How(Enum):
    """How a number was read."""

    NOT = auto()
    COUNTED = auto()
    SOMEBODY = auto()


class _Read(NamedTuple):
    """A number, the words that it was read from, and how."""

    people: int = 0
    quote: str = ""
    how: _How = _How.NOT


def _first(kind: str, sentences: Sequence[str], *, happened: bool) -> _Read:
    """Return what counts of a kind: a total, the first sentence, all who are told of, somebody."""
    every = [
        (
            sentence,
            [
                each
                for begins, ends in _clauses(sentence, _MAY_COUNT[kind])
                for each in _COUNTED[kind].finditer(sentence, begins, ends)
                if _is_meant(each, happened=happened)
            ],
        )
        for sentence in sentences
    ]
    totals = [each for _, found in every for each in found if each["total"]]
    if totals:
        most = max(totals, key=lambda each: _value(each) or 0)
        return _Read(_value(most) or 0, most[0], _How.COUNTED)
    if said := _counted(every):
        return said
    if kind in _ALL and happened and (them := _all_of_them(kind, sentences)):
        return them
    return _somebody(kind, sentences, happened=happened)


def _clauses(sentence: str, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where the clauses of a sentence stand that have one of some words."""
    if words.search(sentence):
        yield from (
            each.span()
            for each in _CLAUSE.finditer(sentence)
            if words.search(sentence, each.start(), each.end())
        )


def _counted(every: Sequence[tuple[str, list[re.Match[str]]]]) -> _Read | None:
    """Return what the first sentence counts that says how many, or that nobody was."""
    for sentence, found in sorted(every, key=lambda each: _MORE.search(each[0]) is not None):
        values = [value for each in found if (value := _value(each)) is not None]
        if values:
            return _Read(_sum(sentence, found, values), found[0][0], _How.COUNTED)
        if _NONE.search(sentence):
            return _Read(how=_How.COUNTED)
    return None


def _all_of_them(kind: str, sentences: Sequence[str]) -> _Read | None:
    """Return how many were spoken of before what is said of all of them."""
    before = ""
    for sentence in sentences:
        for found in _ALL[kind].finditer(sentence):
            if not _is_of_them(found):
                continue
            if "双双" in found[0]:
                return _Read(2, found[0], _How.COUNTED)
            spoken = f"{before}\n{sentence[: found.start()]}"
            if counts := [count for each in _THEM.finditer(spoken) if (count := _people(each))]:
                how = _How.COUNTED if counts[-1] > 1 else _How.SOMEBODY
                return _Read(counts[-1], found[0].lstrip(","), how)
        before = sentence
    return None


def _is_of_them(found: re.Match[str]) -> bool:
    if is_warded(found.string, *found.span()) or _STILL_ALIVE.search(found[0]):
        return False
    bare = found.groupdict().get("bare")
    return bare is None or not _SINGLE.search(bare)


def _people(them: re.Match[str]) -> int | None:
    return 2 if them["couple"] else least(them["them"] or them["spoken"])


def _somebody(kind: str, sentences: Sequence[str], *, happened: bool) -> _Read:
    """Return one where somebody is said to be, two of a couple, none otherwise."""
    for sentence in sentences:
        if kind in _BOTH and (both := _BOTH[kind].search(sentence)):
            return _Read(2, both[0], _How.SOMEBODY)
        for begins, ends in _clauses(sentence, _MAY_BE_SOMEBODY[kind]):
            for somebody in _SOMEBODY[kind].finditer(sentence, begins, ends):
                if _is_meant(somebody, happened=happened):
                    return _Read(1, somebody[0], _How.SOMEBODY)
    return _Read()


def _sent_to_hospital(sentences: Sequence[str]) -> _Read | None:
    """Return how many were brought to a hospital, where nothing else says how many were hurt."""
    for sentence in sentences:
        spans = _clauses(sentence, _MAY_BE_SENT)
        found = next(filter(None, (_SENT.search(sentence, *span) for span in spans)), None)
        if not found:
            continue
        died = _OF_THEM.search(sentence, found.end()) or _OF_THESE.match(sentence, found.end())
        count = (least(found["sent"] or found["brought"]) or 0) - (
            (least(died[1]) or 0) if died else 0
        )
        if count > 0:
            return _Read(count, found[0], _How.COUNTED)
    return None


def _is_meant(found: re.Match[str], *, happened: bool) -> bool:
    """Tell whether somebody came to harm: it is not feared, denied or a manner of speaking."""
    before = found.string[: found.start()]
    if is_warded(found.string, *found.span()):
        return False
    if _SPEAKING.search(before) or _CREATURE.search(before):
        return False
    named = found.groupdict()
    if named.get("bare"):
        return happened and not _MAYBE.search(before)
    if named.get("gone") and found[0][0] in "走没":
        return happened
    return happened or bool(named.get("kin")) or not _VAGUE.search(found[0])


def _sum(sentence: str, found: list[re.Match[str]], values: list[int]) -> int:
    """Add up what a sentence counts, unless it has the whole (造成4人死亡，其中…; 两死三伤)."""
    pair = _PAIR.search(sentence)
    rest = "" if pair is None else sentence[pair.end() :]
    for each, value in zip(found, values, strict=True):
        if pair and pair.start() < each.start() < pair.end() and "另" not in rest:
            return value
        if _WHOLE.search(sentence, each.start() - _BEFORE, each.start()) or _PAIR.match(
            sentence, each.start()
        ):
            return value
    first = found[0]
    poisoned, *others = ("中毒" in each[0] for each in found)
    if poisoned and not any(others) and "另" not in sentence:
        return values[0]  # who is brought to a hospital is one of those who were poisoned
    aside, _, _ = sentence[first.end() :].partition("其中")
    if ("其中" in sentence and "另" not in aside) or "包括" in sentence:
        return values[0]
    return values[0] if "另" in sentence[: first.start()] else sum(values)


def _value(found: re.Match[str]) -> int | None:
    groups = ("total", "count", "after", "pair", "body", "gone")
    return least(next((found[name] for name in groups if found[name]), ""))
