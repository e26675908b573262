"""Callbacks as WeCom posts them, to a web process that can be killed."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import httpx

from bot.clock import system_now
from bot.config import Config
from bot.simulator.crypto import EnvelopeCipher
from bot.simulator.wire import to_xml
from tests.faults.processes import end, start, until

_NUMBERS = count(4711)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def web_process(
    serve: Callable[..., object], config: Path, *given: object
) -> Iterator[tuple[ForkServerProcess, str]]:
    """Run *serve* with a free port in a process of its own; yield it and where callbacks go."""
    port = free_port()
    process = start(serve, config, port, *given)
    try:
        until(lambda: _listens(port), 20, "the web process does not answer")
        yield process, f"http://127.0.0.1:{port}/wecom/callback"
    finally:
        end(process)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def post(url: str, query: dict[str, str], body: str) -> bytes:
    answer = httpx.post(url, params=query, content=body.encode(), trust_env=False, timeout=30)
    assert answer.status_code == 200
    return answer.content


def cipher_of(config: Config) -> EnvelopeCipher:
    wecom = config.wecom
    return EnvelopeCipher(wecom.token, wecom.encoding_aes_key, wecom.corp_id)


def sealed(config: Config, text: str, sender: str = "alice") -> tuple[dict[str, str], str]:
    """Return the address parameters and the body of a callback: a message never sent before."""
    stamp = int(system_now().timestamp())
    xml = to_xml(
        [
            ("ToUserName", config.wecom.corp_id),
            ("FromUserName", sender),
            ("CreateTime", stamp),
            ("MsgType", "text"),
            ("Content", text),
            ("MsgId", next(_NUMBERS)),
            ("AgentID", config.wecom.agent_id),
        ]
    )
    envelope = cipher_of(config).seal(xml, timestamp=str(stamp), nonce="123")
    query = {"msg_signature": envelope.signature, "timestamp": str(stamp), "nonce": "123"}
    return query, to_xml(
        [
            ("ToUserName", config.wecom.corp_id),
            ("AgentID", str(config.wecom.agent_id)),
            ("Encrypt", envelope.encrypt),
        ]
    )
