"""The members' CSV: read it line by line, say what is wrong where."""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from storage.vocabulary import Role, UserId

COLUMNS = ("userid", "name", "unit", "roles", "aliases")
OPTIONAL = "in_charge_of"
_USERID = re.compile(r"[0-9a-z_.@-]{1,64}\Z")
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One good line. *unit* is a path such as 区住建局/物业科; its first part is the bureau."""

    line: int
    userid: UserId
    name: str
    unit: str
    roles: tuple[Role, ...]
    aliases: tuple[str, ...]
    in_charge_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A line that was left out, and why."""

    line: int
    reason: str


class RosterError(Exception):
    """The file as a whole cannot be read."""


def read_roster(content: bytes) -> tuple[Sequence[Row], Sequence[BadRow]]:
    """Read a roster; UTF-8 and the GB18030 of spreadsheet programs are both understood.

    Raises:
        RosterError: it is no text, or columns are missing.
    """
    reader = csv.DictReader(io.StringIO(_decode(content)), strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise RosterError(f"missing columns: {', '.join(missing)}")
        return _read_rows(reader)
    except csv.Error as error:
        # The line of the inner reader is the one at fault, that of the outer the last good one.
        raise RosterError(f"line {reader.reader.line_num}: {error}") from error


def _read_rows(reader: "csv.DictReader[str]") -> tuple[Sequence[Row], Sequence[BadRow]]:
    good: dict[UserId, Row] = {}
    bad: list[BadRow] = []
    for fields in reader:
        if not any(str(value or "").strip() for value in fields.values()):
            continue
        row = _read_row(fields, reader.line_num)
        if isinstance(row, BadRow):
            bad.append(row)
        elif row.userid in good:
            first = good[row.userid].line
            bad.append(BadRow(line=row.line, reason=f"userid {row.userid} is on line {first} too"))
        else:
            good[row.userid] = row
    return list(good.values()), bad


def _decode(content: bytes) -> str:
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:
                return text
    raise RosterError("neither UTF-8 nor GB18030: save the sheet as CSV UTF-8")


def _read_row(fields: dict[str, str | None], line: int) -> Row | BadRow:
    cells = {name: (value or "").strip() for name, value in fields.items() if name in _KNOWN}
    userid = cells["userid"].lower()
    unit = "/".join(part.strip() for part in cells["unit"].split("/"))
    roles, unknown = _roles(cells["roles"])
    faults = [
        fault
        for fault, present in (
            ("more cells than the header has columns", None in fields),
            (
                f"userid {cells['userid']!r} is not 1-64 of letters, digits, _ - @ .",
                not _USERID.match(userid),
            ),
            ("no name", not cells["name"]),
            (f"unit {cells['unit']!r} is not a path", not all(unit.split("/"))),
            (f"unknown roles: {', '.join(unknown)}", bool(unknown)),
            ("no roles", not (roles or unknown)),
        )
        if present
    ]
    if faults:
        return BadRow(line=line, reason="; ".join(faults))
    return Row(
        line=line,
        userid=UserId(userid),
        name=cells["name"],
        unit=unit,
        roles=roles,
        aliases=_split(cells["aliases"]),
        in_charge_of=_split(cells.get(OPTIONAL, "")),
    )


def _roles(cell: str) -> tuple[tuple[Role, ...], list[str]]:
    words = _split(cell)
    known = {str(role) for role in Role}
    return tuple(Role(word) for word in words if word in known), [
        word for word in words if word not in known
    ]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


_KNOWN = {*COLUMNS, OPTIONAL}
