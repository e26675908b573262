"""xinshi ...: the commands of an administrator, each imported when it is called.

`understand` must start at once, and most commands need much of the product.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup

_HOMES: Mapping[str, str] = MappingProxyType(
    {
        "init": "init",
        "migrate": "running",
        "up": "running",
        "serve": "running",
        "work": "running",
        "schedule": "running",
        "embed": "running",
        "demo": "running",
        "simulate": "running",
        "doctor": "doctor",
        "canary": "canary",
        "members": "members",
        "channels": "channels",
        "adoptions": "adoptions",
        "outside": "outside",
        "plans": "plans",
        "rules": "rules",
        "calendar": "calendar",
        "menu": "menu",
        "backup": "backup",
        "restore": "backup",
        "clock": "clock",
        "understand": "understand",
        "score": "score",
        "topics": "topics",
        "sources": "sources",
        "chat": "chat",
    }
)
"""Which module of this package has a command."""


class Commands(TyperGroup):
    """Finds commands in their modules; says in a line what an administrator can mend."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - click's signature
        if cmd_name not in _HOMES:
            return None
        home = typer.Typer()
        home.add_typer(import_module(f"bot.cli.{_HOMES[cmd_name]}").app)
        return typer.main.get_group(home).commands[cmd_name]

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if type(error).__module__.partition(".")[0] == "sqlalchemy":
                _refuse_unusable_database(error)
            raise


def _refuse_unusable_database(error: Exception) -> None:
    """Leave with a line if *error* is the database's own; anything else is the program's fault."""
    from sqlalchemy.exc import OperationalError, ProgrammingError  # noqa: PLC0415 - loaded by now

    from bot.cli.common import fail  # noqa: PLC0415 - as above

    if isinstance(error, OperationalError | ProgrammingError):
        reason = str(error.orig).partition("\n")[0]
        raise fail(
            f"the database cannot be used: {reason}; `xinshi doctor` says what to do"
        ) from error


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False)


@app.callback()
def _xinshi() -> None:
    """信使: 信息宣传 in WeCom."""


__all__ = ["app"]
