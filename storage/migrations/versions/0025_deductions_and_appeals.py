"""What points are taken off for, objections to scores, and until when they are taken."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)
WORD = sa.String(length=24)


def upgrade() -> None:
    op.create_table(
        "deductions",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("counts_in", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("draft", ID, nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("taken_back_by", ID, nullable=False),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.Column("taken_back_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_deductions_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_deductions_unit")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["members.userid"], name=op.f("fk_deductions_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deductions")),
    )
    for columns in (
        ["bureau", "counts_in"],
        ["unit", "counts_in"],
        ["entered_by", "entered_at"],
        ["taken_back_by", "taken_back_at"],
    ):
        op.create_index(f"ix_deductions_{'_'.join(columns)}", "deductions", columns)
    op.create_table(
        "appeals",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("filed_by", ID, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("deduction", ID, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", ID, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_appeals_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_appeals_unit")),
        sa.ForeignKeyConstraint(["filed_by"], ["members.userid"], name=op.f("fk_appeals_filed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    for columns in (
        ["bureau", "period"],
        ["unit", "period"],
        ["filed_by", "filed_at"],
        ["answered_by", "answered_at"],
    ):
        op.create_index(f"ix_appeals_{'_'.join(columns)}", "appeals", columns)
    still_open = sa.text("status = 'open'")
    op.create_index(
        "ix_appeals_open",
        "appeals",
        ["bureau"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.add_column("notices", sa.Column("appeal_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("notices", "appeal_until")
    op.drop_table("appeals")
    op.drop_table("deductions")
