"""The doorbell on a real Redis: never more than one waiting job, never a ring that goes unheard."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from redis import Redis, UnixDomainSocketConnection
from rq import Queue
from rq.serializers import JSONSerializer

from bot import scheduler
from bot.doorbell import QUEUE, Doorbell
from tests.harness.files import picture
from tests.harness.service import Chat

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The queue behind the bell; nobody listens."""

    redis: Redis
    bell: Doorbell
    queue: Queue

    def waiting(self) -> list[list[str]]:
        return [list(job.args) for job in self.queue.get_jobs()]

    def lets_seconds_pass(self) -> None:
        """What keeps a second ring back for some seconds runs out."""
        for key in self.redis.scan_iter("xinshi:rung:*"):
            self.redis.delete(key)


@pytest.fixture
def hall(redis_socket: Path) -> Iterator[Hall]:
    redis = Redis(unix_socket_path=str(redis_socket), protocol=2)
    queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    yield Hall(redis=redis, bell=Doorbell(redis), queue=queue)
    redis.flushall()
    redis.close()


def test_without_a_worker_one_job_waits_however_often_it_rings(hall: Hall) -> None:
    for _ in range(50):
        hall.bell.ring("deliver")
        hall.bell.ring("fetch", "a1")
        hall.lets_seconds_pass()
    assert hall.waiting() == [["deliver", ""], ["fetch", "a1"]]


def test_what_is_to_be_sent_goes_before_what_is_to_be_worked_out(hall: Hall) -> None:
    hall.bell.ring("posts")
    hall.bell.ring("due", "case_again")
    hall.bell.ring("deliver")
    assert hall.waiting() == [["deliver", ""], ["posts", ""], ["due", "case_again"]]


def test_a_wiped_queue_is_rung_again(hall: Hall) -> None:
    hall.bell.ring("deliver")
    hall.redis.delete(hall.queue.key)
    hall.bell.ring("deliver")
    assert hall.queue.count == 0, "a moment ago it rang"
    hall.lets_seconds_pass()
    hall.bell.ring("deliver")
    assert hall.queue.count == 1


def test_a_wiped_redis_is_rung_at_once(hall: Hall) -> None:
    hall.bell.ring("deliver")
    hall.redis.flushall()
    hall.bell.ring("deliver")
    assert hall.queue.count == 1


def test_who_rings_when_the_job_has_begun_is_heard(hall: Hall) -> None:
    hall.bell.ring("deliver")
    hall.bell.answered("deliver", "")
    hall.bell.ring("deliver")
    assert hall.queue.count == 2, "the first may have looked already"


def test_a_worker_that_dies_with_the_job_in_hand_is_rung_for_again(hall: Hall) -> None:
    hall.bell.ring("deliver")
    hall.redis.lpop(hall.queue.key)
    hall.lets_seconds_pass()
    hall.bell.ring("deliver")
    assert hall.queue.count == 1


def test_a_ring_asks_redis_once_and_puts_the_job_there_at_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer in chat waits for its rings: they do not go to and fro.

    What the client of Redis sends is counted at its socket, and sent: nothing answers in its place.
    """
    sent: list[object] = []
    send = UnixDomainSocketConnection.send_packed_command

    def noted(connection: UnixDomainSocketConnection, *command: Any, **how: Any) -> Any:
        sent.append(command)
        return send(connection, *command, **how)  # type: ignore[no-untyped-call]  # redis has none

    hall.bell.ring("warm")
    monkeypatch.setattr(UnixDomainSocketConnection, "send_packed_command", noted)

    def trips() -> int:
        sent.clear()
        hall.bell.ring("deliver")
        return len(sent)

    assert trips() == 2, "it asks, and puts the job there"
    assert trips() == 1, "it rang a moment ago"
    hall.lets_seconds_pass()
    assert trips() == 1, "the job still waits"
    hall.lets_seconds_pass()
    hall.redis.delete(hall.queue.key)
    assert trips() == 2, "the queue was wiped"


@on_sqlite
def test_the_sweep_leaves_one_job_for_each_thing_to_do(bureau: Chat, hall: Hall) -> None:
    """Hours without a worker: the queue is as long as after the first minute."""
    alice = bureau.phone("alice")
    alice.says("投稿 燃气检查\n正文")
    alice.simulated.sends_image(picture(), "现场.jpg")
    alice.says("完成")
    alice.says("紧急信息：人民路燃气泄漏")
    alice.simulated.sends_image(picture(seed=1), "现场.jpg")
    for _ in range(20):
        scheduler.sweep(bureau.services)
        hall.lets_seconds_pass()
    assert sorted(name for name, _ in hall.waiting()) == ["deliver", "fetch", "fetch_picture"]
    bureau.settle()
    assert hall.queue.count == 0
    bureau.phone("bob").hears("待您审核")
