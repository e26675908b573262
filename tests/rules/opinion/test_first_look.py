"""Whose turn it is: what seems grave by its words goes before all that does not."""

from handlers.kit.events import Glimpse
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
    assert max(grave) < min(others) < turn("公园的荷花开了") == LAST
