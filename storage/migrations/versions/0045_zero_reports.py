"""Zero reports of units, by month."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"

_ID = sa.String(length=64)


def upgrade() -> None:
    op.create_table(
        "zero_reports",
        sa.Column("unit", _ID, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("said_by", _ID, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_zero_reports_unit"),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_zero_reports_bureau"),
        sa.ForeignKeyConstraint(["said_by"], ["members.userid"], name="fk_zero_reports_said_by"),
        sa.PrimaryKeyConstraint("unit", "period", name="pk_zero_reports"),
    )
    op.create_index("ix_zero_reports_bureau_period", "zero_reports", ["bureau", "period"])
    op.create_index("ix_zero_reports_said_by_said_at", "zero_reports", ["said_by", "said_at"])


def downgrade() -> None:
    op.drop_table("zero_reports")
