"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.cases import clocks, commands, doubting, explaining, linking, owing, pictures, undoing
from handlers.cases.board import Board, board
from handlers.cases.finding import CASE_ALERTS, hats, sees
from handlers.cases.forms import (
    CaseOnPage,
    case_on_page,
    may_read_ledger,
    seen_by_visitor,
)
from handlers.cases.ledger import COLUMNS
from handlers.cases.ledger_asked import ledger_of
from handlers.cases.meanings import LEDGER_READERS
from handlers.cases.moving import GRAVE
from handlers.cases.naming import grade_of, named, where_said
from handlers.cases.pictures import lose
from handlers.cases.policy import CasePolicy
from handlers.cases.registry import KINDS, registry
from handlers.cases.showing import Listed

__all__ = [
    "CASE_ALERTS",
    "COLUMNS",
    "GRAVE",
    "KINDS",
    "LEDGER_READERS",
    "Board",
    "CaseOnPage",
    "CasePolicy",
    "Listed",
    "board",
    "case_on_page",
    "clocks",
    "commands",
    "doubting",
    "explaining",
    "grade_of",
    "hats",
    "ledger_of",
    "linking",
    "lose",
    "may_read_ledger",
    "named",
    "owing",
    "pictures",
    "registry",
    "seen_by_visitor",
    "sees",
    "undoing",
    "where_said",
]
