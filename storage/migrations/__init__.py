"""The schema, step by step: from empty to what the models say."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

INDEXES = ("library_index",)
"""Beginnings of the names of tables that are of one kind of database, and no models."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest step; nothing happens when it is there already."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_of_models(name: str | None, kind: str, _parents: object) -> bool:
    """Tell whether a thing of the schema is the models' business; a search index is not."""
    return kind != "table" or not str(name).startswith(INDEXES)


def is_current(engine: Engine) -> bool:
    """Tell whether the schema is at the newest step."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()
