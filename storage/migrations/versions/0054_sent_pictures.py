"""Pictures of cases become pictures of cases and of incidents, in one table."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"

_ID = sa.String(length=64)
_UNFETCHED = sa.text("sha256 = '' AND NOT lost")
_COLUMNS = "id, sender, media_id, filename, sha256, lost, created_at"


def upgrade() -> None:
    op.create_table(
        "sent_pictures",
        sa.Column("about", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        *_columns(),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sent_pictures"),
        sa.UniqueConstraint(
            "about", "subject", "media_id", name="uq_sent_pictures_about_subject_media_id"
        ),
    )
    _index("sent_pictures")
    op.execute(
        f"INSERT INTO sent_pictures (about, subject, told, {_COLUMNS}) "  # noqa: S608 - _COLUMNS is a constant of this file
        f"""SELECT 'case', "case", false, {_COLUMNS} FROM case_files"""
    )
    op.drop_table("case_files")


def downgrade() -> None:
    op.create_table(
        "case_files",
        sa.Column("case", _ID, nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_files_case"),
        sa.PrimaryKeyConstraint("id", name="pk_case_files"),
        sa.UniqueConstraint("case", "media_id", name="uq_case_files_case_media_id"),
    )
    _index("case_files")
    op.execute(
        f'INSERT INTO case_files ("case", {_COLUMNS}) '  # noqa: S608 - _COLUMNS is a constant of this file
        f"SELECT subject, {_COLUMNS} FROM sent_pictures WHERE about = 'case'"
    )
    op.drop_table("sent_pictures")


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", _ID, nullable=False),
        sa.Column("sender", _ID, nullable=False),
        sa.Column("media_id", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _index(table: str) -> None:
    op.create_index(
        f"ix_{table}_unfetched",
        table,
        ["created_at"],
        sqlite_where=_UNFETCHED,
        postgresql_where=_UNFETCHED,
    )
