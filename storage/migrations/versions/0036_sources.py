"""Sources of posts, and the posts that they brought."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0036"
down_revision = "0035"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_ASKED = sa.text("kind = 'feed' AND active")
_WAITING = sa.text("status = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("added_by", _ID, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("silence", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("polled_at", _MOMENT, nullable=True),
        sa.Column("well_at", _MOMENT, nullable=True),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", _WORD, nullable=True),
        sa.Column("fault_detail", sa.Text(), nullable=False),
        sa.Column("broken_at", _MOMENT, nullable=True),
        sa.Column("asked_by", _ID, nullable=False),
        sa.Column("last_item_at", _MOMENT, nullable=True),
        sa.Column("arrivals", sa.Integer(), nullable=False),
        sa.Column("usual_gap", sa.Integer(), nullable=False),
        sa.Column("silent_at", _MOMENT, nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_sources_bureau"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("bureau", "number", name="uq_sources_bureau_number"),
    )
    op.create_index(
        "ix_sources_asked", "sources", ["next_at"], sqlite_where=_ASKED, postgresql_where=_ASKED
    )
    op.create_index("ix_sources_host_polled_at", "sources", ["host", "polled_at"])
    op.create_table(
        "found_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("item", _JSON, nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("finder", _ID, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_found_items_source"),
        sa.PrimaryKeyConstraint("id", name="pk_found_items"),
        sa.UniqueConstraint("source", "key", name="uq_found_items_source_key"),
    )
    op.create_index(
        "ix_found_items_waiting",
        "found_items",
        ["id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_found_items_source_found_at", "found_items", ["source", "found_at"])


def downgrade() -> None:
    op.drop_table("found_items")
    op.drop_table("sources")
