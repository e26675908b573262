"""零报告 in words, and the questions about it."""

from handlers.kit.meaning import Meaning, cue, declared
from handlers.kit.slots import period, unit
from handlers.kit.words import OWN_UNIT, UNIT

_MONTH = r"(?:本月|这个?月|当月|上个?月|\d{1,2}月(?:份)?)"
_NOTHING = (
    r"(?:暂|确实|也|还)?(?:无|没有?|没得|没啥)(?:什么|任何|啥)?"
    r"(?:信息|内容|素材|稿件?|材料|情况|东西)?(?:可以?|要)?(?:上?报|写)?的?"
)
_ASKED = r"谁|哪[些个几]|几个|多少|名单|情况|统计|汇总|清单|有吗|没有?零报告的"

send = Meaning(
    name="zero_report",
    words=("零报告",),
    cues=(
        cue(
            rf"^(?:{OWN_UNIT}|{UNIT})?的?{_MONTH}?的?(?:{_NOTHING})?[,;.\s]*"
            rf"(?:{_MONTH})?(?:就|请)?(?:实行|做|报|填|按|算|是|申报|上报|交)?(?:[一1]?[个次份])?"
            r"零报告(?:处理|吧|了|一次)?[.!~\s]*$",
            9,
            unless=r"[?]|吗|谁|哪|舆情",
        ),
    ),
    slots=(period(), unit()),
)

look = Meaning(
    name="zero_reports",
    cues=(
        cue(
            rf"(?:{_ASKED}).{{0,10}}零报告|零报告.{{0,8}}(?:{_ASKED}|的?(?:科室|单位|部门))",
            9,
            unless=r"提醒|通知|舆情|怎么|催",
        ),
    ),
    slots=(period(),),
)

DECLARED = declared(__file__, send, look)
