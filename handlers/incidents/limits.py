"""`[[incident_limit]]` tables: their form, what a set must hold to, and the set in force."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from handlers.incidents.registry import registry
from handlers.kit.context import Context
from handlers.kit.rulefile import Fault, Table, Taken, keep, read_tables
from handlers.rules.escalation import is_wait
from handlers.rules.incidents.limits import Limit, chosen
from storage.models import Incident, Unit
from storage.vocabulary import Grade, UnitId

_SET = "incident_limit"
_SHIPPED = Path(__file__).with_name("limits.toml")


def _length(written: str) -> str:
    if not is_wait(written) or written.endswith("wh"):
        raise ValueError("a time is written 15m, 1h or 1d; emergencies know no working hours")
    return written


_Length = Annotated[str, AfterValidator(_length)]
_Clock = Annotated[str, Field(pattern=r"^(?:[01]\d|2[0-3]):[0-5]\d$")]


class LimitForm(BaseModel):
    """An `[[incident_limit]]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grades: tuple[Grade, ...] = ()
    phone: _Length
    written: _Length
    follow_ups: tuple[_Clock, ...] = Field(default=(), max_length=12)
    to: str = Field(default="", max_length=60)

    def limit(self) -> Limit:
        return Limit(**self.model_dump())


@cache
def shipped() -> tuple[Limit, ...]:
    tables = tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))[_SET]
    return tuple(LimitForm.model_validate(table).limit() for table in tables)


def limit_of(ctx: Context, bureau: UnitId, grade: Grade) -> Limit:
    """Return the limit of a grade: the bureau's own, else the one that ships."""
    own = [Limit.read(row.definition) for row in ctx.uow.rule_tables.in_force(bureau, _SET)]
    return chosen([*own, *shipped()], grade)


def limit_for(ctx: Context, incident: Incident) -> Limit:
    return limit_of(ctx, incident.bureau, incident.counts_as)


@registry.rules(_SET)
def import_limits(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
    """Make the tables the bureau's next set of limits; clocks that run keep theirs."""
    read, faults = read_tables(tables, LimitForm)
    limits = [form.limit() for _, form in read]
    if not faults:
        faults += _never_taken(tables, limits)
    if faults:
        return Taken(faults=tuple(sorted(faults)))
    return keep(
        ctx,
        bureau,
        _SET,
        [limit.write() for limit in limits],
        what="incident limits",
        effect=f"{len(limits)} of them, for incidents from now on;"
        " grades that none of them names follow those that ship",
    )


def _never_taken(tables: Sequence[Table], limits: Sequence[Limit]) -> Iterator[Fault]:
    covered: set[Grade] = set()
    for table, limit in zip(tables, limits, strict=True):
        grades = set(limit.grades or Grade)
        if grades <= covered:
            yield table.fault("the limits before this one fit everything that this one does")
        covered |= grades
