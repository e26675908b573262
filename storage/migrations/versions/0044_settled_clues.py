"""Who settled which clue lately, for taking it back."""

from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_index("ix_clues_settled_by_settled_at", "clues", ["settled_by", "settled_at"])


def downgrade() -> None:
    op.drop_index("ix_clues_settled_by_settled_at", "clues")
