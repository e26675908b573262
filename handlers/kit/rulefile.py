"""Files of rules (`xinshi rules import`): tables of TOML that know on which line they stand.

A capability that takes the tables of one name registers with `registry.rules("route")` what becomes
of them. It gets all tables of that name together, stores nothing unless each is in order, and tells
every fault with its line; `keep` makes what it read the next version of the bureau's set.
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from handlers.kit.context import SYSTEM, Context
from handlers.rules.toml_lines import Place, places
from storage.models import RuleTable, Unit

_Form = TypeVar("_Form", bound=BaseModel)


class RuleFileError(Exception):
    """The file cannot be read at all; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """Something in a file of rules that cannot be taken; *line* is 0 where none can be named."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a file, and where its parts stand in it."""

    values: Mapping[str, Any]
    place: Place

    def line(self, *within: str | int) -> int:
        """Return the line of a part of the table, or of the nearest thing around it."""
        return self.place.line_of(within)

    def fault(self, text: str, *within: str | int) -> Fault:
        return Fault(line=self.line(*within), text=text)

    def faults_of(self, error: ValidationError) -> Iterable[Fault]:
        """Return what pydantic found wrong with the table, each with its line."""
        for found in error.errors(include_input=False, include_url=False):
            where = ".".join(
                str(part + 1) if isinstance(part, int) else part for part in found["loc"]
            )
            yield self.fault(f"{where}: {found['msg']}", *found["loc"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the tables of one name: *faults*, or in a line what is in force now."""

    faults: tuple[Fault, ...] = ()
    said: str = ""


RuleBook = Callable[[Context, Unit, Sequence[Table]], Taken]
"""Takes the tables of one name for a bureau."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """The tables of a file by their names, and the bureau that it names, if it does."""

    bureau: str
    tables: Mapping[str, tuple[Table, ...]]


def read_rule_file(content: bytes) -> RuleFile:
    """Read a file of rules.

    Raises:
        RuleFileError: it is not UTF-8, not TOML, or holds what is no list of tables.
    """
    try:
        text = content.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError:
        raise RuleFileError("the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"the file is no TOML: {error}") from error
    bureau = raw.pop("bureau", "")
    if not isinstance(bureau, str):
        raise RuleFileError("bureau must be the name of one, in quotes")
    root = places(text)
    tables = {
        name: tuple(
            Table(values=values, place=root.inside[name].inside.get(number, root.inside[name]))
            for number, values in enumerate(_tables(name, value))
        )
        for name, value in raw.items()
    }
    return RuleFile(bureau=bureau, tables=MappingProxyType(tables))


def _tables(name: str, value: object) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return value
    raise RuleFileError(f"{name} must be written [[{name}]], once for each")


def read_tables(
    tables: Iterable[Table], form: type[_Form]
) -> tuple[list[tuple[Table, _Form]], list[Fault]]:
    """Return the tables that are as *form* wants them, read, and what is wrong with the others."""
    read: list[tuple[Table, _Form]] = []
    faults: list[Fault] = []
    for table in tables:
        try:
            read.append((table, form.model_validate(dict(table.values))))
        except ValidationError as error:
            faults += table.faults_of(error)
    return read, faults


def keep(
    ctx: Context,
    bureau: Unit,
    name: str,
    definitions: Sequence[Mapping[str, Any]],
    *,
    what: str,
    effect: str,
) -> Taken:
    """Make *definitions* the next version of a bureau's set, unless they are what it has already.

    *what* names the set in the answer, and *effect* says for what the new version counts.
    """
    if not definitions:
        return Taken(faults=(Fault(line=0, text=f"{name}: a set needs one table at least"),))
    present = ctx.uow.rule_tables.in_force(bureau.id, name)
    version = present[0].version if present else 0
    if [one.definition for one in present] == json.loads(json.dumps(definitions)):
        return Taken(said=f"{what} of {bureau.path}: version {version} already says the same")
    author = ctx.me.userid if ctx.me is not None else SYSTEM
    ctx.uow.rule_tables.add(
        [
            RuleTable(
                bureau=bureau.id,
                name=name,
                version=version + 1,
                position=position,
                definition=dict(definition),
                imported_at=ctx.now,
                imported_by=author,
            )
            for position, definition in enumerate(definitions)
        ]
    )
    ctx.audit(f"{name}:import", bureau.id, after={"version": version + 1})
    return Taken(said=f"{what} of {bureau.path}: version {version + 1}, {effect}")
