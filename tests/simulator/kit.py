"""What the simulator's tests share: a clock, a corp, and a webhook with wechatpy as the oracle."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from flask import Flask, request
from wechatpy.work.crypto import WeChatCrypto  # noqa: TID251 - the oracle

from bot.simulator import Account, CorpSettings, Server, World, create_simulator_app, serve
from bot.simulator.wire import from_xml, text_of, to_xml

TOKEN = "QDG6eK"  # noqa: S105 - of the vendor's example
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP_ID = "wx5823bf96d3bd56c7"
AGENT_ID = 1000002
SECRET = "the-secret-of-the-app"  # noqa: S105 - of a corp that does not exist
CAST = (
    Account(userid="ZhangSan", name="张三", department="区住建局/物业科"),
    Account(userid="lisi", name="李四", department="区住建局/办公室"),
    Account(userid="wangwu", name="王五"),
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **step: float) -> None:
        self.moment += timedelta(**step)


@dataclass
class Heard:
    """One callback as wechatpy decrypted it, and the address parameters that came with it."""

    xml: str
    query: Mapping[str, str]

    def __getitem__(self, path: str) -> str:
        return text_of(from_xml(self.xml), path)


@dataclass
class Webhook:
    """A tiny real service: decrypts with wechatpy, remembers, answers what the test says."""

    answer: Callable[[Heard], str] = lambda _heard: ""
    statuses: list[int] = field(default_factory=list)
    naps: list[float] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)

    def receive(self) -> tuple[str, int]:
        crypto = WeChatCrypto(TOKEN, AES_KEY, CORP_ID)
        query = request.args
        plain = crypto.decrypt_message(
            request.get_data(), query["msg_signature"], query["timestamp"], query["nonce"]
        )
        self.heard.append(Heard(xml=plain, query=dict(query)))
        time.sleep(self.naps.pop(0) if self.naps else 0)
        status = self.statuses.pop(0) if self.statuses else 200
        reply = self.answer(self.heard[-1])
        if not reply or status != 200:
            return "", status
        return crypto.encrypt_message(reply, "a-nonce", query["timestamp"]), status

    @property
    def texts(self) -> list[str]:
        return [heard["Content"] for heard in self.heard]

    def has_heard(self, count: int, within: float = 15) -> bool:
        """Wait, for so many seconds at most, until that many callbacks came."""
        end = time.monotonic() + within
        while len(self.heard) < count and time.monotonic() < end:
            time.sleep(0.02)
        return len(self.heard) >= count


@dataclass
class Service:
    """Where webhooks live: one server for all tests, with the webhook of the test at hand."""

    webhook: Webhook = field(default_factory=Webhook)
    url: str = ""

    def create_app(self) -> Flask:
        app = Flask(__name__)
        app.add_url_rule("/wecom/callback", "callback", self.receive, methods=["POST"])
        return app

    def receive(self) -> tuple[str, int]:
        return self.webhook.receive()


def text_reply(content: str) -> str:
    return to_xml(
        [
            ("ToUserName", "zhangsan"),
            ("FromUserName", CORP_ID),
            ("CreateTime", 1409659813),
            ("MsgType", "text"),
            ("Content", content),
        ]
    )


@dataclass
class Api:
    """A client of the simulated server API that keeps its token."""

    client: Any
    token: str = ""

    def log_in(self) -> "Api":
        reply = self.get("gettoken", corpid=CORP_ID, corpsecret=SECRET)
        self.token = reply["access_token"]
        return self

    def get(self, method: str, **query: Any) -> Any:
        return self._json(self.client.get(self._url(method), query_string=self._query(query)))

    def post(self, method: str, body: Any, **query: Any) -> Any:
        how = {"data": body} if isinstance(body, bytes) else {"json": body}
        return self._json(
            self.client.post(self._url(method), query_string=self._query(query), **how)
        )

    def send(self, kind: str, content: Any, touser: str = "zhangsan", **more: Any) -> Any:
        body = {"touser": touser, "agentid": AGENT_ID, "msgtype": kind, kind: content}
        return self.post("message/send", body | more)

    def text(self, content: str, touser: str = "zhangsan", **more: Any) -> Any:
        return self.send("text", {"content": content}, touser, **more)

    def _url(self, method: str) -> str:
        return f"/cgi-bin/{method}"

    def _query(self, query: Mapping[str, Any]) -> dict[str, Any]:
        return {"access_token": self.token, **query} if self.token else dict(query)

    def _json(self, response: Any) -> Any:
        assert response.status_code == 200
        return response.get_json()


def button_card(task_id: str = "task-1", **changes: Any) -> dict[str, Any]:
    card = {
        "card_type": "button_interaction",
        "source": {"desc": "信使"},
        "main_title": {"title": "12号稿件待审", "desc": "老旧小区改造"},
        "horizontal_content_list": [{"keyname": "作者", "value": "张三"}],
        "task_id": task_id,
        "button_list": [
            {"text": "通过", "style": 1, "key": "approve"},
            {"text": "退回", "style": 3, "key": "return"},
        ],
    }
    return {name: part for name, part in (card | changes).items() if part is not None}


def create_world(callback_url: str, clock: Clock, **options: Any) -> World:
    settings = CorpSettings(
        corp_id=CORP_ID,
        agent_id=AGENT_ID,
        secret=SECRET,
        token=TOKEN,
        encoding_aes_key=AES_KEY,
        callback_url=callback_url,
    )
    return World(settings, CAST, clock, **options)


@contextmanager
def running(app: Flask) -> Iterator[Server]:
    server = serve(app, "127.0.0.1", 0)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def running_world(world: World) -> Iterator[httpx.Client]:
    with (
        running(create_simulator_app(world)) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client,
    ):
        yield client
