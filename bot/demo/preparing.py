"""What the sample bureau brought with it: its plan, names of its places, emergency plans."""

from datetime import date, timedelta
from importlib.resources import files

from bot.demo.bureau import BUREAU
from bot.services import Services
from bot.simulator.world import World
from handlers.kit.rulefile import read_rule_file
from handlers.opinion.trying import take_topics
from handlers.rules.calendar import local

_PLACES = """\
[词表 本地]
滨河路|金色家园|建设西路|青石村

[词表 小区]
翠湖小区|金色家园|东湖名邸|锦绣江南|阳光花园|和平里

[词表 单位]
区住建局

"""
_PLAN = (
    (20, "冬季燃气安全宣传", "燃气管理科"),
    (33, "老旧小区改造成效", "住房保障科 城市建设科"),
    (90, "物业服务质量年度评价", "物业管理科"),
)
"""In how many days, on what, by whom."""


def bring_rules(services: Services) -> None:
    """Take in the topics that ship with the bureau's names, and the emergency plans that ship."""
    shipped = files("handlers.rules.opinion").joinpath("housing.topics").read_text("utf-8")
    plans = files("handlers.contingencies").joinpath("examples", "housing.toml").read_bytes()
    with services.database.begin() as uow:
        bureau = uow.members.unit_at(BUREAU)
        if bureau is None:
            raise LookupError(BUREAU)
        ctx = services.context(uow)
        taken = take_topics(ctx, bureau.id, _PLACES + shipped)
        faults: list[object] = [] if isinstance(taken, int) else [*taken]
        for name, tables in read_rule_file(plans).tables.items():
            faults += services.registry.rulebooks[name](ctx, bureau, tables).faults
        if faults:
            raise ValueError(faults)


def plan_the_year(services: Services, world: World) -> None:
    """Let the office put on the plan what comes; nothing of it is due yet."""
    office, today = world.phone("zhoumin"), local(services.now()).date()
    for ahead, topic, sections in _PLAN:
        day = today + timedelta(days=ahead)
        office.says(f"加计划 {topic} {day.year}年{day.month}月{day.day}日 {sections}")


def arrange_duty(world: World, first: date, today: date) -> None:
    """Let the office arrange who is on duty from the *first* day to the end of next month."""
    office, end = world.phone("zhoumin"), today.replace(day=1) + timedelta(days=62)
    while first < end.replace(day=1):
        after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = after - timedelta(days=1)
        office.says(f"排班 {first.month}月{first.day}日到{last.month}月{last.day}日")
        office.says("是")
        first = after
