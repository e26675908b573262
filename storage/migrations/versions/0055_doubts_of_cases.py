"""Pairs of cases that may be about one event, until somebody says whether they are."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"

_ID = sa.String(length=64)


def upgrade() -> None:
    op.create_table(
        "case_doubts",
        sa.Column("one", _ID, nullable=False),
        sa.Column("other", _ID, nullable=False),
        sa.Column("arisen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("differ", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["cases.id"], name="fk_case_doubts_one"),
        sa.ForeignKeyConstraint(["other"], ["cases.id"], name="fk_case_doubts_other"),
        sa.PrimaryKeyConstraint("one", "other", name="pk_case_doubts"),
    )
    op.create_index("ix_case_doubts_other", "case_doubts", ["other"])


def downgrade() -> None:
    op.drop_table("case_doubts")
