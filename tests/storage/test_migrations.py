"""The steps of the schema lead to what the models say, and back to nothing."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from storage import migrations
from storage.models import Base
from storage.unit_of_work import Database, open_database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def differences(database: Database) -> list[object]:
    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_name": migrations.is_of_models}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def downgrade(database: Database) -> None:
    config = migrations.alembic_config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def test_the_steps_lead_from_nothing_to_the_models_and_back(database: Database) -> None:
    assert differences(database) == []
    assert migrations.is_current(database.engine)

    downgrade(database)
    assert tables(database) == {"alembic_version"}
    assert not migrations.is_current(database.engine)

    migrations.upgrade(database.engine)
    assert differences(database) == []
    found = {name for name in tables(database) if migrations.is_of_models(name, "table", {})}
    assert found == {*Base.metadata.tables, "alembic_version"}


def test_the_newest_file_is_the_head_of_all_steps() -> None:
    head = ScriptDirectory.from_config(migrations.alembic_config()).get_current_head()
    assert migrations.newest_step() == head


def test_the_newest_step_taken_again_changes_nothing(database: Database) -> None:
    migrations.upgrade(database.engine)
    assert migrations.is_current(database.engine)
    assert differences(database) == []
