"""`[[contingency]]` tables: their form, what a set must hold to, and the set in force."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from handlers.contingencies.registry import registry
from handlers.kit.context import Context
from handlers.kit.rulefile import Table, Taken, keep, read_tables
from handlers.rules.contingencies import Plan, Task
from handlers.rules.escalation import LEADERS, ROLE_WORDS, is_wait
from storage.models import Unit
from storage.vocabulary import Grade, UnitId

SET = "contingency"
"""What the tables are called, in a file of rules and where they are stored."""
_PEOPLE = frozenset({*ROLE_WORDS, LEADERS})


def _length(written: str) -> str:
    if not is_wait(written) or written.endswith("wh"):
        raise ValueError("a time is written 15m, 1h or 1d; emergencies know no working hours")
    return written


def _known(word: str) -> str:
    if word not in _PEOPLE:
        raise ValueError(f"not a word for people; known are {', '.join(sorted(_PEOPLE))}")
    return word


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TaskForm(_Form):
    """A `[[contingency.task]]`."""

    words: str = Field(min_length=2, max_length=60)
    tell: list[Annotated[str, AfterValidator(_known)]] = Field(min_length=1)
    within: Annotated[str, AfterValidator(_length)]


class PlanForm(_Form):
    """A `[[contingency]]`."""

    name: str = Field(min_length=2, max_length=30)
    words: list[Annotated[str, Field(min_length=2)]] = Field(min_length=1, max_length=60)
    at_least: Grade = Grade.BLUE
    of: list[Literal["incident", "case"]] = Field(default=["incident", "case"], min_length=1)
    task: list[TaskForm] = Field(min_length=1, max_length=20)

    def plan(self) -> Plan:
        return Plan(
            name=self.name,
            words=tuple(self.words),
            at_least=self.at_least,
            of=tuple(self.of),
            tasks=tuple(
                Task(words=one.words, tell=tuple(one.tell), within=one.within) for one in self.task
            ),
        )


def plans_of(ctx: Context, bureau: UnitId) -> Sequence[Plan]:
    """Return the plans of a bureau; it has none until it brings its own."""
    return [Plan.read(row.definition) for row in ctx.uow.rule_tables.in_force(bureau, SET)]


@registry.rules(SET)
def import_plans(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
    """Make the tables the bureau's next set of plans; runs that have begun keep their tasks."""
    read, faults = read_tables(tables, PlanForm)
    plans: list[Plan] = []
    for table, form in read:
        if form.name in {one.name for one in plans}:
            faults.append(table.fault("a plan before this one has the same name", "name"))
        plans.append(form.plan())
    if faults:
        return Taken(faults=tuple(sorted(faults)))
    return keep(
        ctx,
        bureau,
        SET,
        [plan.write() for plan in plans],
        what="emergency plans",
        effect=f"{len(plans)} of them, in place of all before;"
        " runs that have begun keep their tasks",
    )
