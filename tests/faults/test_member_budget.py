"""WeCom drops what goes beyond 30 messages a minute to one member: we never come to that."""

from datetime import timedelta
from functools import partial

import pytest

from bot import delivery
from tests.faults.telling import (
    ALERT,
    PROMPT,
    ROUTINE,
    and_then,
    most_in_a_minute,
    outcomes,
    sends,
    tell,
    texts,
)
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_ODD = timedelta(microseconds=123449)
HUNDRED = [f"第{n:03d}件" for n in range(100)]


def _assert_all_came(bureau: Chat, wanted: list[str]) -> None:
    assert list(bureau.wecom.dropped) == []
    assert sorted(texts(bureau, "bob")) == sorted(wanted)
    assert most_in_a_minute(bureau.phone("bob").received()) <= 30


def test_a_hundred_texts_to_one_member_all_arrive_as_time_goes_by(bureau: Chat) -> None:
    tell(bureau, PROMPT, HUNDRED, "bob")
    bureau.settle()
    assert len(texts(bureau, "bob")) == 20
    bureau.advance(minutes=10)
    _assert_all_came(bureau, HUNDRED)
    assert outcomes(bureau, PROMPT) == {"sent"}


def test_an_alert_passes_a_budget_that_others_have_used_up(bureau: Chat) -> None:
    tell(bureau, PROMPT, HUNDRED, "bob")
    bureau.settle()
    tell(bureau, ALERT, ["着火了"], "bob")
    bureau.settle()
    assert texts(bureau, "bob")[-1] == "着火了"
    assert len(texts(bureau, "bob")) == 21


def test_a_wiped_redis_is_no_new_budget(bureau: Chat) -> None:
    """What was sent in the last hour is counted again from the outbox."""
    for n in range(0, 100, 20):
        tell(bureau, PROMPT, HUNDRED[n : n + 20], "bob")
        bureau.settle()
        bureau.services.redis.flushall()
        bureau.clock.advance(timedelta(seconds=5))
    assert len(texts(bureau, "bob")) == 20
    bureau.advance(minutes=10)
    _assert_all_came(bureau, HUNDRED)


def test_what_was_held_up_counts_when_it_is_sent(bureau: Chat) -> None:
    """After a rest of the channel the held-up texts and the next ones share one minute's budget."""
    tell(bureau, PROMPT, HUNDRED, "bob")
    bureau.wecom.faults.refuse("message/send", 45009)
    bureau.settle()
    bureau.advance(minutes=10)
    _assert_all_came(bureau, HUNDRED)


def test_what_left_slowly_counts_from_when_it_left(bureau: Chat) -> None:
    """Twenty calls of a second each, then quick ones: no minute holds more than thirty."""
    tell(bureau, PROMPT, HUNDRED[:45], "bob")
    second = timedelta(seconds=1)
    delivery.drain(and_then(bureau.services, lambda: bureau.clock.advance(second)))
    assert len(texts(bureau, "bob")) == 20
    bureau.advance(minutes=10)
    _assert_all_came(bureau, HUNDRED[:45])


def test_what_was_taken_and_not_sent_uses_up_nothing(bureau: Chat) -> None:
    """Three workers that are told to end before their first call cost the member nothing."""
    tell(bureau, PROMPT, HUNDRED[:20], "bob")
    for _ in range(3):
        told = iter((False, True, True))
        delivery.drain(bureau.services, partial(next, told))
    assert texts(bureau, "bob") == []
    bureau.settle()
    assert len(texts(bureau, "bob")) == 20


def test_a_message_that_may_have_arrived_counts_beside_its_second_try(bureau: Chat) -> None:
    bureau.wecom.faults.lose_answer("message/send", times=12)
    tell(bureau, PROMPT, HUNDRED[:25], "bob")
    bureau.settle()
    bureau.advance(minutes=10)
    assert list(bureau.wecom.dropped) == []
    assert set(texts(bureau, "bob")) == set(HUNDRED[:25])
    assert most_in_a_minute(bureau.phone("bob").received()) <= 30


def test_each_part_of_a_long_text_counts(bureau: Chat) -> None:
    long = [f"第{n}件" + "长" * 1500 for n in range(20)]
    tell(bureau, PROMPT, long, "bob")
    bureau.settle()
    bureau.advance(minutes=10)
    assert list(bureau.wecom.dropped) == []
    assert "".join(texts(bureau, "bob")).count("长") == 20 * 1500
    assert outcomes(bureau, PROMPT) == {"sent"}


def test_a_text_of_more_parts_than_a_minute_holds_still_leaves(bureau: Chat) -> None:
    """It goes alone, when nothing else was sent for a minute."""
    tell(bureau, PROMPT, ["长" * 682 * 24], "bob")
    bureau.settle()
    assert "".join(texts(bureau, "bob")).count("长") == 682 * 24


def test_a_moment_between_two_milliseconds_is_a_moment(bureau: Chat) -> None:
    """The wait that Redis computes is exact: no batch is put off to the moment that it has."""
    bureau.clock.advance(_ODD)
    tell(bureau, PROMPT, HUNDRED[:21], "bob")
    bureau.settle()
    bureau.advance(minutes=2)
    _assert_all_came(bureau, HUNDRED[:21])


def test_a_digest_that_breaks_off_loses_no_line(bureau: Chat) -> None:
    """Twelve long reminders make more than one message; a call in the middle fails."""
    lines = [f"第{n:02d}件" + "催" * 150 for n in range(12)]
    tell(bureau, ROUTINE, lines, "bob")

    def fail_next() -> None:
        bureau.wecom.faults.clear()
        bureau.wecom.faults.refuse("message/send", -1)

    delivery.drain(and_then(bureau.services, fail_next))
    bureau.advance(minutes=5)
    said = "".join(texts(bureau, "bob"))
    assert [line for line in lines if line not in said] == []
    assert outcomes(bureau, ROUTINE) == {"digested"}
    assert sends(bureau) < len(lines)
