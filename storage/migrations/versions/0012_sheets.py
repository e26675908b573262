"""Sheets that offices hand in, row by row."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)
TABLE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNDER_WAY = sa.text("status IN ('checking', 'entering')")


def upgrade() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("uploaded_by", ID, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_sheets_bureau")),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["members.userid"], name=op.f("fk_sheets_uploaded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
    )
    op.create_index(op.f("ix_sheets_uploaded_by_book"), "sheets", ["uploaded_by", "book"])
    op.create_index(
        "ix_sheets_under_way",
        "sheets",
        ["moved_at"],
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    op.create_table(
        "sheet_rows",
        sa.Column("sheet", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells", TABLE, nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sheet"], ["sheets.id"], name=op.f("fk_sheet_rows_sheet")),
        sa.PrimaryKeyConstraint("sheet", "number", name=op.f("pk_sheet_rows")),
    )
    op.create_index(
        op.f("ix_sheet_rows_sheet_verdict_number"), "sheet_rows", ["sheet", "verdict", "number"]
    )


def downgrade() -> None:
    op.drop_table("sheet_rows")
    op.drop_table("sheets")
