"""Clues from the media."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "clues",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finder", _ID, nullable=False),
        sa.Column("unit", _ID, nullable=False),
        sa.Column("category", _WORD, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("into", _ID, nullable=False),
        sa.Column("settled_by", _ID, nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_clues_bureau"),
        sa.ForeignKeyConstraint(["finder"], ["members.userid"], name="fk_clues_finder"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_clues_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_clues"),
        sa.UniqueConstraint("bureau", "year", "number", name="uq_clues_bureau_year_number"),
    )
    op.create_index("ix_clues_bureau_status_found_at", "clues", ["bureau", "status", "found_at"])
    op.create_index("ix_clues_finder_found_at", "clues", ["finder", "found_at"])
    op.create_index("ix_clues_into", "clues", ["into"])


def downgrade() -> None:
    op.drop_table("clues")
