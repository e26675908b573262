"""What is said about emergency plans: which there are, run one as an exercise, how it stands."""

import re

from handlers.kit.meaning import Heard, Meaning, cue, declared
from handlers.kit.slots import number
from handlers.kit.words import NUMBER
from storage.vocabulary import Role

_STARTERS = frozenset({Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL})
_RUN = r"(?:应急)?(?:预案|演练)"
_NUMBERED = number("run", "应急预案|预案|演练", during="")
_NOT_NOW = r"[?]|[吗么嘛没]|怎么|什么时候|几点|谁|要不要|是不是|何时|演练|演习|稿|已"
_BEGUN = re.compile(
    r"^(?:请|麻烦)?(?:现在)?(?:我们)?(?:按|照|启动|开始|组织|搞|做|来|开展|进行)*(?:一?次|一?个|一?场)?(?:演练)?(?:一?下|一?次)?"
)


def plan_named(heard: Heard) -> str:
    """Return what names the plan: 演练燃气泄漏预案, 启动一次燃气泄漏应急演练."""
    begun = _BEGUN.match(heard.plain)
    rest = heard.raw[begun.end() if begun else 0 :]
    return re.sub(r"(?:的)?(?:应急)?(?:预案|演练)(?:吧|一下)?[。.！!]*$", "", rest).strip(
        " ，,：:《》"
    )


listing = Meaning(
    name="list_contingencies",
    cues=(
        cue(
            r"^(?:查|看)?(?:一?下|看)?(?:我们)?(?:局)?(?:现在|目前)?(?:都)?(?:有)?(?:哪些|什么|啥|几个)(?:应急)?预案[?]?$"
            r"|^(?:应急)?预案(?:有哪些|列表|清单)[?]?$",
            9,
        ),
    ),
)

_AROUND = re.compile(
    r"(?:请|麻烦|马上|立即|立刻|赶紧|现在|先|把|将|按照?|启动|起动|启用|一下|起来|吧|了|[，。,.!！《》])+"
)


def plan_to_start(heard: Heard) -> str:
    """Return what names the plan, and for what: 马上为紧急2启动燃气预案."""
    return _AROUND.sub(" ", heard.raw).strip()


start = Meaning(
    name="start_contingency",
    guarded=True,
    cues=(
        cue(r"(?:启动|起动|启用).{0,20}(?:预案|应急响应)", 9, unless=_NOT_NOW),
        cue(r"预案.{0,4}(?:启动|起动|启用)(?:吧|了|起来|一下)?[.!]*$", 9, unless=_NOT_NOW),
    ),
)

exercise = Meaning(
    name="exercise_contingency",
    cues=(
        cue(
            r"^(?:请|麻烦)?(?:现在)?(?:(?:启动|开始|组织|搞|做|来|开展|进行)?(?:一?次|一?场)?演练(?:一?下|一?次)?.{2,20}(?:预案|$)|(?:启动|开始|组织|搞|做|来|开展|进行)(?:一?次|一?个|一?场)?.{2,20}演练[.!]*$)",
            9,
            roles=_STARTERS,
            unless=r"[?]|吗|谁|什么时候|舆情|结束|总结|信息|稿|怎么|咋|情况|进展|进度|报告|用时|耗时|多久|多长|到哪|任务",
        ),
    ),
)

show = Meaning(
    name="show_contingency",
    cues=(
        cue(
            rf"^(?:查|看)?(?:一?下|看)?(?:第?{NUMBER}[号次](?:的)?)?{_RUN}(?:\s?\d{{1,4}})?(?:的|得|办得?|现在|目前|进展|进度|情况)*(?:怎么?样了?|咋样了?|情况|进展|进度|到哪(?:一)?步了?)[?]?$",
            9,
        ),
        cue(
            rf"^(?:看|查|把|给我|要)*(?:一?下)?(?:上次|这次|刚才|最近|第?{NUMBER}[号次])?(?:的)?{_RUN}(?:的)?(?:报告|总结|用时|耗时|完成情况|任务清单)(?:发我|看看|给我)*[?]?$"
            rf"|^(?:上次|这次|刚才|最近|第?{NUMBER}[号次])?(?:的)?{_RUN}(?:一共|总共)?(?:用|花|耗)(?:了)?(?:多久|多长时间|多少时间|几分钟)[?]?$"
            rf"|^{_RUN}(?:还有)?(?:谁|哪[些几]?[个项]?(?:任务)?)(?:还)?没(?:有)?(?:完成|办完?|做完?|好|签收|收到)[?]?$",
            10,
        ),
    ),
    slots=(_NUMBERED,),
)

end = Meaning(
    name="end_contingency",
    cues=(
        cue(
            rf"^(?:请|麻烦)?(?:把|将)?(?:第?{NUMBER}[号次](?:的)?)?{_RUN}(?:\s?\d{{1,4}})?(?:可以)?(?:结束|停止|终止)(?:了|吧)?[.!]*$"
            rf"|^(?:结束|停止|终止)(?:这次|本次)?(?:第?{NUMBER}[号次](?:的)?)?{_RUN}[.!]*$",
            9,
            roles=_STARTERS,
            unless=r"[?]|吗|谁",
        ),
    ),
    slots=(_NUMBERED,),
)

DECLARED = declared(__file__, listing, start, exercise, show, end)
