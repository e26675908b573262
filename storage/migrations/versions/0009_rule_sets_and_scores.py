"""How bureaus count, and what their units were given points for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)
TABLE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "rule_sets",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("table", TABLE, nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("imported_by", ID, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_rule_sets_bureau")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_sets")),
        sa.UniqueConstraint(
            "bureau", "name", "valid_from", name=op.f("uq_rule_sets_bureau_name_valid_from")
        ),
    )
    op.create_table(
        "score_lines",
        sa.Column("unit", ID, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("rule_set", ID, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_score_lines_bureau")),
        sa.ForeignKeyConstraint(
            ["rule_set"], ["rule_sets.id"], name=op.f("fk_score_lines_rule_set")
        ),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_score_lines_unit")),
        sa.PrimaryKeyConstraint("unit", "period", "position", name=op.f("pk_score_lines")),
    )
    op.create_index(
        op.f("ix_score_lines_bureau_period"), "score_lines", ["bureau", "period"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_score_lines_bureau_period"), table_name="score_lines")
    op.drop_table("score_lines")
    op.drop_table("rule_sets")
