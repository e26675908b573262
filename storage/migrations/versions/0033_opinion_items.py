"""What was found in public, and what the machine thinks of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_IN_CASE = sa.text("case_id IS NOT NULL")
_REPOSTS = sa.text("repost_of IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "opinion_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finder", _ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("media", _JSON, nullable=False),
        sa.Column("posted_at", _MOMENT, nullable=True),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("heat", _JSON, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("topics", _JSON, nullable=False),
        sa.Column("relevance", sa.Double(), nullable=False),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("parts", _JSON, nullable=False),
        sa.Column("suggested", _WORD, nullable=False),
        sa.Column("why", _JSON, nullable=False),
        sa.Column("alarming", sa.Boolean(), nullable=False),
        sa.Column("case_id", _ID, nullable=True),
        sa.Column("perhaps", _ID, nullable=True),
        sa.Column("repost_of", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_items_bureau"),
        sa.ForeignKeyConstraint(
            ["repost_of"], ["opinion_items.id"], name="fk_opinion_items_repost_of"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opinion_items"),
        sa.UniqueConstraint("bureau", "year", "number", name="uq_opinion_items_bureau_year_number"),
    )
    op.create_index("ix_opinion_items_bureau_found_at", "opinion_items", ["bureau", "found_at"])
    op.create_index(
        "ix_opinion_items_case",
        "opinion_items",
        ["case_id"],
        sqlite_where=_IN_CASE,
        postgresql_where=_IN_CASE,
    )
    op.create_index(
        "ix_opinion_items_repost",
        "opinion_items",
        ["repost_of"],
        sqlite_where=_REPOSTS,
        postgresql_where=_REPOSTS,
    )


def downgrade() -> None:
    op.drop_table("opinion_items")
