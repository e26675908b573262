"""Whom the signer of an issue stood in for."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column(
        "bulletin_issues",
        sa.Column("signed_for", sa.String(length=64), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("bulletin_issues", "signed_for")
