"""Which items have which marks: what is held in arrays is what a plain dictionary would say."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from storage.mark_index import MarkIndex, Part

MARKS = st.sampled_from([-(1 << 63), -5, 0, 7, (1 << 63) - 1])
CROWDS = st.lists(st.lists(MARKS, min_size=1, max_size=12), max_size=40)


@given(CROWDS, st.integers(1, 4), st.integers(1, 3))
def test_of_each_mark_the_newest_holders_are_found(
    crowds: list[list[int]], most: int, at_once: int
) -> None:
    index, item, parts = MarkIndex(), 0, []
    plain: dict[int, list[int]] = defaultdict(list)
    for crowd in crowds:
        prints = [(mark, item := item + 1) for mark in crowd]
        for mark, one in prints:
            plain[mark].append(one)
        parts.append(Part.unpacked(Part.of(prints).packed()))
        if len(parts) == at_once:
            index, parts = index.with_more(parts), []
    if parts:
        index = index.with_more(parts)
    asked = [*plain, 99]
    assert index.holders(asked, most) == {mark: held[-most:] for mark, held in plain.items()}


def test_parts_stay_few_however_many_come() -> None:
    index = MarkIndex()
    for item in range(1000):
        index = index.with_more([Part.of([(item % 7, item)])])
    assert len(index.parts) <= 10
    assert sum(len(part.marks) for part in index.parts) == 1000
