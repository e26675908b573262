"""What did not happen, or not now: feared, foretold, long ago, a rumour; and what did beside it."""

import pytest

from handlers.rules.opinion.casualties import casualties
from handlers.rules.opinion.signs import signs


@pytest.mark.parametrize(
    ("words", "dead", "hurt"),
    [
        # characters that say no in words that do not
        ("工地坍塌造成张某等3人死亡", 3, 0),
        ("业委会主任被砸死", 1, 0),
        ("消防员被砸死", 1, 0),
        ("火灾中两名未成年人死亡", 2, 0),
        ("人防工程坍塌2人死亡", 2, 0),
        ("别墅起火2人死亡", 2, 0),
        ("刚才有人坠楼身亡", 1, 0),
        ("想不开跳楼死亡", 1, 0),
        ("无人机坠落砸伤一名业主", 0, 1),
        # feared, or foretold
        ("别等砸死人了才修", 0, 0),
        ("外墙砖再不修，砸死人谁负责", 0, 0),
        ("要是外墙掉下来砸死人怎么办", 0, 0),
        ("万一电梯掉下去，死了人算谁的", 0, 0),
        ("这台电梯早晚要夹断谁的手", 0, 0),
        ("再不救人就来不及了，已经死了两个", 2, 0),
        # of former years
        ("2019年该小区发生过煤气爆炸，造成3人死亡，如今燃气管道又漏气", 0, 0),
        ("去年这栋楼就坠过一次电梯，摔死一个人，今年又停在半空", 0, 0),
        ("省厅通报去年全省建筑施工事故死亡40人", 0, 0),
        ("去年通过验收的楼塌了，砸死2人", 2, 0),
        ("去年入住的新房昨天吊顶掉落砸伤孩子", 0, 1),
        ("上次消防检查后，昨晚又着火，烧伤两人", 0, 2),
        # rumours, and what is said instead
        ("事故造成2人死亡。网传死了10人为不实信息。", 2, 0),
        ("施工电梯坠落，2死1伤，网传5人死亡系谣言", 2, 1),
        ("听说死了5个人，真的吗？官方辟谣：不实信息，现场1人受伤", 0, 1),
        ("网传工地塌方埋了十几个人，官方通报：实际1人轻伤", 0, 1),
        # what is broken is somebody's
        ("电梯夹断母亲手指", 0, 1),
        ("切割机把师傅的手指切断了", 0, 1),
        ("外墙瓷砖掉落砸断两名路人的腿", 0, 2),
        ("电梯门夹断了女童三根手指", 0, 1),
        ("楼上掉下来的花盆砸破了外卖员的头", 0, 1),
        ("施工砸断了自来水管，全楼停水", 0, 0),
        ("吊车压断了绿化带树干", 0, 0),
        ("老旧小区起火，消防员牺牲一人，居民轻伤三人", 1, 3),
        # numbers that are no casualties
        ("爆炸现场5名工作人员赶到，无人员伤亡", 0, 0),
        ("3栋居民楼墙体开裂，12户转移，暂无人员伤亡", 0, 0),
        ("维权群里12人报名去住建局反映烂尾问题", 0, 0),
        ("消防4车20人赶到处置电动车起火，没有人受伤", 0, 0),
    ],
)
def test_who_was_harmed_beside_what_is_only_said(words: str, dead: int, hurt: int) -> None:
    read = casualties(words)
    assert (read.dead, read.hurt, read.poisoned) == (dead, hurt, 0), read


@pytest.mark.parametrize(
    ("words", "trapped"),
    [
        ("地下室坍塌3人被困，2人已救出送医，1人仍在搜救", True),
        ("民房垮塌，埋压7人，已救出4人", True),
        ("塌方埋压5人，已救出5人", False),
        ("演练模拟3人被困，已救出2人，1人仍被困", False),
        ("网传工地塌方埋了十几个人，官方通报：实际1人轻伤", False),
    ],
)
def test_who_is_still_below(words: str, *, trapped: bool) -> None:
    assert signs(words).trapped is trapped


def test_a_lift_holds_a_family() -> None:
    assert signs("电梯故障困住一家三口一个小时").held
