"""The steps to gates as data, to one table for all rules or pictures, and to prints in parts."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import text

from storage import migrations
from storage.models import SentPicture
from storage.unit_of_work import Database, open_database
from storage.vocabulary import PictureId, PictureOf, UnitId, UserId

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
    config = migrations.alembic_config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        step = (
            command.downgrade if revision in {"0003", "0042", "0053", "0055"} else command.upgrade
        )
        step(config, revision)


def insert(database: Database, statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements.split(";"):
            connection.exec_driver_sql(statement)


def test_a_draft_on_its_way_keeps_its_gates_and_what_passed_them(database: Database) -> None:
    go_to(database, "0003")
    insert(database, ROWS)

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


RULES = """
INSERT INTO units (id, bureau, kind, name, path) VALUES ('u', 'u', 'bureau', '局', '局');
INSERT INTO routes (bureau, version, position, name, definition, imported_at, imported_by)
  VALUES ('u', 2, 0, '日常', '{"name": "日常"}', '2026-09-21', 'carol');
INSERT INTO alert_policies (bureau, version, position, definition, imported_at, imported_by)
  VALUES ('u', 1, 0, '{"kind": "case"}', '2026-09-21', 'carol')
"""


def test_what_bureaus_brought_is_kept_where_all_sets_are_and_on_the_way_back(
    database: Database,
) -> None:
    go_to(database, "0042")
    insert(database, RULES)

    go_to(database, "head")
    with database.begin() as uow:
        (route,) = uow.rule_tables.in_force(UnitId("u"), "route")
        (policy,) = uow.rule_tables.in_force(UnitId("u"), "alert_policy")
        assert (route.version, route.definition) == (2, {"name": "日常"})
        assert (policy.version, policy.definition) == (1, {"kind": "case"})

    go_to(database, "0042")
    with database.engine.begin() as connection:
        assert connection.execute(text("SELECT name FROM routes")).scalars().all() == ["日常"]
        assert len(connection.execute(text("SELECT 1 FROM alert_policies")).all()) == 1


PICTURES = """
INSERT INTO units (id, bureau, kind, name, path) VALUES ('u', 'u', 'bureau', '局', '局');
INSERT INTO cases (id, bureau, year, number, title, place, topic, unit, state, suggested, why,
  graded_by, finder, source, platform, url, found_at, registered_at, touched_at, heat_found,
  heat_peak, demands, truth, assigned_by, holder, measures, wording, wording_by,
  wording_approved_by, answered_where, reported_to, instruction, clock_at, result, closed_by,
  merged_into, alerted, overdue, late_because, revision)
  VALUES ('c', 'u', 2026, 1, '题', '', '', 'u', 'registered', 'blue', '', '', '', '', '', '',
  '2026-09-21', '2026-09-21', '2026-09-21', '', '', '', 'unknown', '', '', '', '', '', '', '', '',
  '', '2026-09-21', '', '', '', '{}', '{}', '', 0);
INSERT INTO case_files (id, "case", sender, media_id, filename, sha256, lost, created_at)
  VALUES ('f', 'c', 'bob', 'm', '1.jpg', 'abc', false, '2026-09-21')
"""


def test_pictures_of_cases_are_kept_beside_those_of_incidents_and_on_the_way_back(
    database: Database,
) -> None:
    go_to(database, "0053")
    insert(database, PICTURES)

    go_to(database, "head")
    with database.begin() as uow:
        (kept,) = uow.pictures.of(PictureOf.CASE, "c")
        assert (kept.id, kept.sender, kept.media_id, kept.sha256) == ("f", "bob", "m", "abc")
        incident = SentPicture(
            id=PictureId("g"),
            about=PictureOf.INCIDENT,
            subject="c",
            sender=UserId("bob"),
            media_id="m",
            created_at=kept.created_at,
        )
        uow.pictures.add(incident)

    go_to(database, "0053")
    with database.engine.begin() as connection:
        back = connection.execute(text('SELECT id, "case", sha256 FROM case_files')).all()
        assert [tuple(row) for row in back] == [("f", "c", "abc")]


PRINTS = """
INSERT INTO units (id, bureau, kind, name, path) VALUES ('u', 'u', 'bureau', '局', '局');
INSERT INTO opinion_items (id, bureau, year, number, finder, source, platform, title, words, url,
  media, found_at, heat, place, topics, relevance, risk, parts, suggested, why, alarming, copies)
  VALUES (9, 'u', 2026, 1, '', '', '', '', '', '', '[]', '2026-09-21', '{}', '', '[]', 1, 0, '{}',
    'blue', '[]', false, 0),
  (12, 'u', 2026, 2, '', '', '', '', '', '', '[]', '2026-09-21', '{}', '', '[]', 1, 0, '{}',
    'blue', '[]', false, 0);
INSERT INTO opinion_prints (span, mark, item) VALUES (1377, 5, 9), (1378, 5, 12), (1378, -7, 12)
"""


def test_by_what_posts_are_found_stays_and_on_the_way_back(database: Database) -> None:
    go_to(database, "0055")
    insert(database, PRINTS)

    go_to(database, "head")
    day = datetime.fromtimestamp(1378 * 15 * 86_400, UTC).toordinal()
    with database.begin() as uow:
        assert uow.prints.holders(UnitId("u"), [5, -7, 4], day) == {5: [12], -7: [12]}
        uow.prints.keep(UnitId("u"), [(4, 13)], day)
    with database.begin() as uow:
        held = uow.prints.holders(UnitId("u"), [5, -7, 4], day - 15)
        assert held == {5: [9, 12], -7: [12], 4: [13]}

    go_to(database, "0055")
    with database.engine.begin() as connection:
        back = connection.execute(text("SELECT span, mark, item FROM opinion_prints")).all()
        assert sorted(map(tuple, back)) == [
            (1377, 5, 9),
            (1378, -7, 12),
            (1378, 4, 13),
            (1378, 5, 12),
        ]
