"""Pictures of versions, visits that were ended, what a month of secrecy reviews asks for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

MOMENT = sa.DateTime(timezone=True)
STOPS = sa.text("tag = 'secrecy:stop'")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column(
        "draft_versions",
        sa.Column("pictures", DOCUMENT, nullable=False, server_default=sa.text("'[]'")),
    )
    op.create_table(
        "ended_visits",
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("visit", name=op.f("pk_ended_visits")),
    )
    op.create_index(op.f("ix_ended_visits_until"), "ended_visits", ["until"], unique=False)
    op.create_index(
        "ix_audit_entries_stops",
        "audit_entries",
        ["at"],
        sqlite_where=STOPS,
        postgresql_where=STOPS,
    )
    op.create_index(op.f("ix_review_decisions_decided_at"), "review_decisions", ["decided_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_review_decisions_decided_at"), table_name="review_decisions")
    op.drop_index("ix_audit_entries_stops", table_name="audit_entries")
    op.drop_index(op.f("ix_ended_visits_until"), table_name="ended_visits")
    op.drop_table("ended_visits")
    op.drop_column("draft_versions", "pictures")
