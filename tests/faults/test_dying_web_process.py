"""A web process dies after the commit and before the answer: WeCom's retry gets that answer."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from bot.app import build_services, create_app
from bot.clock import system_now
from bot.config import Config, load_config
from bot.simulator.crypto import Envelope, EnvelopeCipher
from bot.simulator.wire import from_xml, text_of, to_xml
from storage.models import Draft, DraftPart, Inbound
from storage.unit_of_work import open_database
from tests.faults.processes import end, start, until, write_config
from tests.harness.service import Chat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_retry_after_the_death_of_the_web_process_gets_the_stored_answer(
    bureau: Chat, tmp_path: Path
) -> None:
    """The same body, to a process that dies with the answer in its hand and to its successor."""
    path = write_config(bureau.config, tmp_path / "config.toml")
    query, body = _sealed(bureau.config, "投稿 供热检查\n检查换热站20座。")
    with _web(path, "dies") as (dying, url):
        with pytest.raises(httpx.HTTPError):
            _post(url, query, body)
        assert dying.wait(5) == -signal.SIGKILL
    stored = _stored_answer(bureau.config)
    assert "1号《供热检查》已开始" in stored
    with _web(path, "lives") as (_, url):
        answers = [_opened(bureau.config, _post(url, query, body)) for _ in range(2)]
    assert answers == [stored, stored]
    assert _counts(bureau.config) == (1, 1, 1)


@contextmanager
def _web(config: Path, how: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run this file as a web process on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start(__file__, config, str(port), how, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"

    def alive() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(alive, 20, "the web process does not answer")
        yield process, f"{url}/wecom/callback"
    finally:
        end(process)


def _post(url: str, query: dict[str, str], body: str) -> bytes:
    answer = httpx.post(url, params=query, content=body.encode(), trust_env=False, timeout=5)
    assert answer.status_code == 200
    return answer.content


def _cipher(config: Config) -> EnvelopeCipher:
    wecom = config.wecom
    return EnvelopeCipher(wecom.token, wecom.encoding_aes_key, wecom.corp_id)


def _sealed(config: Config, text: str) -> tuple[dict[str, str], str]:
    """Return the address parameters and the body of a callback."""
    stamp = int(system_now().timestamp())
    xml = to_xml(
        [
            ("ToUserName", config.wecom.corp_id),
            ("FromUserName", "alice"),
            ("CreateTime", stamp),
            ("MsgType", "text"),
            ("Content", text),
            ("MsgId", 4711),
            ("AgentID", config.wecom.agent_id),
        ]
    )
    envelope = _cipher(config).seal(xml, timestamp=str(stamp), nonce="123")
    query = {"msg_signature": envelope.signature, "timestamp": str(stamp), "nonce": "123"}
    return query, to_xml(
        [
            ("ToUserName", config.wecom.corp_id),
            ("AgentID", str(config.wecom.agent_id)),
            ("Encrypt", envelope.encrypt),
        ]
    )


def _opened(config: Config, answer: bytes) -> str:
    outer = from_xml(answer)
    envelope = Envelope(
        encrypt=text_of(outer, "Encrypt"),
        signature=text_of(outer, "MsgSignature"),
        timestamp=text_of(outer, "TimeStamp"),
        nonce=text_of(outer, "Nonce"),
    )
    return text_of(from_xml(_cipher(config).open(envelope)), "Content")


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


def _serve() -> None:
    """Be a web process; one that *dies* lets the service handle a callback and then kills itself.

    What the application returns is complete and committed; nothing of it has left the process.
    """
    app = create_app(build_services(load_config(Path(sys.argv[1]))))

    def dying(environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        answer = app(environ, begin)
        if environ["REQUEST_METHOD"] == "POST":
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(10)
        return answer

    wsgi: Any = dying if sys.argv[3] == "dies" else app
    make_server("127.0.0.1", int(sys.argv[2]), wsgi).serve_forever()


if __name__ == "__main__":
    _serve()
