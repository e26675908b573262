"""One text and everything that can be read from it, each thing once and only when asked for."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from bot.language.normalise import cleaned, plain
from bot.language.times import (
    Clock,
    Found,
    find_day,
    find_days,
    find_duration,
    find_moment,
    find_period,
    find_recurrence,
    find_since,
)
from handlers.kit.meaning import Situation
from handlers.kit.patterns import later
from handlers.kit.words import NUMBER, PERSON, UNIT
from handlers.rules.numerals import number
from storage.vocabulary import Role

READ = 2000
"""Characters that are looked at; what is longer is a draft's text, and its beginning tells."""

_NUMERAL = later(
    r"(?<![a-z0-9./-])(?<!\d:)(?:\d{1,6}|[零〇一二两三四五六七八九十百廿]{1,12})(?![a-z0-9])"
)
_THINGS = r"约稿|舆情|预警|警报|案件|值班|换班|调班|带班|工单|事件"
_SUBJECT = later(rf"(?:[把将那这]|第|那就)?(?P<n>{NUMBER})")
_NAMED = later(
    rf"\s?(?:号(?!{_THINGS}|楼|线|院|门|晚|早|上午|下午|中午|那[天日晚会]|当天|前|后|之"
    rf"|开始|起|以|到(?!哪|谁|第几|什么|了|底)|至|再|截|交稿|要交))\s?(?:稿件?|信息|材料)?"
    rf"|(?<=\d)稿|号稿"
)
_MARKED = later(r"(?:\#|№|no\.|稿件|编号)\s?$")
_LISTED = later(rf"(?:\s?(?:[,&]|和|及|跟|与|到|至|~|-)\s?|\s)第?{NUMBER}")
_LISTED_BEFORE = later(rf"{NUMBER}号?稿?(?:跟|和|与|同)第?\s?$")
_MEASURED = later(
    r"\s?(?:[年月日点分秒天个周季篇条户万千元%度层栋米人次家起处岁件:;]"
    r"|号(?:楼|线|院|门)|小时|星期|公里|平|多|几|:)"
)
_HOW_MANY = later(r"[篇个条份]")
_LINK = later(r"\s?(?:号(?:稿件?)?)?\s?(?:[,\s/&]|和|及|跟|与|还有|以及)*\s?(?:第)?")
_RANGE = later(r"\s?(?:号(?:稿件?)?)?\s?(?:到|至|~|-|—)\s?(?:第)?$")
_OF_OTHERS = later(r"(?:约稿|舆情|预警|值班|电话|案件)\s?$")
_IN_A_WORD = later(r"[下这那哪每统万同专唯其之不有过再看等说改催第]$")  # 一下, 统一
_ONE_LIST = later(rf"(?:{NUMBER}|稿件?|信息|材料|还有|以及|[号篇第#\s,&/和跟及与到至~-])*")
_LIKE_ANOTHER = later(r"(?:跟|和|与|同)第?\s?$")
_ALIKE = later(r"号?稿?(?:那篇)?.{0,4}(?:重复|重了|一样|雷同|差不多|撞|类似|是一回事)")
# One draft or several, as they are named where they are left out: 5号和7号, 第二篇, 最后那篇.
_NAMED_ONE = (
    rf"(?:第?{NUMBER}\s?(?:[号篇个条]稿?件?|稿)?|(?:最后|头)(?:那|一)+[篇个条])(?![天户年月])"
)
_NAMED_ONES = rf"{_NAMED_ONE}(?:(?:\s?[,&和跟及与]\s?|还有|\s|(?<=号)){_NAMED_ONE}){{0,6}}"
_STAYS = (
    r"(?:先|暂时?|暂且|且|还是?|得|要|给我|我|就|再|也|都|单独){0,3}"
    r"(?:不(?:动|发|过|批|签|算|报|上|放|着急|在内|包括)|不要(?:动|发|过|批|签|报)"
    r"|别(?:动|发|过|批|签|报|忙|急)|莫(?:动|发|过|批|签|报|忙|急)"
    r"|留(?:下|着|一留|给|在|待|中|$|[\s,.])|搁|放(?!行|过|到)|压|扣|缓|等|除外|例外|外(?=$|[\s,.])"
    r"|另(?:说|议|行|当别论|外说|外再)|再(?:看|说|议|等|想|核|研究|商量)|待定|摆)[^,.;\s]{0,8}"
)
_EXCEPT = later(
    rf"(?:除(?:了|去|开|掉|却)?|抛开|撇开|刨[去开]|不(?:包括|含|算)|扣[除掉])\s?(?P<x>{_NAMED_ONES})"
    rf"(?:那?[两几三]?[篇个条])?(?:以外|之外|外)?(?:{_STAYS})?"
    rf"|(?:唯独|唯有|惟独|独独|单单|单独|只有|只|光|就是?|但是?|不过|把|将|那)?\s?(?P<y>{_NAMED_ONES})"
    rf"(?:这|那)?[两几三]?[篇个条]?\s?{_STAYS}"
    rf"|(?:留下?|留着|剩下?|搁下|压下|扣下|放下)\s?(?P<z>{_NAMED_ONES})(?=$|[\s,.;])"
)
_WHOLE = later(
    r"除(?!非|夕)|都|全|统统|通通|一律|一并|一概|均|其[他余它]|剩|余下|别的|另外[几两三]|所有|[这那]一?[批些]"
    r"|[两二三四五六七八九几]篇"
)
_EACH_NAMED = later(
    rf"第(?P<place>{NUMBER})[篇个条]|(?P<last>最后[那一]*)|(?P<first>头[那一]+)|(?P<number>{NUMBER})"
)
_SET_APART = later(r"[除抛撇刨扣不别莫留搁压缓等外另再待摆放剩]")  # none is without one of these
_LONGEST_DECISION = 120  # characters; in what is longer nothing is left out of anything
_BLANK = " ,.;:"
_NOTHING_BEFORE = "."
_LONGEST_RANGE = 50
_LONGEST_NUMBER = 6
_LONGEST_RUN = 12  # of several without anything between
_LONGEST_GLUED = 3
_TENS = later(r"[二三四五六七八九]?十[一二三四五六七八九]?(?!十)")
_UNIT, _PERSON = later(UNIT), later(PERSON)
_LEAD_IN = later(
    r"^(?:安排|部署|布置|要求|通知|建议|最好|应该|可以|.?号约稿|约稿|喊|看看"
    r"|查查|部门|改成|换成|现在|[在了叫请找查看号给约稿跟为])+"
)


