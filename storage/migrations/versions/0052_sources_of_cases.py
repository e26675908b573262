"""Whether a source has spoken in a case before is read from the index, however hot the case is."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"

_INDEX, _TABLE = "ix_opinion_items_case", "opinion_items"


def upgrade() -> None:
    _make("case_id", "platform", "source")


def downgrade() -> None:
    _make("case_id")


def _make(*columns: str) -> None:
    op.drop_index(_INDEX, _TABLE)
    in_case = sa.text("case_id IS NOT NULL")
    op.create_index(_INDEX, _TABLE, list(columns), sqlite_where=in_case, postgresql_where=in_case)
