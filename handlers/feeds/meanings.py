"""What is said about sources: which there are, add, try, stop or remove one; a sheet."""

import re

from handlers.kit.meaning import Heard, Meaning, cue, declared
from handlers.kit.slots import number
from handlers.kit.words import ASKED, NUMBER

_SOURCE = r"(?:舆情|监测|信息)?的?(?:来源|订阅源|信源|数据源|rss源?)"
_ONE = rf"(?:第?{NUMBER}号(?:的)?{_SOURCE}|{_SOURCE}(?:第|编号)?\s?{NUMBER}号?)"
_PLEASE = r"^(?:请|麻烦|帮我|先)?(?:把|将)?"
_NUMBERED = number("source", "来源|订阅源|信源|数据源", during="")
_ADDED = re.compile(
    r"^(?:请|麻烦|帮我?|我?[想要])*(?:再)?(?:添?加|新增|增加|新加|接入|登记|订阅)(?:上|入|一下)?"
    rf"(?:一?[个条])?(?:新的?)?{_SOURCE}[\s,:]*"
)


def source_to_add(heard: Heard) -> str:
    """Return the name and address of a source, without the words that ask to add it."""
    found = _ADDED.match(heard.plain)
    return heard.raw[found.end() :] if found else heard.raw


listing = Meaning(
    name="list_sources",
    cues=(
        cue(
            r"^(?:查|看)*(?:一?下|看)?(?:现在|目前|我们|局里)*(?:都)?(?:有)?(?:哪些|什么|几个|多少个?)?(?:监测)?"
            rf"{_SOURCE}(?:都|还|现在)*(?:有哪些|有几个|情况|列表|清单|状态|正常|怎么样|好着|断了没|停了没)*[吗么呢不]?[?]?$"
            rf"|^(?:哪个|哪些|哪几个|有没有|有){_SOURCE}.{{0,6}}(?:断|停|坏|异常|不正常|没(?:有)?(?:更新|内容|动静|新)|读不到)"
            r"|^(?:我们|现在|目前)*(?:都)?(?:在)?监测(?:着|了)?(?:哪些|几个|什么)(?:网站|平台|媒体|号|来源)",
            9,
            unless=r"稿|分",
        ),
    ),
)

add = Meaning(
    name="add_feed",
    cues=(cue(_ADDED.pattern, 9, unless=r"[?]$|吗$|稿"),),
)

try_one = Meaning(
    name="try_source",
    cues=(
        cue(
            rf"{_PLEASE}(?:再)?(?:试|读|测)(?:一?[下次]|试|读)*{_ONE}(?:看看)?$"
            rf"|{_PLEASE}{_ONE}(?:再)?(?:试|读|测)(?:一?[下次]|试|读)*(?:看看?)?$",
            9,
            unless=ASKED,
        ),
    ),
    slots=(_NUMBERED,),
)

stop = Meaning(
    name="stop_source",
    guarded=True,
    cues=(
        cue(
            rf"{_PLEASE}{_ONE}(?:先)?(?:停用?|停掉|停了|关掉?|不用|不读|不收)(?:了|掉|吧)*$"
            rf"|{_PLEASE}(?:停用?|停掉|关掉|关闭)(?:一下)?{_ONE}$",
            9,
            unless=ASKED,
        ),
    ),
    slots=(_NUMBERED,),
)

start = Meaning(
    name="start_source",
    cues=(
        cue(
            rf"{_PLEASE}{_ONE}(?:重新|再)?(?:恢复|启用|打开|接着读|继续读)(?:吧|一下|起来)?$"
            rf"|{_PLEASE}(?:恢复|启用|重新启用|打开)(?:一下)?{_ONE}$",
            11,
            unless=ASKED,
        ),
    ),
    slots=(_NUMBERED,),
)

remove = Meaning(
    name="remove_source",
    guarded=True,
    cues=(
        cue(
            rf"{_PLEASE}{_ONE}(?:给)?(?:删|移)(?:除|掉|了|去)*(?:吧)?$"
            rf"|{_PLEASE}(?:删|移)(?:除|掉|去)?{_ONE}$",
            9,
            unless=ASKED,
        ),
    ),
    slots=(_NUMBERED,),
)

sheet = Meaning(
    name="import_items",
    cues=(
        cue(
            r"^(?:请|麻烦|帮我|我?[想要])*(?:怎么|如何|把|将|在哪)?(?:导入?|批量导?入)(?:一?下|进来)?.{0,6}?(?:舆情|监测)"
            r"(?:的)?(?:表|数据|excel|清单|台账)?[?]?$"
            r"|^(?:请|麻烦|帮我)?(?:怎么|如何)?(?:把|将)?.{0,6}(?:舆情|监测).{0,6}(?:表格?|excel|csv|数据)(?:怎么|如何|在哪)?"
            r"(?:导|录)(?:一?下|入|进来|进去)*[?]?$",
            9,
            unless=r"导出",
        ),
    ),
)

DECLARED = declared(__file__, listing, add, try_one, stop, start, remove, sheet)
