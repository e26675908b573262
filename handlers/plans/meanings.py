"""What is said about the year's plan (年度宣传计划): look at it, move an item of it, cancel one."""

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import constant, day, period, unit, when
from handlers.kit.words import ASKED, NUMBER, OWN_UNIT, UNIT
from storage.vocabulary import Role

_KEEPERS = frozenset({Role.OFFICE})
_PLAN = r"(?:年度)?(?:信息|宣传)?(?:要点)?计划"
_ITEM = rf"(?:{_PLAN}(?:第|编号)?\s?{NUMBER}\s?[号条]?|第?{NUMBER}\s?号?(?:的)?{_PLAN})"
_MOVED = r"(?:改|推迟|延迟|延期|延后|提前|挪|调整?|放)(?:到|至|为|成)"
_CANCELLED = r"取消|作废|不要了|不搞了|不做了|撤了"
_WHEN = (
    r"(?:今年|本年|明年|去年|\d{4}年|全年|上?半年|本月|这个?月|上个?月|下个?月|\d{1,2}月(?:份)?"
    r"|本季度?|[一二三四]季度)"
)
_NUMBERED = later(
    rf"{_PLAN}(?:第|编号)?\s?(?P<a>\d{{1,4}})|第?(?P<b>\d{{1,4}})\s?号?(?:的)?{_PLAN}"
)


def _number(heard: Heard) -> Slots:
    """Read which item: 计划 3, 3号计划; 9月计划 names none."""
    found = _NUMBERED.search(heard.plain)
    return {"plan_id": int(found["a"] or found["b"])} if found else {}


listing = Meaning(
    name="show_plan",
    words=("年度计划", "宣传计划"),
    cues=(
        cue(rf"^(?:查|看|查看)?(?:一?下)?{_ITEM}(?:的?(?:情况|进度|进展))?[?]?$", 9),
        cue(
            rf"^(?:查|看|查看|列)?(?:一?下|出)?(?:{OWN_UNIT}|{UNIT})?的?{_WHEN}?的?(?:有)?(?:什么|哪些)?{_PLAN}"
            r"(?:有哪些|有什么|有几[条个]|列表|清单|表|呢)?[?]?$",
            9,
        ),
        cue(
            rf"{_PLAN}(?:的)?(?:执行|完成|落实|推进|进展)(?:得)?(?:情况|进度|率|怎么样|咋样|了?多少|了?几[条个])"
            rf"|{_PLAN}(?:完成|做|落实)了?(?:多少|几[条个]|没有)|{_PLAN}(?:有)?(?:哪些|几[条个])(?:没|还没|逾期|没完成)",
            9,
            unless=r"提醒|约稿|(?:任务|配额)计划",
        ),
    ),
    slots=(
        _number,
        period(),
        when(rf"{OWN_UNIT}|{UNIT}", unit()),
        when(r"完成|执行|落实|推进|进展|逾期|没做", constant(ask="progress")),
    ),
)

move = Meaning(
    name="move_plan",
    cues=(
        cue(
            rf"^(?:把|将)?{_ITEM}(?:的)?(?:节点|时间|日期)?[,，]?\s?{_MOVED}",
            9,
            roles=_KEEPERS,
            unless=ASKED,
        ),
    ),
    slots=(_number, day("day")),
)

cancel = Meaning(
    name="cancel_plan",
    cues=(
        cue(
            rf"^(?:把|将)?(?:{_CANCELLED})(?:把|将)?{_ITEM}|^(?:把|将)?{_ITEM}.{{0,3}}(?:{_CANCELLED})",
            9,
            roles=_KEEPERS,
            unless=ASKED,
        ),
    ),
    slots=(_number,),
)

done = Meaning(
    name="plan_done",
    cues=(
        cue(
            rf"^(?:把|将)?{_ITEM}(?:的)?(?:节点)?(?:都|已经|已)?(?:做完|办完|完成|办结)(?:了|啦|掉)+",
            9,
            roles=_KEEPERS,
            unless=ASKED,
        ),
    ),
    slots=(_number,),
)

no_calls = Meaning(
    name="plan_without_calls",
    cues=(
        cue(
            rf"^(?:把|将)?{_ITEM}(?:的)?(?:先|暂时)?(?:不用|不要|别|不)(?:再)?(?:自动)?约稿",
            9,
            roles=_KEEPERS,
            unless=ASKED,
        ),
    ),
    slots=(_number,),
)

DECLARED = declared(__file__, listing, move, cancel, done, no_calls)
