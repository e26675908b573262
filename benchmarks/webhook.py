"""How many callbacks a second, and how long one takes, beside the least that could be done.

Run it with: python -m benchmarks.webhook
"""

import secrets
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from itertools import count
from urllib.parse import urlencode

from benchmarks.bureau import MEMBERS, Stopwatch, bureau, report, web
from bot.config import Config
from bot.simulator.crypto import EnvelopeCipher
from bot.simulator.wire import to_xml

REQUESTS = 2000
STEADY_SECONDS = 10
STEADY_RATE = 100
_numbers = count(1)


def requests(config: Config, text: str, number: int, port: int) -> list[bytes]:
    """Return *number* callbacks as raw HTTP, each of another member and with its own id."""
    wecom = config.wecom
    cipher = EnvelopeCipher(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
    return [_request(config, cipher, text, next(_numbers), port) for _ in range(number)]


def _request(config: Config, cipher: EnvelopeCipher, text: str, number: int, port: int) -> bytes:
    now = int(time.time())  # noqa: TID251 - a callback bears the machine's time
    plain = to_xml(
        [
            ("ToUserName", config.wecom.corp_id),
            ("FromUserName", f"u{number % MEMBERS}"),
            ("CreateTime", now),
            ("MsgType", "text"),
            ("Content", text),
            ("MsgId", number),
            ("AgentID", config.wecom.agent_id),
        ]
    )
    sealed = cipher.seal(plain, timestamp=str(now), nonce=secrets.token_hex(5))
    body = to_xml([("ToUserName", config.wecom.corp_id), ("Encrypt", sealed.encrypt)]).encode()
    query = urlencode({"msg_signature": sealed.signature, "timestamp": now, "nonce": sealed.nonce})
    head = (
        f"POST /wecom/callback?{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def ask(self, request: bytes) -> None:
        self._socket.sendall(request)
        status = self._file.readline()
        if b" 200 " not in status:
            raise RuntimeError(f"answered {status!r}")
        length = 0
        while (line := self._file.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        self._file.read(length)


def flood(port: int, work: Sequence[bytes], connections: int) -> tuple[float, list[float]]:
    """Send all of *work* as fast as answers come; return the seconds, and each one's."""
    took: list[float] = []
    shares = [work[start::connections] for start in range(connections)]

    def send(share: Sequence[bytes]) -> None:
        connection = Connection(port)
        for request in share:
            watch = Stopwatch()
            connection.ask(request)
            took.append(watch.seconds)

    threads = [threading.Thread(target=send, args=(share,)) for share in shares]
    watch = Stopwatch()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return watch.seconds, took


def steady(port: int, work: Sequence[bytes], rate: int) -> list[float]:
    """Send *rate* a second, come what may; return how long each took from when it was due."""
    took: list[float] = []
    connections = 32
    start = time.perf_counter() + 0.2

    def send(share: range) -> None:
        connection = Connection(port)
        for number in share:
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.ask(work[number])
            took.append(time.perf_counter() - due)

    threads = [
        threading.Thread(target=send, args=(range(first, len(work), connections),))
        for first in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def main() -> None:
    texts = {"待审": "待审", "submission": "投稿 春季消防检查\n" + "检查组走访企业。" * 60}
    for kind in ("sqlite", "postgresql"):
        programs = ("echo", "row", "xinshi") if kind == "sqlite" else ("echo", "xinshi")
        with bureau(kind) as config:
            for program in programs:
                with web(program, config) as port:
                    time.sleep(1)  # the port is named just before gunicorn answers on it
                    for name, text in texts.items():
                        flood(port, requests(config, text, 200, port), 4)
                        for connections in (1, 8, 64):
                            work = requests(config, text, REQUESTS, port)
                            seconds, took = flood(port, work, connections)
                            report(
                                "webhook",
                                program=program,
                                database=kind,
                                message=name,
                                connections=connections,
                                per_second=len(took) / seconds,
                                p50_ms=percentile(took, 50) * 1000,
                                p99_ms=percentile(took, 99) * 1000,
                            )
                        work = requests(config, text, STEADY_RATE * STEADY_SECONDS, port)
                        took = steady(port, work, STEADY_RATE)
                        report(
                            "webhook-steady",
                            program=program,
                            database=kind,
                            message=name,
                            per_second=STEADY_RATE,
                            p50_ms=percentile(took, 50) * 1000,
                            p99_ms=percentile(took, 99) * 1000,
                        )


if __name__ == "__main__":
    main()
