"""What is said about special reports and pictures: 给2号舆情出个专报, 舆情走势图发我."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import first_of, number
from handlers.kit.words import CASE_SAID, CASES, NUMBER

_SPECIAL = rf"(?:第?{NUMBER}号(?:舆情)?(?:的)?专报|专报\s?第?{NUMBER}号?)"
_ALONE = re.compile(
    r"第?(\d{1,6})号(?:的)?(?:写|出|做|起草|来|搞)?(?:一?[个份])?专报|专报\s?第?(\d{1,6})号?|(\d{1,6})号舆情(?:的)?专报"
)


def _special(heard: Heard) -> Slots:
    """Read the number of the case that a special report is of: 1号写个专报, 专报1."""
    found = _ALONE.search(heard.plain)
    return {"opinion_id": int(next(filter(None, found.groups())))} if found else {}


_OF_CASE = first_of(number("opinion_id", CASES, during="alert opinion"), _special)

special = Meaning(
    name="opinion_special",
    words=("专报",),
    cues=(
        cue(
            rf"{CASE_SAID}.{{0,8}}专报|专报.{{0,6}}{CASE_SAID}",
            9,
            unless=r"采用|录用|刊发|稿|[吗么没][?]?$|怎么|别|不",
        ),
        cue(
            rf"^(?:请|麻烦|帮我)?(?:给|为|就|把)?第?{NUMBER}号(?:的)?(?:写|出|做|起草|来|搞)?(?:一?[个份])?专报$",
            9,
            unless=r"稿|[?]",
        ),
    ),
    slots=(_OF_CASE,),
)

release_special = Meaning(
    name="release_special",
    guarded=True,
    cues=(
        cue(
            rf"^(?:请|麻烦|帮我)?(?:把|将)?{_SPECIAL}(?:可以|就|没问题)*[\s,]*发(?:给|到|送)?(?:各?位?(?:局?领导|局长|书记|主任|分管领导))?(?:吧|了|出去)*[.!]*$",
            10,
            unless=r"[?]|吗|没|别|不|稿",
        ),
    ),
    slots=(_special,),
)

_DAILY = r"(?:今天|今日)?(?:的)?(?:舆情)?日报"

release_daily = Meaning(
    name="release",
    guarded=True,
    cues=(
        cue(
            rf"^{_DAILY}(?:我)?(?:看过?了?|没问题|没意见|可以|同意|就这样|行)*[\s,]*(?:可以|就|照这?样?)?发(?:吧|了|出去?|布)+[.!]*$"
            rf"|^(?:同意|可以)(?:发|发出|发布){_DAILY}[.!]*$|^{_DAILY}(?:我)?(?:没问题|没意见|同意|可以)了?[.!]*$",
            10,
            unless=r"[?]|吗|没(?!问题|意见)|别|不|什么时候|几点",
        ),
    ),
)

hold_daily = Meaning(
    name="hold_back",
    cues=(
        cue(
            rf"^{_DAILY}(?:我)?(?:先|暂时|暂)?(?:压一压|压一下|压着|不发|别发|不要发|放一放|缓一缓|缓一下|等一等|等一下|等等)(?:吧|了)*[.!]*$",
            10,
            unless=r"[?]|吗",
        ),
    ),
)

_NOTED = re.compile(
    rf"^{_DAILY}(?:的|里)?(?:明日|明天)?(?:关注|补充)(?:的|里)?(?:再)?(?:加|补|写)?(?:上|充)?(?:一?[条句])?[\s,:]+"
    rf"|^{_DAILY}(?:里)?(?:再)?(?:加|补|写)(?:上|充)?(?:一?[条句])?(?:明日|明天)?(?:关注)?[\s,:]+"
)


def note_said(heard: Heard) -> str:
    """Return what is to be watched tomorrow: 日报明日关注加一条：翠湖小区新老物业交接."""
    found = _NOTED.match(heard.plain)
    return heard.raw[found.end() :] if found else heard.raw


note_daily = Meaning(
    name="add_note",
    cues=(cue(_NOTED.pattern + r"(?=.{2})", 10, unless=r"[?]$|吗$"),),
)

curve = Meaning(
    name="opinion_curve",
    cues=(
        cue(
            r"舆情的?(?:热度|走势|趋势|传播)*(?:曲线|走势|趋势)?图(?!片|文|书)",
            9,
            unless=r"截图|配图|[稿吗么没]|怎么|别|不",
        ),
        cue(
            rf"^(?:看|查|把|给我|发我?|要)*(?:一?[下个张])?(?:{CASE_SAID}|舆情)(?:的)?(?:热度|传播|声量)?(?:的)?(?:曲线|走势|趋势)图?(?:发我|看看|给我)*[?]?$",
            9,
        ),
    ),
    slots=(number("opinion_id", CASES, during="alert opinion"),),
)

DECLARED = declared(
    __file__, curve, special, release_special, release_daily, hold_daily, note_daily
)
