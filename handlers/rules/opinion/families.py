"""Who of a family died and who was hurt, told one by one: 丈夫身亡妻子昏迷, 父死子伤.

Each relative is counted once, whoever calls him so (丈夫, 父亲): the numbers are the least.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from handlers.rules.opinion.people import COUNT, least

_SLOTS: Final = {
    "man": "丈夫|老公|父亲|爸爸|[我他她]爸|男方|男主人|男子|其[父夫]",
    "woman": "妻子|老婆|母亲|妈妈|[我他她]妈|女方|女主人|女子|其[母妻]",
    "son": "儿子|男婴|其子",
    "daughter": "女儿|女婴|其女(?!友|婿)",
    "child": "孩子|小孩|宝宝|婴儿|幼童",
    "grandfather": "爷爷|外公|姥爷|公公|岳父|大爷|老汉",
    "grandmother": "奶奶|外婆|姥姥|婆婆|岳母|大妈|老太太",
    "grandson": "外?孙子",
    "granddaughter": "外?孙女",
    "elder_brother": "哥哥|[我他她]哥",
    "younger_brother": "弟弟|[我他她]弟",
    "elder_sister": "姐姐|[我他她]姐",
    "younger_sister": "妹妹|[我他她]妹",
    "in_law": "儿媳妇?|女婿|嫂子|姐夫|妹夫",
    "partner": "老伴|爱人",
    "another": "邻居|室友|同伴|同事|同学",
}
_RELATIVE = re.compile(
    "(?=[丈老父爸我他她男其妻母妈女儿孩小宝婴幼爷外姥公岳大奶婆孙哥弟姐妹嫂媳爱邻室同])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _SLOTS.items())
    + ")"
)
"""What it may begin with stands before: most of a text is passed over by that alone."""
_FARED = re.compile("[死亡难丧殒害折治没走世伤昏骨截断院抢重病医]|icu")
"""A sentence without any of these tells how nobody fared."""
_OWN_CHILDREN = frozenset({"son", "daughter", "younger_brother", "younger_sister"})
_AND = re.compile("[和与及跟、]")
_DIED = re.compile(
    r"死亡|身亡|遇难|罹难|丧生|殒命|[溺坠]亡|身故|遇害|死了|夭折|不治|抢救无效|没(?:能)?(?:抢)?救(?:回|过)来"
    r"|(?P<vague>没了(?!消息|音|影)|走了|去世|离世)"
)
_HURT = re.compile(
    r"(?<![未没无])(?<!没有)受了?[重轻]?伤|[重轻]伤|(?<!没)[烧砸摔压撞砍刺烫炸]伤|昏迷|骨折|截肢"
    r"|[夹轧切]断|断了?腿|没醒|送医|送院|住院|入院|抢救|icu|重症|病危|医院"
)
_DONE_TO = re.compile(
    r"(?<!被)(?<!遭)[砍捅打刺咬撞砸烧压掐勒捂毒杀](?P<how>[伤死害])了?(?:自己的?)?$"
)
"""What somebody does to the relative who is named next."""
_HIMSELF = re.compile(r"后(?:随即|也|又)?(?:自杀|自尽|跳楼|轻生)(?:身亡|死亡)?")
_BOTH_OF_THEM = re.compile("双双|均|都")
_CHARACTERS = "[夫妻父母子女爷奶孙兄弟姐妹哥]"
_SHORT = re.compile(
    rf"{_CHARACTERS}(?P<dead>[死亡]){_CHARACTERS}[重轻]?伤|{_CHARACTERS}[重轻]?伤{_CHARACTERS}[死亡]"
)
_LEFT = re.compile(
    rf"(?P<all>{COUNT})[口人名][^\n。!?;]{{0,14}}?(?:仅|只|唯)剩?有?(?P<left>{COUNT})[名个口]?人?"
    r"[^\n,。!?;]{0,6}(?:生还|幸存|活下来|活了下来)"
)
"""How few of all are left."""
_WARDED = re.compile(
    r"(?:没有?|差点|险些|防止?|以防|避免|未|怕|会|可能|如果|万一|假如)[^,;:。!?]{0,4}$"
)
_FEARED = re.compile("(?:防止|防范|以防|避免|如果|万一|假如|可能)[^,;:。!?]*$")


class Family(NamedTuple):
    """How many relatives died and were hurt, and the words that say so."""

    dead: int = 0
    hurt: int = 0
    quotes: tuple[str, ...] = ()


def family(sentences: Sequence[str], *, happened: bool) -> Family:
    """Return how those of a family fared who are told of one by one."""
    if told := next(filter(None, map(_in_short, sentences)), None):
        return told
    died: dict[str, str] = {}
    hurt: dict[str, str] = {}
    for sentence in filter(_FARED.search, sentences):
        for who, fared, quote in _told(sentence, happened=happened):
            (died if fared == "dead" else hurt)[who] = quote
    for each in (died, hurt):
        if _OWN_CHILDREN & each.keys():
            each.pop("child", None)
    alive = {who: quote for who, quote in hurt.items() if who not in died}
    quotes = tuple(dict.fromkeys([*died.values(), *alive.values()]))
    return Family(len(died), len(alive), quotes)


def _in_short(sentence: str) -> Family | None:
    if "伤" in sentence and (short := _SHORT.search(sentence)):
        return Family(1, 1, (short[0],))
    few = "还" in sentence or "活" in sentence or "存" in sentence
    left = _LEFT.search(sentence) if few else None
    gone = (least(left["all"]) or 0) - (least(left["left"]) or 0) if left else 0
    return Family(dead=gone, quotes=(left[0],)) if left and gone > 0 else None


def _told(sentence: str, *, happened: bool) -> Iterator[tuple[str, str, str]]:
    """Yield each relative of whom is told how he fared: who, how, and the words."""
    found = list(_RELATIVE.finditer(sentence))
    named: list[str] = []
    together: list[str] = []
    doer = ""
    for each, following in zip_longest(found, found[1:]):
        who = str(each.lastgroup)
        said = sentence[each.end() : following.start() if following else None].partition(",")[0]
        if done := _DONE_TO.search(sentence[: each.start()]):
            yield who, "hurt" if done["how"] == "伤" else "dead", done[0] + each[0]
            if doer and (himself := _HIMSELF.match(said)):
                yield doer, "dead", himself[0]
        elif following and _DONE_TO.search(said):
            doer = who
        elif not _FEARED.search(sentence[: each.start()]) and (
            fared := _fared(said, happened=happened)
        ):
            before = named if _BOTH_OF_THEM.search(fared[1]) else together
            for one in (*before, who):
                yield one, *fared
        named.append(who)
        together = [*together, who] if _AND.fullmatch(said) else []


def _fared(said: str, *, happened: bool) -> tuple[str, str] | None:
    died, hurt = _DIED.search(said), _HURT.search(said)
    if died and (happened or not died["vague"]) and not _WARDED.search(said[: died.start()]):
        return "dead", said[: died.end()]
    if hurt and not _WARDED.search(said[: hurt.start()]):
        return "hurt", said[: hurt.end()]
    return None
