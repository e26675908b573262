"""How long a tick takes when 1,000 timers are due of 10,000, 100,000 and 1,000,000.

Run it with: python -m benchmarks.timers [--most 100000]
"""

import argparse
from collections.abc import Iterable
from datetime import timedelta
from time import process_time

from sqlalchemy import insert

from benchmarks.bureau import Stopwatch, bureau, report
from bot import scheduler
from bot.app import build_services
from bot.services import Services
from storage.models import Timer
from storage.vocabulary import TimerId, TimerStatus

SIZES = (10_000, 100_000, 1_000_000)
DUE = 1_000
_CHUNK = 20_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=SIZES[-1], help="timers, at most")
    most = parser.parse_args().most
    for kind in ("sqlite", "postgresql"):
        with bureau(kind) as config:
            services = build_services(config)
            stored = 0
            for size in SIZES:
                if size <= most:
                    _store(services, f"later{size}", range(stored, size - DUE), timedelta(days=9))
                    _store(services, f"due{size}", range(DUE), timedelta(seconds=-1))
                    _measure(services, kind, size)
                    stored = size - DUE
            services.close()


def _store(services: Services, name: str, numbers: Iterable[int], ahead: timedelta) -> None:
    now = services.now()
    rows = [
        {
            "id": f"{name}-{number}",
            "kind": "personal_reminder",
            "subject": f"{name}-{number}",
            "key": f"{name}-{number}",
            "due_at": now + ahead + timedelta(seconds=number if ahead > timedelta(0) else 0),
            "payload": {"member": f"u{number % 1000}", "text": "交稿"},
            "created_at": now,
            "status": TimerStatus.PENDING,
            "attempts": 0,
            "incident": "",
        }
        for number in numbers
    ]
    for start in range(0, len(rows), _CHUNK):
        with services.database.engine.begin() as connection:
            connection.execute(insert(Timer), rows[start : start + _CHUNK])


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
