"""Alerts, whom they reached, their log, silences and policies; where a push came from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0027"
down_revision = "0026"

ID = sa.String(length=64)
WORD = sa.String(length=24)
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
UNENDED = sa.text("status != 'ended'")
LIVE = sa.text("live")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("source", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "alerts",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("grade", WORD, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("policy", JSON, nullable=False),
        sa.Column("named", JSON, nullable=False),
        sa.Column("raised_by", ID, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("holder", ID, nullable=False),
        sa.Column("held_at", MOMENT, nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("above", ID, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_alerts_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_alerts_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    op.create_index(
        "ix_alerts_unended",
        "alerts",
        ["bureau", "subject"],
        sqlite_where=UNENDED,
        postgresql_where=UNENDED,
    )
    op.create_index("ix_alerts_bureau_raised_at", "alerts", ["bureau", "raised_at"])
    op.create_index("ix_alerts_bureau_code", "alerts", ["bureau", "code"])
    op.create_index("ix_alerts_bureau_ended_at", "alerts", ["bureau", "ended_at"])
    op.create_table(
        "alert_recipients",
        sa.Column("alert", ID, nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("acked_at", MOMENT, nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name=op.f("fk_alert_recipients_alert")),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_alert_recipients_member")
        ),
        sa.PrimaryKeyConstraint("alert", "member", name=op.f("pk_alert_recipients")),
    )
    op.create_index(
        "ix_alert_recipients_live",
        "alert_recipients",
        ["member"],
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "alert_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("act", WORD, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("actor", ID, nullable=False),
        sa.Column("people", JSON, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name=op.f("fk_alert_entries_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_entries")),
    )
    op.create_index("ix_alert_entries_alert_id", "alert_entries", ["alert", "id"])
    op.create_table(
        "alert_silences",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("grade", WORD, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_alert_silences_bureau")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.userid"], name=op.f("fk_alert_silences_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_silences")),
    )
    op.create_index("ix_alert_silences_bureau_until", "alert_silences", ["bureau", "until"])
    op.create_table(
        "alert_policies",
        sa.Column("bureau", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("imported_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_alert_policies_bureau")),
        sa.PrimaryKeyConstraint("bureau", "version", "position", name=op.f("pk_alert_policies")),
    )


def downgrade() -> None:
    for table in ("alert_policies", "alert_silences", "alert_entries", "alert_recipients"):
        op.drop_table(table)
    op.drop_table("alerts")
    op.drop_column("outbox", "source")
