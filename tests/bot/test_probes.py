"""/healthz, /readyz, /metrics: what machines ask."""

from dataclasses import replace
from pathlib import Path

from bot.app import create_app
from bot.config import Config
from storage.unit_of_work import open_database
from tests.harness.service import Chat, chat


def test_a_working_service_is_alive_and_ready(bureau: Chat) -> None:
    client = create_app(bureau.services).test_client()
    assert client.get("/healthz").text == "ok"
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json == {"database": "ok", "migrations": "ok", "redis": "ok"}


def test_an_empty_database_is_not_ready(config: Config, tmp_path: Path) -> None:
    """Without the newest schema nothing can work, and the probe says what is missing."""
    with chat(config) as bureau:
        empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
        services = replace(bureau.services, database=empty)
        ready = create_app(services).test_client().get("/readyz")
        empty.close()
    assert ready.status_code == 503
    assert ready.json == {"database": "ok", "migrations": "NotMigratedError", "redis": "ok"}


def test_the_figures_tell_what_waits(bureau: Chat) -> None:
    client = create_app(bureau.services).test_client()
    assert "xinshi_outbox_waiting 0.0" in client.get("/metrics").text
    alice = bureau.phone("alice")
    alice.says("投稿 春天来了\n正文")
    alice.says("完成")
    assert "xinshi_outbox_waiting 1.0" in client.get("/metrics").text
    bureau.settle()
    assert "xinshi_outbox_waiting 0.0" in client.get("/metrics").text
