"""What an embedding model made of items of public opinion."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    op.create_table(
        "opinion_vectors",
        sa.Column("item", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vector", sa.Text(), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("kin", sa.Integer(), nullable=True),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["opinion_items.id"], name="fk_opinion_vectors_item"),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_vectors_bureau"),
        sa.PrimaryKeyConstraint("item", name="pk_opinion_vectors"),
    )
    op.create_index("ix_opinion_vectors_bureau_found_at", "opinion_vectors", ["bureau", "found_at"])


def downgrade() -> None:
    op.drop_table("opinion_vectors")
