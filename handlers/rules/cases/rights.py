"""Who may see a case, and who may do what to it at which grade (domain-rules §2.3, §6.4)."""

from collections.abc import Collection, Mapping
from enum import StrEnum, unique

from handlers.rules.escalation import rank
from storage.vocabulary import CaseMove, Grade


@unique
class Hat(StrEnum):
    """What somebody is to one case; he may be several things."""

    FINDER = "finder"
    OFFICER = "officer"  # of the section whose matter it is
    HEAD = "head"  # of that section
    HOLDER = "holder"  # has taken it
    OFFICE = "office"
    LIAISON = "liaison"
    DUTY = "duty"
    LEAD_DUTY = "lead_duty"
    DEPUTY = "deputy"  # in charge of the section, or of anything while it is nobody's
    LEADER = "leader"  # a deputy in charge of something else
    PRINCIPAL = "principal"


_H, _M = Hat, CaseMove
_ALL = tuple(Grade)
_LIGHT, _GRAVE = (Grade.BLUE, Grade.YELLOW), (Grade.ORANGE, Grade.RED)
_LEADING = frozenset({_H.DEPUTY, _H.PRINCIPAL})
_HANDLING = frozenset(
    {_H.OFFICER, _H.HEAD, _H.HOLDER, _H.OFFICE, _H.LIAISON, _H.DUTY, _H.LEAD_DUTY, *_LEADING}
)
_KEEPING = frozenset({_H.OFFICE, _H.LIAISON, *_LEADING})
_CLOSING = {
    Grade.BLUE: frozenset({_H.OFFICE, *_LEADING}),
    Grade.YELLOW: frozenset({_H.OFFICE, *_LEADING}),
    Grade.ORANGE: _LEADING,
    Grade.RED: frozenset({_H.PRINCIPAL}),
}
_Table = Mapping[CaseMove, Mapping[Grade, frozenset[Hat]]]


def _same(hats: Collection[Hat]) -> Mapping[Grade, frozenset[Hat]]:
    return dict.fromkeys(_ALL, frozenset(hats))


MAY: _Table = {
    _M.REGISTER: _same(_KEEPING | {_H.DUTY, _H.LEAD_DUTY}),
    _M.GRADE: {
        **dict.fromkeys(_LIGHT, frozenset({_H.OFFICE, *_LEADING})),
        **dict.fromkeys(_GRAVE, _LEADING),
    },
    _M.PROPOSE: _same({_H.OFFICE, _H.LIAISON, _H.DUTY, _H.LEAD_DUTY, _H.HEAD}),
    _M.ASSIGN: _same({_H.HEAD, _H.OFFICE, _H.DUTY, _H.LEAD_DUTY, *_LEADING}),
    _M.ACK: _same(_HANDLING),
    _M.FACTS: _same(_HANDLING),
    _M.PROGRESS: _same(_HANDLING | {_H.FINDER}),
    _M.WORDING: _same(_HANDLING),
    _M.APPROVE: {
        **dict.fromkeys(_LIGHT, frozenset({_H.OFFICE, *_LEADING})),
        **dict.fromkeys(_GRAVE, _LEADING),
    },
    _M.ANSWER: _same({_H.HEAD, _H.HOLDER, *_KEEPING}),
    _M.REPORT_UP: _same({_H.OFFICE, _H.LIAISON, _H.DUTY, _H.LEAD_DUTY, *_LEADING}),
    _M.INSTRUCT: _same({_H.OFFICE, _H.LEAD_DUTY, *_LEADING}),
    _M.ASK_CLOSING: _same(_HANDLING),
    _M.WATCH: _same({_H.HEAD, _H.HOLDER, *_KEEPING}),
    _M.CLOSE: _CLOSING,
    _M.FALSE_ALARM: _CLOSING,
    _M.FORWARD: _CLOSING,
    _M.MERGE: _same(_KEEPING),
    _M.SPLIT: _same(_KEEPING),
    _M.DIFFER: _same(_KEEPING),
    _M.REOPEN: _same(_KEEPING | {_H.DUTY, _H.LEAD_DUTY}),
    _M.EXPLAIN: _same(_HANDLING),
    _M.LINK: _same(_HANDLING),
}
"""Whose hats each move takes, by the grade of the case. What is not here no person does by itself:
items are added and clocks run out by the machine. A refusal is whoever may approve; an undo is
whoever acted."""

_FIRST_ACTION = frozenset({_H.DUTY, _H.LEAD_DUTY})


def may(hats: Collection[Hat], move: CaseMove, grade: Grade) -> bool:
    """Tell whether somebody may do *move* to a case of that *grade*."""
    return bool(MAY[move][grade] & frozenset(hats))


def may_grade(hats: Collection[Hat], now: Grade | None, wanted: Grade) -> bool:
    """Tell whether somebody may decide a grade: what he may decide of the graver of the two.

    *now* is what was decided before; what the machine suggested binds nobody.
    """
    return may(hats, _M.GRADE, max(now or wanted, wanted, key=rank))


def may_assign(hats: Collection[Hat], *, to_own: bool, taken: bool) -> bool:
    """Tell whether somebody may give a case to a section.

    A head only to his own (*to_own*); who is on duty only as the first action: not once somebody
    has it (*taken*).
    """
    worn = set(hats)
    if not to_own:
        worn.discard(_H.HEAD)
    if taken:
        worn -= _FIRST_ACTION
    return may(worn, _M.ASSIGN, Grade.BLUE)


def may_see(hats: Collection[Hat], grade: Grade) -> bool:
    """Tell whether somebody may see a case.

    Leadership, office, duty and the section whose matter it is; up to yellow whoever found it as
    well (domain-rules §2.4).
    """
    worn = frozenset(hats)
    return bool(worn - {_H.FINDER} if grade in _GRAVE else worn)
