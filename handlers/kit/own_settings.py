"""A bureau's own settings of a capability, over those of config.toml, for all of whose bureaus.

They stand in a file of rules as one table with the keys that differ: `[[duty]]`, with
`night_begins = "18:00"` below it. An empty table goes back to config.toml.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from handlers.kit.context import Context
from handlers.kit.registry import Registry
from handlers.kit.rulefile import Table, Taken, keep
from storage.models import Unit
from storage.vocabulary import UnitId

Settings = TypeVar("Settings", bound=BaseModel)


def settings_of(ctx: Context, kind: type[Settings], name: str, bureau: UnitId) -> Settings:
    """Return what is in force in a bureau: its own table called *name*, else what is configured."""
    usual = ctx.policy(kind)
    own = ctx.uow.rule_tables.in_force(bureau, name)
    return _over(usual, own[0].definition) if own else usual


def take_settings(registry: Registry, kind: type[Settings], name: str) -> None:
    """Let bureaus bring settings of their own in a table called *name*."""

    @registry.rules(name)
    def take(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
        table, *more = tables
        if more:
            return Taken(faults=(more[0].fault(f"one [[{name}]] is all that a bureau can have"),))
        try:
            whole = _over(ctx.policy(kind), dict(table.values))
        except ValidationError as error:
            return Taken(faults=tuple(sorted(table.faults_of(error))))
        own = whole.model_dump(mode="json", include=set(table.values))
        effect = f"{len(own)} of its own, the others as configured"
        return keep(ctx, bureau, name, [own], what=f"settings of {name}", effect=effect)


def _over(usual: Settings, own: Mapping[str, object]) -> Settings:
    return type(usual).model_validate({**usual.model_dump(), **own})
