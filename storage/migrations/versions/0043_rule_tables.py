"""One table for the sets of rules that bureaus bring, in place of one for each kind of set."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"

_ID = sa.String(length=64)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_COLUMNS = "bureau, version, position, definition, imported_at, imported_by"
_FORMER = {
    "routes": "route",
    "alert_policies": "alert_policy",
    "incident_limits": "incident_limit",
    "contingency_plans": "contingency",
}
_NAMED = {
    "sqlite": "json_extract(definition, '$.name')",
    "postgresql": "definition ->> 'name'",
}
"""How a route's name is read from its definition."""


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("definition", _JSON, nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("imported_by", _ID, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "rule_tables",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_rule_tables_bureau"),
        sa.PrimaryKeyConstraint("bureau", "name", "version", "position", name="pk_rule_tables"),
    )
    for table, name in _FORMER.items():
        op.execute(
            f"INSERT INTO rule_tables (name, {_COLUMNS}) SELECT '{name}', {_COLUMNS} FROM {table}"  # noqa: S608 - names from above
        )
        op.drop_table(table)


def downgrade() -> None:
    for table in _FORMER:
        own = [sa.Column("name", sa.Text(), nullable=False)] if table == "routes" else []
        op.create_table(
            table,
            sa.Column("bureau", _ID, nullable=False),
            *own,
            *_columns(),
            sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=f"fk_{table}_bureau"),
            sa.PrimaryKeyConstraint("bureau", "version", "position", name=f"pk_{table}"),
        )
    for table, name in _FORMER.items():
        into, what = _COLUMNS, _COLUMNS
        if table == "routes":
            into, what = f"name, {into}", f"{_NAMED[op.get_bind().dialect.name]}, {what}"
        op.execute(
            f"INSERT INTO {table} ({into}) SELECT {what} FROM rule_tables WHERE name = '{name}'"  # noqa: S608 - names from above
        )
    op.drop_table("rule_tables")
