"""What was done about a leader's remark."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("instructions") as table:
        table.add_column(sa.Column("answer", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("answered_by", sa.String(length=64), nullable=False, server_default="")
        )
        table.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("instructions") as table:
        for name in ("answered_at", "answered_by", "answer"):
            table.drop_column(name)
