"""What is said about clues (信息线索): a find is reported, asked about, taken up or closed."""

import re
from collections.abc import Sequence

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import first_of, moment, number, units, when
from handlers.kit.words import ASKED, NUMBER, UNIT
from handlers.rules.numerals import number as numeral

_CLUE = r"(?:信息)?线索"
_ONE = rf"(?:第?{NUMBER}[号条](?:的)?{_CLUE}|{_CLUE}(?:第|编号)?\s?{NUMBER}[号条]?)"
_ANNOUNCED = re.compile(
    rf"^(?:(?:我)?(?:来|要)?(?:上?报|提供|发现|有)(?:一?[个条]|一下|一?则)?{_CLUE}|信息线索(?=\s?[:]))[\s,:]*"
)
_NAMED = number("clue", "信息线索|线索", during="")


def found_words(heard: Heard) -> str:
    """Return what was found, without the words that announce it."""
    found = _ANNOUNCED.match(heard.plain)
    return heard.raw[found.end() :] if found else heard.raw


_CLOSED = (
    r"(?:先)?(?:办结|关(?:掉|了|闭)|不用(?:了|办|管)?|不采[用纳]|没用)(?:了|吧|掉)*"
    r"[\s,:]*(?P<why>.*)$"
)


def why_closed(heard: Heard) -> str:
    """Return why a clue is closed: 3号线索办结，已有同类信息."""
    found = re.search(_CLOSED, heard.plain)
    return heard.raw[slice(*found.span("why"))].strip(" ,，。") if found else ""


report = Meaning(
    name="report_clue",
    cues=(
        cue(_ANNOUNCED.pattern + r"(?=.{4})", 9, unless=r"[?]$|吗$|有什么|哪些"),
        cue(
            r"^.{6,}(?:发给(?:你们|办公室)|(?:给(?:你们|办公室)|供(?:大家|办公室|你们)?)参考|(?:可以|值得)(?:借鉴|学习))(?:一下|吧)?[.!]*$",
            9,
            unless=r"[?]|吗|稿|[我本](?:科|局|们科)|写(?:好|了)",
        ),
    ),
)

listing = Meaning(
    name="list_clues",
    words=("线索",),
    cues=(
        cue(
            rf"^(?:查|看)?(?:一?下|看)?(?:今天|今日|最近|现在|目前|本周)?(?:都|还)?(?:有)?(?:什么|哪些|几条|多少)(?:没办的?|新的?)?{_CLUE}[?]?$"
            rf"|我(?:们科)?(?:上?报|提供|发现)(?:过|了)?的(?:那[个条])?{_CLUE}|^(?:查|看)(?:一?下|看)?{_CLUE}$|^(?:查|看)*(?:一?下|看)?(?:大家|各科室?|科里)?(?:报|发现|提供)(?:来|上来)?的{_CLUE}$"
            rf"|^(?:信息)?线索(?:台账|清单|池)$|{_CLUE}(?:有哪些|处理得?怎么样|办得?怎么样)",
            9,
        ),
    ),
)

draft = Meaning(
    name="clue_to_draft",
    cues=(
        cue(
            rf"^(?:把|将)?{_ONE}(?:的)?(?:可以)?(?:写成|做成|转成?|形成|采纳|成|写)(?:一?篇)?(?:稿|信息|$)|^采纳{_ONE}",
            9,
            unless=ASKED,
        ),
    ),
    slots=(_NAMED,),
)

_CALLED = later(r"^线索约稿\s?第?(?P<clue>\d{1,4})号?")


def _called(heard: Heard) -> Slots:
    """Read the number behind the command, where more than that is said."""
    found = _CALLED.search(heard.plain)
    return {"clue": int(found["clue"])} if found else {}


_LET = rf"(?:让|叫|请|由|给|交给?|派给?|向){UNIT}"

call = Meaning(
    name="clue_to_call",
    cues=(
        cue(
            rf"^(?:把|将|用|拿|就)?{_ONE}.{{0,6}}约(?:一?篇)?稿",
            9,
            unless=ASKED,
        ),
        cue(
            rf"^(?:把|将|用|拿|就)?{_ONE}.{{0,8}}(?:让|叫|请|给|交给?|派给?){UNIT}.{{0,4}}(?:写|报|出|弄|做)(?:一?[篇个])?",
            10,
            unless=ASKED,
        ),
        cue(rf"{_CALLED.pattern}[\s,].{{2,}}", 10, unless=ASKED),
    ),
    slots=(
        first_of(_NAMED, _called),
        moment("deadline"),
        when(rf"{_LET}|{_CALLED.pattern}", units()),
    ),
)

_WRITERS = later(
    rf"[\s，,。.；;]*(?:建议|最好|可以?|我看)?(?:让|请|由|叫|交给?|派给?)(?P<units>{UNIT}(?:[、，,和与及]{UNIT})*)"
    r"(?:来|去|牵头|负责)*(?:写|报|出|弄|做)(?:[一1]?[篇个条])?(?:稿子?|稿件|信息|材料)?(?:吧)?[\s。.!！]*$"
)
_AND = later(r"[、，,和与及]")


def topic_and_writers(words: str) -> tuple[str, Sequence[str]]:
    """Return what a clue is about and who, it says, should write of it: …，让燃气科写."""
    found = _WRITERS.search(words)
    if found is None or not found.start():
        return words, ()
    return words[: found.start()], _AND.split(found["units"])


close = Meaning(
    name="close_clue",
    cues=(
        cue(
            rf"^(?:把|将)?{_ONE}(?:可以)?{_CLOSED}".replace("?P<why>", ""),
            10,
            unless=ASKED,
        ),
    ),
    slots=(_NAMED,),
)

_TWO = (
    rf"(?:把|将)?第?{NUMBER}[号条]?(?:信息)?(?:线索)?(?:和|跟|与|、)第?{NUMBER}[号条]?(?:信息)?线索"
)
_INTO = (
    rf"(?:把|将)?{_ONE}(?:并|合并|归)(?:到|入|进|给)"
    rf"第?{NUMBER}[号条]?(?:信息)?(?:线索)?(?:里|中|去)*"
)
_NUMBERS = re.compile(NUMBER)

merge = Meaning(
    name="merge_clues",
    cues=(
        cue(
            rf"^{_TWO}.{{0,3}}(?:是?一(?:回|件|码)事|是?同一[件条个](?:事|线索)?|合并|并(?:一下|起来|成一条|了)|重复了?)(?:一下|了|吧)*[.!]*$"
            rf"|^{_INTO}(?:吧|了)*[.!]*$|^合并{_TWO}[.!]*$",
            10,
            unless=ASKED + r"|不是",
        ),
    ),
)


def two_said(heard: Heard) -> str:
    """Return which clue goes into which: as it is said, else the later into the earlier."""
    numbers = [str(numeral(one)) for one in _NUMBERS.findall(heard.plain)][:2]
    if not re.match(_INTO, heard.plain):
        numbers.sort(key=int, reverse=True)
    return " ".join(numbers)


DECLARED = declared(__file__, report, listing, draft, call, close, merge)
