"""By what items are found again, whose they are, how they spread, what people say of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_FOLLOWS = sa.text("thread IS NOT NULL")


def upgrade() -> None:
    op.add_column("opinion_items", sa.Column("thread", sa.Integer(), nullable=True))
    for name in ("voices", "words_hit"):
        column = sa.Column(name, _JSON, nullable=False, server_default=sa.text("'[]'"))
        op.add_column("opinion_items", column)
    op.create_index(
        "ix_opinion_items_thread",
        "opinion_items",
        ["thread", "found_at"],
        sqlite_where=_FOLLOWS,
        postgresql_where=_FOLLOWS,
    )
    op.create_table(
        "opinion_prints",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("mark", "item", name="pk_opinion_prints"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "opinion_rarities",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("counted_at", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_rarities_bureau"),
        sa.PrimaryKeyConstraint("bureau", name="pk_opinion_rarities"),
    )
    op.create_table(
        "opinion_topics",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("imported_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_topics_bureau"),
        sa.PrimaryKeyConstraint("bureau", "version", name="pk_opinion_topics"),
    )
    op.create_table(
        "opinion_hours",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("hour", _MOMENT, nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_hours_bureau"),
        sa.PrimaryKeyConstraint("bureau", "topic", "hour", name="pk_opinion_hours"),
    )


def downgrade() -> None:
    for table in (
        "opinion_hours",
        "opinion_topics",
        "opinion_rarities",
        "opinion_prints",
    ):
        op.drop_table(table)
    op.drop_index("ix_opinion_items_thread", "opinion_items")
    for name in ("words_hit", "voices", "thread"):
        op.drop_column("opinion_items", name)
