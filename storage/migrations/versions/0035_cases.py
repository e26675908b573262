"""Cases of public opinion, their ledger and their pictures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_OPEN = sa.text("state NOT IN ('closed', 'merged', 'false_alarm', 'not_ours')")
_UNFETCHED = sa.text("sha256 = '' AND NOT lost")


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("unit", _ID, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("suggested", _WORD, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("grade", _WORD, nullable=True),
        sa.Column("graded_by", _ID, nullable=False),
        sa.Column("graded_at", _MOMENT, nullable=True),
        sa.Column("finder", _ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("posted_at", _MOMENT, nullable=True),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("registered_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.Column("heat_found", sa.Text(), nullable=False),
        sa.Column("heat_peak", sa.Text(), nullable=False),
        sa.Column("demands", sa.Text(), nullable=False),
        sa.Column("truth", _WORD, nullable=False),
        sa.Column("assigned_by", _ID, nullable=False),
        sa.Column("assigned_at", _MOMENT, nullable=True),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("holder", _ID, nullable=False),
        sa.Column("acked_at", _MOMENT, nullable=True),
        sa.Column("facts_at", _MOMENT, nullable=True),
        sa.Column("plan_at", _MOMENT, nullable=True),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("wording_by", _ID, nullable=False),
        sa.Column("wording_approved_by", _ID, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("answered_where", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("clock_at", _MOMENT, nullable=False),
        sa.Column("watch_until", _MOMENT, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_by", _ID, nullable=False),
        sa.Column("merged_into", _ID, nullable=False),
        sa.Column("alerted", _JSON, nullable=False),
        sa.Column("overdue", _JSON, nullable=False),
        sa.Column("late_because", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_cases_bureau"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_cases_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("bureau", "year", "number", name="uq_cases_bureau_year_number"),
    )
    op.create_index("ix_cases_bureau_registered_at", "cases", ["bureau", "registered_at"])
    op.create_index(
        "ix_cases_open",
        "cases",
        ["bureau", "state"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_cases_bureau_touched_at", "cases", ["bureau", "touched_at"])
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("move", _WORD, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("actor", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("before", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_events_case"),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case", "id"])
    op.create_table(
        "case_files",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case", _ID, nullable=False),
        sa.Column("sender", _ID, nullable=False),
        sa.Column("media_id", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_files_case"),
        sa.PrimaryKeyConstraint("id", name="pk_case_files"),
        sa.UniqueConstraint("case", "media_id", name="uq_case_files_case_media_id"),
    )
    op.create_index(
        "ix_case_files_unfetched",
        "case_files",
        ["created_at"],
        sqlite_where=_UNFETCHED,
        postgresql_where=_UNFETCHED,
    )


def downgrade() -> None:
    op.drop_table("case_files")
    op.drop_table("case_events")
    op.drop_table("cases")
