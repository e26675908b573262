"""What is said to let people come together: 组织一次培训 周五下午三点 二楼会议室 各科室信息员."""

import re

from handlers.kit.meaning import Heard, Meaning, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import choice, moment, number
from storage.vocabulary import Role

_ORGANISERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_VERB = r"(?:组织|召集|召开|举办|举行|安排|开|办|搞)"
_ONE = r"(?:一?(?:次|个|场|期))"
_WHAT = r"(?:培训班?|讲座|座谈会?|碰头会|例会|选题会|推进会|部署会|策划会|会议|会)"
_HOUR = r"(?:\d{1,2}[:点]|[一二三四五六七八九十两]{1,3}点|上午|下午|晚上)"
_SENTENCE_END = r"[.!~,\s]*$"
_OPENING = later(rf"^(?:请|麻烦)?(?:帮我?)?{_VERB}{_ONE}?")
_GAPS = re.compile(r"[\s,，。;；]+")


def beside_moment(heard: Heard) -> str:
    """Return what is said beside the opening and the time: place, matter, whom."""
    found = heard.moment()
    begun = _OPENING.match(heard.plain)
    start = begun.end() if begun else 0
    if found is None or found.start < start:
        return heard.raw[start:]
    rest = f"{heard.raw[start : found.start]} {heard.raw[found.end :]}"
    return _GAPS.sub(" ", rest).strip()


announce = Meaning(
    name="announce_gathering",
    cues=(
        cue(
            rf"^(?:请|麻烦)?(?:帮我?)?{_VERB}{_ONE}[^\s,]{{0,10}}{_WHAT}[\s,].*{_HOUR}.*[\s,]\S",
            9,
            roles=_ORGANISERS,
            unless=r"[?]|吗$|谁|没|几点",
        ),
        cue(
            r"^(?:请|麻烦)?(?:帮我?)?通知(?:一下)?(?:全体|各|所有).{2,40}(?:开会|参会|培训|学习|讲座|[开到].{0,8}会|会议)",
            9,
            roles=_ORGANISERS,
            unless=r"[?]|吗$|谁|没|提醒",
        ),
        cue(
            rf"{_HOUR}.*(?:在|到|去).{{1,14}}(?:开|召开|参加|举行|举办|组织)[^,]{{0,8}}{_WHAT}",
            8,
            roles=_ORGANISERS,
            unless=r"[?]|吗$|谁|没|提醒|改到",
        ),
    ),
    slots=(moment("time"),),
)

_COMING = (
    r"^(?:好的?|收到|明白|可以|行|嗯+|没问题|ok)?[,.!\s]*(?:\d{1,4}号会)?(?:我们?|本人|我科)?(?:会|一定|肯定|能|要)?"
    r"(?:准时|按时|届时|准点)*(?:参加|参会|到会|出席|到场|能来|能到|会来|会到)(?:会议|培训|这个会|的)?"
)
_EXCUSED = (
    r"(?:参加|参会|出席)不(?:了|成)|(?:不能|不|无法|没法)(?:去|来)?(?:参加|参会|出席)|(?:去|来|到)不(?:了|成)"
    r"|不能(?:来|去|到)|没空|有事|请个?假|出差"
)

answer = Meaning(
    name="answer_gathering",
    cues=(
        cue(_COMING + _SENTENCE_END, 9, unless=r"谁|吗$|[?]"),
        cue(
            r"(?:参加|参会|出席)不(?:了|成)|(?:不能|无法|没法)(?:去|来)?(?:参加|参会|出席)",
            9,
            unless=r"谁|吗$|[?]|评|代",
        ),
        cue(_EXCUSED, 7, during="gathering", unless=r"谁|吗$|[?]|值|班|换|顶|稿|舆情"),
        cue(
            r"^(?:好的?|可以|行|ok|没问题|准时到?|一定到|我去|我来|会去|会来|能去|能来|👌)(?:的|了|啦|呢)*"
            + _SENTENCE_END,
            6,
            during="gathering",
        ),
        cue(
            r"^(?:收到|知道|明白|知悉|已知悉|已阅|看到)了?" + _SENTENCE_END,
            6,
            during="gathering",
        ),
    ),
    slots=(
        choice(
            "answer",
            {
                "excused": _EXCUSED,
                "seen": r"^(?:收到|知道|明白|知悉|已知悉|已阅|看到)了?" + _SENTENCE_END,
            },
        ),
    ),
)

