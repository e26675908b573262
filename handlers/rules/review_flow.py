"""The life of a draft: which move leads from which status to which.

composing ──submit──▶ in_review ──approve──▶ in_review … ──approve_last──▶ signed
    │                   │   ▲
  cancel             return submit
    ▼                   ▼   │
cancelled             returned ──withdraw──▶ withdrawn ◀──withdraw── in_review, signed

undo leads back to in_review from in_review, returned and signed.
"""

from enum import StrEnum, unique

from storage.vocabulary import DraftStatus, Verdict


@unique
class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    APPROVE_LAST = "approve_last"
    RETURN = "return"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    UNDO = "undo"


MOVES: dict[tuple[DraftStatus, Move], DraftStatus] = {
    (DraftStatus.COMPOSING, Move.SUBMIT): DraftStatus.IN_REVIEW,
    (DraftStatus.COMPOSING, Move.CANCEL): DraftStatus.CANCELLED,
    (DraftStatus.IN_REVIEW, Move.APPROVE): DraftStatus.IN_REVIEW,
    (DraftStatus.IN_REVIEW, Move.APPROVE_LAST): DraftStatus.SIGNED,
    (DraftStatus.IN_REVIEW, Move.RETURN): DraftStatus.RETURNED,
    (DraftStatus.IN_REVIEW, Move.WITHDRAW): DraftStatus.WITHDRAWN,
    (DraftStatus.RETURNED, Move.SUBMIT): DraftStatus.IN_REVIEW,
    (DraftStatus.RETURNED, Move.WITHDRAW): DraftStatus.WITHDRAWN,
    (DraftStatus.IN_REVIEW, Move.UNDO): DraftStatus.IN_REVIEW,
    (DraftStatus.RETURNED, Move.UNDO): DraftStatus.IN_REVIEW,
    (DraftStatus.SIGNED, Move.UNDO): DraftStatus.IN_REVIEW,
    (DraftStatus.SIGNED, Move.WITHDRAW): DraftStatus.WITHDRAWN,
}


class IllegalMoveError(Exception):
    """The draft's status does not allow this move."""

    def __init__(self, status: DraftStatus, move: Move) -> None:
        super().__init__(f"{move} is not possible from {status}")
        self.status = status
        self.move = move


def after(status: DraftStatus, move: Move) -> DraftStatus:
    """Return the status that *move* leads to.

    Raises:
        IllegalMoveError: the table has no such move.
    """
    try:
        return MOVES[status, move]
    except KeyError:
        raise IllegalMoveError(status, move) from None


def move_for(verdict: Verdict, *, gate: int, gates: int) -> Move:
    """Return the move that a verdict at *gate* (from 0) of *gates* stands for."""
    if verdict is Verdict.RETURN:
        return Move.RETURN
    return Move.APPROVE_LAST if gate == gates - 1 else Move.APPROVE


def drawing() -> str:
    """Return the table as a Mermaid state diagram, for the documents."""
    lines = [f"    {status} --> {target}: {move}" for (status, move), target in MOVES.items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {DraftStatus.COMPOSING}", *lines])
