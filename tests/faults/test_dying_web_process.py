"""A web process dies after the commit and before the answer: WeCom's retry gets that answer."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from bot.app import build_services, create_app
from bot.config import Config, load_config
from bot.simulator.crypto import Envelope
from bot.simulator.wire import from_xml, text_of
from storage.models import Draft, DraftPart, Inbound
from storage.unit_of_work import open_database
from tests.faults.callbacks import cipher_of, post, sealed, web_process
from tests.faults.processes import write_config
from tests.harness.service import Chat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_retry_after_the_death_of_the_web_process_gets_the_stored_answer(
    bureau: Chat, tmp_path: Path
) -> None:
    """The same body, to a process that dies with the answer in its hand and to its successor."""
    path = write_config(bureau.config, tmp_path / "config.toml")
    query, body = sealed(bureau.config, "投稿 供热检查\n检查换热站20座。")
    with web_process(_serve, path, "dies") as (dying, url):
        with pytest.raises(httpx.HTTPError):
            post(url, query, body)
        dying.join(5)
        assert dying.exitcode == -signal.SIGKILL
    stored = _stored_answer(bureau.config)
    assert "1号《供热检查》已开始" in stored
    with web_process(_serve, path, "lives") as (_, url):
        answers = [_opened(bureau.config, post(url, query, body)) for _ in range(2)]
    assert answers == [stored, stored]
    assert _counts(bureau.config) == (1, 1, 1)


def _opened(config: Config, answer: bytes) -> str:
    outer = from_xml(answer)
    envelope = Envelope(
        encrypt=text_of(outer, "Encrypt"),
        signature=text_of(outer, "MsgSignature"),
        timestamp=text_of(outer, "TimeStamp"),
        nonce=text_of(outer, "Nonce"),
    )
    return text_of(from_xml(cipher_of(config).open(envelope)), "Content")


def _stored_answer(config: Config) -> str:
    database = open_database(config.storage.database_url)
    with database.engine.connect() as connection:
        answer: str = connection.execute(select(Inbound.answer)).scalar_one()
    database.close()
    return answer


def _counts(config: Config) -> tuple[int, ...]:
    database = open_database(config.storage.database_url)
    with database.engine.connect() as connection:
        counts = tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (Draft, DraftPart, Inbound)
        )
    database.close()
    return counts


def _serve(config: Path, port: int, how: str) -> None:
    """Be a web process; one that *dies* lets the service handle a callback and then kills itself.

    What the application returns is complete and committed; nothing of it has left the process.
    """
    app = create_app(build_services(load_config(config)))

    def dying(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        answer = app(environ, begin)
        if environ["REQUEST_METHOD"] == "POST":
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(10)
        return answer

    wsgi: Any = dying if how == "dies" else app
    make_server("127.0.0.1", port, wsgi).serve_forever()
