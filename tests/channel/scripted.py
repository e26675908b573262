"""A WeCom that answers as told: real HTTP on 127.0.0.1, in a thread."""

import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    path: str
    params: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def says(**fields: Any) -> Answer:
    """Answer with WeCom's JSON."""
    return Answer(json.dumps({"errcode": 0, "errmsg": "ok", **fields}).encode())


def refuses(code: int) -> Answer:
    return says(errcode=code, errmsg="no, hint: [1], from ip: 1.2.3.4")


class ScriptedWeCom:
    """Answers each path with what was scripted, the last answer for ever; gives out tokens."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.token_delay_s = 0.0
        self._script: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def script(self, path: str, *answers: Answer) -> None:
        self._script[path].extend(answers)

    def calls(self, path: str) -> list[Received]:
        return [call for call in self.received if call.path == path]

    def answer(self, call: Received) -> Answer:
        with self._lock:
            self.received.append(call)
            script = self._script[call.path]
            if script:
                return script.popleft() if len(script) > 1 else script[0]
            if call.path == "gettoken":
                number = len(self.calls("gettoken"))
                token = says(access_token=f"token-{number}", expires_in=7200)
                return Answer(token.body, delay_s=self.token_delay_s)
        return says()


def _handler(wecom: ScriptedWeCom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            params = {name: values[0] for name, values in parse_qs(url.query).items()}
            path = url.path.removeprefix("/cgi-bin/")
            answer = wecom.answer(Received(self.command, path, params, body))
            time.sleep(answer.delay_s)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                # Header text goes out as Latin-1: this is how raw UTF-8 gets onto the wire.
                self.send_header(name, value.encode().decode("latin-1"))
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler
