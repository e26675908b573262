"""The promise of the mailbox, under fire: whatever is killed or wiped, nothing stays unsaid."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from flask import Response
from redis import Redis
from sqlalchemy import ColumnElement, func, select

from bot.app import build_services
from bot.clock import SimulatedClock, system_now
from bot.config import Config, Delivery
from bot.demo import corp_settings
from bot.services import Services
from bot.simulator.app import create_simulator_app
from bot.simulator.server import serve
from bot.simulator.world import Account, World
from handlers.kit.messages import Text
from handlers.members.capability import import_roster, read_roster
from storage.models import OutboxMessage
from storage.vocabulary import OutboxStatus, Outcome, UserId
from tests.faults.processes import end, start_program, until, write_config
from tests.harness.service import MONDAY_TEN

MEMBERS = 60
PROMPT_EACH = 9
ROUTINE = 60
KILLS = 10
WIPED_AT = (1, 3, 5, 7)
ANSWER_SECONDS = 0.02
"""How long an answer of the simulator is under way: a process that dies meanwhile knows nothing."""

_TOKEN = re.compile(r"第(\d+)件")


@dataclass
class Fleet:
    """Workers and schedulers of one configuration; the dead are replaced, as a supervisor does."""

    config: Path
    running: dict[int, tuple[str, ForkServerProcess]] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def launch(self, program: str) -> None:
        process = start_program(program, self.config)
        assert process.pid
        self.running[process.pid] = (program, process)

    def kill(self, program: str) -> None:
        """Kill one of a kind and start another."""
        pid, process = next(
            (pid, process) for pid, (name, process) in self.running.items() if name == program
        )
        process.kill()
        process.join()
        del self.running[pid]
        self.killed[program] += 1
        self.launch(program)

    def replace_ended(self) -> None:
        for pid, (program, process) in list(self.running.items()):
            if process.exitcode is not None:
                del self.running[pid]
                self.launch(program)

    def end(self) -> None:
        end(*[process for _, process in self.running.values()])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nothing_is_lost_while_processes_die_and_redis_is_wiped(
    config: Config, redis_socket: Path, tmp_path: Path
) -> None:
    """600 different pushes, 10 processes killed, Redis wiped 4 times: each arrives.

    A push comes twice only where a worker died between the call and its record: at most one call
    for each death. A call carries one push, or a digest of a member's three.
    """
    config = config.model_copy(update={"delivery": Delivery(lease_seconds=3)})
    clock = SimulatedClock(config.storage.state / "clock")
    clock.advance(_until_office_hours())
    world = _world(config, clock)
    with _slow_wecom(world) as address:
        wecom = config.wecom.model_copy(update={"api_base_url": address})
        config = config.model_copy(update={"wecom": wecom})
        services = replace(build_services(config), now=clock)
        _enrol(services)
        fleet = Fleet(config=write_config(config, tmp_path / "config.toml"))
        redis = Redis.from_url(f"unix://{redis_socket}")
        began = time.monotonic()
        try:
            _promise_under_fire(services, fleet, redis)
        finally:
            fleet.end()
        seconds = time.monotonic() - began
        duplicates = _assert_all_arrived(services, world)
        services.database.close()
        services.redis.close()
        redis.close()
    print(  # noqa: T201 - the figures of the gate
        f"\nfault gate: {MEMBERS * PROMPT_EACH + ROUTINE} pushes, kills {dict(fleet.killed)}, "
        f"{len(WIPED_AT)} flushes, duplicates {dict(duplicates)}, {seconds:.1f} s"
    )
    assert sum(fleet.killed.values()) == KILLS
    assert len({_call_of(token) for token in duplicates}) <= fleet.killed["work"]


@contextmanager
def _slow_wecom(world: World) -> Iterator[str]:
    api = create_simulator_app(world)
    api.after_request(_slowly)
    server = serve(api, port=0)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()


def _promise_under_fire(services: Services, fleet: Fleet, redis: Redis) -> None:
    for program in ("work", "work", "work", "schedule"):
        fleet.launch(program)
    promising = threading.Thread(target=_promise_all, args=(services,))
    promising.start()
    _rage(services, fleet, redis)
    promising.join()

    def all_ended() -> bool:
        fleet.replace_ended()
        return not _open(services)

    until(all_ended, 120, "not all rows have ended")


def _slowly(response: Response) -> Response:
    time.sleep(ANSWER_SECONDS)
    return response


def _until_office_hours() -> timedelta:
    """Return how far a Monday at ten, after today, is away: routine messages leave then."""
    weeks = (system_now() - MONDAY_TEN) // timedelta(weeks=1) + 1
    return MONDAY_TEN + timedelta(weeks=max(weeks, 0)) - system_now()


def _world(config: Config, clock: SimulatedClock) -> World:
    corp = corp_settings(config.wecom, "http://127.0.0.1:9/nobody-speaks-here")
    return World(corp, [Account(userid=one, name=one) for one in _members()], clock)


def _members() -> list[UserId]:
    return [UserId(f"m{number:02d}") for number in range(MEMBERS)]


def _enrol(services: Services) -> None:
    lines = [f"{one},成员{one},区住建局/物业科,officer,,\n" for one in _members()]
    rows, bad = read_roster(
        ("userid,name,unit,roles,aliases,in_charge_of\n" + "".join(lines)).encode()
    )
    with services.database.begin() as uow:
        import_roster(services.context(uow), rows, bad)


def _promise_all(services: Services) -> None:
    """Promise everything, in many small transactions over some seconds."""
    members = _members()
    numbers = iter(range(MEMBERS * PROMPT_EACH + ROUTINE))
    for _ in range(PROMPT_EACH):
        for start_at in range(0, MEMBERS, 10):
            with services.database.begin() as uow:
                ctx = services.context(uow)
                for member in members[start_at : start_at + 10]:
                    n = next(numbers)
                    ctx.tell("answer", [member], Text(text=f"第{n}件"), subject=str(n))
            time.sleep(0.15)
    for number, n in enumerate(numbers):
        member = members[number // 3]
        with services.database.begin() as uow:
            services.context(uow).tell(
                "calendar_missing", [member], Text(text=f"第{n}件"), subject=str(n)
            )


def _rage(services: Services, fleet: Fleet, redis: Redis) -> None:
    """Kill and wipe, each time while messages are leaving."""
    chance = random.Random(7)
    for turn in range(KILLS):
        until(partial(_more_have_left, services, _ended(services)), 60, "nothing is being sent")
        time.sleep(chance.uniform(0, 0.2))
        fleet.kill("schedule" if turn % 5 == 4 else "work")
        if turn in WIPED_AT:
            redis.flushall()
        fleet.replace_ended()


def _more_have_left(services: Services, before: int) -> bool:
    return _ended(services) >= before + 5


def _ended(services: Services) -> int:
    return _count(services, OutboxMessage.status == OutboxStatus.ENDED)


def _open(services: Services) -> int:
    return _count(services, OutboxMessage.status != OutboxStatus.ENDED)


def _count(services: Services, condition: ColumnElement[bool]) -> int:
    with services.database.engine.connect() as connection:
        query = select(func.count()).select_from(OutboxMessage).where(condition)
        return connection.execute(query).scalar_one()


def _assert_all_arrived(services: Services, world: World) -> Counter[int]:
    """Check every row and every phone; return how often a push came once too often."""
    with services.database.engine.connect() as connection:
        outcomes = connection.execute(select(OutboxMessage.outcome)).scalars().all()
    total = MEMBERS * PROMPT_EACH + ROUTINE
    assert len(outcomes) == total
    assert set(outcomes) <= {Outcome.SENT, Outcome.MERGED, Outcome.DIGESTED}
    assert not [one for one in world.dropped if one.reason == "frequency"]
    heard = Counter(int(token) for text in _heard(world) for token in _TOKEN.findall(text))
    assert sorted(heard) == list(range(total)), "some were never sent"
    return Counter({token: times - 1 for token, times in heard.items() if times > 1})


def _call_of(token: int) -> int:
    """Return the first of those that leave in one call: routine ones go three at a time."""
    prompt = MEMBERS * PROMPT_EACH
    return token if token < prompt else token - (token - prompt) % 3


def _heard(world: World) -> Sequence[str]:
    return [one.text for member in _members() for one in world.phone(member).messages]
