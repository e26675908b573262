"""Trainings and meetings, and who is asked to them."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("begins_at", _MOMENT, nullable=False),
        sa.Column("organiser", _ID, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_gatherings_bureau"),
        sa.ForeignKeyConstraint(["organiser"], ["members.userid"], name="fk_gatherings_organiser"),
        sa.PrimaryKeyConstraint("id", name="pk_gatherings"),
        sa.UniqueConstraint("bureau", "year", "number", name="uq_gatherings_bureau_year_number"),
    )
    op.create_index("ix_gatherings_bureau_begins_at", "gatherings", ["bureau", "begins_at"])
    op.create_table(
        "gathering_guests",
        sa.Column("gathering", _ID, nullable=False),
        sa.Column("member", _ID, nullable=False),
        sa.Column("answer", _WORD, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["gathering"], ["gatherings.id"], name="fk_gathering_guests_gathering"
        ),
        sa.ForeignKeyConstraint(["member"], ["members.userid"], name="fk_gathering_guests_member"),
        sa.PrimaryKeyConstraint("gathering", "member", name="pk_gathering_guests"),
    )
    op.create_index("ix_gathering_guests_member", "gathering_guests", ["member"])


def downgrade() -> None:
    op.drop_table("gathering_guests")
    op.drop_table("gatherings")
