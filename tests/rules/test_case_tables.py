"""The whole of both tables of a case, written down once more: whence a move leads, and whose it is.

A row that changes has to be changed here as well, after a look at domain-rules §2.3, §6.4 and §6.5.
"""

from handlers.rules.cases.flow import MOVES
from handlers.rules.cases.limits import LIMITS
from handlers.rules.cases.rights import MAY, Hat
from storage.vocabulary import CaseMove, CaseState, Grade

STATES = """
                clue registered graded assigned acked handling responded watching closed merged false_alarm not_ours reopened
register        registered - - - - - - - - - - - -
add             = = = = = = = = - - = = =
alert           = = = = = = = = - - - - =
propose         = = = = = = = = - - - - =
grade           graded graded = = = = = = - - - - graded
assign          assigned assigned assigned = assigned assigned assigned assigned - - - - assigned
ack             acked acked acked acked = = = = - - - - acked
facts           handling handling handling handling handling = = = - - - - handling
progress        handling handling handling handling handling = = = - - - - handling
wording         = = = = = = = = - - - - =
approve         = = = = = = = = - - - - =
refuse          = = = = = = = = - - - - =
answer          responded responded responded responded responded responded = responded - - - - responded
report_up       = = = = = = = = - - - - =
instruct        = = = = = = = = - - - - =
ask_closing     = = = = = = = = - - - - =
watch           - watching watching watching watching watching watching = - - - - watching
close           closed closed closed closed closed closed closed closed - - - - closed
false_alarm     false_alarm false_alarm false_alarm false_alarm false_alarm false_alarm false_alarm false_alarm - - - - false_alarm
forward         not_ours not_ours not_ours not_ours not_ours not_ours not_ours not_ours - - - - not_ours
merge           merged merged merged merged merged merged merged merged - - - - merged
split           = = = = = = = = - - - - =
differ          = = = = = = = = - - - - =
reopen          - - - - - - - - reopened - reopened reopened -
overdue         = = = = = = = = - - - - =
explain         = = = = = = = = = = = = =
link            = = = = = = = = = = = = =
"""  # noqa: E501 - a table

ROLES = """
                finder officer head holder office liaison duty lead_duty deputy leader principal
register        - - - - byor byor byor byor byor - byor
grade           - - - - by - - - byor - byor
propose         - - byor - byor byor byor byor - - -
assign          - - byor - byor - byor byor byor - byor
ack             - byor byor byor byor byor byor byor byor - byor
facts           - byor byor byor byor byor byor byor byor - byor
progress        byor byor byor byor byor byor byor byor byor - byor
wording         - byor byor byor byor byor byor byor byor - byor
approve         - - - - by - - - byor - byor
answer          - - byor byor byor byor - - byor - byor
report_up       - - - - byor byor byor byor byor - byor
instruct        - - - - byor - - byor byor - byor
ask_closing     - byor byor byor byor byor byor byor byor - byor
watch           - - byor byor byor byor - - byor - byor
close           - - - - by - - - byo - byor
false_alarm     - - - - by - - - byo - byor
forward         - - - - by - - - byo - byor
merge           - - - - byor byor - - byor - byor
split           - - - - byor byor - - byor - byor
differ          - - - - byor byor - - byor - byor
reopen          - - - - byor byor byor byor byor - byor
explain         - byor byor byor byor byor byor byor byor - byor
link            - byor byor byor byor byor byor byor byor - byor
"""
"""Up to which grades: b blue, y yellow, o orange, r red."""


def rows(table: str) -> dict[tuple[str, str], str]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    return {
        (line[0], name): cell
        for line in lines
        for name, cell in zip(head, line[1:], strict=True)
        if cell != "-"
    }


def test_each_move_leads_from_each_state_where_the_table_says_and_nowhere_else() -> None:
    wanted = {
        (CaseState(state), CaseMove(move)): CaseState(state if end == "=" else end)
        for (move, state), end in rows(STATES).items()
    }
    assert dict(MOVES) == wanted


def test_each_move_is_for_whom_the_table_says_at_each_grade_and_for_nobody_else() -> None:
    found = {
        (move.value, hat.value): letters
        for move, by_grade in MAY.items()
        for hat in Hat
        if (letters := "".join(grade.value[0] for grade in Grade if hat in by_grade[grade]))
    }
    assert found == rows(ROLES)


def test_how_long_a_case_is_watched_and_how_often_it_is_heard_of() -> None:
    """The lines of domain-rules §6.4 that begin after the answer."""
    assert [LIMITS[grade].watch for grade in Grade] == ["1d", "3d", "7d", "7d"]
    assert [LIMITS[grade].progress for grade in Grade] == ["", "7wh", "4h", "2h"]
