"""约稿: calls for drafts, the parts of units in them, and the drafts that answer."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ID = sa.String(length=64)
MOMENT = sa.DateTime(timezone=True)
OWED = sa.text("state IN ('received', 'claimed', 'declined')")


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ordered_by", ID, nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("angle", sa.Text(), nullable=False),
        sa.Column("length", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outward_due", MOMENT, nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_calls_bureau")),
        sa.ForeignKeyConstraint(
            ["ordered_by"], ["members.userid"], name=op.f("fk_calls_ordered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("bureau", "year", "number", name=op.f("uq_calls_bureau_year_number")),
    )
    op.create_index(op.f("ix_calls_bureau_status_due_at"), "calls", ["bureau", "status", "due_at"])
    op.create_table(
        "call_parts",
        sa.Column("id", ID, nullable=False),
        sa.Column("call", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("moved_by", ID, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("suggested", sa.Text(), nullable=False),
        sa.Column("claimed_by", ID, nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("ladder", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call"], ["calls.id"], name=op.f("fk_call_parts_call")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_call_parts_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_parts")),
        sa.UniqueConstraint("call", "unit", name=op.f("uq_call_parts_call_unit")),
    )
    op.create_index(op.f("ix_call_parts_unit_due_at"), "call_parts", ["unit", "due_at"])
    op.create_index(
        "ix_call_parts_owed", "call_parts", ["unit"], sqlite_where=OWED, postgresql_where=OWED
    )
    op.create_table(
        "call_answers",
        sa.Column("draft", ID, nullable=False),
        sa.Column("part", ID, nullable=False),
        sa.Column("bound_by", ID, nullable=False),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=True),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_call_answers_draft")),
        sa.ForeignKeyConstraint(["part"], ["call_parts.id"], name=op.f("fk_call_answers_part")),
        sa.ForeignKeyConstraint(
            ["bound_by"], ["members.userid"], name=op.f("fk_call_answers_bound_by")
        ),
        sa.PrimaryKeyConstraint("draft", name=op.f("pk_call_answers")),
    )
    op.create_index(op.f("ix_call_answers_part"), "call_answers", ["part"])


def downgrade() -> None:
    op.drop_table("call_answers")
    op.drop_table("call_parts")
    op.drop_table("calls")
