"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# The audit is append-only: the database itself refuses to change or remove an entry.
_SQLITE_GUARD = """
CREATE TRIGGER audit_entries_no_{act} BEFORE {act} ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
"""
_POSTGRESQL_GUARD = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;
CREATE TRIGGER audit_entries_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
"""


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=False),
        sa.Column("before", DOCUMENT, nullable=False),
        sa.Column("after", DOCUMENT, nullable=False),
        sa.Column("inbound", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index(
        op.f("ix_audit_entries_subject_id"), "audit_entries", ["subject", "id"], unique=False
    )
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("workday", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "inbound",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound")),
        sa.UniqueConstraint("key", name=op.f("uq_inbound_key")),
    )
    op.create_index(
        "ix_inbound_failed",
        "inbound",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("status = 'failed'"),
        postgresql_where=sa.text("status = 'failed'"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("dedup_key", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(24), nullable=False),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("outcome", sa.String(24), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parts_sent", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("response_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_outbox_dedup_key")),
    )
    op.create_index(op.f("ix_outbox_created_at"), "outbox", ["created_at"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("status != 'ended'"),
        postgresql_where=sa.text("status != 'ended'"),
    )
    op.create_index(op.f("ix_outbox_sent_at"), "outbox", ["sent_at"], unique=False)
    op.create_index(op.f("ix_outbox_subject_kind"), "outbox", ["subject", "kind"], unique=False)
    op.create_table(
        "scheduled_runs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("ran_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", "due_at", name=op.f("pk_scheduled_runs")),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("key", name=op.f("uq_timers_key")),
    )
    op.create_index(
        "ix_timers_due",
        "timers",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(op.f("ix_timers_subject_status"), "timers", ["subject", "status"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_units_bureau")),
        sa.ForeignKeyConstraint(["parent"], ["units.id"], name=op.f("fk_units_parent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("path", name=op.f("uq_units_path")),
    )
    op.create_index(op.f("ix_units_bureau"), "units", ["bureau"], unique=False)
    op.create_table(
        "counters",
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_counters_bureau")),
        sa.PrimaryKeyConstraint("bureau", "year", "thing", name=op.f("pk_counters")),
    )
    op.create_table(
        "members",
        sa.Column("userid", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("aliases", DOCUMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_members_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_members_unit")),
        sa.PrimaryKeyConstraint("userid", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_unit"), "members", ["unit"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("member", sa.String(length=64), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_conversations_member")
        ),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_conversations")),
    )
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent", sa.String(length=64), nullable=False),
        sa.Column("substitute", sa.String(length=64), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["absent"], ["members.userid"], name=op.f("fk_delegations_absent")),
        sa.ForeignKeyConstraint(
            ["substitute"], ["members.userid"], name=op.f("fk_delegations_substitute")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(
        op.f("ix_delegations_absent_ends_at"), "delegations", ["absent", "ends_at"], unique=False
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("bureau", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("importance", sa.String(24), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("route", DOCUMENT, nullable=False),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["author"], ["members.userid"], name=op.f("fk_drafts_author")),
        sa.ForeignKeyConstraint(["bureau"], ["units.id"], name=op.f("fk_drafts_bureau")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_drafts_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("bureau", "year", "number", name=op.f("uq_drafts_bureau_year_number")),
    )
    op.create_index(
        op.f("ix_drafts_author_created_at"), "drafts", ["author", "created_at"], unique=False
    )
    op.create_index(
        op.f("ix_drafts_unit_submitted_at"), "drafts", ["unit", "submitted_at"], unique=False
    )
    op.create_table(
        "member_preferences",
        sa.Column("member", sa.String(length=64), nullable=False),
        sa.Column("muted_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_member_preferences_member")
        ),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_member_preferences")),
    )
    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_role_assignments_member")
        ),
        sa.ForeignKeyConstraint(["scope"], ["units.id"], name=op.f("fk_role_assignments_scope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignments")),
        sa.UniqueConstraint(
            "member", "role", "scope", name=op.f("uq_role_assignments_member_role_scope")
        ),
    )
    op.create_index(
        op.f("ix_role_assignments_role_scope"), "role_assignments", ["role", "scope"], unique=False
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("media_id", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_attachments_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("draft", "media_id", name=op.f("uq_attachments_draft_media_id")),
    )
    op.create_index(
        "ix_attachments_unfetched",
        "attachments",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("sha256 = '' AND NOT lost"),
        postgresql_where=sa.text("sha256 = '' AND NOT lost"),
    )
    op.create_table(
        "draft_parts",
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("inbound", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_draft_parts_draft")),
        sa.PrimaryKeyConstraint("draft", "version", "position", name=op.f("pk_draft_parts")),
    )
    op.create_table(
        "draft_versions",
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.userid"], name=op.f("fk_draft_versions_created_by")
        ),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_draft_versions_draft")),
        sa.PrimaryKeyConstraint("draft", "number", name=op.f("pk_draft_versions")),
    )
    op.create_table(
        "review_tasks",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("escalations", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_review_tasks_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_tasks")),
    )
    op.create_index(
        op.f("ix_review_tasks_draft_status"), "review_tasks", ["draft", "status"], unique=False
    )
    op.create_table(
        "review_decisions",
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["members.userid"], name=op.f("fk_review_decisions_decided_by")
        ),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_review_decisions_draft")),
        sa.ForeignKeyConstraint(
            ["task"], ["review_tasks.id"], name=op.f("fk_review_decisions_task")
        ),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_review_decisions")),
    )
    op.create_index(op.f("ix_review_decisions_draft"), "review_decisions", ["draft"], unique=False)
    op.create_table(
        "review_holders",
        sa.Column("task", sa.String(length=64), nullable=False),
        sa.Column("member", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(24), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["member"], ["members.userid"], name=op.f("fk_review_holders_member")
        ),
        sa.ForeignKeyConstraint(["task"], ["review_tasks.id"], name=op.f("fk_review_holders_task")),
        sa.PrimaryKeyConstraint("task", "member", name=op.f("pk_review_holders")),
    )
    op.create_index(op.f("ix_review_holders_member"), "review_holders", ["member"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE_GUARD.format(act="update"))
        op.execute(_SQLITE_GUARD.format(act="delete"))
    else:
        op.execute(_POSTGRESQL_GUARD)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_audit_change CASCADE")
    op.drop_index(op.f("ix_review_holders_member"), table_name="review_holders")
    op.drop_table("review_holders")
    op.drop_index(op.f("ix_review_decisions_draft"), table_name="review_decisions")
    op.drop_table("review_decisions")
    op.drop_index(op.f("ix_review_tasks_draft_status"), table_name="review_tasks")
    op.drop_table("review_tasks")
    op.drop_table("draft_versions")
    op.drop_table("draft_parts")
    op.drop_index(
        "ix_attachments_unfetched",
        table_name="attachments",
        sqlite_where=sa.text("sha256 = '' AND NOT lost"),
        postgresql_where=sa.text("sha256 = '' AND NOT lost"),
    )
    op.drop_table("attachments")
    op.drop_index(op.f("ix_role_assignments_role_scope"), table_name="role_assignments")
    op.drop_table("role_assignments")
    op.drop_table("member_preferences")
    op.drop_index(op.f("ix_drafts_unit_submitted_at"), table_name="drafts")
    op.drop_index(op.f("ix_drafts_author_created_at"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_delegations_absent_ends_at"), table_name="delegations")
    op.drop_table("delegations")
    op.drop_table("conversations")
    op.drop_index(op.f("ix_members_unit"), table_name="members")
    op.drop_table("members")
    op.drop_table("counters")
    op.drop_index(op.f("ix_units_bureau"), table_name="units")
    op.drop_table("units")
    op.drop_index(op.f("ix_timers_subject_status"), table_name="timers")
    op.drop_index(
        "ix_timers_due",
        table_name="timers",
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.drop_table("timers")
    op.drop_table("scheduled_runs")
    op.drop_index(op.f("ix_outbox_subject_kind"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_sent_at"), table_name="outbox")
    op.drop_index(
        "ix_outbox_open",
        table_name="outbox",
        sqlite_where=sa.text("status != 'ended'"),
        postgresql_where=sa.text("status != 'ended'"),
    )
    op.drop_index(op.f("ix_outbox_created_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(
        "ix_inbound_failed",
        table_name="inbound",
        sqlite_where=sa.text("status = 'failed'"),
        postgresql_where=sa.text("status = 'failed'"),
    )
    op.drop_table("inbound")
    op.drop_table("calendar_days")
    op.drop_index(op.f("ix_audit_entries_subject_id"), table_name="audit_entries")
    op.drop_table("audit_entries")
