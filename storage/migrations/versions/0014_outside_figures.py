"""What other systems counted for units."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)


def upgrade() -> None:
    op.create_table(
        "outside_figures",
        sa.Column("unit", ID, nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_outside_figures_bureau")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["members.userid"], name=op.f("fk_outside_figures_entered_by")
        ),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_outside_figures_unit")),
        sa.PrimaryKeyConstraint(
            "unit", "month", "source", "measure", name=op.f("pk_outside_figures")
        ),
    )
    op.create_index(op.f("ix_outside_figures_bureau_month"), "outside_figures", ["bureau", "month"])


def downgrade() -> None:
    op.drop_table("outside_figures")
