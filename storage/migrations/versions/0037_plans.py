"""年度宣传计划: items of a year's plan, the units that owe them, their nodes; calls know theirs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"

ID = sa.String(length=64)
MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PLANNED = sa.text("plan_item <> ''")


def upgrade() -> None:
    op.create_table(
        "plan_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("bureau", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("people", DOCUMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("opens_calls", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_plan_items_bureau"),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["members.userid"], name="fk_plan_items_changed_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_items"),
        sa.UniqueConstraint("bureau", "year", "number", name="uq_plan_items_bureau_year_number"),
    )
    op.create_index("ix_plan_items_bureau_changed_at", "plan_items", ["bureau", "changed_at"])
    op.create_table(
        "plan_owners",
        sa.Column("item", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["plan_items.id"], name="fk_plan_owners_item"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_plan_owners_unit"),
        sa.PrimaryKeyConstraint("item", "unit", name="pk_plan_owners"),
    )
    op.create_index("ix_plan_owners_unit", "plan_owners", ["unit"])
    op.create_table(
        "plan_nodes",
        sa.Column("id", ID, nullable=False),
        sa.Column("item", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("call", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["plan_items.id"], name="fk_plan_nodes_item"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_nodes"),
    )
    op.create_index("ix_plan_nodes_item_due_on", "plan_nodes", ["item", "due_on"])
    op.create_index("ix_plan_nodes_call", "plan_nodes", ["call"])
    op.add_column("calls", sa.Column("plan_item", ID, nullable=False, server_default=""))
    op.create_index(
        "ix_calls_planned",
        "calls",
        ["bureau", "ordered_at"],
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )


def downgrade() -> None:
    op.drop_index("ix_calls_planned", table_name="calls")
    op.drop_column("calls", "plan_item")
    op.drop_table("plan_nodes")
    op.drop_table("plan_owners")
    op.drop_table("plan_items")
