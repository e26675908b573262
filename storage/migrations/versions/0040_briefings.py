"""Daily reports of public opinion."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0040"
down_revision = "0039"

_ID = sa.String(length=64)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "briefings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("duty", _JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("released_by", _ID, nullable=False),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_briefings_bureau"),
        sa.PrimaryKeyConstraint("id", name="pk_briefings"),
        sa.UniqueConstraint("bureau", "day", name="uq_briefings_bureau_day"),
    )


def downgrade() -> None:
    op.drop_table("briefings")
