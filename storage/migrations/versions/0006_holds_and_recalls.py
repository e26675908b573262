"""Drafts put off, taken down and put right; who made a delegation."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)
STANDING = sa.text("ended_at IS NULL")
UNSETTLED = sa.text("status IN ('asked', 'approved', 'down')")


def upgrade() -> None:
    op.create_table(
        "review_holds",
        sa.Column("id", ID, nullable=False),
        sa.Column("draft", ID, nullable=False),
        sa.Column("task", ID, nullable=False),
        sa.Column("held_by", ID, nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_review_holds_draft")),
        sa.ForeignKeyConstraint(["task"], ["review_tasks.id"], name=op.f("fk_review_holds_task")),
        sa.ForeignKeyConstraint(
            ["held_by"], ["members.userid"], name=op.f("fk_review_holds_held_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_holds")),
    )
    op.create_index(
        "uq_review_holds_standing",
        "review_holds",
        ["draft"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index(op.f("ix_review_holds_draft_held_at"), "review_holds", ["draft", "held_at"])
    op.create_table(
        "recalls",
        sa.Column("id", ID, nullable=False),
        sa.Column("draft", ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("done_by", ID, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_recalls_draft")),
        sa.ForeignKeyConstraint(["asked_by"], ["members.userid"], name=op.f("fk_recalls_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalls")),
    )
    op.create_index(
        "uq_recalls_unsettled",
        "recalls",
        ["draft"],
        unique=True,
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )
    op.create_index(op.f("ix_recalls_draft_asked_at"), "recalls", ["draft", "asked_at"])
    op.add_column("delegations", sa.Column("made_by", ID, nullable=False, server_default=""))
    op.create_index(
        op.f("ix_delegations_substitute_ends_at"), "delegations", ["substitute", "ends_at"]
    )
    op.create_index(op.f("ix_drafts_status_created_at"), "drafts", ["status", "created_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_drafts_status_created_at"), "drafts")
    op.drop_index(op.f("ix_delegations_substitute_ends_at"), "delegations")
    op.drop_column("delegations", "made_by")
    op.drop_table("recalls")
    op.drop_table("review_holds")
