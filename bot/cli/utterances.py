"""Reads a file of utterances: role, context and text of each, separated by tabs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.contexts import parse_situation
from handlers.kit.meaning import Situation
from storage.vocabulary import Role

COLUMNS = ("role", "context", "text")
NOBODY_SAID = ("", "-")
_ROLES: Mapping[str, Role] = {**{role.value: role for role in Role}, "duty_leader": Role.LEAD_DUTY}


class UtterancesError(Exception):
    """The file cannot be used; the message names every fault, each with its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A text, what was being talked about, and as what its sender said it."""

    text: str
    situation: Situation
    roles: frozenset[Role]


def read_utterances(content: bytes, name: str) -> Sequence[Utterance]:
    """Read a table in UTF-8 whose first line names its columns; *name* is said in the faults.

    In a text, a backslash and an n stand for a new line; quotation marks stand for themselves.

    Raises:
        UtterancesError: a column is missing, or a role or a context is none.
    """
    try:
        head, *lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UtterancesError(f"{name}:{line}: this is not UTF-8") from None
    columns = head.rstrip("\r").split("\t")
    if missing := [column for column in COLUMNS if column not in columns]:
        raise UtterancesError(f"{name}:1: missing columns: {', '.join(missing)}")
    found: list[Utterance] = []
    faults: list[str] = []
    for number, cells in _rows(lines):
        try:
            found.append(utterance_of(dict(zip(columns, cells, strict=False))))
        except ValueError as error:
            faults.append(f"{name}:{number}: {error}")
    if faults:
        raise UtterancesError("\n".join(faults))
    return found


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for number, line in enumerate(lines, start=2):
        if row := line.removesuffix("\r"):
            yield number, row.split("\t")


def utterance_of(row: Mapping[str, str]) -> Utterance:
    """Read one row.

    Raises:
        ValueError: it ends before its text, or its role or context is none.
    """
    if missing := [column for column in COLUMNS if column not in row]:
        raise ValueError(f"the row ends before {missing[0]}")
    return Utterance(
        text=row["text"].replace("\\n", "\n"),
        situation=parse_situation(row["context"]),
        roles=frozenset(_roles(row["role"])),
    )


def _roles(cell: str) -> Iterator[Role]:
    for word in cell.split("|"):
        if (role := word.strip()) in NOBODY_SAID:
            continue
        if role not in _ROLES:
            raise ValueError(f"not a role: {role!r}; there are {', '.join(_ROLES)}")
        yield _ROLES[role]
