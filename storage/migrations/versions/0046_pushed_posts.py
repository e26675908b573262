"""Sources that send, are weighed and removed; posts that wait are judged the gravest first."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

_MOMENT = sa.DateTime(timezone=True)
_WAITING = sa.text("status = 'waiting'")


def upgrade() -> None:
    for name in ("old_until", "removed_at"):
        op.add_column("sources", sa.Column(name, _MOMENT, nullable=True))
    op.add_column("sources", sa.Column("weight", sa.Integer(), nullable=True))
    op.add_column(
        "found_items", sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("found_items", sa.Column("posted_at", _MOMENT, nullable=True))
    op.drop_index("ix_found_items_waiting", "found_items")
    op.create_index(
        "ix_found_items_waiting",
        "found_items",
        ["rank", "id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_found_items_found_at", "found_items", ["found_at"])


def downgrade() -> None:
    op.drop_index("ix_found_items_found_at", "found_items")
    op.drop_index("ix_found_items_waiting", "found_items")
    op.create_index(
        "ix_found_items_waiting",
        "found_items",
        ["id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    for name in ("posted_at", "rank"):
        op.drop_column("found_items", name)
    for name in ("weight", "removed_at", "old_until"):
        op.drop_column("sources", name)
