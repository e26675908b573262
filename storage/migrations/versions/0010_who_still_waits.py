"""What still waits for a reviewer, findable without all that he has decided."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

WAITING = sa.text("waiting")


def upgrade() -> None:
    op.add_column(
        "review_holders",
        sa.Column("waiting", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    holders = sa.table("review_holders", sa.column("task"), sa.column("waiting", sa.Boolean()))
    tasks = sa.table("review_tasks", sa.column("id"), sa.column("status"))
    still_open = sa.select(tasks.c.id).where(tasks.c.status == "open")
    op.execute(holders.update().where(holders.c.task.in_(still_open)).values(waiting=True))
    op.create_index(
        "ix_review_holders_waiting",
        "review_holders",
        ["member"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_review_holders_waiting", table_name="review_holders")
    op.drop_column("review_holders", "waiting")
