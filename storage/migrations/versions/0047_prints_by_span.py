"""What posts are found again by is kept by spans of 15 days, so that old ones can end."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

_SPAN = {
    "sqlite": "CAST(strftime('%s', found_at) AS INTEGER) / 1296000",
    "postgresql": "CAST(floor(extract(epoch FROM found_at) / 1296000) AS INTEGER)",
}


def upgrade() -> None:
    op.rename_table("opinion_prints", "old_prints")
    _make(sa.Column("span", sa.Integer(), autoincrement=False, nullable=False))
    op.execute(
        "INSERT INTO opinion_prints (span, mark, item)"  # noqa: S608 - nothing from outside
        f" SELECT {_SPAN[op.get_bind().dialect.name]}, mark, item FROM old_prints"
        " JOIN opinion_items ON opinion_items.id = old_prints.item"
    )
    op.drop_table("old_prints")


def downgrade() -> None:
    op.rename_table("opinion_prints", "old_prints")
    _make()
    op.execute("INSERT INTO opinion_prints (mark, item) SELECT DISTINCT mark, item FROM old_prints")
    op.drop_table("old_prints")


def _make(*more: sa.Column[int]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE old_prints RENAME CONSTRAINT pk_opinion_prints TO pk_old_prints")
    op.create_table(
        "opinion_prints",
        *more,
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            *(column.name for column in more), "mark", "item", name="pk_opinion_prints"
        ),
        sqlite_with_rowid=False,
    )
