"""Posts of a sheet wait out of sight until all of them are there."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"

_STAGED = sa.text("status = 'staged'")


def upgrade() -> None:
    op.add_column("found_items", sa.Column("sheet", sa.String(length=64), nullable=True))
    op.create_index(
        "ix_found_items_staged",
        "found_items",
        ["sheet"],
        sqlite_where=_STAGED,
        postgresql_where=_STAGED,
    )


def downgrade() -> None:
    op.drop_index("ix_found_items_staged", "found_items")
    op.drop_column("found_items", "sheet")
