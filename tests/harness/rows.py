"""All that a database holds: to compare before and after, to look for what must not be there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from storage.models import Base
from storage.unit_of_work import Database

Rows = Mapping[str, list[dict[str, Any]]]


def all_rows(database: Database) -> Rows:
    """Return every row of every table, in the order of their keys."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }


def counts(rows: Rows) -> dict[str, int]:
    """Return how many rows each table holds, without those that hold none."""
    return {name: len(found) for name, found in rows.items() if found}
