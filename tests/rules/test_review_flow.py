"""The life of a draft: every status against every move."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.review_flow import (
    MOVES,
    TRANSITIONS,
    IllegalMoveError,
    Move,
    after,
    drawing,
    move_for,
    written_out,
)
from storage.vocabulary import DraftStatus, Verdict

S, M = DraftStatus, Move
IN_REVIEW, RETURNED, SIGNED = S.IN_REVIEW, S.RETURNED, S.SIGNED
AT_THE_GATE = dict.fromkeys((M.APPROVE, M.CONDITION, M.TRANSFER, M.COUNTERSIGN, M.UNDO), IN_REVIEW)

TABLE: dict[DraftStatus, dict[Move, DraftStatus]] = {
    S.COMPOSING: {M.APPEND: S.COMPOSING, M.CANCEL: S.CANCELLED, M.SUBMIT: IN_REVIEW},
    S.IN_REVIEW: {
        **AT_THE_GATE,
        M.APPROVE_LAST: SIGNED,
        M.RETURN: RETURNED,
        M.HOLD: S.ON_HOLD,
        M.WITHDRAW: S.WITHDRAWN,
    },
    S.ON_HOLD: {M.RESUME: IN_REVIEW, M.WITHDRAW: S.WITHDRAWN},
    S.RETURNED: {M.SUBMIT: IN_REVIEW, M.UNDO: IN_REVIEW, M.WITHDRAW: S.WITHDRAWN},
    S.SIGNED: {
        M.UNDO: IN_REVIEW,
        M.WITHDRAW: S.WITHDRAWN,
        M.EDIT: S.EDITED,
        M.DISPATCH: S.DISPATCHED,
    },
    S.EDITED: {M.WITHDRAW: S.WITHDRAWN, M.EDIT: S.EDITED, M.DISPATCH: S.DISPATCHED},
    S.DISPATCHED: {
        M.DISPATCH: S.DISPATCHED,
        M.RECALL: SIGNED,
        M.RETRACT: S.RETRACTED,
        M.CORRECT: S.CORRECTED,
        M.ARCHIVE: S.ARCHIVED,
    },
    S.CORRECTED: {
        M.DISPATCH: S.CORRECTED,
        M.RETRACT: S.RETRACTED,
        M.CORRECT: S.CORRECTED,
        M.ARCHIVE: S.ARCHIVED,
    },
    S.RETRACTED: {M.ARCHIVE: S.ARCHIVED},
    S.WITHDRAWN: {M.ARCHIVE: S.ARCHIVED},
    S.CANCELLED: {M.ARCHIVE: S.ARCHIVED},
    S.ARCHIVED: {},
}
CELLS = [(status, move, TABLE[status].get(move)) for status, move in product(DraftStatus, Move)]


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
    here, steps = S.COMPOSING, []
    for move in moves:
        try:
            there = after(here, move)
        except IllegalMoveError:
            continue
        steps.append((here, move))
        here = there
    return [*steps, (here, move)] if moves else []


@given(st.lists(st.sampled_from(Move), max_size=30))
def test_what_has_ended_only_goes_to_the_archive(moves: list[Move]) -> None:
    for before, move in _walk(moves)[:-1]:
        if before in {S.WITHDRAWN, S.CANCELLED, S.RETRACTED}:
            assert move is M.ARCHIVE


def test_every_row_says_who_when_and_what_is_kept() -> None:
    for row in TRANSITIONS:
        assert row.actor, row
        assert row.guard, row
        assert row.recorded, row
    assert len(TRANSITIONS) == len(MOVES) + 1, "one row for each move, and one for the beginning"


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
        status = after(status, move_for(verdict, more=gate < gates - 1))
        passed = passed + 1 if verdict is Verdict.APPROVE else 0
        gate += status is IN_REVIEW
        assert (status is SIGNED) == (passed == gates)


def test_the_drawing_and_the_table_show_every_move() -> None:
    lines = drawing().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> composing: begin"]
    arrows = [line.split(": ") for line in lines[1:-1]]
    assert ["    in_review --> signed", "approve_last"] in arrows
    possible = sum(target is not None for *_, target in CELLS)
    assert sum(len(moves.split(", ")) for _, moves in arrows) == 1 + possible
    rows = written_out().splitlines()
    assert len(rows) == 3 + possible
    assert any(row.startswith("| in_review | hold | on_hold |") for row in rows)
