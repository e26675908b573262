"""What is said to be wrong with a draft that is out already."""

import re

from handlers.kit.meaning import Heard, Slots
from handlers.kit.patterns import later
from handlers.kit.words import DRAFT_NO

# What is said of a draft that was published.
SEEN = (
    r"(?:(?:已经?)?(?:发布|刊发|刊登|登|发|挂|推送?)(?:出来|出去|上去|上网)(?:了|的)?"
    r"|已经?(?:发布|刊发|刊登|见报|上网|推送|报出)(?:了|的)?|(?:见报|上网)(?:了|的)"
    r"|(?:网站|官网|公众号|视频号|微博|抖音|报纸|[日晚]报|学习强国|门户|客户端)"
    r"(?:上)?(?:已经?)?(?:登|发|挂|推|刊|载)?(?:出来)?的)"
)
WRONG = r"(?:错|不对|有误|不准|写反|漏|不实)"
RIGHT = r"(?:更正|勘误|纠正|改正|改过来|订正)"
_DOWN = r"(?:撤(?:下来?|掉|了|回来?|稿|(?=[\s,.!]*$))|下架|拿(?:下来|掉|回来)|下掉)"
_REQUEST = r"请|帮我?|帮忙|麻烦|赶紧|赶快|尽快|马上|立刻|立即|紧急|先|[把将\s,.:吧]|一下"
_BEFORE = later(
    rf"^(?:{_REQUEST}|了|{_DOWN}|{RIGHT}|{DRAFT_NO}|{SEEN}|[那这][篇条个]|[的稿]|信息|才?发现|但是?|里面?有?)*"
)
_BEHIND = later(
    rf"(?:{_REQUEST}|{_DOWN}|{RIGHT}|{DRAFT_NO}|从(?:网|网站|官网|公众号|视频号|微博|抖音|门户|客户端)(?:上|里)"
    rf"|要|得|需要|必须|应该?)+$"
)
_READ = 120  # characters; a reason is no essay


def what_is_wrong(heard: Heard) -> str:
    """Return what is said to be wrong, without the request itself; empty if nothing is."""
    plain = heard.plain[:_READ]
    begin = found.end() if (found := _BEFORE.search(plain)) else 0
    behind = _BEHIND.search(plain, begin)
    end = behind.start() if behind else len(plain)
    return heard.raw[begin:end].strip(" ,，。.:：、；;")


def wrong(heard: Heard) -> Slots:
    """Read what is wrong with a draft of which it is said that it is out."""
    if not re.search(SEEN, heard.plain):
        return {}
    said = what_is_wrong(heard)
    return {"wrong": said} if said else {}
