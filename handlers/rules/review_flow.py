"""The life of a draft: which move leads from which status to which, by whom, and what is kept.

composing ──submit──▶ in_review ──approve──▶ in_review … ──approve_last──▶ signed ──▶ dispatched
    │                  │  ▲   │ ▲                                           │
  cancel          return submit hold resume                                edit
    ▼                  ▼  │   ▼ │                                           ▼
cancelled           returned  on_hold                                     edited ──▶ dispatched

Before it was dispatched a draft can be withdrawn, afterwards retracted or corrected; undo leads
back to in_review; where a life has ended, archive closes it. All of it: docs/life-of-a-draft.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType

from storage.vocabulary import DraftStatus, Verdict


@unique
class Move(StrEnum):
    BEGIN = "begin"
    APPEND = "append"
    CANCEL = "cancel"
    SUBMIT = "submit"
    APPROVE = "approve"
    APPROVE_LAST = "approve_last"
    CONDITION = "condition"
    RETURN = "return"
    TRANSFER = "transfer"
    COUNTERSIGN = "countersign"
    HOLD = "hold"
    RESUME = "resume"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    EDIT = "edit"
    DISPATCH = "dispatch"
    RECALL = "recall"
    RETRACT = "retract"
    CORRECT = "correct"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table; *source* is None where a life begins."""

    source: DraftStatus | None
    move: Move
    target: DraftStatus
    actor: str
    guard: str
    recorded: str


_S = DraftStatus
_GATE = "who may decide at the gate"


def _row(
    source: DraftStatus | None, move: Move, target: DraftStatus, actor: str, guard: str, kept: str
) -> Transition:
    return Transition(
        source=source, move=move, target=target, actor=actor, guard=guard, recorded=kept
    )


def _withdrawn(source: DraftStatus, actor: str) -> Transition:
    kept = "who, when, who was told"
    return _row(source, Move.WITHDRAW, _S.WITHDRAWN, actor, "not dispatched", kept)


def _undone(source: DraftStatus) -> Transition:
    guard = "own verdict, two minutes, nobody acted on it"
    return _row(source, Move.UNDO, _S.IN_REVIEW, "who decided", guard, "verdict undone, when")


def _archived(source: DraftStatus) -> Transition:
    guard = "the bureau's time since the end is over"
    return _row(source, Move.ARCHIVE, _S.ARCHIVED, "the service", guard, "from which status")


_EDITED = "editor, version, part of the text that differs"
_SENT = "channel, by whom, when"
_TAKEN = "what was wrong, who found it, who approved, minutes until it was down"
_PUT_RIGHT = "what was wrong, who found it, who approved, version, differences"
_APPROVED = "approved by the sign-off role, or urgent: the approval follows"

