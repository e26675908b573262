"""The life of a case of public opinion, as one table (domain-rules §6.5).

CLUE -> REGISTERED -> GRADED -> ASSIGNED -> ACKED -> HANDLING -> RESPONDED -> WATCHING -> CLOSED

It may also end as MERGED, FALSE_ALARM or NOT_OURS, and what has ended may be REOPENED, but for what
was merged: that lives on in another. Steps may be
left out where haste asks for it: whoever is woken takes a case before anybody has graded it. Docs:
docs/cases.md, whose drawing and table are written from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storage.vocabulary import CaseMove, CaseState

_S, _M = CaseState, CaseMove

LIVE = tuple(
    state for state in CaseState if state not in {_S.CLOSED, _S.MERGED, _S.FALSE_ALARM, _S.NOT_OURS}
)
"""What somebody may still have to do something about, in the order of a life."""
ENDED = frozenset(CaseState) - frozenset(LIVE)
CALM = frozenset({_S.WATCHING, *ENDED})
"""Nobody has to take it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table; *source* is None where a life begins."""

    source: CaseState | None
    move: CaseMove
    target: CaseState


_UNTAKEN = (_S.CLUE, _S.REGISTERED, _S.GRADED, _S.ASSIGNED, _S.REOPENED)
_FRESH = (_S.CLUE, _S.REGISTERED, _S.REOPENED)
_ANSWERED = (_S.RESPONDED, _S.WATCHING)

_KEEPING = (
    _M.ADD, _M.ALERT, _M.PROPOSE, _M.WORDING, _M.APPROVE, _M.REFUSE, _M.REPORT_UP, _M.INSTRUCT,
    _M.ASK_CLOSING, _M.SPLIT, _M.DIFFER, _M.OVERDUE, _M.EXPLAIN, _M.LINK,
)  # fmt: skip
"""What is written down and changes no state."""

_ENDINGS: Mapping[CaseMove, CaseState] = {
    _M.CLOSE: _S.CLOSED,
    _M.FALSE_ALARM: _S.FALSE_ALARM,
    _M.FORWARD: _S.NOT_OURS,
    _M.MERGE: _S.MERGED,
}


def _rows() -> tuple[Row, ...]:
    found = [Row(source=None, move=_M.REGISTER, target=end) for end in (_S.CLUE, _S.REGISTERED)]

    def add(sources: tuple[CaseState, ...], move: CaseMove, target: CaseState | None) -> None:
        """Let *move* lead from each source to *target*, or nowhere else where that is None."""
        found.extend(Row(source=one, move=move, target=target or one) for one in sources)

    add((_S.CLUE,), _M.REGISTER, _S.REGISTERED)
    add(_FRESH, _M.GRADE, _S.GRADED)
    add(tuple(one for one in LIVE if one not in _FRESH), _M.GRADE, None)
    add(LIVE, _M.ASSIGN, _S.ASSIGNED)
    add((*_UNTAKEN, _S.ACKED), _M.ACK, _S.ACKED)
    add((_S.HANDLING, *_ANSWERED), _M.ACK, None)
    for move in (_M.FACTS, _M.PROGRESS):
        add((*_UNTAKEN, _S.ACKED, _S.HANDLING), move, _S.HANDLING)
        add(_ANSWERED, move, None)
    add(LIVE, _M.ANSWER, _S.RESPONDED)
    add(tuple(one for one in LIVE if one is not _S.CLUE), _M.WATCH, _S.WATCHING)
    for move in _KEEPING:
        add(LIVE, move, None)
    add((_S.FALSE_ALARM, _S.NOT_OURS), _M.ADD, None)
    for move in (_M.EXPLAIN, _M.LINK):
        add(tuple(one for one in CaseState if one in ENDED), move, None)
    for move, end in _ENDINGS.items():
        add(LIVE, move, end)
    add(tuple(one for one in CaseState if one in ENDED - {_S.MERGED}), _M.REOPEN, _S.REOPENED)
    return tuple(found)


TRANSITIONS = _rows()
MOVES: Mapping[tuple[CaseState, CaseMove], CaseState] = MappingProxyType(
    {(row.source, row.move): row.target for row in TRANSITIONS if row.source is not None}
)

UNDOABLE = frozenset(
    {_M.GRADE, _M.ASSIGN, _M.ANSWER, _M.WATCH, _M.CLOSE, _M.FALSE_ALARM, _M.FORWARD, _M.MERGE,
     _M.APPROVE}
)  # fmt: skip
"""What whoever did it may take back within two minutes; the ledger keeps both lines."""


class IllegalCaseMoveError(Exception):
    """That move leads nowhere from that state."""


def after(state: CaseState, move: CaseMove) -> CaseState:
    """Return the state that *move* leads to.

    Raises:
        IllegalCaseMoveError: the table has no such move.
    """
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalCaseMoveError(state, move) from None


def drawing() -> str:
    """Return the table as a Mermaid state diagram, without the moves that lead nowhere else."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in TRANSITIONS:
        if row.source is not row.target:
            arrows.setdefault((row.source or "[*]", row.target), []).append(row.move)
    lines = [f"    {source} --> {to}: {', '.join(moves)}" for (source, to), moves in arrows.items()]
    return "\n".join(["stateDiagram-v2", *lines])
