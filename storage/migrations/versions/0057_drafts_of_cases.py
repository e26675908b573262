"""Which drafts answer which cases."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"

_ID = sa.String(length=64)


def upgrade() -> None:
    op.create_table(
        "case_drafts",
        sa.Column("case", _ID, nullable=False),
        sa.Column("draft", _ID, nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_drafts_case"),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name="fk_case_drafts_draft"),
        sa.PrimaryKeyConstraint("case", "draft", name="pk_case_drafts"),
    )
    op.create_index("ix_case_drafts_draft", "case_drafts", ["draft"])


def downgrade() -> None:
    op.drop_table("case_drafts")