_MEETING = r"(?:这个?|那个?|这次)?(?:会议?|培训|例会|座谈会|选题会)"
_SAID = rf"(?:第?\d{{1,4}}号)?(?:的)?{_MEETING}"

move = Meaning(
    name="move_gathering",
    cues=(
        cue(
            rf"^(?:请|麻烦)?(?:把|将)?{_SAID}(?:时间)?(?:的)?(?:改|推迟|提前|延期|延后|调整|挪|顺延)(?:期)?(?:到|至|为|成|在)?.*{_HOUR}",
            9,
            roles=_ORGANISERS,
            unless=r"[?]|吗$|谁|提醒",
        ),
    ),
    slots=(moment("time"), number("gathering", "会议?|培训", during="")),
)

call_off = Meaning(
    name="cancel_gathering",
    cues=(
        cue(
            rf"^(?:请|麻烦)?(?:把|将)?{_SAID}(?:取消|不开|不办|不搞)(?:掉|了|吧)*(?:[,.!\s]|$)|^取消{_SAID}{_SENTENCE_END}",
            9,
            roles=_ORGANISERS,
            unless=r"[?]|吗$|谁|提醒",
        ),
    ),
    slots=(number("gathering", "会议?|培训", during=""),),
)

guests = Meaning(
    name="gathering_guests",
    cues=(
        cue(
            rf"^(?:查|看)?(?:一?下|看)?(?:{_SAID})?(?:的)?(?:参会|参加|到会|报名)(?:的)?(?:名单|人员|情况|人数){_SENTENCE_END}"
            rf"|(?:谁|哪些人|多少人|几个人|有几人)(?:要|会|能|没)?(?:来|去|参加|到)(?:不了)?(?:开会|培训|参会|这个会|会议|{_SAID})"
            rf"|{_SAID}(?:都)?(?:有)?(?:谁|哪些人|多少人|几个人)(?:要|会|能)?(?:来|去|参加|到|请假|没回)",
            9,
            roles=_ORGANISERS,
        ),
    ),
    slots=(number("gathering", "会议?|培训", during=""),),
)

listing = Meaning(
    name="list_gatherings",
    cues=(
        cue(
            r"^(?:查|看)?(?:一?下|看)?(?:我|我们科?)?(?:今天|明天|后天|这周|本周|下周|最近|近期|这个月|本月)?(?:都|还|要|会)?(?:有|开|参加)"
            r"(?:没有)?(?:什么|啥|哪些|几个)?(?:会议?|培训)(?:要开|要参加|吗|没有|不|呢|安排)*[?]?$",
            9,
        ),
    ),
)

_AFTER_CALLED_OFF = later(r"(?:取消|不开|不办|不搞)(?:掉|了|吧)*[,.!\s]*(?P<why>.*)$")


def place_after(heard: Heard) -> str:
    """Return the place that is said after the new time: 会改到周四上午九点 二楼."""
    found = heard.moment()
    return heard.raw[found.end :].strip(" ,，。！!在到") if found is not None else ""


def why_off(heard: Heard) -> str:
    """Return why a gathering does not take place, empty where it is not said."""
    found = _AFTER_CALLED_OFF.search(heard.plain)
    return heard.raw[slice(*found.span("why"))].strip(" ,，。！!") if found else ""


DECLARED = declared(__file__, announce, answer, move, call_off, guests, listing)
