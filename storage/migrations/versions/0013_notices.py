"""The monthly notices and their texts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(length=64)
TABLE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("released_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_notices_bureau")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("bureau", "period", name=op.f("uq_notices_bureau_period")),
    )
    op.create_table(
        "notice_versions",
        sa.Column("notice", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figures", TABLE, nullable=False),
        sa.Column("free", TABLE, nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_notice_versions_notice")),
        sa.PrimaryKeyConstraint("notice", "number", name=op.f("pk_notice_versions")),
    )


def downgrade() -> None:
    op.drop_table("notice_versions")
    op.drop_table("notices")
