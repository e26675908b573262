"""How long a tick takes when 1,000 timers are due of 10,000, 100,000 and 1,000,000.

What is due is a mix as a bureau has it at nine: most are reminders that members set for themselves
(written into the tables), the others come of what was said in the chat: drafts that wait for a head
or were returned, calls for drafts, the year's plan, silences of sources. Before that the same mix
happens one by one, each in a transaction of its own: what each kind costs.

Run it with: python -m benchmarks.timers [--most 100000] [--database postgresql]
"""

import argparse
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random
from time import process_time
from typing import Any

import structlog
from sqlalchemy import insert, select, update

from benchmarks.bureau import MEMBERS, Stopwatch, bureau, report
from bot import dispatch, scheduler
from bot.app import build_services
from bot.channel.inbound import TextMessage
from bot.services import Services
from handlers.members.capability import import_roster, read_roster
from handlers.rules.calendar import local
from storage.models import Reminder, Timer
from storage.models.base import Base
from storage.queries.tables import table_of
from storage.vocabulary import ReminderStatus, TimerId, TimerStatus, UserId

SIZES = (10_000, 100_000, 1_000_000)
DUE = 1_000
_PLACES, _FIELDS = "东西南北中", "物园市征住村消燃房质"
SECTIONS = [f"{place}{field}科" for place in _PLACES for field in _FIELDS]
"""Each has an officer o0, o1 ... and a head h0, h1 ..., beside the members of all benchmarks."""
_SAID = {
    "review_reminder": 100,
    "return_due": 50,
    "call_reminder": 2 * len(SECTIONS),
    "plan_node": 50,
    "alert_silence_ends": 50,
}
"""How many of each kind are due beside the reminders that members set for themselves."""
_OWN = "personal_reminder"
_CHUNK = 20_000
_SIGNS = [chr(code) for code in range(0x4E00, 0x5E00)]
_NUMBER = re.compile(r"(\d+)号")


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=SIZES[-1], help="timers, at most")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only that one")
    options = parser.parse_args()
    for kind in [options.database] if options.database else ("sqlite", "postgresql"):
        with bureau(kind) as config:
            services = build_services(config)
            people = _People(services)
            _one_by_one(services, kind, people.leave_due("alone"))
            stored = 0
            for size in SIZES:
                if size <= options.most:
                    later = services.now() + timedelta(days=9)
                    _store(services, Timer, _timers(f"later{size}", range(stored, size), later))
                    _measure(services, kind, size, people.leave_due(f"due{size}"))
                    stored = size
            services.close()


