"""What was sent and has no result yet is asked for before the cut-off."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

SENT = sa.text("status = 'sent'")


def upgrade() -> None:
    op.create_index(
        "ix_dispatches_sent",
        "dispatches",
        ["dispatched_at"],
        sqlite_where=SENT,
        postgresql_where=SENT,
    )


def downgrade() -> None:
    op.drop_index("ix_dispatches_sent", table_name="dispatches")
