"""WeCom is slow, refuses, or says nothing: everything arrives, or its outcome has a name."""

import threading
import time
from itertools import pairwise

import pytest
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import text

from bot import delivery
from bot.doorbell import QUEUE
from handlers.kit.messages import Image, Text
from storage.vocabulary import UserId
from tests.faults.telling import ONCE_ONLY, PROMPT, outcomes, rows, sends, tell, texts
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_LONGEST_LEASE_SECONDS = 600
SEND = "message/send"
FIVE = [f"第{n}件" for n in range(5)]


def test_at_the_rate_limit_the_channel_rests_and_then_everything_arrives(bureau: Chat) -> None:
    bureau.wecom.faults.refuse(SEND, 45009)
    tell(bureau, PROMPT, FIVE, "bob")
    bureau.settle()
    assert (sends(bureau), texts(bureau, "bob")) == (1, [])
    bureau.advance(minutes=2)
    assert sorted(texts(bureau, "bob")) == FIVE
    assert outcomes(bureau, PROMPT) == {"sent"}


@pytest.mark.parametrize("code", [60020, 40001])
def test_a_refused_address_or_secret_makes_the_rows_wait_and_few_calls(
    bureau: Chat, code: int
) -> None:
    """Rests grow from a minute to an hour; nothing is given up, and all arrives when it is over."""
    bureau.wecom.faults.refuse(SEND, code, times=None)
    tell(bureau, PROMPT, FIVE, "bob")
    bureau.advance(hours=5)
    assert 3 <= sends(bureau) <= 7
    assert outcomes(bureau, PROMPT) == {"waiting"}
    bureau.wecom.faults.clear()
    bureau.advance(hours=1)
    assert sorted(texts(bureau, "bob")) == FIVE
    assert outcomes(bureau, PROMPT) == {"sent"}


@pytest.mark.parametrize("fault", ["-1", "HTTP 500", "HTTP 502"])
def test_a_passing_fault_is_tried_again_with_back_off(bureau: Chat, fault: str) -> None:
    if fault == "-1":
        bureau.wecom.faults.refuse(SEND, -1, times=3)
    else:
        bureau.wecom.faults.break_down(SEND, status=int(fault.removeprefix("HTTP ")), times=3)
    tell(bureau, PROMPT, ["好"], "bob")
    bureau.advance(minutes=2)
    calls = [one.at for one in bureau.wecom.exchanges if one.title == f"POST {SEND}"]
    pauses = [(b - a).total_seconds() for a, b in pairwise(calls)]
    assert pauses == [2, 10, 30]
    assert texts(bureau, "bob") == ["好"]


def test_what_is_never_accepted_ends_as_failed_and_the_administrator_hears(bureau: Chat) -> None:
    bureau.wecom.faults.refuse(SEND, -1, times=8)
    tell(bureau, PROMPT, ["好"], "bob")
    bureau.advance(hours=2)
    assert outcomes(bureau, PROMPT) == {"failed"}
    bureau.phone("root").hears("李强", "没能送达", "-1")


