"""The parts of calls that were moved lately are found, to take one back."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_index("ix_call_parts_moved_at", "call_parts", ["moved_at"])


def downgrade() -> None:
    op.drop_index("ix_call_parts_moved_at", table_name="call_parts")
