"""范文: what was adopted, with an index of its words.

What was adopted before is put there by the service itself: a timer that is due at once, of the
kind that the monthly look through the shelf sets.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.String(length=64)
_FIRST_LOOK = """
INSERT INTO timers (id, kind, subject, key, due_at, payload, created_at, status, attempts, incident)
SELECT 'library_rebuild:first', 'library_rebuild', 'library', 'library_rebuild:library:first',
    latest.at, '{}', latest.at, 'pending', 0, ''
FROM (SELECT MAX(entered_at) AS at FROM adoptions) AS latest WHERE latest.at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "library_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("remarked", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("body_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_library_items_draft")),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_library_items_bureau")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_items")),
        sa.UniqueConstraint("draft", name=op.f("uq_library_items_draft")),
    )
    op.create_index(op.f("ix_library_items_bureau_used_on"), "library_items", ["bureau", "used_on"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE library_index USING fts5("
            "words, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute(
            "CREATE TABLE library_index (item integer PRIMARY KEY "
            "REFERENCES library_items (id) ON DELETE CASCADE, words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_library_index_words ON library_index USING gin (words)")
    op.execute(_FIRST_LOOK)


def downgrade() -> None:
    op.execute("DELETE FROM timers WHERE kind = 'library_rebuild'")
    op.drop_table("library_index")
    op.drop_table("library_items")
