"""Marks on items, the weights made from them, and what an item was weighed by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0048"
down_revision = "0047"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    weighed = sa.Column("weighed", _JSON, nullable=False, server_default=sa.text("'{}'"))
    op.add_column("opinion_items", weighed)
    op.create_table(
        "opinion_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("case_id", _ID, nullable=True),
        sa.Column("of_case", sa.Boolean(), nullable=False),
        sa.Column("verdict", _WORD, nullable=False),
        sa.Column("grade", _WORD, nullable=True),
        sa.Column("suggested", _WORD, nullable=True),
        sa.Column("seen", _JSON, nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("model", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_marks_bureau"),
        sa.ForeignKeyConstraint(["item"], ["opinion_items.id"], name="fk_opinion_marks_item"),
        sa.PrimaryKeyConstraint("id", name="pk_opinion_marks"),
    )
    op.create_index("ix_opinion_marks_bureau_at", "opinion_marks", ["bureau", "at"])
    op.create_index("ix_opinion_marks_item", "opinion_marks", ["item"])
    op.create_index("ix_opinion_marks_case_id", "opinion_marks", ["case_id"])
    op.create_table(
        "opinion_models",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("weights", _JSON, nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("figures", _JSON, nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_models_bureau"),
        sa.PrimaryKeyConstraint("bureau", "version", name="pk_opinion_models"),
    )


def downgrade() -> None:
    op.drop_table("opinion_models")
    op.drop_table("opinion_marks")
    op.drop_column("opinion_items", "weighed")
