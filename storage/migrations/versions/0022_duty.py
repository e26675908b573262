"""The duty roster with its swaps and its log; sensitive periods; calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)
WORD = sa.String(length=24)
TABLES = (
    "calendar_feeds",
    "sensitive_periods",
    "duty_log",
    "duty_swaps",
    "duty_absences",
    "duty_gaps",
    "duty_shifts",
)


def upgrade() -> None:
    op.create_table(
        "duty_shifts",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("position", WORD, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("entered_by", ID, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_duty_shifts_bureau")),
        sa.ForeignKeyConstraint(["member"], ["members.userid"], name=op.f("fk_duty_shifts_member")),
        sa.UniqueConstraint(
            "bureau",
            "day",
            "kind",
            "position",
            "seat",
            name=op.f("uq_duty_shifts_bureau_day_kind_position_seat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
    )
    op.create_index(op.f("ix_duty_shifts_bureau_begins_at"), "duty_shifts", ["bureau", "begins_at"])
    op.create_index(op.f("ix_duty_shifts_member_begins_at"), "duty_shifts", ["member", "begins_at"])
    op.create_table(
        "duty_gaps",
        sa.Column("bureau", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_by", ID, nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_duty_gaps_bureau")),
        sa.PrimaryKeyConstraint("bureau", "day", name=op.f("pk_duty_gaps")),
    )
    op.create_table(
        "duty_absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("said_by", ID, nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_duty_absences_bureau")),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_duty_absences_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_absences")),
    )
    op.create_index(op.f("ix_duty_absences_bureau_last"), "duty_absences", ["bureau", "last"])
    op.create_table(
        "duty_swaps",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shift", ID, nullable=False),
        sa.Column("giver", ID, nullable=False),
        sa.Column("taker", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asks", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("back", ID, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_duty_swaps_bureau")),
        sa.ForeignKeyConstraint(["giver"], ["members.userid"], name=op.f("fk_duty_swaps_giver")),
        sa.ForeignKeyConstraint(["shift"], ["duty_shifts.id"], name=op.f("fk_duty_swaps_shift")),
        sa.ForeignKeyConstraint(["taker"], ["members.userid"], name=op.f("fk_duty_swaps_taker")),
        sa.UniqueConstraint(
            "bureau", "year", "number", name=op.f("uq_duty_swaps_bureau_year_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_swaps")),
    )
    op.create_index(op.f("ix_duty_swaps_asks_status"), "duty_swaps", ["asks", "status"])
    op.create_index(op.f("ix_duty_swaps_bureau_status"), "duty_swaps", ["bureau", "status"])
    op.create_index(op.f("ix_duty_swaps_shift_status"), "duty_swaps", ["shift", "status"])
    op.create_table(
        "duty_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("taken_by", ID, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("closed_by", ID, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_duty_log_bureau")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["members.userid"], name=op.f("fk_duty_log_written_by")
        ),
        sa.UniqueConstraint(
            "bureau", "year", "number", name=op.f("uq_duty_log_bureau_year_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_log")),
    )
    op.create_index(op.f("ix_duty_log_bureau_at"), "duty_log", ["bureau", "at"])
    op.create_index(op.f("ix_duty_log_bureau_open"), "duty_log", ["bureau", "open"])
    op.create_table(
        "sensitive_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("declared_by", ID, nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_sensitive_periods_bureau")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensitive_periods")),
    )
    op.create_index(
        op.f("ix_sensitive_periods_bureau_last"), "sensitive_periods", ["bureau", "last"]
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("member", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_calendar_feeds_member")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_calendar_feeds")),
    )
    op.create_index(op.f("ix_calendar_feeds_member"), "calendar_feeds", ["member"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