class _People:
    """Say what leaves timers behind."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._keys, self._rounds = count(1), count(1)
        self._random = Random(36)  # noqa: S311 - the same words each time
        lines = ["userid,name,unit,roles,aliases"]
        for number, section in enumerate(SECTIONS):
            lines.append(f"o{number},写稿{number},区住建局/{section},officer,")
            lines.append(f"h{number},负责{number},区住建局/{section},section_head,")
        with services.database.begin() as uow:
            import_roster(services.context(uow), *read_roster("\n".join(lines).encode()))

    def leave_due(self, name: str) -> Mapping[str, Sequence[TimerId]]:
        """Return the timers of each kind that are due now, a thousand of all kinds."""
        own = DUE - sum(_SAID.values())
        _set_reminders(self._services, f"{name}-", next(self._rounds) * DUE, own)
        for number in range(_SAID["review_reminder"] + _SAID["return_due"]):
            self._write(number, to_be_returned=number < _SAID["return_due"])
        month, quarter = (self._day_in(days) for days in (30, 90))
        for _ in range(_SAID["call_reminder"] // len(SECTIONS)):
            said = f"约稿 {self._words(6)} {month}17:00前 {' '.join(SECTIONS)} 各1篇"
            self._say("office", said, "已下")
        for section in SECTIONS[: _SAID["plan_node"]]:
            self._say("office", f"加计划 {self._words(6)} {quarter} {section}", "已")
        for _ in range(_SAID["alert_silence_ends"]):
            self._say("office", f"静默 {self._words(4)} 4小时 系统演练", "")
        found = {kind: self._let_be_due(kind, number) for kind, number in _SAID.items()}
        return {_OWN: [TimerId(f"{name}-{number}") for number in range(own)], **found}

    def _write(self, number: int, *, to_be_returned: bool) -> None:
        head, officer = (f"{who}{number % len(SECTIONS)}" for who in "ho")
        self._say(officer, f"投稿 {self._words(12)}\n{self._words(60)}", "")
        answer = self._say(officer, "完成", "已提交")
        if to_be_returned:
            self._say(head, f"退回 {_NUMBER.findall(answer)[0]} 请补充具体数据", "已退回")

    def _day_in(self, days: int) -> str:
        day = local(self._services.now()) + timedelta(days=days)
        return f"{day.month}月{day.day}日"

    def _words(self, length: int) -> str:
        return "".join(self._random.choices(_SIGNS, k=length))

    def _say(self, who: str, text: str, expected: str) -> str:
        number = str(next(self._keys))
        message = TextMessage(
            key=f"msg:{number}",
            sender=UserId(who),
            agent_id=None,
            created_at=self._services.now(),
            msg_id=number,
            content=text,
        )
        answer = dispatch.handle(self._services, message)
        if not answer.startswith(expected):
            raise LookupError(answer)
        return answer

    def _let_be_due(self, kind: str, number: int) -> Sequence[TimerId]:
        """Let the timers of a kind be due that have been left behind just now."""
        timers, now = table_of(Timer), self._services.now()
        waiting = select(timers.c.id).where(
            timers.c.kind == kind,
            timers.c.status == TimerStatus.PENDING,
            timers.c.due_at > now,
        )
        with self._services.database.engine.begin() as connection:
            found = connection.scalars(waiting.limit(number)).all()
            if len(found) < number:
                raise LookupError(f"{len(found)} of {number} timers of {kind}")
            connection.execute(
                update(timers)
                .where(timers.c.id.in_(found))
                .values(due_at=now - timedelta(seconds=1))
            )
            connection.execute(
                update(timers)
                .where(timers.c.kind == kind, timers.c.due_at > now)
                .values(status=TimerStatus.CANCELLED)
            )
        return found


def _one_by_one(services: Services, kind: str, due: Mapping[str, Sequence[TimerId]]) -> None:
    """Report what a timer of each kind costs alone, with a transaction of its own."""
    for name, timers in due.items():
        watch, cpu = Stopwatch(), process_time()
        fired = [scheduler.fire(services, timer) for timer in timers]
        report(
            "timers-one-by-one",
            database=kind,
            kind=name,
            fired=fired.count(name),
            cpu_ms_each=(process_time() - cpu) / len(timers) * 1000,
            wall_ms_each=watch.seconds / len(timers) * 1000,
        )


def _timers(
    name: str, numbers: Iterable[int], due_at: datetime, payload: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{name}{number}",
            "kind": "personal_reminder",
            "subject": f"{name}{number}",
            "key": f"{name}{number}",
            "due_at": due_at + timedelta(seconds=number if payload is None else 0),
            "payload": payload or {},
            "created_at": due_at - timedelta(days=10),
            "status": TimerStatus.PENDING,
            "attempts": 0,
            "incident": "",
        }
        for number in numbers
    ]


def _set_reminders(services: Services, name: str, round_number: int, own: int) -> None:
    """Let so many members have set a reminder that is due now."""
    due_at = services.now() - timedelta(seconds=1)
    with services.database.reading() as uow:
        bureau_unit = uow.members.unit_at("区住建局")
    if bureau_unit is None:
        raise LookupError("区住建局")
    reminders = [
        {
            "id": f"{name}{number}",
            "member": f"u{number % MEMBERS}",
            "bureau": bureau_unit.id,
            "number": round_number + number,
            "text": "交稿",
            "recur": "",
            "units": [],
            "due_at": due_at,
            "created_at": due_at - timedelta(days=10),
            "status": ReminderStatus.WAITING,
        }
        for number in range(own)
    ]
    _store(services, Reminder, reminders)
    payload = {"due": due_at.isoformat()}
    _store(services, Timer, _timers(name, range(own), due_at, payload))


def _store(services: Services, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        with services.database.engine.begin() as connection:
            connection.execute(insert(model), rows[start : start + _CHUNK])


def _measure(
    services: Services, kind: str, size: int, due: Mapping[str, Sequence[TimerId]]
) -> None:
    watch = Stopwatch()
    with services.database.begin() as uow:
        found = len(uow.timers.due(services.now(), DUE))
    looked = watch.seconds
    watch = Stopwatch()
    with services.database.begin() as uow:
        for timer in (timer for timers in due.values() for timer in timers):
            uow.timers.claim(timer)
        claimed = watch.seconds
        uow._session.rollback()
    watch, cpu = Stopwatch(), process_time()
    fired = scheduler.tick(services)
    report(
        "timers",
        database=kind,
        timers=size,
        due=found,
        fired={name: fired.count(name) for name in due},
        look_s=looked,
        baseline_claims_in_one_transaction_s=claimed,
        tick_s=watch.seconds,
        tick_cpu_s=process_time() - cpu,
    )


if __name__ == "__main__":
    main()
