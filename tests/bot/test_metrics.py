"""What a machine that watches is told: counts of answers, and what the tables say now."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from structlog.testing import capture_logs

from bot import metrics, parking, vitals
from bot.app import create_app
from bot.web.figures import figures
from handlers.kit.messages import Text
from storage.models import OutboxMessage
from storage.unit_of_work import open_database
from storage.vocabulary import UserId
from tests.harness.service import Chat

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def client(bureau: Chat) -> FlaskClient:
    return create_app(bureau.services).test_client()


def value(text: str, series: str) -> float:
    """Return the value of one series; nothing counted yet is zero."""
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def answers(command: str, result: str) -> float:
    labels = {"command": command, "result": result}
    return metrics.COUNTED.get_sample_value("xinshi_answer_seconds_count", labels) or 0


def counted(command: str, result: str, act: Callable[[], object]) -> float:
    """Return how many answers of that sort *act* caused."""
    before = answers(command, result)
    act()
    return answers(command, result) - before


def tell(bureau: Chat, *members: str) -> None:
    with bureau.services.database.begin() as uow:
        told = [UserId(one) for one in members]
        bureau.services.context(uow).tell("answer", told, Text(text="好"), subject="s")


def test_an_answer_is_timed_by_its_command_and_result(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    assert counted("my_drafts", "answered", lambda: alice.says("我的稿件")) == 1
    assert counted("approve", "refused", lambda: bob.says("通过 99")) == 1


def test_what_is_no_command_is_counted_under_what_it_was(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    assert counted("none", "refused", lambda: alice.says("胡言乱语")) == 1
    alice.says("投稿 标题")
    assert counted("composing", "answered", lambda: alice.says("一段正文。")) == 1
    alice.says("完成")
    bureau.settle()
    card = bob.hears("待您审核")
    assert counted("review", "answered", lambda: card.clicks("通过")) == 1


def test_a_stranger_and_a_mark_of_secrecy_are_refusals(bureau: Chat) -> None:
    alice, mallory = bureau.phones("alice", "mallory")
    assert counted("none", "refused", lambda: alice.says("机密★一年")) == 1
    bureau.without("mallory")
    assert counted("none", "refused", lambda: mallory.says("帮助")) == 1


def test_what_wecom_asks_again_is_counted_apart(bureau: Chat) -> None:
    bureau.wecom.faults.duplicate_callbacks(2)
    assert counted("none", "repeated", lambda: bureau.phone("alice").says("帮助")) == 2


def test_an_incident_is_counted_as_failed(bureau: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> str:
        raise ZeroDivisionError

    command = bureau.services.registry.commands["show_help"]
    words = bureau.services.recogniser._by_word
    monkeypatch.setitem(words, "帮助", replace(command, run=broken))
    alice = bureau.phone("alice")
    with capture_logs():
        assert counted("show_help", "failed", lambda: alice.says("帮助")) == 1


def test_refused_callbacks_are_counted_by_reason(client: FlaskClient) -> None:
    series = 'xinshi_callbacks_refused_total{reason="missing_argument"}'
    before = value(client.get("/metrics").text, series)
    assert client.post("/wecom/callback").status_code == 400
    assert value(client.get("/metrics").text, series) == before + 1


def test_how_pushes_ended_is_counted_by_kind_for_a_day(bureau: Chat, client: FlaskClient) -> None:
    series = 'xinshi_outbox_ended_24h{kind="answer",outcome="sent"}'
    tell(bureau, "alice", "bob")
    assert value(client.get("/metrics").text, series) == 0
    bureau.settle()
    assert value(client.get("/metrics").text, series) == 2
    bureau.clock.advance(timedelta(hours=25))
    assert value(client.get("/metrics").text, series) == 0


def test_a_worker_or_scheduler_that_is_gone_shows(bureau: Chat, client: FlaskClient) -> None:
    tell(bureau, "alice")
    bureau.phone("bob").says("提醒我 10分钟后 喝水")
    said = client.get("/metrics").text
    assert value(said, "xinshi_timer_next_seconds") == pytest.approx(600, abs=60)
    bureau.clock.advance(timedelta(minutes=20))
    said = client.get("/metrics").text
    assert value(said, "xinshi_outbox_due") == 1
    assert value(said, "xinshi_outbox_oldest_seconds") == pytest.approx(1200, abs=60)
    assert value(said, "xinshi_timers_due") == 1
    assert value(said, "xinshi_timer_late_seconds") == pytest.approx(600, abs=60)


def test_members_who_cannot_be_reached_or_must_wait_are_counted(
    bureau: Chat, client: FlaskClient
) -> None:
    with bureau.services.database.begin() as uow:
        member = uow.members.get(UserId("alice"))
        assert member
        member.reachable = False
    tell(bureau, "bob", "carol")
    with bureau.services.database.begin() as uow:
        uow._session.execute(update(OutboxMessage).values(note="over budget"))
    said = client.get("/metrics").text
    assert value(said, "xinshi_members_unreachable") == 1
    assert value(said, "xinshi_members_over_budget") == 2


def test_a_channel_that_rests_shows(bureau: Chat, client: FlaskClient) -> None:
    parking.park(bureau.services.redis, bureau.services.now())
    assert value(client.get("/metrics").text, "xinshi_channel_resting") == 1
    vitals.accepted(bureau.services.redis)
    assert value(client.get("/metrics").text, "xinshi_channel_resting") == 0


def test_without_its_tables_the_service_still_tells_what_is_wrong(
    bureau: Chat, tmp_path: Path
) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    said = figures(replace(bureau.services, database=empty)).decode()
    empty.close()
    assert value(said, 'xinshi_check_ok{check="migrations"}') == 0
    assert value(said, 'xinshi_check_ok{check="database"}') == 1
    assert "xinshi_outbox_waiting" not in said


def test_being_measured_waits_for_no_writer(bureau: Chat, client: FlaskClient) -> None:
    with bureau.services.database.begin() as uow:
        uow.members.everybody()
        assert client.get("/metrics").status_code == 200
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("name", ["grafana/xinshi.json", "prometheus/alerts.yml"])
def test_what_is_drawn_and_watched_is_measured(
    bureau: Chat, client: FlaskClient, name: str
) -> None:
    bureau.phone("alice").says("提醒我 10分钟后 喝水")
    client.post("/wecom/callback")
    measured = set(
        re.findall(r"^(xinshi_\w+?)(?:\{.*\})? \S+$", client.get("/metrics").text, re.MULTILINE)
    )
    measured |= set(
        re.findall(r"^# TYPE (xinshi_\w+) gauge$", client.get("/metrics").text, re.MULTILINE)
    )
    named = set(re.findall(r"\bxinshi_\w+", (DEPLOY / name).read_text(encoding="utf-8")))
    assert named
    assert named <= measured


def test_the_dashboard_shows_everything_that_is_measured(client: FlaskClient) -> None:
    board = json.loads((DEPLOY / "grafana/xinshi.json").read_text(encoding="utf-8"))
    drawn = json.dumps([panel["targets"] for panel in board["panels"]])
    for name in re.findall(r"^# TYPE (xinshi_\w+)", client.get("/metrics").text, re.MULTILINE):
        assert name in drawn or name.endswith("_created"), name
