"""What a section is told of each step of its score."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from handlers.rules.scoring.facts import ONE, Adoption, Count, Instruction
from handlers.rules.scoring.lines import plain
from handlers.rules.scoring.model import Modifier, Quota

LEVEL_NAMES = MappingProxyType(
    {"own": "本局", "county": "区县级", "city": "市级", "province": "省级", "nation": "国家级"}
)
FLAG_NAMES = MappingProxyType(
    {
        "headline": "头版头条",
        "picture": "配图",
        "research": "调研",
        "forwarded": "转报",
        "combined": "综合采用",
        "repost": "转载",
        "call": "约稿",
    }
)
FORM_NAMES = MappingProxyType(
    {"full": "单篇", "item": "单条", "combined": "综合", "brief": "简讯", "special": "专报"}
)
MEASURE_NAMES = MappingProxyType(
    {"submitted": "报送", "approved": "过审", "adopted": "采用", "points": "得分"}
)
EVENT_NAMES = MappingProxyType(
    {
        "late_submit": "迟报",
        "error_notified": "差错被通报",
        "false_content": "内容失实",
        "negative_news": "负面报道",
        "missed": "漏报",
        "urgent_late": "紧急信息迟报",
        "urgent_missed": "紧急信息漏报",
        "urgent_concealed": "紧急信息瞒报",
        "urgent_falsified": "紧急信息谎报",
    }
)
OUTCOME_NAMES = MappingProxyType(
    {"done": "约稿完成", "late": "约稿迟交", "missed": "约稿未交", "declined": "约稿谢绝"}
)
METRIC_NAMES = MappingProxyType({"adoption_rate": "采用率"})
RANK_NAMES = MappingProxyType({"principal": "主要领导", "other": "其他领导"})

BASE = "基础分"
NO_ROW = "{what}，规则中没有对应的分值，不计分"
NOT_AGAIN = "{what}，{points}分，同一稿件就高计分，不再累计"
LOWER_LEVEL = "{what}，{points}分，同一稿件只计最高的{n}个层级，每级一次"
ROW_CAP = "该项最多计{cap}分，超出部分不计"
SORT_CAPS = MappingProxyType(
    {
        "adoption": "采用得分最多计{cap}分，超出部分不计",
        "instruction": "批示得分最多计{cap}分，超出部分不计",
        "call": "约稿得分最多计{cap}分，超出部分不计",
        "quota": "任务得分最多计{cap}分，超出部分不计",
    }
)
BONUS_CAP = "超额加分最多计{cap}分，超出部分不计"
NO_INSTRUCTION_ROW = "{what}，规则中没有对应的分值，不计分"
INSTRUCTION_NOT_AGAIN = "{what}，同一稿件的批示只计一次"
CALL_WITHOUT_POINTS = "{what}，规则中不计分"
PENALTY_WITHOUT_POINTS = "{what}，规则中没有规定扣分"
PENALTY_CAP = "{what}最多扣{cap}分，超出部分不扣"
ZERO_ITEM = "{what}，该稿得分清零"
ZERO_PERIOD = "{what}，本期得分清零，扣分照计"
ZERO_YEAR = "{what}，全年得分清零"
STRIKES = "{what}累计{n}次，得分清零"
STRIKES_VETO = "{what}累计{n}次，取消评优资格"
VETO = "{what}，取消评优资格"
FLOOR = "最低计{bound}分"
CEILING = "最高计{bound}分"
ROUNDING = "四舍五入"
PART = "{period}得分"
NOTHING_THIS_YEAR = "全年得分清零，扣分照计"
NOT_PASSED = "低于合格线{mark}分，不达标"


def use(fact: Adoption) -> str:
    """Return how an item was used: `稿件12：市级采用（单篇）`."""
    where = fact.channel or LEVEL_NAMES.get(fact.level, fact.level)
    form = FORM_NAMES.get(fact.form, "")
    times = f"×{fact.times}" if fact.times > 1 else ""
    return f"稿件{fact.item}：{where}采用{f'（{form}）' if form else ''}{times}"


def modified(modifier: Modifier) -> str:
    names = "、".join(FLAG_NAMES.get(flag, flag) for flag in modifier.flag) or "加权"
    if modifier.mul is not None:
        return f"，{names}×{plain(modifier.mul)}"
    if modifier.add is not None:
        return f"，{names}{signed(modifier.add)}分"
    return f"，{names}按{plain(modifier.set or Decimal(0))}分计"


def shared(part: Decimal, fact: Adoption) -> str:
    if part == ONE:
        return ""
    return (
        "，不在计分作者内"
        if not part
        else f"，{fact.authors}家分享" * (fact.authors > 1)
        + (f"，计{plain(part.quantize(Decimal('0.0001')))}")
    )


def remark(fact: Instruction) -> str:
    of = f"稿件{fact.item}：" if fact.item else ""
    rank = RANK_NAMES.get(fact.rank, "领导")
    times = f"×{fact.times}" if fact.times > 1 else ""
    what = "圈阅" if fact.remark == "circled" else "批示"
    return f"{of}{LEVEL_NAMES.get(fact.level, fact.level)}{rank}{what}{times}"


def counted(quota: Quota, count: Count, done: Decimal, target: Decimal | None) -> str:
    """Return what was done of what was asked: `报送4条，任务5条`."""
    unit = unit_of(quota)
    known = "" if quota.name else MEASURE_NAMES.get(quota.measure, "")
    name = known or f"{quota.called}：完成"
    during = f"{count.during}：" if count.during else ""
    asked = "" if target is None else f"，任务{plain(target)}{unit}"
    return f"{during}{name}{plain(done)}{unit}{asked}"


def event(name: str, item: str = "", times: int = 1, why: str = "") -> str:
    of = f"稿件{item}的" if item else ""
    because = f"（{why}）" if why else ""
    return f"{of}{named(EVENT_NAMES, name)}{f'×{times}' if times > 1 else ''}{because}"


def call(outcome: str, times: int, weight: int, why: str) -> str:
    which = f"（{why}）" if why else ""
    more = f"，计{weight}倍" if weight > 1 else ""
    return f"{named(OUTCOME_NAMES, outcome)}{times}篇{which}{more}"


def named(names: Mapping[str, str], word: str) -> str:
    return names.get(word, word)


def signed(points: Decimal) -> str:
    return f"+{plain(points)}" if points > 0 else plain(points)


def given(points: Decimal) -> str:
    """Return points as they are said: `4分`, `扣0.5分`."""
    return f"扣{plain(-points)}分" if points < 0 else f"{plain(points)}分"


def unit_of(quota: Quota) -> str:
    return "分" if quota.measure.endswith("points") else "条"
