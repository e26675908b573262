"""What posts are found again by are parts of an index, no longer a row for each mark of each."""

from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"

_DAYS, _EPOCH = 15, 719163
_new = sa.table(
    "opinion_prints",
    *(sa.column(name) for name in ("bureau", "place", "day", "size", "digest", "content")),
)
_old = sa.table("opinion_prints", *(sa.column(name) for name in ("span", "mark", "item")))


def upgrade() -> None:
    _make_room()
    op.create_table(
        "opinion_prints",
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_opinion_prints_bureau"),
        sa.PrimaryKeyConstraint("bureau", "place", name="pk_opinion_prints"),
    )
    rows = op.get_bind().execute(
        sa.text(
            "SELECT bureau, span, mark, item FROM old_prints"
            " JOIN opinion_items ON opinion_items.id = item ORDER BY bureau, span, mark, item"
        )
    )
    for (bureau, span), some in groupby(rows.all(), itemgetter(0, 1)):
        marks, items = zip(*(row[2:] for row in some), strict=True)
        content = b64encode(array("q", marks).tobytes() + array("I", items).tobytes()).decode()
        row = {
            "bureau": bureau,
            "place": max(items),
            "day": (span + 1) * _DAYS + _EPOCH - 1,
            "size": len(marks),
            "digest": crc32(content.encode()) % (1 << 31),
            "content": content,
        }
        op.get_bind().execute(sa.insert(_new), row)
    op.drop_table("old_prints")


def downgrade() -> None:
    _make_room()
    op.create_table(
        "opinion_prints",
        sa.Column("span", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("span", "mark", "item", name="pk_opinion_prints"),
        sqlite_with_rowid=False,
    )
    rows = op.get_bind().execute(sa.text("SELECT day, content FROM old_prints")).all()
    for day, content in rows:
        op.get_bind().execute(sa.insert(_old), list(_each(day, b64decode(content))))
    op.drop_table("old_prints")


def _each(day: int, content: bytes) -> Iterator[dict[str, int]]:
    middle = len(content) // 12 * 8
    marks, items = array("q", content[:middle]), array("I", content[middle:])
    for mark, item in zip(marks, items, strict=True):
        yield {"span": (day - _EPOCH) // _DAYS, "mark": mark, "item": item}


def _make_room() -> None:
    op.rename_table("opinion_prints", "old_prints")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE old_prints RENAME CONSTRAINT pk_opinion_prints TO pk_old_prints")
