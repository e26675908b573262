"""A PDF that shows a use is kept with the words that are in it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("attachments", sa.Column("text", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("attachments", "text")
    op.execute("UPDATE attachments SET kind = 'picture' WHERE kind = 'evidence'")