class Heard:
    """What `handlers.kit.meaning.Heard` describes, for one text at one moment."""

    def __init__(
        self,
        text: str,
        situation: Situation,
        roles: frozenset[Role],
        clock: Clock,
        *,
        cleaned_as: str | None = None,
    ) -> None:
        """Take *text*; *cleaned_as* is its plain form, where it is part of one that was read."""
        self.raw = cleaned(text[: READ * 2])[:READ] if cleaned_as is None else text
        self.plain = plain(self.raw) if cleaned_as is None else cleaned_as
        self.situation = situation
        self.roles = roles
        self.clock = clock

    def part(self, start: int, end: int | None = None) -> "Heard":
        """Return a stretch of the text as a text of its own."""
        stretch = slice(start, end)
        plain = self.plain[stretch]
        if plain == self.plain:
            return self
        return Heard(self.raw[stretch], self.situation, self.roles, self.clock, cleaned_as=plain)

    # --- numbers -------------------------------------------------------------------------------

    def drafts(self) -> tuple[int, ...]:
        return self._drafts

    @cached_property
    def _drafts(self) -> tuple[int, ...]:
        said = _without(self.plain, self._apart[1])
        return self._numbers_in(said)

    def drafts_stand_together(self) -> bool:
        """Tell whether the drafts are one list: nothing is said of one before the next is named."""
        named = set(self._drafts)
        shown = self.situation.numbers
        places = [
            each.span()
            for each in _NUMERAL.finditer(self.plain)
            if named & set(_values(each[0], shown))
        ]
        between = self.plain[places[0][1] : places[-1][0]] if places else ""
        return _ONE_LIST.fullmatch(between) is not None

    def excepted(self) -> tuple[int, ...]:
        return self._apart[0]

    def rest(self) -> "Heard | None":
        """Return what is said of others where some are left as they are: 都同意，5号先不动.

        None where nothing is left out: 5号先不动 alone leaves nothing out of anything.
        """
        left_out, spans = self._apart
        if not left_out:
            return None
        ends = [0, *(at for span in spans for at in span), None]
        kept = [slice(*each) for each in zip(ends[::2], ends[1::2], strict=True)]
        raw, said = ("".join(text[each] for each in kept) for text in (self.raw, self.plain))
        begin = len(said) - len(said.lstrip(_BLANK))
        end = len(said.rstrip(_BLANK))
        return Heard(
            raw[begin:end], self.situation, self.roles, self.clock, cleaned_as=said[begin:end]
        )

    @cached_property
    def _apart(self) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
        """The drafts that are left as they are while something is said of others, and where."""
        if len(self.plain) > _LONGEST_DECISION or not _SET_APART.search(self.plain):
            return (), []
        found = [*_EXCEPT.finditer(self.plain)]
        names = (each["x"] or each["y"] or each["z"] for each in found)
        named = tuple(dict.fromkeys(n for each in names for n in self._left_out(each)))
        spans = [each.span() for each in found]
        alone = not any(each["x"] for each in found)
        said = _without(self.plain, spans)
        if not named or (alone and not _WHOLE.search(said) and not self._numbers_in(said)):
            return (), []
        return named, spans

    def _left_out(self, named: str) -> Iterator[int]:
        """Yield the numbers of those left out; 第二篇 counts along the list that was shown."""
        shown = self.situation.numbers
        for each in _EACH_NAMED.finditer(named):
            if each["number"]:
                yield from _values(each["number"], shown)
                continue
            place = number(each["place"] or "一") or 1
            yield from shown[-1:] if each["last"] else shown[place - 1 : place]

    def number_of(self, thing: str) -> int | None:
        form = later(
            rf"第?({NUMBER})\s?[号#个期]?(?:的)?(?:{thing})|(?:{thing})(?:第|编号"
            rf"|号)?\s?({NUMBER})(?![个篇条起天件家])"
        )
        found = form.search(self.plain)
        return number(found[1] or found[2]) if found else None

    def _numbers_in(self, text: str, *, loose: bool = False) -> tuple[int, ...]:
        """Read the numbers that can only be drafts'.

        One that is marked (12号, 12稿) counts, and what is joined to it in a list or a range; a
        bare one counts where the list shown has it, or where nothing else has a number.
        *loose*: each counts.
        """
        shown = self.situation.numbers if self.situation.kind in {"pending", "calls"} else ()
        sure: list[int] = []
        bare: list[int] = []  # they wait for a marked one behind them: 3、5和7号
        end = None
        for match in _NUMERAL.finditer(text):
            after = text[match.end() :]
            before = text[: match.start()]
            marked = _is_marked(before, after)
            values = _values(match[0], shown)
            if not values or _of_something_else(before, match[0], after, marked=marked):
                bare, end = (bare if _HOW_MANY.match(after) else []), None  # 3、5、7这三篇
                continue
            between = text[end : match.start()] if end is not None else _NOTHING_BEFORE
            last = (sure or bare or [0])[-1]
            if _RANGE.fullmatch(between) and 0 < values[0] - last <= _LONGEST_RANGE:
                within = range(last + 1, values[0] + 1)
                values, linked = tuple(n for n in within if not shown or n in shown), True
            else:
                linked = _LINK.fullmatch(between) is not None
            if marked or loose or (linked and sure) or set(values) <= set(shown):
                sure += [*bare, *values] if linked else values
                bare = []
            elif linked or match[0].isdigit() or _stands_alone(before, after):
                bare = [*bare, *values] if linked else list(values)
            end = match.end()
        return tuple(dict.fromkeys(sure or bare))

    # --- times ---------------------------------------------------------------------------------

    def moment(self) -> Found | None:
        return find_moment(self._behind_its_subject, self.clock)

    @cached_property
    def _behind_its_subject(self) -> str:
        """The text with the draft blanked out that it begins with and that is being talked about.

        12号先放一放，周三再说: the twelfth is no day there.
        """
        found = _SUBJECT.match(self.plain)
        if found is None or number(found["n"]) not in self.situation.numbers:
            return self.plain
        named = _NAMED.match(self.plain, found.end("n"))
        return " " * named.end() + self.plain[named.end() :] if named else self.plain

    def day(self) -> Found | None:
        return find_day(self.plain, self.clock)

    def days(self) -> tuple[str, str] | None:
        return find_days(self.plain, self.clock)

    def period(self) -> Found | None:
        return find_period(self.plain, self.clock)

    def since(self) -> Found | None:
        return find_since(self.plain, self.clock)

    def duration(self) -> Found | None:
        return find_duration(self.plain)

    def recurrence(self) -> Found | None:
        return find_recurrence(self.plain)

    # --- names ---------------------------------------------------------------------------------

    def units(self) -> tuple[str, ...]:
        named = (_LEAD_IN.sub("", found[0]) for found in _UNIT.finditer(self.plain))
        return tuple(dict.fromkeys(name for name in named if len(name) > 1))

    def people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found[0] for found in _PERSON.finditer(self.plain)))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return *text* with blanks at *spans*."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_marked(before: str, after: str) -> bool:
    """Tell whether a number is said to be a draft's: 12号, 12稿, #12."""
    if _NAMED.match(after):
        return True
    return _MARKED.search(before) is not None


