"""Channels, dispatches, adoptions with their authors' shares, and leaders' instructions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COUNTS = sa.text("status != 'taken_back'")
PROPOSED = sa.text("status = 'proposed'")


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(24), nullable=False),
        sa.Column("family", sa.String(24), nullable=False),
        sa.Column("outward", sa.Boolean(), nullable=False),
        sa.Column("aliases", DOCUMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_channels_bureau")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("bureau", "name", name=op.f("uq_channels_bureau_name")),
    )
    op.create_table(
        "dispatches",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("dispatched_by", sa.String(length=64), nullable=False),
        sa.Column("dispatched_at", MOMENT, nullable=False),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.String(length=64), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_dispatches_channel")),
        sa.ForeignKeyConstraint(
            ["dispatched_by"], ["members.userid"], name=op.f("fk_dispatches_dispatched_by")
        ),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_dispatches_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatches")),
    )
    op.create_index(
        "uq_dispatches_counting",
        "dispatches",
        ["draft", "channel"],
        unique=True,
        sqlite_where=COUNTS,
        postgresql_where=COUNTS,
    )
    for columns in (["dispatched_by", "dispatched_at"], ["closed_by", "closed_at"]):
        op.create_index(op.f(f"ix_dispatches_{'_'.join(columns)}"), "dispatches", columns)
    op.create_table(
        "adoptions",
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("family", sa.String(24), nullable=False),
        sa.Column("form", sa.String(24), nullable=False),
        sa.Column("flags", DOCUMENT, nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("edited", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_adoptions_channel")),
        *_entry("adoptions"),
    )
    op.create_table(
        "instructions",
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("rank", sa.String(24), nullable=False),
        sa.Column("remark", sa.String(24), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("adoption", sa.Text(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        *_entry("instructions"),
    )
    for table in ("adoptions", "instructions"):
        for columns in (
            ["draft"],
            ["bureau", "counts_in"],
            ["unit", "counts_in"],
            ["decided_by", "decided_at"],
        ):
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
        op.create_index(
            f"ix_{table}_proposed",
            table,
            ["bureau"],
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        )
    op.create_table(
        "adoption_shares",
        sa.Column("adoption", sa.String(length=64), nullable=False),
        sa.Column("member", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption"], ["adoptions.id"], name=op.f("fk_adoption_shares_adoption")
        ),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_adoption_shares_member")
        ),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_adoption_shares_unit")),
        sa.PrimaryKeyConstraint("adoption", "member", name=op.f("pk_adoption_shares")),
    )
    op.create_index(op.f("ix_adoption_shares_member"), "adoption_shares", ["member"])


def _entry(table: str) -> list[sa.schema.SchemaItem]:
    """Return what every entry of the register has."""
    return [
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(24), nullable=False),
        sa.Column("counts_in", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("scan", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f(f"fk_{table}_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f(f"fk_{table}_unit")),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f(f"fk_{table}_draft")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["members.userid"], name=op.f(f"fk_{table}_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    for table in ("adoption_shares", "instructions", "adoptions", "dispatches", "channels"):
        op.drop_table(table)
