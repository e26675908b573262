import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs
from structlog.types import EventDict
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from bot.channel.crypto import CallbackCrypto
from bot.channel.inbound import Inbound, TextMessage
from bot.channel.webhook import CallbackSettings, wecom_blueprint
from bot.clock import system_now

from .vectors import (
    CORP,
    ECHO,
    ECHO_QUERY,
    KEY,
    MESSAGE_BODY,
    MESSAGE_QUERY,
    TOKEN,
    Callback,
    callback,
    event,
    opened_reply,
    text_message,
)

PATH = "/wecom/callback"
OPEN_WINDOW = timedelta(0)


class Callee:
    """Stands where the dispatcher will: notes what it is asked and says what it was told to."""

    def __init__(self) -> None:
        self.asked: list[Inbound] = []
        self.says = ""
        self.raises: Exception | None = None

    def __call__(self, inbound: Inbound) -> str:
        self.asked.append(inbound)
        if self.raises:
            raise self.raises
        return self.says


Connect = Callable[..., FlaskClient]


@pytest.fixture
def callee() -> Callee:
    return Callee()


@pytest.fixture
def connect(callee: Callee) -> Connect:
    def build(
        window: timedelta = timedelta(minutes=10), now: Callable[[], datetime] = system_now
    ) -> FlaskClient:
        return _app(callee, window, now).test_client()

    return build


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    with capture_logs() as captured:
        yield captured


def _app(callee: Callee, window: timedelta, now: Callable[[], datetime]) -> Flask:
    callback_settings = CallbackSettings(
        corp_id=CORP, token=TOKEN, encoding_aes_key=KEY, replay_window=window
    )
    app = Flask(__name__)
    app.register_blueprint(wecom_blueprint(callback_settings, callee, now))
    app.testing = True
    return app


def fresh(message: str | bytes = "", **changes: str) -> Callback:
    return callback(message or text_message(), timestamp=int(system_now().timestamp()), **changes)


def post(client: FlaskClient, made: Callback) -> TestResponse:
    return client.post(PATH, query_string=made.query, data=made.body)


def test_the_official_echo_is_given_back_bare(connect: Connect) -> None:
    answer = connect(OPEN_WINDOW).get(PATH, query_string=ECHO_QUERY)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, ECHO, "text/plain")


def test_an_echo_whose_plus_signs_became_spaces_is_given_back(connect: Connect) -> None:
    raw = "&".join(f"{name}={value}" for name, value in ECHO_QUERY.items())
    assert "+" in raw
    assert connect(OPEN_WINDOW).get(f"{PATH}?{raw}").data == ECHO


def test_the_official_message_reaches_the_answerer(connect: Connect, callee: Callee) -> None:
    answer = connect(OPEN_WINDOW).post(PATH, query_string=MESSAGE_QUERY, data=MESSAGE_BODY)
    assert (answer.status_code, answer.data) == (200, b"")
    (inbound,) = callee.asked
    assert isinstance(inbound, TextMessage)
    assert (inbound.sender, inbound.content) == ("mycreate", "hello")


def test_an_answer_goes_back_encrypted_to_the_sender(connect: Connect, callee: Callee) -> None:
    callee.says = "已收到 ]]> 👍\n12号"
    answer = post(connect(), fresh())
    reply = opened_reply(answer.data)
    assert answer.status_code == 200
    assert reply.findtext("ToUserName") == "alice"
    assert reply.findtext("Content") == callee.says


def test_a_repeated_callback_is_asked_again(connect: Connect, callee: Callee) -> None:
    """The answerer knows repeats by their key and says the same again; refusing would lose it."""
    callee.says = "已收到"
    client, made = connect(), fresh()
    answers = [post(client, made) for _ in range(2)]
    assert [opened_reply(answer.data).findtext("Content") for answer in answers] == ["已收到"] * 2
    assert len({inbound.key for inbound in callee.asked}) == 1


def test_an_event_that_takes_no_reply_gets_none(
    connect: Connect, callee: Callee, logs: list[EventDict]
) -> None:
    callee.says = "已通过"
    answer = post(connect(), fresh(event("template_card_event")))
    assert (answer.status_code, answer.data) == (200, b"")
    assert [line["event"] for line in logs] == ["passive_reply_dropped"]


def test_an_answer_that_is_too_long_is_cut_at_a_line_and_told(
    connect: Connect, callee: Callee, logs: list[EventDict]
) -> None:
    callee.says = "汉" * 600 + "\n" + "字" * 600
    reply = opened_reply(post(connect(), fresh()).data)
    assert reply.findtext("Content") == "汉" * 600 + "\n"
    assert [line["event"] for line in logs] == ["passive_reply_cut"]


def test_a_failure_asks_wecom_to_come_again_and_logs_no_text(
    connect: Connect, callee: Callee, logs: list[EventDict]
) -> None:
    callee.raises = RuntimeError("春天来了")
    assert post(connect(), fresh()).status_code == 500
    (line,) = logs
    assert (line["event"], line["error"]) == ("callback_failed", "RuntimeError")
    assert "春天来了" not in repr(line)


def without(name: str) -> Callback:
    made = fresh()
    return Callback({key: value for key, value in made.query.items() if key != name}, made.body)


def at(moment: datetime | str) -> Callback:
    made = callback(text_message(), timestamp=0)
    if isinstance(moment, datetime):
        return callback(text_message(), timestamp=int(moment.timestamp()))
    return Callback({**made.query, "timestamp": moment}, made.body)


HOUR = timedelta(hours=1)


