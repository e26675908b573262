"""How long a tick takes when 1,000 timers are due of 10,000, 100,000 and 1,000,000.

Those that are due are reminders that members set for themselves, one each.

Run it with: python -m benchmarks.timers [--most 100000] [--database postgresql]
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from time import process_time
from typing import Any

from sqlalchemy import insert

from benchmarks.bureau import MEMBERS, Stopwatch, bureau, report
from bot import scheduler
from bot.app import build_services
from bot.services import Services
from storage.models import Reminder, Timer
from storage.models.base import Base
from storage.vocabulary import ReminderStatus, TimerId, TimerStatus

SIZES = (10_000, 100_000, 1_000_000)
DUE = 1_000
_CHUNK = 20_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=SIZES[-1], help="timers, at most")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only that one")
    options = parser.parse_args()
    for kind in [options.database] if options.database else ("sqlite", "postgresql"):
        with bureau(kind) as config:
            services = build_services(config)
            stored = 0
            for size in SIZES:
                if size <= options.most:
                    later = services.now() + timedelta(days=9)
                    _store(services, Timer, _timers(f"later{size}", range(stored, size), later))
                    _set_reminders(services, f"due{size}-", size)
                    _measure(services, kind, size)
                    stored = size
            services.close()


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


def _set_reminders(services: Services, name: str, round_number: int) -> None:
    """Let each of 1,000 members have set a reminder that is due now."""
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
        for number in range(DUE)
    ]
    _store(services, Reminder, reminders)
    payload = {"due": due_at.isoformat()}
    _store(services, Timer, _timers(name, range(DUE), due_at, payload))


def _store(services: Services, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        with services.database.engine.begin() as connection:
            connection.execute(insert(model), rows[start : start + _CHUNK])


def _measure(services: Services, kind: str, size: int) -> None:
    watch = Stopwatch()
    with services.database.begin() as uow:
        found = len(uow.timers.due(services.now(), DUE))
    looked = watch.seconds
    watch = Stopwatch()
    with services.database.begin() as uow:
        for number in range(DUE):
            uow.timers.claim(TimerId(f"due{size}-{number}"))
        claimed = watch.seconds
        uow._session.rollback()
    watch, cpu = Stopwatch(), process_time()
    fired = scheduler.tick(services)
    report(
        "timers",
        database=kind,
        timers=size,
        due=found,
        fired=fired.count("personal_reminder"),
        look_s=looked,
        baseline_claims_in_one_transaction_s=claimed,
        tick_s=watch.seconds,
        tick_cpu_s=process_time() - cpu,
    )


if __name__ == "__main__":
    main()
