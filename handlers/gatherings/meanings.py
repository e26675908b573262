"""What is said to let people come together: 组织一次培训 周五下午三点 二楼会议室 各科室信息员."""

import re

from handlers.kit.meaning import Heard, Meaning, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import moment
from storage.vocabulary import Role

_ORGANISERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_VERB = r"(?:组织|召集|召开|举办|举行|安排|开|办|搞)"
_ONE = r"(?:一?(?:次|个|场|期))"
_WHAT = r"(?:培训班?|讲座|座谈会?|碰头会|例会|选题会|推进会|部署会|策划会|会议|会)"
_HOUR = r"(?:\d{1,2}[:点]|[一二三四五六七八九十两]{1,3}点|上午|下午|晚上)"
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
    ),
    slots=(moment("time"),),
)

DECLARED = declared(__file__, announce)
