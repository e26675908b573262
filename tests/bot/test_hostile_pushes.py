"""What a monitoring service may send wrongly: each fault is named, nothing is kept by halves."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.app import create_app
from bot.config import Config, Server
from bot.feeds.keys import SIGNATURE, TIMESTAMP, secret_of, signature
from bot.web.push import _failed
from handlers.feeds.capability import keeping
from storage.vocabulary import UserId
from tests.harness.offline import offline
from tests.harness.pushing import Service, item
from tests.harness.rows import all_rows
from tests.harness.service import MONDAY_TEN, ROSTER

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Nothing of it is ever asked of a table."""

BODIES = {
    "empty": (b"", "body: no JSON in UTF-8"),
    "no JSON": (b'{"items": [', "body: no JSON in UTF-8"),
    "GBK": ('{"items": [{"id": "1", "title": "坍塌"}]}'.encode("gbk"), "body: no JSON in UTF-8"),
    "UTF-16": ('{"items": []}'.encode("utf-16"), "body: no JSON in UTF-8"),
    "depth": (b'{"items": ' + b"[" * 100_000, "recursion limit"),
    "depth of objects": (b'{"items":' * 100_000, "recursion limit"),
    "not a number": (b'{"items": [{"id": NaN}]}', "body: no JSON in UTF-8"),
    "a long number": (b'{"items": [{"id": ' + b"9" * 10_000 + b"}]}", ""),
    "half a letter": (b'{"items": [{"id": "\\ud800", "title": "a"}]}', "body: no JSON in UTF-8"),
    "a list": (b"[]", 'body: should be an object: {"items": [...]}'),
    "no items": (b"{}", "items: should be a list"),
    "none": (b'{"items": []}', "items: should be 1 to 500, not 0"),
    "too many": (
        json.dumps({"items": [item(one) for one in range(501)]}).encode(),
        "items: should be 1 to 500, not 501",
    ),
}
FIELDS: dict[str, list[dict[str, Any]]] = {
    "items[0].id": [{"id": None}, {"id": ""}, {"id": "x" * 201}, {"id": ["1"]}],
    "items[0].title": [{"title": 3 * ["a"]}, {"title": "a" * 2_001}],
    "items[0].posted_at": [
        {"posted_at": "yesterday"},
        {"posted_at": "2026-13-01"},
        {"posted_at": "2001-01-01T00:00:00Z"},
        {"posted_at": 10**30},
    ],
    "items[0].heat.views": [{"heat": {"views": -1}}, {"heat": {"views": "many"}}],
    "items[0].heat.likes": [{"heat": {"likes": True}}, {"heat": {"likes": 10**13}}],
    "items[0].heat": [{"heat": []}],
    "items[0]": [{"title": "", "content": ""}, {"url": "javascript:alert(1)"}],
}


@pytest.fixture
def service(config: Config) -> Iterator[Service]:
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    feeds = config.feeds.model_copy(
        update={"push_largest_mib": 1, "push_items_per_minute": 1_000_000}
    )
    here = config.model_copy(update={"server": server, "feeds": feeds})
    with offline(here, ROSTER) as services:
        with services.database.begin() as uow:
            ctx = services.context(uow, me=uow.members.person(UserId("carol")))
            source = keeping.add_push(ctx, "监测服务")
        yield Service(services, create_app(services).test_client(), source)


def kept(service: Service) -> int:
    with service.services.database.reading() as uow:
        return len(uow.sources.waiting(10_000))


def test_a_body_that_cannot_be_read_is_refused_as_a_whole(service: Service) -> None:
    wrong = {}
    for name, (body, said) in BODIES.items():
        answer = service.sends_body(body)
        fits = answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
        if not fits or said not in json.loads(answer.text)["error"]:
            wrong[name] = (answer.status_code, answer.text[:200])
    assert wrong == {}
    assert kept(service) == 0


def test_a_fault_of_an_item_names_its_field_and_keeps_the_others(service: Service) -> None:
    wrong = {}
    for name, faults in FIELDS.items():
        for place, fault in enumerate(faults):
            bad, good = item(1, **fault), item(2, id=f"{name} {place}")
            answer = service.sends(bad, good)
            told = answer.json or {}
            fields = {each["field"] for each in told["refused"]}
            if answer.status_code != HTTPStatus.OK or fields != {name} or told["accepted"] != [1]:
                wrong[name, place] = answer.text
            alone = service.sends(bad)
            if alone.status_code != HTTPStatus.UNPROCESSABLE_ENTITY or name not in alone.text:
                wrong[name, place] = alone.text
    assert wrong == {}
    assert kept(service) == sum(len(faults) for faults in FIELDS.values())


def test_what_is_changed_of_an_item_is_said(service: Service) -> None:
    answer = service.sends(
        item(1, posted_at="2099-01-01T00:00:00", title="长" * 201, content="字" * 5_001),
        item(2, id=7, content="<script>x</script>坍塌&nbsp;\x00了", extra=1),
        item(3, posted_at="2026-09-21T08:30:00", url=None, heat={"views": None}, title=None),
    )
    assert answer.status_code == HTTPStatus.OK
    told = answer.json or {}
    assert [each["field"] for each in told["adjusted"]] == [
        "items[0].posted_at",
        "items[0].title",
        "items[0].content",
    ]
    assert told["ignored"] == ["extra"]
    first, second, third = all_rows(service.services.database)["found_items"]
    assert first["item"]["posted_at"].startswith("2026-09-21T")  # when it came
    assert first["posted_at"] == MONDAY_TEN  # it is forgotten in its time
    assert (len(first["item"]["title"]), len(first["item"]["words"])) == (200, 5_000)
    assert second["item"]["words"] == "坍塌 了"
    assert third["item"]["posted_at"] == "2026-09-21T00:30:00+00:00"  # Shanghai's time was meant
    assert third["item"]["heat"] == {}


