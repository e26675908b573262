"""Who of a family died and who was hurt, told one by one: 丈夫身亡妻子昏迷, 父死子伤.

Each relative is counted once, whoever calls him so (丈夫, 父亲): the numbers are the least.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from handlers.rules.opinion.hedging import is_warded
from handlers.rules.opinion.people import COUNT, least

_SLOTS: Final = {
    "man": "丈夫|老公|父亲|爸爸|[我他她]爸|男方|男主人|男子|其[父夫]",
    "woman": "妻子|老婆|母亲|妈妈|[我他她]妈|女方|女主人|女子|其[母妻]",
    "son": "儿子|男婴|其子",
    "daughter": "女儿|女婴|其女(?!友|婿)",
    "child": "孩子|小孩|宝宝|婴儿|幼童|子女|儿女",
    "grandfather": "爷爷|外公|姥爷|公公|岳父|大爷|老汉",
    "grandmother": "奶奶|外婆|姥姥|婆婆|岳母|大妈|老太太",
    "grandson": "外?孙子|外孙(?!女)",
    "granddaughter": "外?孙女",
    "elder_brother": "哥哥|[我他她]哥",
    "younger_brother": "弟弟|[我他她]弟",
    "elder_sister": "姐姐|[我他她]姐",
    "younger_sister": "妹妹|[我他她]妹",
    "in_law": "儿媳妇?|女婿|嫂子|姐夫|妹夫",
    "partner": "老伴|爱人",
    "another": "邻居|室友|同伴|同事|同学",
}
_TWO: Final = {
    "夫妻|夫妇|老两口|小两口|两口子|父母|双亲|爹妈|爸妈|爸爸妈妈|父亲母亲|其父母": ("man", "woman"),
    "父子": ("man", "son"),
    "父女": ("man", "daughter"),
    "母子": ("woman", "son"),
    "母女": ("woman", "daughter"),
    "兄弟": ("elder_brother", "younger_brother"),
    "姐妹": ("elder_sister", "younger_sister"),
    "姐弟": ("elder_sister", "younger_brother"),
    "兄妹": ("elder_brother", "younger_sister"),
    "公婆|爷爷奶奶|外公外婆|姥姥姥爷|姥爷姥姥|公公婆婆|岳父岳母": ("grandfather", "grandmother"),
    "婆孙": ("grandmother", "grandson"),
    "爷孙": ("grandfather", "grandson"),
}
"""Two in one word."""
_PAIRS: Final = {word: two for words, two in _TWO.items() for word in words.split("|")}
_RELATIVE = re.compile(
    "(?=[丈老父爸我他她男其妻母妈女儿子孩小宝婴幼爷外姥公岳大奶婆孙哥弟姐妹嫂媳爱邻室同夫双爹兄两])(?:"
    f"(?P<two>{'|'.join(_PAIRS)})|"
    + "|".join(f"(?P<{name}>{words})" for name, words in _SLOTS.items())
    + ")"
)
"""What it may begin with stands before: most of a text is passed over by that alone."""
_YOUNG = "(?:[大小幼]|年幼的?|未成年的?)?"
_MANY = re.compile(rf"({COUNT})[名个位]{_YOUNG}$")
"""How many of them, before the word."""
_LONGEST_MANY = 10
_FARED = re.compile("[死亡难丧殒害折治没走世伤昏骨截断院抢重病医征迹]|icu|无一")
"""A sentence without any of these tells how nobody fared."""
_OWN_CHILDREN = frozenset({"son", "daughter", "younger_brother", "younger_sister"})
_OFTEN = "(?:二人|两人|2人|俩)?"
_AND = re.compile(
    rf"{_OFTEN}(?:[和与跟、]|以?及其?|连同)(?:其|[他她]们?的?|自己的?)?(?:[^\n,。!?;、和与及跟0-9]{{1,6}}的)?"
    rf"(?:{COUNT}[名个位])?{_YOUNG}"
)
"""What stands between two who are told of together: 夫妻二人|及其|儿子, 奶奶|和她的小|孙女."""
_DIED = re.compile(
    r"死亡(?!赔|率|证)|身亡|遇难|罹难|无一(?:生还|幸免)|(?:已?无|没有|没了|失去)生命(?:体征|迹象)|丧生|殒命|[溺坠]亡|身故|遇害|死了|夭折|不治|抢救无效|没(?:能)?(?:抢)?救(?:回|过)来"
    r"|(?P<vague>没了(?=$|[,。!?;吧啊呀呢])|走了(?![好几多]{1,2}年|[0-9一二两三四五六七八九十]+[多余]?年)|去世|离世|双亡(?!的))"
)
_HURT = re.compile(
    r"(?<![未没无])(?<!没有)受了?[重轻]?伤|[重轻]伤|(?<!没)[烧砸摔压撞砍刺烫炸擦划灼]伤|昏迷|骨折|截肢"
    r"|[夹轧切]断|断了?腿|(?:腿|手|胳膊|肋骨|脚)被?[砸压摔]?断|没醒|送医|送院|住院|入院|抢救|icu|重症|病危|医院"
)
_DONE_TO = re.compile(
    r"(?:(?<!被)(?<!遭)[砍捅打刺咬撞砸烧压掐勒捂毒杀](?P<how>[伤死害])|夺[走去])了?(?:自己的?)?(?:[一1]对)?$"
)
"""What somebody does to the relative who is named next."""
_HIMSELF = re.compile(r"后(?:随即|也|又)?(?:自杀|自尽|跳楼|轻生)(?:身亡|死亡)?")
_BOTH_GONE, _LEFT_US = "双亡", ("没了", "走了")
_BROUGHT = re.compile("[送躺住进]|抢救")
_BOTH_OF_THEM = re.compile("双双|均|都|全部")
_CHARACTERS = "[夫妻父母子女爷奶孙兄弟姐妹哥]"
_SHORT = re.compile(
    rf"{_CHARACTERS}(?P<dead>[死亡]){_CHARACTERS}[重轻]?伤|{_CHARACTERS}[重轻]?伤{_CHARACTERS}[死亡]"
)
_LEFT = re.compile(
    rf"(?P<all>{COUNT})[口人名][^\n。!?;]{{0,14}}?(?:仅|只|唯)剩?有?(?:(?:{'|'.join(_SLOTS.values())})(?!{COUNT}|[和与]))?"
    rf"(?P<left>{COUNT}(?=[名个口人生幸活存]))?[名个口]?人?"
    r"[^\n,。!?;]{0,6}(?:生还|幸存|活下来|活了下来)"
)
"""How few of all are left."""
_NOT_THEY = re.compile("(?:防止|防范|以防|避免|如果|万一|假如|可能)[^,;:。!?]*$|[被遭]$")
"""Before who only might come to harm, or did it to another: 遭父母遗弃溺亡."""


class Family(NamedTuple):
    """How many relatives died and were hurt, the words that say so, and of whom together."""

    dead: int = 0
    hurt: int = 0
    quotes: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


class _Told(NamedTuple):
    """How a relative fared, in which words; *together*: the same, from the first that is named."""

    who: str
    how: str
    quote: str
    together: str = ""


class _Group(NamedTuple):
    """Relatives who are named together, and where they stand; *begins* with how many there are."""

    begins: int
    ends: int
    members: tuple[str, ...]


def family(sentences: Sequence[str], *, happened: bool) -> Family:
    """Return how those of a family fared who are told of one by one, or two or more together."""
    if told := next(filter(None, map(_in_short, sentences)), None):
        return told
    died: dict[str, _Told] = {}
    hurt: dict[str, _Told] = {}
    for sentence in filter(_FARED.search, sentences):
        for one in _told(sentence, happened=happened):
            (died if one.how == "dead" else hurt)[one.who] = one
    for each in (died, hurt):
        if _OWN_CHILDREN & each.keys():
            for who in [who for who in each if who.startswith("child")]:
                del each[who]
    alive = {who: one for who, one in hurt.items() if who not in died}
    every = [*died.values(), *alive.values()]
    quotes = dict.fromkeys(one.quote for one in every)
    together = dict.fromkeys(one.together for one in every if one.together)
    return Family(len(died), len(alive), tuple(quotes), tuple(together))


def _in_short(sentence: str) -> Family | None:
    if "伤" in sentence and (short := _SHORT.search(sentence)):
        return Family(1, 1, (short[0],))
    few = "还" in sentence or "活" in sentence or "存" in sentence
    left = _LEFT.search(sentence) if few else None
    gone = (least(left["all"]) or 0) - (least(left["left"] or "一") or 0) if left else 0
    return Family(dead=gone, quotes=(left[0],)) if left and gone > 0 else None


def _groups(sentence: str) -> Iterator[_Group]:
    """Yield who is named, those together between whom only an `and` stands."""
    group: _Group | None = None
    for each in _RELATIVE.finditer(sentence):
        many = _MANY.search(sentence[: each.start()], max(0, each.start() - _LONGEST_MANY))
        begins = many.start() if many else each.start()
        members = _members(each, many)
        if group and _AND.fullmatch(sentence[group.ends : each.start()]):
            group = _Group(group.begins, each.end(), (*group.members, *members))
            continue
        if group:
            yield group
        group = _Group(begins, each.end(), members)
    if group:
        yield group


def _members(found: re.Match[str], many: re.Match[str] | None) -> tuple[str, ...]:
    if found["two"]:
        return _PAIRS[found["two"]]
    who, count = str(found.lastgroup), (least(many[1]) or 1) if many else 1
    return (who, *(f"{who} {place}" for place in range(2, count + 1)))


def _told(sentence: str, *, happened: bool) -> Iterator[_Told]:
    """Yield each relative of whom is told how he fared."""
    found = list(_groups(sentence))
    named: list[str] = []
    doer = ""
    for each, following in zip_longest(found, found[1:]):
        called = sentence[each.begins : each.ends]
        said = sentence[each.ends : following.begins if following else None].partition(",")[0]
        if done := _DONE_TO.search(sentence[: each.begins]):
            how = "hurt" if done["how"] == "伤" else "dead"
            yield from (_Told(who, how, done[0] + called) for who in each.members)
            if doer and (himself := _HIMSELF.match(said)):
                yield _Told(doer, "dead", himself[0])
        elif following and _DONE_TO.search(sentence[each.ends : following.begins]):
            doer = each.members[-1]
        elif not _NOT_THEY.search(sentence[: each.begins]) and (
            fared := _fared(said, happened=happened, of_two=called in _PAIRS)
        ):
            several = len(each.members) > 1
            before = named if _BOTH_OF_THEM.search(fared[1]) and not several else ()
            together = called + fared[1] if several else ""
            yield from (_Told(who, *fared, together) for who in (*before, *each.members))
        named += each.members


def _fared(said: str, *, happened: bool, of_two: bool) -> tuple[str, str] | None:
    """Return how, in which words; of two in one word (父母, 夫妻) only what is said plainly."""
    died, hurt = _DIED.search(said), _HURT.search(said)
    vague = died and died["vague"]
    both = vague == _BOTH_GONE or (vague in _LEFT_US and _BOTH_OF_THEM.search(said))
    plainly = not vague or (happened and (not of_two or both))
    if died and plainly and not is_warded(said, *died.span()):
        return "dead", said[: died.end()]
    if hurt and not is_warded(said, *hurt.span()):
        told = said[: hurt.end()]
        return (
            None if of_two and hurt[0] == "医院" and not _BROUGHT.search(told) else ("hurt", told)
        )
    return None
