"""How many people were harmed, as building sites, estates and heating companies report it."""

import pytest

from handlers.rules.opinion.casualties import Casualties, casualties


@pytest.mark.parametrize(
    ("title", "body", "dead", "hurt", "poisoned"),
    [
        ("翠湖二期塔吊倾覆", "事故造成2人死亡，3人受伤。", 2, 3, 0),
        ("翠湖二期脚手架坍塌致1死2伤", "目前两名伤者情况稳定。", 1, 2, 0),
        ("一老旧小区外墙脱落", "砸中一名38岁男子，送医后不治身亡。", 1, 0, 0),
        ("基坑塌方3名工人被埋", "截至18时，3人均已救出，无人员伤亡。", 0, 0, 0),
        ("燃气闪爆", "未造成人员伤亡，2户门窗受损。", 0, 0, 0),
        ("某项目部食堂20余名民工食物中毒", "均已送医。", 0, 0, 20),
        ("电梯坠落事故已造成三人遇难", "其中一人死亡于送医途中。", 3, 0, 0),
        ("工地事故", "造成4人死亡，其中2人当场死亡；另有十二人受伤。", 4, 12, 0),
        ("死亡人数升至6人", "昨日通报为4人死亡。", 6, 0, 0),
        ("司机当场死亡", "渣土车与围挡相撞。", 1, 0, 0),
        ("近百人聚集售楼处", "要求退房，现场无人受伤。", 0, 0, 0),
        ("5号楼漏水30户", "30户业主投诉，死活没人修。", 0, 0, 0),
        ("防坠落演练", "模拟２人受伤的情形。", 0, 2, 0),
    ],
)
def test_how_many(title: str, body: str, dead: int, hurt: int, poisoned: int) -> None:
    read = casualties(title, body)
    assert (read.dead, read.hurt, read.poisoned) == (dead, hurt, poisoned)


def test_each_number_comes_with_the_words_that_say_so() -> None:
    assert casualties("塔吊倾覆", "造成２人（均为工人）死亡，3人受伤。") == Casualties(
        dead=2, hurt=3, read_from=("2人死亡", "3人受伤")
    )


def test_nothing_is_read_from_nothing() -> None:
    assert casualties("") == Casualties()
