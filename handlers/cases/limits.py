"""`[[case_limits]]` tables: what a bureau allows for each step, before what ships."""

from collections.abc import Sequence
from dataclasses import fields

from pydantic import BaseModel, ConfigDict, field_validator

from handlers.cases.naming import grade_of
from handlers.cases.policy import CasePolicy
from handlers.cases.registry import registry
from handlers.kit.context import Context
from handlers.kit.rulefile import Table, Taken, keep, read_tables
from handlers.rules.cases.limits import Limits
from handlers.rules.escalation import is_wait
from storage.models import Case, Unit
from storage.vocabulary import Grade

_SET = "case_limits"
_STEPS = tuple(one.name for one in fields(Limits))


class LimitsForm(BaseModel):
    """A `[[case_limits]]`: the *grades* that it is for, all where none is named, and limits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grades: tuple[Grade, ...] = ()
    grade: str | None = None
    ack: str | None = None
    facts: str | None = None
    plan: str | None = None
    answer: str | None = None
    progress: str | None = None
    watch: str | None = None
    climb: str | None = None
    gap: str | None = None

    @field_validator(*_STEPS)
    @classmethod
    def _length(cls, written: str | None) -> str | None:
        if written is not None and not is_wait(written):
            raise ValueError("a time is written 15m, 2h, 1d or 4wh (working hours)")
        return written

    def limits(self) -> dict[str, str]:
        said = {name: getattr(self, name) for name in _STEPS}
        return {name: wait for name, wait in said.items() if wait is not None}


def limits_of(ctx: Context, case: Case) -> Limits:
    """Return what a case's grade allows: by its bureau, else by the installation, else as shipped.

    Of a bureau's tables the first that fits and names a limit says it.
    """
    grade = grade_of(case)
    base = ctx.policy(CasePolicy).of(grade)
    own: dict[str, str] = {}
    for table in ctx.uow.rule_tables.in_force(case.bureau, _SET):
        if grade in (table.definition["grades"] or list(Grade)):
            own = table.definition["limits"] | own
    return Limits(**{name: own.get(name, getattr(base, name)) for name in _STEPS})


@registry.rules(_SET)
def import_limits(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
    """Make the tables the bureau's next set of limits; a clock that runs keeps its time."""
    read, faults = read_tables(tables, LimitsForm)
    faults += [table.fault("it names no limit") for table, form in read if not form.limits()]
    forms = [form for _, form in read]
    if faults:
        return Taken(faults=tuple(sorted(faults)))
    return keep(
        ctx,
        bureau,
        _SET,
        [{"grades": [str(one) for one in form.grades], "limits": form.limits()} for form in forms],
        what="limits of cases",
        effect=f"{len(forms)} tables, for what is done to cases from now on;"
        " what none of them names stays as it was",
    )
