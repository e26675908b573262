"""How many died, were hurt or poisoned, as a report says it: 致2死5伤, 造成三人遇难, 无人员伤亡.

The title counts before the text, and the first sentence that counts before those that follow: later
ones tell parts, or what happened elsewhere. A person corrects what is read, so each number comes
with the words that it was read from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.rules.numerals import NUMERAL, number
from handlers.rules.opinion.plain import plain

_COUNT = rf"(?P<count>数[十百千]|近百|约百|{NUMERAL})"
_PEOPLE = (
    r"(?:余|多|来)?(?:名|人|个|位|学生|儿童|幼儿|[员民女工]工|工人|居民|村民|群众|业主|囚犯|乘客"
    r"|租客|老人|口人?)"
)
_FATAL = r"(?:伤重|重伤|因伤|受伤)?(?:经?抢救无效|不治)?(?:后|而)?"
_BETWEEN = r"(?:[0-9]{1,3}岁)?[^\n,。!?;:、()死伤亡毒难丧0-9]{0,12}?"
_KINDS = {
    "dead": (
        rf"{_FATAL}(?:死亡|遇难|身亡|丧生|罹难|丧命|殒命|不治|被炸死|被烧死|遇害|死者|死"
        r"|(?:已?无|没有|失去)生命体征)(?!因|刑|伤)"
    ),
    "hurt": (
        r"(?:受伤|重伤|轻伤|烧伤|负伤|伤)"
        r"(?!亡|势|情|者|员|害|口|心|重|[^,。]{0,5}(?:死亡|不治|身亡))"
    ),
    "poisoned": r"(?:中毒|送医|入院|住院)",
}
_NAMES = {"dead": "死亡|遇难", "hurt": "受伤", "poisoned": "中毒"}
_RISING = rf"人数[^\n,。!?;0-9]{{0,8}}?(?P<total>{NUMERAL})"
_DONE_TO = {
    "dead": "[砸撞压摔烧炸淹打熏]死|死亡",
    "hurt": "[砸撞压摔烧炸打刮]伤|受伤|重伤",
    "poisoned": "中毒",
}
_PAIRED = {
    "dead": rf"|[死亡](?P<pair>{NUMERAL})人?、?伤",
    "hurt": rf"|[死亡]{NUMERAL}人?、?伤(?P<pair>{NUMERAL})",
    "poisoned": "(?P<pair>)",
}
_COUNTED = {
    kind: re.compile(
        rf"(?:{_NAMES[kind]}){_RISING}"
        rf"|{_COUNT}(?:{_PEOPLE}{_BETWEEN})?{effect}"
        rf"|(?:{_DONE_TO[kind]})了?(?P<after>{NUMERAL})[余多]?[名人个位]{_PAIRED[kind]}"
    )
    for kind, effect in _KINDS.items()
}
_NONE = re.compile(
    r"(?:无|没有|未造成|未有|尚无|未发现|不会造成)(?:[^\n,。!?;]{0,6})(?:人员)?(?:伤亡|死亡|受伤|死伤)"
)
_BOTH = re.compile(
    r"(?:夫妻|夫妇|母子|母女|父子|父女|兄弟|姐妹|婆孙|爷孙)(?:二人|两人|俩|双双)?(?:[^,。!?;0-9]{0,4})(?:死亡|遇难|身亡|丧生)"
)
_SOMEBODY = {
    "dead": re.compile(
        r"(?:当场|不幸|途中|无效|过重|不治|当事人|男子|女子|司机|乘客)(?:死亡|身亡|遇难)"
    ),
    "hurt": re.compile(
        r"(?:有人|人员|不幸|[打砸撞])受?伤|被打伤|骨折|(?:砸|撞|压)到[^,。]{0,6}(?:人|孩子|老人|行人)(?!前)"
    ),
}
_HARM = re.compile("[死亡伤毒难丧殒害命治折院医]|[砸撞压]到")
"""Without any of these nobody was harmed: the full reading costs many times as much."""
_WARDED = re.compile(r"(?:没有?|差点|险些|防止?|避免|免得|怕|未|无)[^,;:]{0,3}$")
_ASIDE = re.compile(r"\([^()\n]{0,40}\)")
_SENTENCE = re.compile(r"[^\n。!?]+")
_SOME = {"数十": 10, "数百": 100, "数千": 1000, "近百": 90, "约百": 100}


@dataclass(frozen=True, slots=True)
class Casualties:
    """Least numbers of people; *read_from* are the words that say so, in plain spelling."""

    dead: int = 0
    hurt: int = 0
    poisoned: int = 0
    read_from: tuple[str, ...] = ()


def casualties(title: str, body: str = "") -> Casualties:
    """Return how many people a report says were harmed; zeros where it says nothing."""
    if not _HARM.search(plain(title).text) and not _HARM.search(plain(body).text):
        return Casualties()
    sentences = list(_sentences(title, body))
    counts: dict[str, int] = {}
    quotes: list[str] = []
    for kind in _KINDS:
        if kind == "poisoned" and not any("中毒" in sentence for sentence in sentences):
            continue
        count, quote = _first(kind, sentences)
        counts[kind] = count
        quotes += [quote] if quote else []
    return Casualties(**counts, read_from=tuple(dict.fromkeys(quotes)))


def _sentences(title: str, body: str) -> Iterator[str]:
    for part in (title, body):
        yield from _SENTENCE.findall(_ASIDE.sub("", plain(part).text))


def _first(kind: str, sentences: list[str]) -> tuple[int, str]:
    """Return the sum of the first sentence that counts, or one where somebody is said to be."""
    for sentence in sentences:
        found = list(_COUNTED[kind].finditer(sentence))
        values = [value for each in found if (value := _value(each)) is not None]
        if values:
            return _sum(sentence, found, values), found[0][0]
        if _NONE.search(sentence):
            return 0, ""
    for sentence in sentences:
        if kind == "dead" and (both := _BOTH.search(sentence)):
            return 2, both[0]
        for somebody in _SOMEBODY[kind].finditer(sentence) if kind in _SOMEBODY else ():
            if not _WARDED.search(sentence[: somebody.start()]):
                return 1, somebody[0]
    return 0, ""


def _sum(sentence: str, found: list[re.Match[str]], values: list[int]) -> int:
    """Add up what a sentence counts, unless it begins with the whole (造成4人死亡，其中…)."""
    if "其中" in sentence or "包括" in sentence or "另" in sentence[: found[0].start()]:
        return values[0]
    return sum(values)


def _value(found: re.Match[str]) -> int | None:
    count = found["total"] or found["count"] or found["after"] or found["pair"]
    return _SOME.get(count, number(count))
