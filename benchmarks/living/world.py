"""A bureau that lives: people act at their moments, the service at its own, the clock in between.

Everything of ours is the real thing: database, Redis, the doorbell's queue, `dispatch.handle`,
`scheduler.tick`, `worker.run` and through it `delivery.drain`. Only RQ's own loop around a job is
left out, and WeCom is `RecordingWeCom`. The clock jumps to what is next: somebody's act, a timer,
recurring work or a push that waits.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import bindparam, exists, func, select, text

from benchmarks.living import days
from benchmarks.living.people import BUREAU, Bureau
from benchmarks.living.wecom import RecordingWeCom, Sending
from bot import dispatch, scheduler, worker
from bot.app import build_services
from bot.channel.inbound import TextMessage
from bot.channel.port import Remedy
from bot.config import Config
from bot.doorbell import QUEUE
from bot.services import Services
from handlers.members.capability import (
    apply_sync,
    compare,
    import_roster,
    known_members,
    read_roster,
)
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.models import OutboxMessage, Timer
from storage.models.base import UTCDateTime
from storage.queries.mailbox import is_due
from storage.queries.tables import table_of
from storage.vocabulary import UserId
from tests.harness.service import import_rules

Act = Callable[[], object]

_timers, _outbox = table_of(Timer), table_of(OutboxMessage)
_NOW = bindparam("now", type_=UTCDateTime)
# It is asked after whatever happens: one question costs a third of three.
_COMING = select(
    select(func.min(_timers.c.due_at))
    .where(text("timers.status = 'pending'"))
    .scalar_subquery()
    .label("timer"),
    select(func.min(_outbox.c.due_at))
    .where(text("outbox.status != 'ended'"), _outbox.c.due_at > _NOW)
    .scalar_subquery()
    .label("push"),
    exists().where(*is_due(_NOW)).label("left"),
)
_BEAT = timedelta(seconds=30)
"""How often the scheduler looks at what is overdue; really it does every five seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said, and what he was answered."""

    at: datetime
    who: UserId
    text: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch in which something did not work: the *service*, or *wecom*."""

    what: str
    since: datetime
    until: datetime


