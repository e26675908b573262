"""The life of a draft: every status against every move."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.review_flow import IllegalMoveError, Move, after, drawing, move_for
from storage.vocabulary import DraftStatus, Verdict

COMPOSING, IN_REVIEW, RETURNED = (
    DraftStatus.COMPOSING,
    DraftStatus.IN_REVIEW,
    DraftStatus.RETURNED,
)
SIGNED, WITHDRAWN, CANCELLED = DraftStatus.SIGNED, DraftStatus.WITHDRAWN, DraftStatus.CANCELLED

# fmt: off
TABLE = {
    #            submit     approve    approve_last  return    withdraw   cancel     undo
    COMPOSING:  (IN_REVIEW, None,      None,         None,     None,      CANCELLED, None),
    IN_REVIEW:  (None,      IN_REVIEW, SIGNED,       RETURNED, WITHDRAWN, None,      IN_REVIEW),
    RETURNED:   (IN_REVIEW, None,      None,         None,     WITHDRAWN, None,      IN_REVIEW),
    SIGNED:     (None,      None,      None,         None,     WITHDRAWN, None,      IN_REVIEW),
    WITHDRAWN:  (None,      None,      None,         None,     None,      None,      None),
    CANCELLED:  (None,      None,      None,         None,     None,      None,      None),
}
# fmt: on
CELLS = [
    (status, move, TABLE[status][column])
    for status, (column, move) in product(DraftStatus, enumerate(Move))
]


@pytest.mark.parametrize(("status", "move", "target"), CELLS)
def test_each_move_leads_where_the_table_says(
    status: DraftStatus, move: Move, target: DraftStatus | None
) -> None:
    if target is not None:
        assert after(status, move) is target
        return
    with pytest.raises(IllegalMoveError) as refused:
        after(status, move)
    assert (refused.value.status, refused.value.move) == (status, move)


def _walk(moves: list[Move]) -> list[tuple[DraftStatus, Move]]:
    """Return each step that was possible, as (status before, move)."""
    here, steps = COMPOSING, []
    for move in moves:
        try:
            there = after(here, move)
        except IllegalMoveError:
            continue
        steps.append((here, move))
        here = there
    return [*steps, (here, move)] if moves else []


@given(st.lists(st.sampled_from(Move), max_size=30))
def test_no_path_leads_out_of_withdrawn_or_cancelled(moves: list[Move]) -> None:
    for before, move in _walk(moves)[:-1]:
        assert before not in {WITHDRAWN, CANCELLED}, move


@given(st.lists(st.sampled_from(Verdict), max_size=12), st.integers(1, 5))
def test_nothing_is_signed_but_by_an_approval_at_the_last_gate(
    verdicts: list[Verdict], gates: int
) -> None:
    """Whatever reviewers say in whatever order: signed means each gate passed, one by one."""
    status, gate, passed = IN_REVIEW, 0, 0
    for verdict in verdicts:
        if status is RETURNED:
            status, gate, passed = after(status, Move.SUBMIT), 0, 0
        if status is SIGNED:
            break
        status = after(status, move_for(verdict, gate=gate, gates=gates))
        passed = passed + 1 if verdict is Verdict.APPROVE else 0
        gate += status is IN_REVIEW
        assert (status is SIGNED) == (passed == gates)


def test_the_drawing_shows_every_move() -> None:
    lines = drawing().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> composing"]
    assert "    in_review --> signed: approve_last" in lines
    assert len(lines) == 2 + sum(target is not None for *_, target in CELLS)
