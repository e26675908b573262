"""Emergency plans of bureaus, their runs and tasks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"

_ID = sa.String(length=64)
_WORD = sa.String(length=24)
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "contingency_plans",
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("definition", _JSON, nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("imported_by", _ID, nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_contingency_plans_bureau"),
        sa.PrimaryKeyConstraint("bureau", "version", "position", name="pk_contingency_plans"),
    )
    op.create_table(
        "contingency_runs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bureau", _ID, nullable=False),
        sa.Column("unit", _ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("grade", _WORD, nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("started_by", _ID, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name="fk_contingency_runs_bureau"),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_contingency_runs_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_contingency_runs"),
        sa.UniqueConstraint(
            "bureau", "year", "number", name="uq_contingency_runs_bureau_year_number"
        ),
        sa.UniqueConstraint("subject", "plan", name="uq_contingency_runs_subject_plan"),
    )
    op.create_index(
        "ix_contingency_runs_bureau_started_at", "contingency_runs", ["bureau", "started_at"]
    )
    op.create_table(
        "contingency_tasks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("run", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("told", _JSON, nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("taken_by", _ID, nullable=False),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.Column("done_by", _ID, nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.Column("done_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["contingency_runs.id"], name="fk_contingency_tasks_run"),
        sa.PrimaryKeyConstraint("id", name="pk_contingency_tasks"),
        sa.UniqueConstraint("run", "position", name="uq_contingency_tasks_run_position"),
    )


def downgrade() -> None:
    op.drop_table("contingency_tasks")
    op.drop_table("contingency_runs")
    op.drop_table("contingency_plans")