def test_a_review_card_whose_answer_was_lost_is_sent_again_and_shown_once(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says("投稿 标题\n正文一段。")
    bureau.wecom.faults.lose_answer(SEND)
    alice.says("完成")
    bureau.settle()
    bureau.advance(minutes=1)
    assert sends(bureau) == 2
    assert outcomes(bureau, "review_request") == {"sent"}
    bob.hears("待您审核").clicks("通过")
    bob.hears_nothing()


def test_a_card_refused_as_used_had_arrived_at_the_first_try(bureau: Chat) -> None:
    """After half an hour the duplicate check forgets; then the card's id tells."""
    alice, bob = bureau.phones("alice", "bob")
    alice.says("投稿 标题\n正文一段。")
    bureau.wecom.faults.lose_answer(SEND)
    alice.says("完成")
    bureau.settle()
    bureau.wecom.faults.break_down(SEND, times=6)
    bureau.advance(hours=1)
    assert sends(bureau) == 8
    assert outcomes(bureau, "review_request") == {"sent"}
    bob.hears("待您审核")
    bob.hears_nothing()


def test_a_routine_reminder_whose_answer_was_lost_ends_as_unconfirmed(bureau: Chat) -> None:
    """For an ordinary reminder a loss is better than a duplicate."""
    bureau.wecom.faults.lose_answer(SEND)
    tell(bureau, ONCE_ONLY, ["催一下"], "bob")
    bureau.settle()
    bureau.advance(hours=1)
    assert (sends(bureau), texts(bureau, "bob")) == (1, ["催一下"])
    assert outcomes(bureau, ONCE_ONLY) == {"unconfirmed"}


def test_who_cannot_be_reached_is_noted_and_the_others_hear(bureau: Chat) -> None:
    """One of two as invaliduser, and one alone as 81013."""
    bureau.enrol("userid,name,unit,roles,aliases,in_charge_of\ngone,吴勇,区住建局,officer,,\n")
    with bureau.wecom.directory._lock:
        del bureau.wecom.directory._accounts["gone"]
    tell(bureau, PROMPT, ["大家好"], "bob", "gone")
    tell(bureau, PROMPT, ["你好"], "gone")
    bureau.settle()
    assert texts(bureau, "bob") == ["大家好"]
    ended = sorted((row.recipient, str(row.outcome)) for row in rows(bureau, PROMPT))
    assert ended == [("bob", "sent"), ("gone", "invalid_member"), ("gone", "invalid_member")]
    with bureau.services.database.begin() as uow:
        reachable = {one: uow.members.get(UserId(one)) for one in ("bob", "gone")}
    assert {one: member and member.reachable for one, member in reachable.items()} == {
        "bob": True,
        "gone": False,
    }


def test_while_wecom_is_slow_members_are_answered_at_once(bureau: Chat) -> None:
    """No transaction is open while a call is under way, so nobody waits for its lock."""
    bureau.wecom.faults.delay(SEND, 1.5)
    tell(bureau, PROMPT, ["好"], "bob")
    sending = threading.Thread(target=delivery.drain, args=(bureau.services,))
    sending.start()
    time.sleep(0.3)
    began = time.monotonic()
    bureau.phone("alice").says("投稿 标题\n正文一段。")
    taken = time.monotonic() - began
    assert sending.is_alive()
    sending.join()
    assert taken < 1
    assert texts(bureau, "alice") != []
    assert texts(bureau, "bob") == ["好"]


def test_a_job_has_far_longer_than_its_longest_batch(bureau: Chat) -> None:
    """RQ's alarm, between a call and its record, would make a duplicate."""
    tell(bureau, PROMPT, ["好"], "bob")
    queue = Queue(QUEUE, connection=bureau.services.redis, serializer=JSONSerializer)
    (job,) = queue.jobs
    assert int(job.timeout or 0) > delivery._TURN_SECONDS + _LONGEST_LEASE_SECONDS


def test_a_row_that_cannot_be_sent_holds_no_other_back(bureau: Chat) -> None:
    """A kind of an older version, and a picture whose file is gone: each fails alone."""
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        lost = Image(sha256="0" * 64, filename="lost.png")
        ctx.tell("answer", [UserId("bob")], lost, subject="picture")
        ctx.tell("answer", [UserId("bob")], Text(text="旧的"), subject="old")
    with bureau.services.database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET kind = 'gone' WHERE subject = 'old'"))
    tell(bureau, PROMPT, ["好"], "bob")
    bureau.settle()
    assert "好" in texts(bureau, "bob")
    with bureau.services.database.engine.begin() as connection:
        failed = connection.execute(
            text("SELECT subject FROM outbox WHERE outcome = 'failed' ORDER BY subject")
        )
        assert [row.subject for row in failed] == ["old", "picture"]
