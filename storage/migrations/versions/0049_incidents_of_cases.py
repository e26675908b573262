"""Who stood in for whom in a case's ledger; the incidents of a case are looked for by the case."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"

_LINKED = sa.text("\"case\" <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_incidents_case",
        "incidents",
        ["case"],
        sqlite_where=_LINKED,
        postgresql_where=_LINKED,
    )
    op.add_column(
        "case_events",
        sa.Column("on_behalf_of", sa.String(64), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("case_events", "on_behalf_of")
    op.drop_index("ix_incidents_case", "incidents")
