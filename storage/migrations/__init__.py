"""The schema, step by step: from empty to what the models say."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

INDEXES = ("library_index",)
"""Beginnings of the names of tables that are of one kind of database, and no models."""


_HERE = Path(__file__).parent


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest step; nothing happens when it is there already."""
    if is_current(engine):
        return
    from alembic import command  # noqa: PLC0415 - 12 MB that a start on the newest step has no use for

    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alembic_config() -> "Config":
    """Return where Alembic finds the steps."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return config


def is_of_models(name: str | None, kind: str, _parents: object) -> bool:
    """Tell whether a thing of the schema is the models' business; a search index is not."""
    return kind != "table" or not str(name).startswith(INDEXES)


def is_current(engine: Engine) -> bool:
    """Tell whether the schema is at the newest step."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return str(found) == newest_step()


def newest_step() -> str:
    """Return the newest step that this version knows; steps are files with their number first."""
    return max(path.name.partition("_")[0] for path in (_HERE / "versions").glob("[0-9]*.py"))
