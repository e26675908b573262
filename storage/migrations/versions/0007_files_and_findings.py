"""Files that are read, and what the machine's proof found in a version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column(
        "attachments",
        sa.Column("kind", sa.String(24), nullable=False, server_default="picture"),
    )
    op.add_column(
        "draft_versions",
        sa.Column("findings", DOCUMENT, nullable=False, server_default=sa.text("'[]'")),
    )


def downgrade() -> None:
    op.drop_column("draft_versions", "findings")
    op.drop_column("attachments", "kind")
