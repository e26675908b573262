"""A killed worker and a dead Redis: whoever is left sees it and says so, once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import scheduler, vitals, watch
from bot.clock import SimulatedClock
from storage.vocabulary import TroubleKind, TroubleStatus
from tests.faults.processes import MortalRedis, end, start_program, until, write_config
from tests.faults.telling import ALERT, tell
from tests.harness.phones import Phone
from tests.harness.rows import all_rows
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def present(bureau: Chat) -> Chat:
    """The bureau on the clock that it shares with the processes that are started."""
    clock = SimulatedClock(bureau.config.storage.state / "clock")
    return replace(bureau, services=replace(bureau.services, now=clock), clock=clock)


@pytest.fixture
def program(present: Chat, tmp_path: Path) -> Path:
    return write_config(present.config, tmp_path / "config.toml")


def ticks(bureau: Chat, number: int) -> None:
    for _ in range(number):
        bureau.clock.advance(timedelta(minutes=1))
        scheduler.tick(bureau.services)


def open_troubles(bureau: Chat) -> list[str]:
    rows = all_rows(bureau.services.database)["troubles"]
    return [row["kind"] for row in rows if row["status"] is TroubleStatus.OPEN]


def heard(phone: Phone, fragment: str) -> bool:
    return any(fragment in one.text for one in phone.received())


def test_a_worker_that_was_killed_is_told_and_so_is_the_next_one(
    present: Chat, program: Path
) -> None:
    root, bob = present.phones("root", "bob")

    def answered() -> bool:
        return vitals.read(present.services.redis).asked_at is None

    worker = start_program("work", program)
    try:
        ticks(present, 1)
        until(answered, 30, "the worker did not answer")
        worker.kill()
        worker.join()
        tell(present, ALERT, ["一件事"], "bob")
        ticks(present, 14)
        assert open_troubles(present) == [TroubleKind.WORKER]
        root.says("帮助")
        assert heard(root, "【系统故障】发送进程没有在工作")

        worker = start_program("work", program)
        until(lambda: heard(bob, "一件事"), 30, "the new worker sent nothing")
        for _ in range(7):
            ticks(present, 1)
            until(answered, 30, "the new worker did not answer")
        assert open_troubles(present) == []
        until(lambda: heard(root, "【故障解除】发送进程没有在工作"), 30, "not told")
        assert len(root.received()) == 2
    finally:
        end(worker)


def test_a_redis_that_is_gone_is_told_in_front_of_an_answer(
    frail_bureau: Chat, mortal_redis: MortalRedis
) -> None:
    """What it hides is not judged: no second notice says that no worker is there."""
    root = frail_bureau.phone("root")
    frail_bureau.advance(minutes=1)
    mortal_redis.kill()
    for _ in range(8):
        frail_bureau.clock.advance(timedelta(minutes=1))
        watch.look(frail_bureau.services)
    assert open_troubles(frail_bureau) == [TroubleKind.REDIS]
    root.says("待审")
    assert heard(root, "【系统故障】Redis没有应答")
    mortal_redis.start()

    def works() -> bool:
        """The doorbell leaves a Redis that was dead alone for some seconds."""
        frail_bureau.services.doorbell.ring("deliver")
        frail_bureau.settle()
        return vitals.read(frail_bureau.services.redis).worker_at is not None

    until(works, 10, "no worker was rung for")
    for _ in range(8):
        frail_bureau.clock.advance(timedelta(minutes=1))
        scheduler.tick(frail_bureau.services)
        frail_bureau.settle()
    assert open_troubles(frail_bureau) == []
    assert heard(root, "【故障解除】Redis没有应答")
    assert len(root.received()) == 2