@dataclass(kw_only=True)
class World:
    """*heard* is told of each message that arrives on a phone."""

    services: Services
    wecom: RecordingWeCom
    bureau: Bureau
    now: datetime
    heard: list[Callable[[Sending], None]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    wiped: list[datetime] = field(default_factory=list)
    left: dict[UserId, datetime] = field(default_factory=dict)
    ticks: int = 0
    jobs: int = 0

    def __post_init__(self) -> None:
        self._coming: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._keys = count(1)
        self._asleep = False
        self._until = self.now
        self._queue = Queue(QUEUE, connection=self.services.redis, serializer=JSONSerializer)
        self._cron: tuple[str, datetime] | None = None
        worker.bind(self.services)

    def at(self, moment: datetime, act: Act) -> None:
        """Let somebody act at a moment that is not over."""
        heapq.heappush(self._coming, (max(moment, self.now), next(self._order), act))

    def say(self, who: UserId, text: str) -> str:
        """Let a member say something; return the answer, empty if he has left."""
        if who in self.left:
            return ""
        number = str(next(self._keys))
        message = TextMessage(
            key=f"msg:{number}",
            sender=who,
            agent_id=None,
            created_at=self.now,
            msg_id=number,
            content=text,
        )
        answer = dispatch.handle(self.services, message)
        self.said.append(Said(at=self.now, who=who, text=text, answer=answer))
        return answer

    def leave(self, who: UserId) -> None:
        """Let a member go, and the sync that sees it run; while WeCom refuses, an hour later."""
        if self.wecom.refusal is not None:
            self.at(self.now + timedelta(hours=1), lambda: self.leave(who))
            return
        self.wecom.within_range.discard(who)
        self.left[who] = self.now
        contacts = {one.userid: one.name for one in self.wecom.contacts()}
        with self.services.database.begin() as uow:
            ctx = self.services.context(uow)
            apply_sync(ctx, compare(known_members(ctx, contacts), contacts), None)

    def service_fails(self, length: timedelta) -> None:
        """Let scheduler and worker be down; members still get answers."""
        self.outages.append(Outage(what="service", since=self.now, until=self.now + length))
        self._asleep = True
        self.at(self.now + length, self._wake)

    def wecom_refuses(self, length: timedelta, remedy: Remedy, code: int) -> None:
        self.outages.append(Outage(what="wecom", since=self.now, until=self.now + length))
        self.wecom.refusal = (remedy, code)
        self.at(self.now + length, self._take_again)

    def wipe_redis(self) -> None:
        self.wiped.append(self.now)
        self.services.redis.flushall()

    def live(self, until: datetime) -> None:
        """Let everything happen that is due before *until*, or until somebody says `stop`."""
        self._until = until
        while True:
            acting = self._coming[0][0] if self._coming else self._until
            due = self._until if self._asleep else self._next_due(self._until)
            moment = min(acting, due)
            if moment >= self._until:
                self.now = self._until
                return
            self.now = max(self.now, moment)
            if due <= acting:
                self._tick()
            else:
                heapq.heappop(self._coming)[2]()
                if not self._asleep:
                    self._work()

    def stop(self) -> None:
        """Live no longer than this day."""
        self._until = min(self._until, days.at(days.day_of(self.now) + days.DAY, 0))

    def _wake(self) -> None:
        self._asleep = False
        self._cron = None
        self._tick()

    def _take_again(self) -> None:
        self.wecom.refusal = None

    def _next_due(self, until: datetime) -> datetime:
        """Return when the scheduler has something to do: what is overdue is due now."""
        if self._cron is None or self._cron[1] <= self.now:
            self._cron = scheduler.next_cron(self.services, self.now)
        found = [until] if self._cron is None else [until, self._cron[1]]
        with self.services.database.reader.connect() as connection:
            coming = connection.execute(_COMING, {"now": self.now}).one()
        if coming.timer is not None:
            found.append(coming.timer if coming.timer > self.now else self.now + _BEAT)
        if coming.push is not None:
            found.append(coming.push)
        if coming.left:
            found.append(self.now + _BEAT)  # its ring was lost, or the channel rests
        return min(found)

    def _tick(self) -> None:
        scheduler.tick(self.services)
        self.ticks += 1
        self._work()

    def _work(self) -> None:
        """Do the jobs that were rung for, as a worker would.

        Of a job that is done only its key is left: RQ's own lists of those at work know nothing of
        it, and to look through them costs as much as the job.
        """
        redis = self.services.redis
        while isinstance(number := redis.lpop(self._queue.key), bytes):
            job = self._queue.fetch_job(number.decode())
            if job is not None:
                worker.run(*job.args)
                redis.delete(job.key)
                self.jobs += 1


def open_world(config: Config, bureau: Bureau, start: datetime, rules: str) -> World:
    """Return the bureau on its first morning: people, calendar and *rules* are there."""
    holder: list[World] = []

    def now() -> datetime:
        return holder[0].now if holder else start

    def arrived(sending: Sending) -> None:
        for hear in holder[0].heard:
            hear(sending)

    wecom = RecordingWeCom(now=now, arrived=arrived, within_range=set(bureau.people))
    built, dice = build_services(config), Random(0)  # noqa: S311 - the same ids each time

    def new_id() -> str:
        return f"{dice.getrandbits(128):032x}"

    services = replace(
        built,
        now=now,
        channel=wecom,
        new_id=new_id,
        surroundings=replace(built.surroundings, new_id=new_id),
    )
    rows, bad = read_roster(bureau.roster())
    with services.database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_DAYS)
        report = import_roster(services.context(uow), rows, bad)
    if report.bad:
        raise ValueError(report.bad[0].reason)
    if faults := import_rules(services, rules, BUREAU):
        raise ValueError(faults[0])
    holder.append(World(services=services, wecom=wecom, bureau=bureau, now=start))
    return holder[0]
