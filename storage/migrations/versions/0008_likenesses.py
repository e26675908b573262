"""By what a draft is found again, and what was found alike."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)


def upgrade() -> None:
    op.create_table(
        "draft_prints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_draft_prints_draft")),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_draft_prints_bureau")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_prints")),
        sa.UniqueConstraint("draft", name=op.f("uq_draft_prints_draft")),
    )
    op.create_table(
        "draft_marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("print", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("mark", "print", name=op.f("pk_draft_marks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft_likenesses",
        sa.Column("draft", ID, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", ID, nullable=False),
        sa.Column("other_version", sa.Integer(), nullable=False),
        sa.Column("alike", sa.String(24), nullable=False),
        sa.Column("shared", sa.Double(), nullable=False),
        sa.Column("contained", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_draft_likenesses_draft")),
        sa.ForeignKeyConstraint(["other"], ["drafts.id"], name=op.f("fk_draft_likenesses_other")),
        sa.PrimaryKeyConstraint("draft", "version", "other", name=op.f("pk_draft_likenesses")),
    )
    op.create_index(op.f("ix_draft_likenesses_other"), "draft_likenesses", ["other"], unique=False)


def downgrade() -> None:
    op.drop_table("draft_likenesses")
    op.drop_table("draft_marks")
    op.drop_table("draft_prints")
