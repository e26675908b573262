"""Entries that a sheet stages are out of sight until it is entered as a whole."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

STAGED = sa.text("status = 'staged'")
TABLES = ("adoptions", "instructions")


def upgrade() -> None:
    op.add_column("sheets", sa.Column("reached", sa.Integer(), nullable=False, server_default="0"))
    for table in TABLES:
        op.add_column(
            table, sa.Column("sheet", sa.String(length=64), nullable=False, server_default="")
        )
        op.create_index(
            f"ix_{table}_staged",
            table,
            ["sheet"],
            sqlite_where=STAGED,
            postgresql_where=STAGED,
        )


def downgrade() -> None:
    op.execute(
        "DELETE FROM adoption_shares WHERE adoption IN"
        " (SELECT id FROM adoptions WHERE status = 'staged')"
    )
    for table in reversed(TABLES):
        op.execute(f"DELETE FROM {table} WHERE status = 'staged'")  # noqa: S608 - our own names
        op.drop_index(f"ix_{table}_staged", table_name=table)
        op.drop_column(table, "sheet")
    op.execute("UPDATE sheets SET status = 'ready' WHERE status = 'entering'")
    op.drop_column("sheets", "reached")
