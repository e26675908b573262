"""The self-checks: when each began, where it stood, and whether it passed."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "canary_runs",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("step", _WORD, nullable=False),
        sa.Column("step_at", _MOMENT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canary_runs"),
    )
    op.create_index("ix_canary_runs_began_at", "canary_runs", ["began_at"])


def downgrade() -> None:
    op.drop_table("canary_runs")
