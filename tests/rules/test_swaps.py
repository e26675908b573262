"""The course of a swap, whatever anybody tries in whatever order."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.swaps import SETTLED, Part, SwapAct, after, is_over
from storage.vocabulary import SwapStatus

NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from(SwapAct), st.sampled_from(Part))))
def test_nobody_is_moved_without_consent_and_approval(tried: list[tuple[SwapAct, Part]]) -> None:
    status, done = SwapStatus.ASKED, []
    for act, part in tried:
        then = after(status, act, part)
        if status in SETTLED:
            assert then is None, "what is settled stays so"
        if then is not None:
            status = then
            done.append((act, part))
    if status is SwapStatus.APPROVED:
        assert done == [(SwapAct.AGREE, Part.ASKED), (SwapAct.APPROVE, Part.KEEPER)]
    assert len(done) <= 2
    assert Part.NOBODY not in {part for _, part in done}


def test_a_swap_is_over_when_it_is_settled_or_its_time_is_up() -> None:
    assert not is_over(SwapStatus.AGREED, NOW + timedelta(minutes=1), NOW)
    assert is_over(SwapStatus.AGREED, NOW, NOW)
    assert is_over(SwapStatus.DECLINED, NOW + timedelta(days=1), NOW)
