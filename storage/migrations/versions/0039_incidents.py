"""Incidents, their reports and logs, and the limits that a bureau brought."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("unit", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("elements", _JSON, nullable=False),
        sa.Column("reported_by", _ID, nullable=False),
        sa.Column("reported_at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("phone_due", _MOMENT, nullable=False),
        sa.Column("written_due", _MOMENT, nullable=False),
        sa.Column("suggested", _WORD, nullable=False),
        sa.Column("unknown", _JSON, nullable=False),
        sa.Column("grade", _WORD, nullable=True),
        sa.Column("graded_by", _ID, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("phoned_at", _MOMENT, nullable=True),
        sa.Column("phoned_by", _ID, nullable=False),
        sa.Column("phoned_to", sa.Text(), nullable=False),
        sa.Column("phone_reason", sa.Text(), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=True),
        sa.Column("written_by", _ID, nullable=False),
        sa.Column("written_to", sa.Text(), nullable=False),
        sa.Column("written_reason", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by", _ID, nullable=False),
        sa.Column("ended_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_incidents_bureau"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_incidents_unit"),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["members.userid"], name="fk_incidents_reported_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sa.UniqueConstraint("bureau", "year", "number", name="uq_incidents_bureau_year_number"),
    )
    op.create_index("ix_incidents_bureau_received_at", "incidents", ["bureau", "received_at"])
    op.create_index(
        "ix_incidents_open", "incidents", ["bureau"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "incident_reports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("incident", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("opened_by", _ID, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("elements", _JSON, nullable=False),
        sa.Column("signed_by", _ID, nullable=False),
        sa.Column("signed_for", _ID, nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=True),
        sa.Column("sent_by", _ID, nullable=False),
        sa.Column("sent_to", sa.Text(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["incident"], ["incidents.id"], name="fk_incident_reports_incident"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["members.userid"], name="fk_incident_reports_opened_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incident_reports"),
        sa.UniqueConstraint("incident", "position", name="uq_incident_reports_incident_position"),
    )
    op.create_table(
        "incident_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("act", _WORD, nullable=False),
        sa.Column("actor", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incidents.id"], name="fk_incident_entries_incident"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incident_entries"),
    )
    op.create_index("ix_incident_entries_incident_id", "incident_entries", ["incident", "id"])
    op.create_table(
        "incident_limits",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("definition", _JSON, nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("imported_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_incident_limits_bureau"),
        sa.PrimaryKeyConstraint("bureau", "version", "position", name="pk_incident_limits"),
    )


def downgrade() -> None:
    op.drop_table("incident_limits")
    op.drop_table("incident_entries")
    op.drop_table("incident_reports")
    op.drop_table("incidents")
