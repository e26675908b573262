"""How long a tick takes when 1,000 of 1,000,000 timers are due.

Run it with: python -m benchmarks.timers
"""

from datetime import timedelta

from sqlalchemy import insert

from benchmarks.bureau import Stopwatch, bureau, report
from bot import scheduler
from bot.app import build_services
from storage.models import Timer
from storage.vocabulary import TimerId, TimerStatus

TIMERS = 1_000_000
DUE = 1_000
_CHUNK = 20_000


def main() -> None:
    for kind in ("sqlite", "postgresql"):
        with bureau(kind) as config:
            services = build_services(config)
            now = services.now()
            for start in range(0, TIMERS, _CHUNK):
                rows = [
                    {
                        "id": f"t{number}",
                        "kind": "personal_reminder",
                        "subject": f"s{number}",
                        "key": f"k{number}",
                        "due_at": now - timedelta(seconds=1)
                        if number < DUE
                        else now + timedelta(days=1, seconds=number),
                        "payload": {"member": f"u{number % 1000}", "text": "交稿"},
                        "created_at": now,
                        "status": TimerStatus.PENDING,
                        "attempts": 0,
                        "incident": "",
                    }
                    for number in range(start, start + _CHUNK)
                ]
                with services.database.engine.begin() as connection:
                    connection.execute(insert(Timer), rows)
            watch = Stopwatch()
            with services.database.begin() as uow:
                found = len(uow.timers.due(now, DUE))
            looked = watch.seconds
            watch = Stopwatch()
            with services.database.begin() as uow:
                for number in range(DUE):
                    uow.timers.claim(TimerId(f"t{number}"))
                claimed = watch.seconds
                uow._session.rollback()
            watch = Stopwatch()
            fired = scheduler.tick(services)
            report(
                "timers",
                database=kind,
                timers=TIMERS,
                due=found,
                fired=len(fired),
                look_s=looked,
                baseline_claims_in_one_transaction_s=claimed,
                tick_s=watch.seconds,
            )
            services.close()


if __name__ == "__main__":
    main()
