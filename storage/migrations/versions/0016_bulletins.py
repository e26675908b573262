"""简报: series, issues and what stands in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"

ID = sa.String(length=64)
MOMENT = sa.DateTime(timezone=True)
LIST = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "bulletin_series",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("report_to", sa.Text(), nullable=False),
        sa.Column("send_to", sa.Text(), nullable=False),
        sa.Column("copy_to", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_bulletin_series_bureau")),
        sa.ForeignKeyConstraint(
            ["channel"], ["channels.id"], name=op.f("fk_bulletin_series_channel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_series")),
        sa.UniqueConstraint("bureau", "name", name=op.f("uq_bulletin_series_bureau_name")),
    )
    op.create_table(
        "bulletin_issues",
        sa.Column("id", ID, nullable=False),
        sa.Column("series", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("hands", LIST, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("offered", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("signed_by", ID, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("distributed_by", ID, nullable=False),
        sa.Column("distributed_at", MOMENT, nullable=True),
        sa.Column("distributed_to", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series"], ["bulletin_series.id"], name=op.f("fk_bulletin_issues_series")
        ),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_bulletin_issues_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_bulletin_issues_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_issues")),
        sa.UniqueConstraint(
            "series", "year", "number", name=op.f("uq_bulletin_issues_series_year_number")
        ),
        sa.UniqueConstraint("series", "total", name=op.f("uq_bulletin_issues_series_total")),
    )
    op.create_index(
        op.f("ix_bulletin_issues_bureau_opened_at"), "bulletin_issues", ["bureau", "opened_at"]
    )
    op.create_table(
        "bulletin_items",
        sa.Column("issue", ID, nullable=False),
        sa.Column("draft", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["issue"], ["bulletin_issues.id"], name=op.f("fk_bulletin_items_issue")
        ),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_bulletin_items_draft")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["members.userid"], name=op.f("fk_bulletin_items_added_by")
        ),
        sa.PrimaryKeyConstraint("issue", "draft", name=op.f("pk_bulletin_items")),
    )
    op.create_index(op.f("ix_bulletin_items_draft"), "bulletin_items", ["draft"])


def downgrade() -> None:
    op.drop_table("bulletin_items")
    op.drop_table("bulletin_issues")
    op.drop_table("bulletin_series")
