"""Times in which nobody looked at the clocks; what each member is sent, counted by the day."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_ID = sa.String(length=64)
_MOMENT = sa.DateTime(timezone=True)
_SAID = sa.text("told_by != ''")


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeats"),
    )
    op.create_table(
        "outages",
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("began_at", name="pk_outages"),
    )
    op.create_index("ix_outages_ended_at", "outages", ["ended_at"])
    op.create_table(
        "message_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("member", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("after_hours", sa.Integer(), nullable=False),
        sa.Column("spared", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_message_days_bureau"),
        sa.PrimaryKeyConstraint("day", "member", "kind", name="pk_message_days"),
    )
    op.create_index("ix_message_days_bureau_day", "message_days", ["bureau", "day"])
    op.create_index("ix_outbox_recipient_sent_at", "outbox", ["recipient", "sent_at"])
    op.add_column("outbox", sa.Column("told_by", _ID, nullable=False, server_default=""))
    op.create_index(
        "ix_outbox_told_by",
        "outbox",
        ["told_by", "created_at"],
        sqlite_where=_SAID,
        postgresql_where=_SAID,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_told_by", table_name="outbox")
    op.drop_column("outbox", "told_by")
    op.drop_index("ix_outbox_recipient_sent_at", table_name="outbox")
    op.drop_table("message_days")
    op.drop_table("outages")
    op.drop_table("heartbeats")
