"""Figures of other systems are staged until all of a sheet is there."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "outside_staged",
        sa.Column("sheet", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheets.id"], name=op.f("fk_outside_staged_sheet")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_outside_staged_unit")),
        sa.PrimaryKeyConstraint(
            "sheet", "unit", "month", "source", "measure", name=op.f("pk_outside_staged")
        ),
    )


def downgrade() -> None:
    op.drop_table("outside_staged")
