"""How many callbacks a second, and how long one takes, beside the least that could be done.

Run it with: python -m benchmarks.webhook
or a part:   python -m benchmarks.webhook --database postgresql --program xinshi,echo --requests 500
"""

import argparse
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
TEXTS = {"待审": "待审", "submission": "投稿 春季消防检查\n" + "检查组走访企业。" * 60}
PROGRAMS = {"sqlite": ("echo", "row", "xinshi"), "postgresql": ("echo", "xinshi")}
"""By database; the baselines keep nothing, or a row of SQLite's."""
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


def measure(arguments: argparse.Namespace, kind: str, program: str, config: Config) -> None:
    """Measure one program on one database, with each message and number of connections."""
    facts = {"program": program, "database": kind}
    with web(program, config) as served:
        time.sleep(1)  # the port is named just before gunicorn answers on it
        for name in arguments.message:
            text, facts["message"] = TEXTS[name], name
            # Each member once: his first message makes his conversation, later ones find it.
            flood(served.port, requests(config, text, MEMBERS, served.port), 4)
            for connections in arguments.connections:
                work = requests(config, text, arguments.requests, served.port)
                before = served.cpu_seconds()
                seconds, took = flood(served.port, work, connections)
                report(
                    "webhook",
                    **facts,
                    connections=connections,
                    per_second=len(took) / seconds,
                    **_latencies(took),
                    cpu_ms=(served.cpu_seconds() - before) / len(took) * 1000,
                )
            if arguments.steady:
                work = requests(config, text, STEADY_RATE * arguments.steady, served.port)
                took = steady(served.port, work, STEADY_RATE)
                report("webhook-steady", **facts, per_second=STEADY_RATE, **_latencies(took))


def _latencies(took: Sequence[float]) -> dict[str, float]:
    return {"p50_ms": percentile(took, 50) * 1000, "p99_ms": percentile(took, 99) * 1000}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])

    def several(name: str, default: str, choices: Sequence[str] = ()) -> None:
        def split(given: str) -> list[str]:
            found = given.split(",")
            if choices and not set(found) <= set(choices):
                raise argparse.ArgumentTypeError(f"of {', '.join(choices)}")
            return found

        parser.add_argument(name, type=split, default=default, help=f"default: {default}")

    several("--database", ",".join(PROGRAMS), [*PROGRAMS])
    several("--program", "echo,row,xinshi", ["echo", "row", "xinshi"])
    several("--message", ",".join(TEXTS), [*TEXTS])
    several("--connections", "1,8,64")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--steady", type=int, default=STEADY_SECONDS, help="seconds; 0 for none")
    found = parser.parse_args()
    found.connections = [int(number) for number in found.connections]
    return found


def main() -> None:
    arguments = _arguments()
    for kind in arguments.database:
        with bureau(kind) as config:
            for program in arguments.program:
                if program in PROGRAMS[kind]:
                    measure(arguments, kind, program, config)


if __name__ == "__main__":
    main()
