"""What the bot showed or offered last in a talk, and verdicts that were taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column("memory", DOCUMENT, nullable=False, server_default=sa.text("'{}'")),
    )
    op.add_column(
        "review_decisions", sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_index(
        op.f("ix_review_decisions_decided_by"), "review_decisions", ["decided_by", "decided_at"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_review_decisions_decided_by"), "review_decisions")
    op.drop_column("review_decisions", "undone_at")
    op.drop_column("conversations", "memory")