def _stands_alone(before: str, after: str) -> bool:
    """Tell whether a number in words is no part of a word: it ends the text, or begins a list."""
    if _LISTED.match(after):
        return True
    return not after.strip(" .!?~") and (not before or before.endswith(" "))


def _of_something_else(before: str, word: str, after: str, *, marked: bool) -> bool:
    """Tell whether the number counts days, points or people, or belongs to a call or a case."""
    if _OF_OTHERS.search(before) or len(word) > _LONGEST_RUN:
        return True
    if _LIKE_ANOTHER.search(before) and _ALIKE.match(after) and not _LISTED_BEFORE.search(before):
        return True
    if marked:
        return False
    return bool(_MEASURED.match(after) or (not word.isdigit() and _IN_A_WORD.search(before)))


def _values(word: str, shown: tuple[int, ...]) -> tuple[int, ...]:
    """Read a numeral; 三五七 is three numbers where a list with them was shown."""
    digits = [number(char) for char in word] if 1 < len(word) <= _LONGEST_NUMBER else []
    if digits and number(word) not in shown and all(digit in shown for digit in digits):
        return tuple(digit for digit in digits if digit is not None)
    value = number(word)
    if value is None or (shown and value not in shown):
        glued = [*_glued(word, shown)][:2]
        if len(glued) == 1:
            return glued[0]
    return () if value is None or value == 0 else (value,)


def _glued(word: str, shown: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield how a numeral can be read as several with nothing between: 二十一二十二.

    Where a list was shown, each has to be in it; elsewhere each is one of two digits or more.
    """
    if not shown:
        parts = _TENS.findall(word)
        if len(parts) > 1 and "".join(parts) == word:
            yield tuple(number(each) or 0 for each in parts)
        return
    for end in range(1, min(_LONGEST_GLUED, len(word)) + 1):
        value = number(word[:end])
        if value not in shown or (end > 1 and not _TENS.fullmatch(word[:end])):
            continue
        if end == len(word):
            yield (value,)
        yield from ((value, *rest) for rest in _glued(word[end:], shown))
