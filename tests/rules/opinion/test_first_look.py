"""Whose turn it is: what seems grave by its words goes before all that does not."""

from handlers.kit.events import NOT_GRAVE, Glimpse
from handlers.opinion.first_look import LAST, _rank
from handlers.opinion.watching import Watch, shipped

WATCH = Watch(f"[词表 本地]\n江北区\n{shipped()}")


def turn(words: str) -> int:
    return _rank(WATCH, Glimpse(title="", words=words))


def test_the_harmed_the_trapped_and_crowds_come_first() -> None:
    grave = [
        turn("江北区工地塔吊倒了，砸死1人"),
        turn("江北区一栋自建房倒塌，2人被埋"),
        turn("江北区某楼盘烂尾，上百业主聚集拉横幅"),
    ]
    others = [turn("江北区某小区停水两天"), turn("江北区物业涨价没人管")]
    assert max(grave) < NOT_GRAVE <= min(others) < turn("公园的荷花开了") == LAST


def test_the_dead_are_grave_without_a_topic_and_those_elsewhere_come_after_ours() -> None:
    ours = turn("江北区一工地脚手架坍塌致3人死亡")
    no_topic = turn("江北区今早有人死亡，围了很多人")
    elsewhere = turn("深圳一工地脚手架坍塌致13人死亡")
    assert max(ours, no_topic) < elsewhere < NOT_GRAVE
    assert turn("深圳一小区停水两天") > turn("江北区某小区停水两天")
