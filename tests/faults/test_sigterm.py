"""SIGTERM ends a process with the work in its hand done, the rest untouched, and code 0."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select

from bot.clock import system_now
from bot.simulator.messages import Message
from bot.simulator.world import Account, World
from handlers.kit.messages import Text
from storage.models import Inbound, OutboxMessage, Timer
from storage.vocabulary import InboundStatus, OutboxStatus, Outcome, TimerStatus, UserId
from tests.faults.processes import end, start_program, until, write_config
from tests.harness.reminding import set_reminders
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SLOW = 4.0
_CONNECTED = "01"  # in /proc/net/tcp


@pytest.fixture
def present(bureau: Chat) -> Chat:
    """The bureau in the time of the processes that are started: today's."""
    return replace(bureau, services=replace(bureau.services, now=system_now))


@contextmanager
def program(bureau: Chat, name: str, folder: Path) -> Iterator[ForkServerProcess]:
    """Run one of the service's programs."""
    config = write_config(bureau.config, folder / "config.toml")
    process = start_program(name, config)
    try:
        yield process
    finally:
        end(process)


def told_to_end(process: ForkServerProcess, seconds: float) -> int | None:
    """Return the exit code of a process that was told to end, and must within *seconds*."""
    process.terminate()
    process.join(seconds)
    return process.exitcode


def outbox(bureau: Chat) -> list[OutboxMessage]:
    with bureau.services.database.begin() as uow:
        return list(uow._session.scalars(select(OutboxMessage)))


def timers(bureau: Chat, kind: str = "") -> Counter[TimerStatus]:
    with bureau.services.database.begin() as uow:
        rows = uow._session.execute(select(Timer.kind, Timer.status))
        return Counter(status for its, status in rows if its == (kind or its))


def has_worker(bureau: Chat) -> bool:
    redis: Redis = bureau.services.redis
    return bool(redis.scard("rq:workers"))


def arrived(bureau: Chat) -> list[Message]:
    people = ("alice", "bob", "carol")
    return [one for userid in people for one in bureau.phone(userid).received()]


def test_a_worker_records_the_call_in_hand_and_leaves_the_rest(
    present: Chat, tmp_path: Path
) -> None:
    present.wecom.faults.delay("message/send", SLOW, times=1)
    with present.services.database.begin() as uow:
        ctx = present.services.context(uow)
        for userid in ("alice", "bob", "carol"):
            ctx.tell("answer", [UserId(userid)], Text(text=f"{userid}，好"), subject=userid)
    with program(present, "work", tmp_path) as worker:
        until(lambda: not present.wecom.faults.describe(), 20, "WeCom was not called")
        assert told_to_end(worker, SLOW + 5) == 0
    ended = Counter((row.status, row.outcome) for row in outbox(present))
    assert ended == {(OutboxStatus.ENDED, Outcome.SENT): 1, (OutboxStatus.WAITING, None): 2}
    assert len(arrived(present)) == 1

    present.wecom.faults.clear()
    present.settle()
    assert len(arrived(present)) == 3


def test_a_worker_that_only_waits_ends_at_once(present: Chat, tmp_path: Path) -> None:
    with program(present, "work", tmp_path) as worker:
        until(lambda: has_worker(present), 20, "no worker")
        time.sleep(0.5)
        assert told_to_end(worker, 5) == 0


def test_a_scheduler_stops_between_two_timers(present: Chat, tmp_path: Path) -> None:
    """What fired has its message, what did not is still to happen, and nothing is in between."""
    due = present.services.now() - timedelta(seconds=1)
    set_reminders(present.services, "alice", due, 500)
    with present.services.database.begin() as uow:
        for number in range(500):  # between the others, which would happen many at once
            present.services.context(uow).set_timer("instruction_follow_up", str(number), due)
    with program(present, "schedule", tmp_path) as scheduler:
        until(lambda: timers(present, "personal_reminder")[TimerStatus.FIRED], 20, "nothing fired")
        assert told_to_end(scheduler, 5) == 0
    count, reminded = timers(present), timers(present, "personal_reminder")
    assert count[TimerStatus.PENDING] > 0
    assert count[TimerStatus.FIRED] + count[TimerStatus.PENDING] == 1000
    assert len(outbox(present)) == reminded[TimerStatus.FIRED] > 0


def test_a_web_process_answers_what_it_was_asked(present: Chat, tmp_path: Path) -> None:
    """A message arrives, its transaction has to wait for another, SIGTERM comes meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = present.config.server.model_copy(update={"bind": f"127.0.0.1:{port}"})
    present = replace(present, config=present.config.model_copy(update={"server": server}))
    corp = replace(present.wecom.settings, callback_url=f"http://127.0.0.1:{port}/wecom/callback")
    world = World(corp, [Account(userid="alice", name="王芳", department="")], system_now)
    phone = world.phone("alice")
    speaking = threading.Thread(target=phone.says, args=("提醒我 明天9点 交稿",))
    with program(present, "serve", tmp_path) as web:
        until(lambda: _listens(port), 20, "the web process does not listen")
        with present.services.database.begin() as uow:
            uow.members.everybody()  # holds SQLite's one writer's lock
            speaking.start()
            until(lambda: _has_read(port), 20, "the message was not read")
            time.sleep(0.5)
            web.terminate()
            time.sleep(0.5)
            assert web.is_alive()
        speaking.join(10)
        web.join(10)
        assert web.exitcode == 0
    assert "好的" in phone.messages[-1].text
    with present.services.database.begin() as uow:
        assert uow._session.scalars(select(Inbound.status)).all() == [InboundStatus.HANDLED]


def _has_read(port: int) -> bool:
    """Tell whether somebody is connected to a port, and nothing that he sent is left unread."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    found = [(local, state, queues) for _, local, _, state, queues, *_ in map(str.split, lines)]
    return any(
        local.endswith(f":{port:04X}")
        and state == _CONNECTED
        and int(queues.split(":")[1], 16) == 0
        for local, state, queues in found
    )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