def test_who_cannot_prove_who_he_is_learns_nothing(service: Service) -> None:
    body = json.dumps({"items": [item(1)]}).encode()

    def refused(**how: object) -> tuple[int, str]:
        answer = service.sends_body(body, **how)  # type: ignore[arg-type]
        return answer.status_code, answer.text

    wrong = refused(headers={SIGNATURE: "sha256=" + "0" * 64})
    assert wrong[0] == HTTPStatus.UNAUTHORIZED
    assert refused(headers={SIGNATURE: "签名".encode().decode("latin-1")}) == wrong
    assert refused(headers={TIMESTAMP: str(int(MONDAY_TEN.timestamp()) + 1)}) == wrong
    mine, service.address = service.address, "/push/" + "0" * 32
    assert refused() == wrong
    with service.services.database.begin() as uow:
        ctx = service.services.context(uow, me=uow.members.person(UserId("carol")))
        keeping.add_feed(ctx, "晚报", "http://example.cn/rss")
        feed = uow.sources.numbered(ctx.sender.bureau, 2)
    assert feed
    service.address = f"/push/{feed.id}"
    as_feed = secret_of(service.services.config.server, feed)
    time = str(int(MONDAY_TEN.timestamp()))
    assert refused(headers={SIGNATURE: signature(as_feed, time, body)}) == wrong
    service.address = mine
    for name in (TIMESTAMP, SIGNATURE):
        assert refused(without=[name]) == (
            HTTPStatus.UNAUTHORIZED,
            f'{{"error": "{name}: this header is missing"}}',
        )
    for time in ("now", "9" * 30, "-1e9"):
        assert refused(headers={TIMESTAMP: time})[0] == HTTPStatus.UNAUTHORIZED
    assert refused(headers={"Content-Type": "text/plain"})[0] == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert refused(headers={"Content-Encoding": "gzip"})[0] == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert service.client.get(service.address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert kept(service) == 0


def test_a_signature_is_of_one_body_time_and_source(service: Service) -> None:
    """Made here as docs/push.md tells services to make it, not as we check it."""
    body, timestamp = json.dumps({"items": [item(1)]}).encode(), str(int(MONDAY_TEN.timestamp()))

    def status(sent: bytes, signed: bytes, secret: str) -> int:
        made = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        headers = {TIMESTAMP: timestamp, SIGNATURE: f"sha256={made}"}
        return service.sends_body(sent, headers=headers).status_code

    with service.services.database.begin() as uow:
        ctx = service.services.context(uow, me=uow.members.person(UserId("carol")))
        other = secret_of(service.services.config.server, keeping.add_push(ctx, "另一个"))
    right = timestamp.encode() + b"." + body
    assert (
        status(body.replace(b"post-1", b"post-2"), right, service.secret) == HTTPStatus.UNAUTHORIZED
    )
    assert status(body, b"1." + body, service.secret) == HTTPStatus.UNAUTHORIZED
    assert status(body, right, other) == HTTPStatus.UNAUTHORIZED
    assert kept(service) == 0
    assert status(body, right, service.secret) == HTTPStatus.OK
    assert service.sends_body(b"\xef\xbb\xbf" + body).status_code == HTTPStatus.OK


def test_what_fails_for_us_is_asked_for_again_and_quoted_nowhere(service: Service) -> None:
    with service.services.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE found_items"))
    with capture_logs() as logs:
        answer = service.sends(item(1))
        _failed(ValueError("金色家园"))
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert {entry.get("error") for entry in logs} >= {"OperationalError", "ValueError"}
    assert answer.json == {"error": "an error of ours: send it again"}
    assert "金色家园" not in json.dumps(logs, default=str, ensure_ascii=False)


def test_a_body_is_not_read_beyond_what_it_may_be(service: Service) -> None:
    with capture_logs() as logs:
        answer = service.sends_body(b" " * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json) == (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        {"error": "body: at most 1 MiB"},
    )
    assert [entry["event"] for entry in logs] == ["push_refused"]


def test_neither_secret_nor_words_are_logged(service: Service) -> None:
    with capture_logs() as logs:
        service.sends(item(1), item(2, title=5))
        service.sends_body(b"{", headers={SIGNATURE: service.secret})
        service.sends_body(b"{")
    said = json.dumps(logs, default=str, ensure_ascii=False)
    assert service.secret not in said
    assert "金色家园" not in said
    assert "push_taken" in said


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
_NAMES = ("id", "title", "content", "url", "platform", "source", "posted_at", "heat", "more")
_items = st.dictionaries(st.sampled_from(_NAMES), _values, max_size=6) | _values


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(items=st.lists(_items, min_size=1, max_size=3))
def test_whatever_is_sent_each_item_is_answered_for_and_nothing_fails(
    service: Service, items: list[object]
) -> None:
    before = kept(service)
    answer = service.sends_body(json.dumps({"items": items}).encode())
    told = answer.json or {}
    if answer.status_code == HTTPStatus.BAD_REQUEST:  # NaN is none of JSON's numbers
        return
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}
    answered = {*told["accepted"], *told["duplicates"], *(one["index"] for one in told["refused"])}
    assert answered == set(range(len(items)))
    assert kept(service) == before + len(told["accepted"])
