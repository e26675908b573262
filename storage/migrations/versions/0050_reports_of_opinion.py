"""Special, weekly and monthly reports of public opinion beside the daily ones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0050"
down_revision = "0049"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_DAY = "uq_briefings_bureau_day"
_WHICH = "uq_briefings_bureau_kind_subject_day_number"


def upgrade() -> None:
    with op.batch_alter_table("briefings") as table:
        table.add_column(
            sa.Column("kind", sa.String(length=24), nullable=False, server_default="daily")
        )
        table.add_column(sa.Column("subject", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("edits", _JSON, nullable=False, server_default=sa.text("'{}'")))
        table.drop_constraint(_DAY, type_="unique")
        table.create_unique_constraint(_WHICH, ["bureau", "kind", "subject", "day", "number"])
        table.create_index("ix_briefings_bureau_released_at", ["bureau", "released_at"])
        table.create_index("ix_briefings_subject", ["subject"])


def downgrade() -> None:
    op.execute("DELETE FROM briefings WHERE kind != 'daily'")
    with op.batch_alter_table("briefings") as table:
        table.drop_index("ix_briefings_subject")
        table.drop_index("ix_briefings_bureau_released_at")
        table.drop_constraint(_WHICH, type_="unique")
        table.create_unique_constraint(_DAY, ["bureau", "day"])
        for name in ("edits", "number", "subject", "kind"):
            table.drop_column(name)
