"""Routes as rows, gates with seats and time limits, and what passed a gate for which text."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
DRAFTS = sa.table("drafts", sa.column("id", sa.String()), sa.column("route", DOCUMENT))
TEXT_COLUMNS = (("drafts", "channel"), ("drafts", "route_name"), ("review_tasks", "seat"))


def upgrade() -> None:
    for table, column in TEXT_COLUMNS:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "drafts", sa.Column("kind", sa.String(24), nullable=False, server_default="dynamic")
    )
    op.add_column(
        "drafts", sa.Column("route_version", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "review_tasks",
        sa.Column("due_at", MOMENT, nullable=False, server_default="1970-01-01 00:00:00"),
    )
    op.execute("UPDATE review_tasks SET due_at = opened_at")
    op.create_table(
        "routes",
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", DOCUMENT, nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("imported_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_routes_bureau")),
        sa.PrimaryKeyConstraint("bureau", "version", "position", name=op.f("pk_routes")),
    )
    op.create_table(
        "gate_passes",
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("how", sa.String(24), nullable=False),
        sa.Column("passed_at", MOMENT, nullable=False),
        sa.Column("task", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_gate_passes_draft")),
        sa.ForeignKeyConstraint(["task"], ["review_tasks.id"], name=op.f("fk_gate_passes_task")),
        sa.PrimaryKeyConstraint("draft", "version", "gate", "seat", name=op.f("pk_gate_passes")),
    )
    op.create_table(
        "review_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("handed_by", sa.String(length=64), nullable=False),
        sa.Column("handed_to", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_review_handovers_draft")),
        sa.ForeignKeyConstraint(
            ["task"], ["review_tasks.id"], name=op.f("fk_review_handovers_task")
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["members.userid"], name=op.f("fk_review_handovers_handed_by")
        ),
        sa.ForeignKeyConstraint(
            ["handed_to"], ["members.userid"], name=op.f("fk_review_handovers_handed_to")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_handovers")),
    )
    op.create_index(op.f("ix_review_handovers_draft"), "review_handovers", ["draft"])
    _rewrite_routes(lambda role: _stop(str(role)))
    op.execute(
        "INSERT INTO gate_passes (draft, version, gate, seat, how, passed_at, task) "
        "SELECT d.draft, d.version, d.gate, '', 'decided', d.decided_at, d.task "
        "FROM review_decisions d JOIN drafts ON drafts.id = d.draft AND drafts.version = d.version "
        "WHERE d.verdict = 'approve' AND d.undone_at IS NULL"
    )


def downgrade() -> None:
    _rewrite_routes(lambda stop: stop["roles"][0])
    op.drop_table("review_handovers")
    op.drop_table("gate_passes")
    op.drop_table("routes")
    op.drop_column("review_tasks", "due_at")
    op.drop_column("drafts", "route_version")
    op.drop_column("drafts", "kind")
    for table, column in TEXT_COLUMNS:
        op.drop_column(table, column)


def _stop(role: str) -> dict[str, Any]:
    """Return the gate that stands for a role alone, as routes were until now."""
    return {
        "name": "",
        "roles": [role],
        "units": [],
        "mode": "any",
        "checklist": [],
        "hours": 0,
        "skippable": False,
        "carries_wording": False,
        "seats": [""],
        "countersigners": [],
    }


def _rewrite_routes(rewrite: Any) -> None:
    connection = op.get_bind()
    routes = [
        {"draft": row.id, "gates": [rewrite(gate) for gate in row.route]}
        for row in connection.execute(sa.select(DRAFTS.c.id, DRAFTS.c.route))
    ]
    if routes:
        statement = (
            sa.update(DRAFTS)
            .where(DRAFTS.c.id == sa.bindparam("draft"))
            .values(route=sa.bindparam("gates", type_=DOCUMENT))
        )
        connection.execute(statement, routes)
