"""The whole service on one process, with a simulated WeCom around it and a clock to move."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection
from types import CodeType
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from rq import Queue
from rq.serializers import JSONSerializer
from werkzeug.serving import WSGIRequestHandler, make_server

from bot import scheduler, simulated_time, worker
from bot.app import build_services, create_app
from bot.clock import SimulatedClock
from bot.config import Config, Server
from bot.demo import corp_settings
from bot.doorbell import QUEUE
from bot.services import Services
from bot.simulator.app import create_simulator_app
from bot.simulator.world import Account, World
from handlers.kit.rulefile import read_rule_file
from handlers.members.capability import import_roster, read_roster
from handlers.members.roster import Row
from storage.models import Delegation
from storage.vocabulary import UserId
from tests.harness.inside import Inside
from tests.harness.phones import Phone
from tests.harness.servers import kept_open

MONDAY_TEN = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
"""Monday 2026-09-21, 10:00 in Shanghai: an ordinary working day."""

ROSTER = """\
userid,name,unit,roles,aliases,in_charge_of
alice,王芳,区住建局/物业科,officer,,
bob,李强,区住建局/物业科,section_head,,
carol,周敏,区住建局/办公室,office,,
dan,刘伟,区住建局,deputy,,物业科|燃气科
eve,黄建国,区住建局,principal,,
mallory,陈静,区住建局/燃气科,officer,,
heidi,赵磊,区住建局/燃气科,section_head,,
root,孙瑜,区住建局/办公室,admin,,
"""

OTHER_BUREAU = """\
userid,name,unit,roles,aliases,in_charge_of
olga,吴丹,区水务局/供水科,officer,,
oscar,郑凯,区水务局/供水科,section_head,,
otto,冯磊,区水务局/办公室,office|admin,,
"""
"""A second bureau in the same corp, whose people have no business with the first."""


@dataclass(kw_only=True)
class Chat:
    """A bureau in a test: phones that speak and hear, and a clock."""

    services: Services
    wecom: World
    clock: SimulatedClock
    config: Config
    start: Callable[[], Services]
    inside: Inside

    def restart(self) -> None:
        """End every process and start it again; what was in Redis is lost."""
        self.services.redis.flushdb()
        self.services.database.close()
        self.services.redis.close()
        self.services = self.start()

    def phone(self, userid: str) -> Phone:
        return self._phones.setdefault(userid, Phone(self.wecom.phone(userid), self.settle))

    def phones(self, *userids: str) -> list[Phone]:
        return [self.phone(userid) for userid in userids]

    def __post_init__(self) -> None:
        self._phones: dict[str, Phone] = {}

    def settle(self) -> None:
        """Do everything that waits, as a worker would.

        RQ's own worker keeps books around each job that cost several times what most jobs do; the
        processes of tests/faults and tests/bot/test_up.py run it.
        """
        scheduler.sweep(self.services)
        self._work_off()

    def _work_off(self) -> None:
        """Do everything that was rung for."""
        worker.bind(self.services)
        queue = Queue(QUEUE, connection=self.services.redis, serializer=JSONSerializer)
        while taken := Queue.dequeue_any(
            [queue], None, connection=self.services.redis, serializer=JSONSerializer
        ):
            job, _ = taken
            worker.run(*job.args)
            job.delete()

    def advance(self, **step: float) -> list[str]:
        """Move the clock through everything that falls due; return what fired."""
        self.settle()
        return simulated_time.advance(self.services, timedelta(**step), self._work_off)

    def enrol(self, roster: str) -> None:
        """Import members, and give those who are new a phone."""
        self.give_phones(_enrol(self.services, roster))

    def give_phones(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if not self.wecom.directory.knows(row.userid):
                self.wecom.add_account(
                    Account(userid=row.userid, name=row.name, department=row.unit)
                )

    def import_rules(self, text: str) -> list[str]:
        """Bring in a file of rules; return its faults, each with its line."""
        return import_rules(self.services, text)

    def delegate(self, absent: str, substitute: str, *, days: float = 1) -> None:
        """Let *substitute* act for *absent* from now on."""
        now = self.clock()
        with self.services.database.begin() as uow:
            uow.members.delegate(
                Delegation(
                    absent=UserId(absent),
                    substitute=UserId(substitute),
                    starts_at=now,
                    ends_at=now + timedelta(days=days),
                )
            )

    def without(self, *userids: str) -> None:
        """Let members leave the bureau."""
        with self.services.database.begin() as uow:
            for userid in userids:
                member = uow.members.get(UserId(userid))
                assert member, userid
                member.active = False

    def nobody_hears_more(self) -> None:
        """Fail if anybody got a message that the test did not expect."""
        self.settle()
        for account in self.wecom.directory.accounts():
            unheard = self.phone(account.userid).unheard()
            assert not unheard, f"{account.userid} also heard: {[one.text for one in unheard]}"


def import_rules(services: Services, text: str, bureau: str = "区住建局") -> list[str]:
    """Bring in a file of rules for a bureau; return its faults, each with its line."""
    file = read_rule_file(text.encode())
    with services.database.begin() as uow:
        whose = uow.members.unit_at(bureau)
        assert whose
        taken = [
            services.registry.rulebooks[name](services.context(uow), whose, tables)
            for name, tables in file.tables.items()
        ]
    return [f"{fault.line}: {fault.text}" for one in taken for fault in one.faults]


class _Templates(BytecodeCache):
    """Templates that were compiled once in this process: each application would do it anew."""

    def __init__(self) -> None:
        self._compiled: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.code


_TEMPLATES = _Templates()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""


@contextmanager
def web_server(app: WSGIApplication) -> Iterator[int]:
    """Serve *app* on a free port of this machine; yield the port.

    Its own loop would look every so often whether it is to end, and let each test wait for that.
    """
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            server.handle_request()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        ending.set()
        create_connection(("127.0.0.1", server.server_port)).close()
        thread.join()
        server.server_close()


def settings(database_url: str, redis_socket: Path, folder: Path, **more: Any) -> Config:
    """Return a configuration of a simulation; *more* replaces whole sections."""
    return Config.model_validate(
        {
            "environment": "simulation",
            "wecom": {
                "corp_id": "wwsimulated",
                "agent_id": 1000002,
                "secret": "simulated-secret",
                "token": "simulatedtoken",
                "encoding_aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
            },
            "storage": {
                "database_url": database_url,
                "redis_url": f"unix://{redis_socket}",
                "media_dir": str(folder / "media"),
            },
            # What is told in the morning has scenarios of its own and would be heard in all others.
            "reviews": {"morning_digest": False},
            "quotas": {"warnings": False},
            "zero_reports": {"on": False},
            "reports": {"quarterly": False},
            "canary": {"at": ""},
            **more,
        }
    )


def enrol_cast(url: str, folder: Path) -> None:
    """Bring the usual cast into a database that has nobody."""
    config = settings(url, folder / "no-redis", folder)
    services = replace(build_services(config), now=lambda: MONDAY_TEN)
    _enrol(services, ROSTER)
    services.database.close()


def _enrol(services: Services, roster: str) -> Sequence[Row]:
    rows, bad = read_roster(roster.encode())
    assert not bad
    with services.database.begin() as uow:
        import_roster(services.context(uow), rows, bad)
    return rows


def _let_in(bureau: Chat) -> None:
    """Give the usual cast phones; enrol them where nobody has."""
    with bureau.services.database.reading() as uow:
        is_there = uow.members.get(UserId("alice")) is not None
    if is_there:
        bureau.give_phones(read_roster(ROSTER.encode())[0])
    else:
        bureau.enrol(ROSTER)


@contextmanager
def chat(config: Config, *, pages: bool = False, sockets: bool = False) -> Iterator[Chat]:
    """Run the service and a simulated WeCom for it, with the usual cast enrolled.

    *pages*: its pages are where it runs, and links in the chat lead there. *sockets*: the two speak
    to one another by real ones, as everybody else can.
    """
    clock = SimulatedClock(config.storage.state / "clock", base=lambda: MONDAY_TEN)
    holder: dict[str, Flask] = {}

    def late_app(environ: Any, start_response: Any) -> Any:
        return holder["app"](environ, start_response)

    inside = Inside()
    carrier = None if sockets else inside
    with ExitStack() as serving:
        port = serving.enter_context(web_server(late_app))
        if pages:
            server = Server(public_url=f"http://127.0.0.1:{port}", secret_key="k3y" * 12)
            config = config.model_copy(update={"server": server})
        corp = corp_settings(config.wecom, f"http://127.0.0.1:{port}/wecom/callback")
        world = World(corp, [], clock, carrier=carrier)
        simulator = create_simulator_app(world)
        api = serving.enter_context(web_server(simulator))
        inside.apps |= {port: late_app, api: simulator}
        world.media.base_url = f"http://127.0.0.1:{api}"
        wecom = config.wecom.model_copy(update={"api_base_url": world.media.base_url})
        config = config.model_copy(update={"wecom": wecom})

        def start() -> Services:
            database = kept_open(config.storage.database_url)
            services = replace(build_services(config, carrier), now=clock, database=database)
            app = holder["app"] = create_app(services)
            app.jinja_options = {"bytecode_cache": _TEMPLATES}
            return services

        bureau = Chat(
            services=start(), wecom=world, clock=clock, config=config, start=start, inside=inside
        )
        _let_in(bureau)
        yield bureau
        bureau.services.database.close()
        bureau.services.redis.close()