TRANSITIONS: tuple[Transition, ...] = (
    _row(None, Move.BEGIN, _S.COMPOSING, "officer", "no mark of secrecy", "number, unit, when"),
    _row(_S.COMPOSING, Move.APPEND, _S.COMPOSING, "author", "own draft", "piece, place, message"),
    _row(_S.COMPOSING, Move.CANCEL, _S.CANCELLED, "author", "own draft", "when"),
    _row(
        _S.COMPOSING,
        Move.SUBMIT,
        _S.IN_REVIEW,
        "author",
        "there is a text, no mark of secrecy, a route",
        "version and its hash, route as it stands",
    ),
    _row(
        _S.RETURNED,
        Move.SUBMIT,
        _S.IN_REVIEW,
        "author",
        "there is a text, no mark of secrecy",
        "next version and its hash",
    ),
    _row(
        _S.IN_REVIEW,
        Move.APPROVE,
        _S.IN_REVIEW,
        _GATE,
        "two-person rule; this version, still open",
        "reviewer, for whom, when, opinion, version and hash, edits",
    ),
    _row(
        _S.IN_REVIEW,
        Move.APPROVE_LAST,
        _S.SIGNED,
        _GATE,
        "every gate has approved the present text",
        "as above, and when it was signed",
    ),
    _row(
        _S.IN_REVIEW,
        Move.CONDITION,
        _S.IN_REVIEW,
        _GATE,
        "the gate stays open until the condition is confirmed",
        "condition, who is to confirm it, who did",
    ),
    _row(
        _S.IN_REVIEW,
        Move.RETURN,
        _S.RETURNED,
        _GATE,
        "a reason is given",
        "reason, who, when, version and hash",
    ),
    _row(
        _S.IN_REVIEW,
        Move.TRANSFER,
        _S.IN_REVIEW,
        _GATE,
        "the other holds an equal or higher role",
        "from whom, to whom, reason",
    ),
    _row(
        _S.IN_REVIEW,
        Move.COUNTERSIGN,
        _S.IN_REVIEW,
        _GATE,
        "the others may countersign",
        "who is asked, who agreed",
    ),
    _row(_S.IN_REVIEW, Move.HOLD, _S.ON_HOLD, _GATE, "clocks stop", "who, reason, until when"),
    _row(
        _S.ON_HOLD,
        Move.RESUME,
        _S.IN_REVIEW,
        f"{_GATE}, or the clock",
        "clocks go on with what was left",
        "who, how long it was held",
    ),
    _undone(_S.IN_REVIEW),
    _undone(_S.RETURNED),
    _undone(_S.SIGNED),
    _withdrawn(_S.IN_REVIEW, "author, section head, office"),
    _withdrawn(_S.ON_HOLD, "author, section head, office"),
    _withdrawn(_S.RETURNED, "author, section head, office"),
    _withdrawn(_S.SIGNED, "office"),
    _withdrawn(_S.EDITED, "office"),
    _row(_S.SIGNED, Move.EDIT, _S.EDITED, "office", "not dispatched", _EDITED),
    _row(_S.EDITED, Move.EDIT, _S.EDITED, "office", "not dispatched", _EDITED),
    _row(_S.SIGNED, Move.DISPATCH, _S.DISPATCHED, "office", "the sign-off allows it", _SENT),
    _row(_S.EDITED, Move.DISPATCH, _S.DISPATCHED, "office", "the sign-off allows it", _SENT),
    _row(_S.DISPATCHED, Move.DISPATCH, _S.DISPATCHED, "office", "a further channel", _SENT),
    _row(_S.CORRECTED, Move.DISPATCH, _S.CORRECTED, "office", "a further channel", _SENT),
    _row(
        _S.DISPATCHED,
        Move.RECALL,
        _S.SIGNED,
        "who dispatched",
        "own entry, two minutes, the only one",
        "which channel, when",
    ),
    _row(_S.DISPATCHED, Move.RETRACT, _S.RETRACTED, "office", _APPROVED, _TAKEN),
    _row(_S.CORRECTED, Move.RETRACT, _S.RETRACTED, "office", _APPROVED, _TAKEN),
    _row(_S.DISPATCHED, Move.CORRECT, _S.CORRECTED, "office", _APPROVED, _PUT_RIGHT),
    _row(_S.CORRECTED, Move.CORRECT, _S.CORRECTED, "office", _APPROVED, _PUT_RIGHT),
    _archived(_S.DISPATCHED),
    _archived(_S.CORRECTED),
    _archived(_S.RETRACTED),
    _archived(_S.WITHDRAWN),
    _archived(_S.CANCELLED),
)
"""Every move that there is, in the order of a life (domain-rules §3.2)."""

RELEASED = frozenset({_S.SIGNED, _S.EDITED, _S.DISPATCHED, _S.CORRECTED})
"""What has every signature, and still stands."""

MOVES: Mapping[tuple[DraftStatus, Move], DraftStatus] = MappingProxyType(
    {(row.source, row.move): row.target for row in TRANSITIONS if row.source is not None}
)


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


def move_for(verdict: Verdict, *, more: bool) -> Move:
    """Return the move that a verdict stands for; *more*: some gate has yet to approve this text."""
    if verdict is Verdict.RETURN:
        return Move.RETURN
    return Move.APPROVE if more else Move.APPROVE_LAST


def drawing() -> str:
    """Return the table as a Mermaid state diagram, one arrow from a status to another."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in TRANSITIONS:
        arrows.setdefault((row.source or "[*]", row.target), []).append(row.move)
    lines = [f"    {source} --> {to}: {', '.join(moves)}" for (source, to), moves in arrows.items()]
    return "\n".join(["stateDiagram-v2", *lines, f"    {DraftStatus.ARCHIVED} --> [*]"])


def written_out() -> str:
    """Return the table as a Markdown table, for the documents."""
    head = "| from | move | to | by whom | allowed when | what is recorded |\n|" + " --- |" * 6
    rows = [
        f"| {row.source or '–'} | {row.move} | {row.target} | {row.actor} | {row.guard} "
        f"| {row.recorded} |"
        for row in TRANSITIONS
    ]
    return "\n".join([head, *rows])
