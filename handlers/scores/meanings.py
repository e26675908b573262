"""What is asked about points: where each of them comes from."""

from handlers.kit.meaning import Meaning, cue, declared
from handlers.kit.slots import named_unit, period
from handlers.kit.words import DRAFT_NO, UNIT

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

_BREACH = (
    r"(?:迟报|迟交|晚报|漏报|瞒报|谎报|失实|不实|虚假信息|造假|负面报道|负面新闻|负面舆情|逾期报送"
    r"|差错)"
)
_ENTER = r"(?:登记|记录|记下|记上?)(?:一下|一[次笔条])?"
_WHO = rf"(?:{UNIT}|{DRAFT_NO})"

deduction = Meaning(
    name="enter_deduction",
    words=("扣分",),
    cues=(
        cue(rf"(?:给|把|对){_WHO}.{{0,14}}(?:扣(?:掉)?分|记(?:上)?(?:一|1)?[次笔条]?{_BREACH})", 9),
        cue(rf"{_WHO}.{{0,14}}{_BREACH}.{{0,24}}(?:扣分|要扣|该扣|扣(?:他们|它们?)?的?分)", 9),
        cue(rf"(?:扣|扣掉){_WHO}的?分", 9),
        cue(rf"{_ENTER}(?:扣分|{_BREACH})[:, ]?.{{0,4}}{_WHO}", 9),
        cue(rf"{_ENTER}{_WHO}的?.{{0,10}}{_BREACH}", 9),
    ),
    guarded=True,
    asks=("deduct_why",),
)

deduction_back = Meaning(
    name="take_back_deduction",
    words=("作废扣分",),
    cues=(
        cue(
            rf"(?:取消|作废|撤销|撤掉|去掉|免去|免掉){_WHO}的?.{{0,10}}(?:扣分|{_BREACH}|扣的?分)",
            9,
        ),
        cue(rf"{_WHO}的?.{{0,10}}(?:扣分|{_BREACH}).{{0,4}}(?:作废|不算了|取消|免了|撤掉)", 9),
    ),
    guarded=True,
    asks=("back_why",),
)

_SCORE = r"(?:得分|分数|积分|计分|考核分|通报|扣分|名次)"
_WRONG = (
    r"(?:有异议|有意见|不服|不认可|不认|(?:少|漏|错|多|没)(?:算|计|扣|记|登)|算错|不对|有误"
    r"|扣错|扣多)"
)
_ANSWER = r"(?:(?:的|这[个条]|那[个条])?申诉)"

_NO = r"不(?:成立|属实|采纳|同意|予|受理|认可|接受)|驳回|没道理"

appeal = Meaning(
    name="file_appeal",
    words=("申诉",),
    cues=(
        cue(r"^(?:我们?科?要|我要|想)?申诉(?!.{0,12}(?:采纳|驳回|成立|同意))", 9),
        cue(r"(?:要|想|提出?|提个|提交)(?:一下|一个|个)?申诉", 9),
        cue(
            rf"(?:对|关于).{{0,12}}{_SCORE}.{{0,6}}{_WRONG}",
            9,
            unless=r"怎么|为什么|为啥|几号|什么",
        ),
        cue(
            rf"{_SCORE}.{{0,10}}(?:少算|漏算|多扣|错扣|扣错|扣多|少计|漏计|没算上|没计上)(?:了)?.{{0,6}}"
            r"(?:号|批示|采用|篇|条|分)",
            8,
            unless=r"怎么|为什么|为啥",
        ),
    ),
    asks=("objection",),
)

accepting = Meaning(
    name="accept_appeal",
    cues=(
        cue(rf"(?:同意|采纳|受理|认可|接受){UNIT}.{{0,10}}{_ANSWER}", 9, unless=_NO),
        cue(rf"{UNIT}.{{0,10}}{_ANSWER}.{{0,3}}(?:成立|属实|有理|采纳|同意)", 9, unless=_NO),
    ),
    guarded=True,
    asks=("accept_why",),
)

refusing = Meaning(
    name="refuse_appeal",
    cues=(
        cue(rf"(?:驳回|不同意|不采纳|不予采纳|不受理|不接受){UNIT}.{{0,10}}{_ANSWER}", 9),
        cue(rf"{UNIT}.{{0,10}}{_ANSWER}.{{0,3}}(?:不成立|不属实|驳回|不采纳|不同意|不予采纳)", 9),
    ),
    guarded=True,
    asks=("refuse_why",),
)


DECLARED = declared(__file__, explanation, deduction, deduction_back, appeal, accepting, refusing)
