"""A line of the ledger says whose it is where the rules are about people; shares by unit."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column(
        "score_lines", sa.Column("member", sa.String(length=64), nullable=False, server_default="")
    )
    op.create_index("ix_adoption_shares_unit_adoption", "adoption_shares", ["unit", "adoption"])


def downgrade() -> None:
    op.drop_index("ix_adoption_shares_unit_adoption", table_name="adoption_shares")
    op.drop_column("score_lines", "member")
