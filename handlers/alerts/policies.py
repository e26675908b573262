"""`[[alert_policy]]` tables: their form, what a set must hold to, and the set in force."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from handlers.alerts.commands import registry
from handlers.kit.context import Context
from handlers.kit.rulefile import Fault, Table, Taken, keep, read_tables
from handlers.rules.escalation import FOLLOWED, WORDS, FollowUp, Policy, Step, is_wait
from handlers.rules.peace import Calm
from storage.models import Unit
from storage.vocabulary import Grade, UnitId

_SET = "alert_policy"
_SHIPPED = Path(__file__).with_name("policies.toml")


def _wait(written: str) -> str:
    if not is_wait(written):
        raise ValueError("a time is written 15m, 2h, 1d or 4wh (working hours)")
    return written


def _word(known: frozenset[str], written: str) -> str:
    if written not in known:
        raise ValueError(f"not a word for people; known are {', '.join(sorted(known))}")
    return written


def _list(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Wait = Annotated[str, AfterValidator(_wait)]
_Told = Annotated[str, AfterValidator(lambda word: _word(WORDS, word))]
_Followed = Annotated[str, AfterValidator(lambda word: _word(FOLLOWED, word))]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StepForm(_Form):
    """A `[[alert_policy.step]]`."""

    tell: Annotated[list[_Told], BeforeValidator(_list)] = Field(min_length=1)
    wait: _Wait


class FollowUpForm(_Form):
    """A `[[alert_policy.follow_up]]`."""

    name: str = Field(min_length=1, max_length=40)
    words: str = Field(min_length=1, max_length=200)
    after: _Wait
    every: _Wait | None = None
    tell: Annotated[list[_Followed], BeforeValidator(_list)] = Field(default=["holder"])


class PolicyForm(_Form):
    """An `[[alert_policy]]`."""

    kind: str = Field(default="", max_length=40)
    grades: tuple[Grade, ...] = ()
    each: bool = False
    settles: bool = False
    lease: _Wait = "2h"
    patience: _Wait = "10m"
    repeat: _Wait = "15m"
    repeats: int = Field(default=0, ge=0, le=100)
    group: _Wait = "10m"
    calm: Calm = ""
    step: list[StepForm] = Field(min_length=1, max_length=12)
    follow_up: list[FollowUpForm] = Field(default=[], max_length=12)

    def policy(self) -> Policy:
        plain = self.model_dump(exclude={"step", "follow_up"})
        return Policy(
            **plain,
            steps=tuple(Step(tell=tuple(one.tell), wait=one.wait) for one in self.step),
            follow_ups=tuple(
                FollowUp(
                    name=one.name,
                    words=one.words,
                    after=one.after,
                    every=one.every or "",
                    tell=tuple(one.tell),
                )
                for one in self.follow_up
            ),
        )


@cache
def shipped() -> tuple[Policy, ...]:
    tables = tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))[_SET]
    return tuple(PolicyForm.model_validate(table).policy() for table in tables)


def policies_of(ctx: Context, bureau: UnitId) -> Sequence[Policy]:
    """Return the bureau's own policies, and behind them those that ship."""
    own = [Policy.read(row.definition) for row in ctx.uow.rule_tables.in_force(bureau, _SET)]
    return [*own, *shipped()]


@registry.rules(_SET)
def import_policies(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
    """Make the tables the bureau's next set of policies; alerts that stand keep theirs."""
    read, faults = read_tables(tables, PolicyForm)
    policies = [form.policy() for _, form in read]
    if not faults:
        faults += _faults_of_set(tables, policies)
    if faults:
        return Taken(faults=tuple(sorted(faults)))
    return keep(
        ctx,
        bureau,
        _SET,
        [policy.write() for policy in policies],
        what="alert policies",
        effect=f"{len(policies)} of them, for alerts raised from now on;"
        " what none of them fits follows those that ship",
    )


def _faults_of_set(tables: Sequence[Table], policies: Sequence[Policy]) -> Iterator[Fault]:
    """Name what would never be taken, and what would never end or never be answered."""
    seen: list[Policy] = []
    for table, policy in zip(tables, policies, strict=True):
        if any(_covers(before, policy) for before in seen):
            yield table.fault("a policy before this one fits everything that this one does")
        if policy.repeats and not policy.each:
            yield table.fault(
                "only what each must answer may end by itself; an alert climbs until it is taken",
                "repeats",
            )
        names = {one.name for one in policy.follow_ups}
        if len(names) != len(policy.follow_ups):
            yield table.fault("two follow-ups have the same name", "follow_up")
        seen.append(policy)


def _covers(before: Policy, policy: Policy) -> bool:
    kinds = before.kind in {"", policy.kind}
    grades = not before.grades or (bool(policy.grades) and set(policy.grades) <= set(before.grades))
    return kinds and grades
