"""What is asked about points: where each of them comes from."""

from handlers.kit.meaning import Meaning, cue, declared
from handlers.kit.slots import named_unit, period

_HOW = r"(?:怎么|咋|如何|怎样)"
_POINTS = r"\d+(?:\.\d+)?分"

explanation = Meaning(
    name="explain_score",
    words=("得分",),
    cues=(
        cue(
            rf"(?:为什么|为啥|{_HOW}|凭什么).{{0,6}}{_POINTS}",
            9,
            unless=r"采用一|给几分|一[篇条]|每[篇条]|批示|迟报|约稿",
        ),
        cue(rf"{_POINTS}.{{0,3}}(?:是)?(?:{_HOW}(?:算|来|得)|哪(?:里|儿)?(?:来|得))", 9),
        cue(
            rf"(?:这|那|我们|本科室|我)(?:个|些|点)?(?:月)?(?:的)?(?:得分|分数|分)(?:是)?{_HOW}"
            rf"(?:算|来|得)",
            9,
        ),
        cue(r"(?:得分|分数|每一?分|积分)(?:都)?(?:是)?(?:从)?哪(?:里|儿)?(?:来|得)", 8),
        cue(r"(?:得分|积分|计分|加分|扣分)(?:的)?(?:明细|清单|来源|构成|依据|细目)", 9),
        cue(rf"^(?:这|那)?(?:是)?{_HOW}算(?:出来)?的[?]?$", 7),
        cue(r"(?:为什么|为啥|凭什么)(?:只|才|又)?(?:给|得|扣)(?:了)?(?:我们|我)?.{0,4}分", 8),
    ),
    slots=(period(), named_unit()),
)

DECLARED = declared(__file__, explanation)
