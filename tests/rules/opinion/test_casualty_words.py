"""How many died or were hurt, in the ways that reports and people write it."""

import pytest

from handlers.rules.opinion.casualties import casualties


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("1人伤重死亡", 1, 0),
        ("2人重伤，1人经抢救无效死亡", 1, 2),
        ("事故致两死三伤", 2, 3),
        ("致2死5伤", 2, 5),
        ("死2伤3", 2, 3),
        ("一家三口不幸遇难", 3, 0),
        ("夫妻二人双双遇难", 2, 0),
        ("母子身亡", 2, 0),
        # what is said of all who were counted before
        ("两名工人下井后失联 找到时均已无生命体征", 2, 0),
        ("车上3人被救出，送医后经抢救无效死亡", 3, 0),
        ("4名被埋工人全部救出，均受轻伤", 0, 4),
        ("7岁女孩和奶奶在火灾中双双遇难", 2, 0),
        # a number that has changed, one number for both, who lies in hospital
        ("事故死亡人数由2人上升为4人，另有9人在医院接受救治", 4, 9),
        ("提升机坠落，造成5人伤亡，其中2人死亡", 2, 3),
        ("6人送医，其中1人死亡", 1, 5),
        ("工人从吊篮坠落 一死一伤", 1, 1),
        ("工人坠落，送医后抢救无效死亡", 1, 0),
        # rules, counts of a year, animals
        ("较大事故是指造成3人以上10人以下死亡的事故", 0, 0),
        ("上半年全市发生事故26起、死亡31人，同比下降", 0, 0),
        ("我家狗被电梯夹死了", 0, 0),
        ("救出3人，其中2人已无生命体征", 2, 0),
        ("5名工人全部遇难", 5, 0),
        ("砸死两个工人", 2, 0),
        ("一名工人当场死亡，另有两人受伤", 1, 2),
        ("业主被保安打伤，已报警", 0, 1),
        ("事故未造成人员伤亡", 0, 0),
        ("所幸无人受伤", 0, 0),
        ("没有人员死亡", 0, 0),
        ("幸好没砸到人", 0, 0),
        ("差点砸到人", 0, 0),
        ("防止砸伤行人", 0, 0),
    ],
)
def test_casualties_are_read_in_many_ways_of_writing(text: str, dead: int, hurt: int) -> None:
    found = casualties(text)
    assert (found.dead, found.hurt) == (dead, hurt)
