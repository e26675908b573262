"""Redis is only the doorbell: dead, hung or wiped, it costs time and no message."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot import delivery
from tests.faults.processes import MortalRedis, until
from tests.faults.telling import PROMPT, and_then, tell, texts
from tests.harness.phones import Phone
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_IN_TIME_SECONDS = 3.0


def _hand_in(phone: Phone) -> None:
    phone.says("投稿 老旧小区改造开工\n9月21日，改造工程开工。")
    phone.says("完成")


def _answers(phone: Phone) -> list[str]:
    return [one.text for one in phone.received() if one.passive]


@contextmanager
def _in_time() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < _IN_TIME_SECONDS


def test_with_redis_dead_members_are_answered_and_pushes_wait_for_it(
    frail_bureau: Chat, mortal_redis: MortalRedis
) -> None:
    """Answers come in time; what was promised leaves when Redis is back, by the sweep alone."""
    alice, bob = frail_bureau.phones("alice", "bob")
    mortal_redis.kill()
    with _in_time():
        _hand_in(alice)
    assert "已提交" in _answers(alice)[-1]
    assert bob.received() == []
    mortal_redis.start()
    _hears_eventually(bob, "待您审核")


def test_a_redis_that_hangs_does_not_make_an_answer_late(
    frail_bureau: Chat, mortal_redis: MortalRedis
) -> None:
    alice, bob = frail_bureau.phones("alice", "bob")
    with mortal_redis.hung(), _in_time():
        _hand_in(alice)
    assert "已提交" in _answers(alice)[-1]
    _hears_eventually(bob, "待您审核")


def test_redis_dying_between_a_call_and_its_record_makes_no_duplicate(
    frail_bureau: Chat, mortal_redis: MortalRedis
) -> None:
    """The call went through: that is written down whether Redis lives or not."""
    tell(frail_bureau, PROMPT, ["好"], "bob")
    delivery.drain(and_then(frail_bureau.services, mortal_redis.kill))
    mortal_redis.start()
    frail_bureau.clock.advance(timedelta(minutes=5))
    frail_bureau.settle()
    assert texts(frail_bureau, "bob") == ["好"]


def test_a_wiped_redis_forgets_no_message(frail_bureau: Chat, mortal_redis: MortalRedis) -> None:
    """The ring is lost with the wipe; the sweep rings again."""
    alice, bob = frail_bureau.phones("alice", "bob")
    _hand_in(alice)
    mortal_redis.client.flushall()
    bob.hears("待您审核")


def _hears_eventually(phone: Phone, *fragments: str) -> None:
    """Let the sweep ring until the doorbell, which leaves a dead Redis alone, tries again."""

    def heard() -> bool:
        phone.settle()
        return any(all(part in one.text for part in fragments) for one in phone.received())

    until(heard, 10, f"not heard: {fragments}")