REFUSED: dict[str, tuple[Callable[[], Callback], int, str]] = {
    "no signature": (lambda: without("msg_signature"), 400, "missing_argument"),
    "no timestamp": (lambda: without("timestamp"), 400, "missing_argument"),
    "no nonce": (lambda: without("nonce"), 400, "missing_argument"),
    "a timestamp in words": (lambda: at("soon"), 400, "bad_timestamp"),
    "a timestamp beyond any calendar": (lambda: at("9" * 30), 400, "bad_timestamp"),
    "an hour old": (lambda: at(system_now() - HOUR), 403, "stale_timestamp"),
    "an hour ahead": (lambda: at(system_now() + HOUR), 403, "stale_timestamp"),
    "another token": (lambda: fresh(token="guess"), 403, "bad_signature"),  # noqa: S106 - a wrong one
    "another corp": (lambda: fresh(corp="another corp"), 403, "wrong_receive_id"),
    "the signature of another body": (
        lambda: Callback(fresh().query, fresh().body),
        403,
        "bad_signature",
    ),
    "three megabytes": (lambda: Callback(fresh().query, b"x" * 3_000_000), 413, "oversize"),
    "no body": (lambda: Callback(fresh().query, b""), 400, "not_xml"),
    "not UTF-8": (lambda: Callback(fresh().query, b"\xff"), 400, "not_utf8"),
    "truncated": (lambda: Callback(fresh().query, fresh().body[:-4]), 400, "not_xml"),
    "no ciphertext": (lambda: Callback(fresh().query, b"<xml/>"), 400, "missing_element"),
    "two ciphertexts": (
        lambda: Callback(fresh().query, b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>"),
        400,
        "doubled_element",
    ),
    "a document type": (lambda: Callback(fresh().query, b"<!DOCTYPE a><xml/>"), 400, "doctype"),
    "ciphertext of no XML": (lambda: fresh("no xml"), 400, "not_xml"),
    "ciphertext of no message": (lambda: fresh("<xml/>"), 400, "missing_element"),
    "ciphertext of another encoding": (lambda: fresh(b"\xff\xfe"), 400, "not_utf8"),
    "no base64": (lambda: signed("!!!"), 400, "bad_base64"),
    "half a block": (lambda: signed("QUJD"), 400, "bad_block"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_refusal_has_a_status_and_one_log_line_and_reaches_nobody(
    connect: Connect, callee: Callee, logs: list[EventDict], fault: str
) -> None:
    make, status, reason = REFUSED[fault]
    answer = post(connect(), make())
    assert (answer.status_code, answer.data) == (status, b"")
    assert logs == [{"event": "callback_refused", "reason": reason, "log_level": "warning"}]
    assert callee.asked == []


def signed(ciphertext: str) -> Callback:
    """A callback whose signature is right and whose ciphertext is not."""
    query = {"timestamp": str(int(system_now().timestamp())), "nonce": "n"}
    query["msg_signature"] = CallbackCrypto(TOKEN, KEY, CORP).sign(
        query["timestamp"], "n", ciphertext
    )
    return Callback(query, f"<xml><Encrypt>{ciphertext}</Encrypt></xml>".encode())


def test_a_wrong_echo_is_refused(connect: Connect, logs: list[EventDict]) -> None:
    client = connect(OPEN_WINDOW)
    assert client.get(PATH, query_string={**ECHO_QUERY, "echostr": "x"}).status_code == 403
    assert client.get(PATH).status_code == 400
    assert [line["reason"] for line in logs] == ["bad_signature", "missing_argument"]


def test_either_clock_makes_a_callback_fresh(connect: Connect) -> None:
    """A simulation moves one of them; what comes from outside bears the machine's time."""
    tomorrow = system_now() + timedelta(days=1)
    client = connect(now=lambda: tomorrow)
    assert post(client, fresh()).status_code == 200
    assert post(client, at(tomorrow)).status_code == 200
    assert post(client, at(system_now() + timedelta(hours=12))).status_code == 403


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.text(max_size=60))
def test_no_noise_crashes_the_callback(connect: Connect, body: bytes, noise: str) -> None:
    query = dict.fromkeys(("msg_signature", "nonce", "echostr"), noise)
    query["timestamp"] = str(int(system_now().timestamp()))
    client = connect()
    assert post(client, Callback(query, body)).status_code in {400, 403}
    assert client.get(PATH, query_string=query).status_code in {400, 403}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_no_signed_noise_crashes_the_callback(connect: Connect, message: bytes) -> None:
    assert post(connect(), fresh(message or b"x")).status_code == 400


@pytest.fixture
def address(callee: Callee) -> Iterator[tuple[str, int]]:
    """The callback behind a real HTTP server."""
    server = make_server("127.0.0.1", 0, _app(callee, timedelta(minutes=10), system_now))
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield "127.0.0.1", server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("framing", ["Content-Length: 3000000", "Transfer-Encoding: chunked"])
def test_a_huge_body_is_refused_unread(
    framing: str, address: tuple[str, int], callee: Callee, logs: list[EventDict]
) -> None:
    query = "&".join(f"{name}={value}" for name, value in fresh().query.items())
    head = f"POST {PATH}?{query} HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n".encode()
    body = b"2710\r\n" + b"x" * 10_000 + b"\r\n"  # a chunk, or the first bytes of a length
    with socket.create_connection(address, timeout=5) as wire:
        with suppress(ConnectionError):  # it hangs up before it has read everything
            wire.sendall(head + body * 10)
        answer = wire.recv(100)
    assert b" 413 " in answer
    assert [line["reason"] for line in logs] == ["oversize"]
    assert callee.asked == []


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(CallbackSettings(corp_id=CORP, token=TOKEN, encoding_aes_key=KEY))
    assert TOKEN not in shown
    assert KEY not in shown
