"""What is said about an alert: taken, declined, handed on, prolonged."""

import re
from datetime import timedelta

from handlers.kit.meaning import Heard, Meaning, cue, declared
from handlers.kit.slots import duration, number
from handlers.kit.words import CASE_SAID, CASES, NUMBER, SOMEBODY, UNIT

_CASE = number("opinion_id", CASES, during="alert")
_SEEN = (
    r"收悉|已收|晓得|得令|收到|已阅|阅|看到|看了|看过|知道|了解|明白|👌|\[ok\]"
    r"|ok|好的?|好滴|马上|这就|在看|在处理|我(?:来)?(?:安排|处理|跟进|去)|👍"
    r"|\[强\]|\[抱拳\]|嗯+|签收|已签|已读|已悉|知悉|行(?=[吧的啊好,.!~\s]*$)|遵命|立即|立刻|正在"
    r"|roger|1(?=[,.!~\s]*$)|shoudao|受到|获悉|在路上|就去|辛苦|我在|谢谢"
)

acknowledge = Meaning(
    name="ack_alert",
    words=("收到", "签收"),
    cues=(
        cue(rf"^(?:{_SEEN})", 6, during="alert", unless=r"[?]$|吗$|谁|怎么"),
        cue(rf"(?:{CASE_SAID}).{{0,6}}(?:我接了|接了|已阅|在处理)", 9, unless=r"没|谁|吗"),
        cue(
            r"(?:我|马上|这就|立即|立刻|现在|等下|一会)(?:就)?(?:安排|处理|核实|过去"
            r"|去|跟进|联系|协调|来|办|落实|到|看)",
            6,
            during="alert",
            unless=r"[?]$|吗$",
        ),
        cue(
            rf"(?:{CASE_SAID}).{{0,4}}(?:已)?(?:签收|收到|知道|看到|阅|知悉|确认收到|收悉)",
            8,
            unless=r"没|未|谁|吗",
        ),
        cue(
            rf"(?:签收|收到|已阅|确认收到|知悉)\s?(?:第?{NUMBER}号?(?:的)?(?:舆情|预警|警报|案件))",
            8,
            unless=r"没|未|谁|吗",
        ),
    ),
    slots=(_CASE,),
)

_CANNOT = (
    r"(?:处理|办理?|搞|弄|应付|到|去|过)不(?:了|来)|没(?:法|办法)(?:处理|办|去)|抽不开身|走不开"
)

decline = Meaning(
    name="decline_alert",
    words=("处理不了",),
    cues=(
        cue(
            rf"^(?:(?:我|这边|这个|这事|现在).{{0,8}})?(?:{_CANNOT})",
            9,
            during="alert",
            unless=r"[?]$|吗",
        ),
    ),
    slots=(_CASE,),
)

_TO = (
    rf"^(?:这个|这事|警报|请)?(?:转|交|派|移交|转交)(?:给|由|到)?(?P<who>{SOMEBODY})(?:同志)?"
    r"(?:来|去)?(?:处理|办理?|接手|负责)?[吧.!]*$"
)

hand_over = Meaning(
    name="hand_over_alert",
    words=("转给",),
    cues=(cue(_TO.replace("(?P<who>", "(?:"), 9, during="alert", unless=rf"{UNIT}|[?]$"),),
    slots=(_CASE,),
)


def whom(heard: Heard) -> str:
    """Return whom the text names to take it."""
    found = re.search(_TO, heard.plain)
    return heard.raw[found.start("who") : found.end("who")] if found else heard.raw


extend = Meaning(
    name="extend_alert",
    words=("还要",),
    cues=(
        cue(
            r"^(?:我|这边|现场|大概|估计|可能)*(?:还(?:要|需要?|得)|再(?:要|给我?|需要?)|延长)"
            r".{0,8}(?:小时|钟头|分钟|半天|天)",
            9,
            during="alert",
            unless=r"[?]$|吗$",
        ),
    ),
    slots=(_CASE, duration("duration")),
)

_HOURS = re.compile(r"\s*(?:再?要?)?\s*(\d{1,3})\s*个?(小时|分钟|天|h|m|d)\s*")
_UNITS = {"分": "minutes", "m": "minutes", "小": "hours", "h": "hours", "天": "days", "d": "days"}


def plain_length(text: str) -> timedelta | None:
    """Read 2小时, 30分钟 or 1天, and nothing else."""
    found = _HOURS.fullmatch(text)
    return timedelta(**{_UNITS[found[2][0]]: int(found[1])}) if found else None


listing = Meaning(
    name="list_alerts",
    cues=(
        cue(
            r"(?:有)?(?:哪些|什么|几个|多少)(?:个)?(?:警报|告警|紧急通知)"
            r"|^(?:查|看)?(?:一?下|看)?(?:现在|目前|当前)?的?(?:所有|全部)?(?:警报|告警)(?:情况|列表|清单)?[?]?$"
            r"|(?:警报|告警)(?:都)?(?:有哪些|处理得?怎么样|谁在处理)|紧急通知.{0,4}(?:谁|哪些人)(?:还)?没"
            r"|^(?:这个|那个)?(?:警报|告警|预警)(?:都)?(?:谁|哪些人|有没有人|有人)(?:在)?(?:签收|接|处理|认领|收到)了?(?:吗|没有?)?[?]?$",
            9,
        ),
    ),
)

_WHO = r"(?:全体|各|所有|全局|[一-鿿])[一-鿿、和及]{1,20}?"
_NOTICE = re.compile(
    rf"^(?:请|麻烦|帮我?)?(?:给|向|对)?(?P<who>{_WHO})?(?:都)?(?:发|下)(?:一?[个条份则])?紧急通知(?:给(?P<them>{_WHO}))?[\s,:]+(?P<what>.+)$"
    rf"|^紧急通知(?:给)?(?P<these>{_WHO})[\s,:]+(?P<this>.+)$",
    re.DOTALL,
)


def notice_said(heard: Heard) -> str:
    """Return to whom an urgent notice goes and what it says: 给各科室发个紧急通知：….

    Empty where one of them is missing.
    """
    found = _NOTICE.match(heard.plain)
    if found is None:
        return ""
    who = next((name for name in ("who", "them", "these") if found[name]), "")
    what = "what" if found["what"] else "this"
    return f"{found[who]} {heard.raw[slice(*found.span(what))]}" if who else ""


notice = Meaning(
    name="raise_notice",
    cues=(
        cue(
            r"^(?:请|麻烦|帮我?)?(?:给|向|对)?[一-鿿、]{0,16}?(?:发|下)(?:一?[个条份则])?紧急通知",
            10,
            unless=r"[?]|吗|谁|没|稿|怎么",
        ),
        cue(
            r"^紧急通知(?:给)?(?:全体|各|所有|全局|[一-鿿]{2,6}科)[一-鿿、]{0,12}[\s,:]+.{3,}",
            10,
            unless=r"[?]$|吗$|谁没|没收到|稿",
        ),
    ),
)

DECLARED = declared(__file__, acknowledge, decline, hand_over, extend, listing, notice)
