"""What is said about special reports and pictures: 给2号舆情出个专报, 舆情走势图发我."""

from handlers.kit.meaning import Meaning, cue, declared
from handlers.kit.slots import number
from handlers.kit.words import CASE_SAID, CASES

special = Meaning(
    name="opinion_special",
    words=("专报",),
    cues=(
        cue(
            rf"{CASE_SAID}.{{0,8}}专报|专报.{{0,6}}{CASE_SAID}",
            9,
            unless=r"采用|录用|刊发|稿|[吗么没][?]?$|怎么|别|不",
        ),
    ),
    slots=(number("opinion_id", CASES, during="alert opinion"),),
)

curve = Meaning(
    name="opinion_curve",
    cues=(
        cue(
            r"舆情的?(?:热度|走势|趋势|传播)*(?:曲线|走势|趋势)?图(?!片|文|书)",
            9,
            unless=r"截图|配图|[稿吗么没]|怎么|别|不",
        ),
    ),
    slots=(number("opinion_id", CASES, during="alert opinion"),),
)

DECLARED = declared(__file__, curve, special)
