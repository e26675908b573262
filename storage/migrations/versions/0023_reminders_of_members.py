"""Reminders that members set; what each asked of the bot: quiet hours, what not to be told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023"
down_revision = "0022"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_LIST = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", _ID, nullable=False),
        sa.Column("member", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recur", sa.Text(), nullable=False),
        sa.Column("units", _LIST, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["member"], ["members.userid"], name="fk_reminders_member"),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_reminders_bureau"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("member", "number", name="uq_reminders_member_number"),
    )
    op.create_index(
        "ix_reminders_member_status_told_at", "reminders", ["member", "status", "told_at"]
    )
    for name in ("quiet_from", "quiet_until"):
        op.add_column(
            "member_preferences",
            sa.Column(name, sa.Text(), nullable=False, server_default=""),
        )
    op.add_column(
        "member_preferences", sa.Column("off", _LIST, nullable=False, server_default="[]")
    )


def downgrade() -> None:
    for name in ("off", "quiet_until", "quiet_from"):
        op.drop_column("member_preferences", name)
    op.drop_index("ix_reminders_member_status_told_at", table_name="reminders")
    op.drop_table("reminders")
