"""Whether a step of a case was counted in working time, so that its ledger can say so."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    op.add_column(
        "case_events",
        sa.Column("in_working_time", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("case_events", "in_working_time")
