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
