"""The step from lists of roles to gates as data, taken with drafts on their way."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import text

from storage import migrations
from storage.unit_of_work import Database, open_database

ROWS = """
INSERT INTO units (id, bureau, kind, name, path) VALUES ('u', 'u', 'bureau', '局', '局');
INSERT INTO members (userid, name, unit, bureau, aliases, active, reachable)
  VALUES ('bob', '李强', 'u', 'u', '[]', true, true);
INSERT INTO drafts (id, bureau, year, number, author, unit, title, importance, created_at, status,
  route, gate, version)
  VALUES ('d', 'u', 2026, 1, 'bob', 'u', '题', 'ordinary', '2026-09-21', 'in_review',
  '["section_head", "office"]', 1, 2);
INSERT INTO review_tasks (id, draft, version, gate, role, opened_at, status, escalations)
  VALUES ('t1', 'd', 1, 0, 'section_head', '2026-09-21', 'approved', 0),
         ('t2', 'd', 2, 0, 'section_head', '2026-09-22', 'approved', 0),
         ('t3', 'd', 2, 1, 'office', '2026-09-23', 'open', 0);
INSERT INTO review_decisions (task, draft, gate, version, sha256, verdict, reason, decided_by,
  on_behalf_of, decided_at)
  VALUES ('t1', 'd', 0, 1, 'x', 'approve', '', 'bob', '', '2026-09-21'),
         ('t2', 'd', 0, 2, 'y', 'approve', '', 'bob', '', '2026-09-22')
"""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def go_to(database: Database, revision: str) -> None:
    config = migrations._config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        step = command.downgrade if revision == "0003" else command.upgrade
        step(config, revision)


def test_a_draft_on_its_way_keeps_its_gates_and_what_passed_them(database: Database) -> None:
    go_to(database, "0003")
    with database.engine.begin() as connection:
        for statement in ROWS.split(";"):
            connection.execute(text(statement))

    go_to(database, "head")
    with database.begin() as uow:
        (draft,) = uow.drafts.of_author("bob", 1)  # type: ignore[arg-type]  # a plain text here
        assert [gate["roles"] for gate in draft.route] == [["section_head"], ["office"]]
        assert (draft.kind, draft.channel, draft.route_version) == ("dynamic", "", 0)
        (one,) = uow.reviews.passes(draft.id, 2)
        assert (one.gate, one.seat, one.how, one.task) == (0, "", "decided", "t2")
        (waiting,) = uow.reviews.open_tasks(draft.id)
        assert waiting.due_at == waiting.opened_at

    go_to(database, "0003")
    with database.engine.begin() as connection:
        written = connection.execute(text("SELECT route FROM drafts")).scalar_one()
        assert written in (["section_head", "office"], '["section_head", "office"]')
