"""A year in a minute: a bureau of 160 sections and 2,000 people lives through 2026.

Holidays, worked weekends, outages of three hours and of two days, a WeCom that refuses, a Redis
that is wiped, members who leave. Every message and every timer is then checked against what people
did: benchmarks/living says how. It ends with 1 if anything was wrong.

Run it with: python -m benchmarks.year; told to stop (Ctrl-C) it looks at what was lived until then.
"""

import argparse
import gc
import logging
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import structlog

from benchmarks.bureau import Stopwatch, database, report
from benchmarks.living import days
from benchmarks.living.duties import DUTIES
from benchmarks.living.habits import Habits, Scale, quotas
from benchmarks.living.invariants import RULES, broken, latest, unknown_kinds
from benchmarks.living.people import founded
from benchmarks.living.record import Record, recorded
from benchmarks.living.world import World, open_world
from bot.channel.port import Remedy
from storage.models import OutboxMessage
from storage.queries.tables import table_of
from tests.harness.servers import redis_server
from tests.harness.service import settings

_SHOWN = 8
_BAR = 40


def main() -> None:
    options = _options()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with (
        tempfile.TemporaryDirectory(prefix="xsyear") as folder,
        database(options.database) as url,
        redis_server() as socket,
    ):
        # What a simulation leaves out for the sake of its scenarios belongs to a year.
        usual: dict[str, Any] = {"reviews": {}, "quotas": {}, "zero_reports": {}, "reports": {}}
        config = settings(url, socket, Path(folder), **usual)
        first, last = options.first, options.last
        watch, began = Stopwatch(), time.process_time()
        bureau = founded(options.units, options.people)
        world = open_world(config, bureau, days.at(first, 0), quotas(bureau.sections))
        founding = time.process_time() - began
        habits = Habits(
            world=world,
            first=first,
            last=last,
            scale=Scale(),
            random=Random(options.seed),  # noqa: S311 - a made-up year, the same each time
        )
        habits.plan()
        plan_outages(world, first, last)
        gc.collect()
        gc.freeze()  # as the service does once it has started
        watch, began = Stopwatch(), time.process_time()
        signal.signal(signal.SIGINT, lambda *_: world.stop())
        world.live(days.at(last + days.DAY, 0))
        lived, cpu = watch.seconds, time.process_time() - began
        record = recorded(habits, days.at(first, 0))
        wrong = broken(record, RULES + DUTIES)
        _report_messages(record)
        _report_load(record)
        for rule in dict.fromkeys(one.rule for one in wrong):
            for what in [one.what for one in wrong if one.rule == rule][:_SHOWN]:
                report("year-violation", rule=rule, what=what)
        length = round((world.now - days.at(first, 0)) / days.DAY)
        report(
            "year",
            database=options.database,
            units=options.units,
            people=options.people,
            days=length,
            founding_cpu_s=founding,
            cpu_s=cpu,
            wall_s=lived,
            days_per_cpu_s=length / cpu,
            said=len(world.said),
            ticks=world.ticks,
            jobs=world.jobs,
            sendings=len(record.sendings),
            refused_calls=world.wecom.refused,
            baseline_rows_cpu_s=_baseline(world, record),
            surprising_answers=Counter(habits.surprises).most_common(3),
            unknown_kinds=unknown_kinds(record),
            violations=dict(Counter(one.rule for one in wrong)),
        )
        world.services.close()
    sys.exit(1 if wrong else 0)


def plan_outages(world: World, first: date, last: date) -> None:
    """Let three hours and two days go badly in many ways, where much is due."""

    def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
        return days.at(date(2026, month, day), hour, minute)

    short, long = timedelta(hours=3), timedelta(days=2)
    for moment, act in (
        (on(3, 18, 8, 40), lambda: world.service_fails(short)),
        (on(4, 29, 12), lambda: world.service_fails(long)),
        (on(5, 20, 8, 50), lambda: world.wecom_refuses(short, Remedy.RETRY, -1)),
        (on(6, 10, 9, 5), lambda: world.wecom_refuses(short, Remedy.WAIT, 45009)),
        (on(7, 30, 8), lambda: world.wecom_refuses(long, Remedy.RECONFIGURE, 60020)),
        (on(8, 9, 20), lambda: world.service_fails(long)),
        (on(8, 25, 8, 59), world.wipe_redis),
        (on(9, 19, 20), lambda: world.service_fails(long)),
        (on(9, 30, 14), lambda: world.service_fails(short)),
        (on(10, 8, 8, 30), world.wipe_redis),
        (on(11, 10, 21), lambda: world.service_fails(timedelta(hours=12))),
    ):
        if first <= days.day_of(moment) <= last:
            world.at(moment, act)


def _report_messages(record: Record) -> None:
    """Print how each kind ended, and how late the latest of it was."""
    outcomes: dict[str, Counter[str]] = {}
    slowest: dict[str, float] = {}
    for row in record.outbox:
        outcomes.setdefault(row.kind, Counter())[row.outcome or row.status] += 1
        if row.sent_at is not None:
            delay = (row.sent_at - row.created_at).total_seconds()
            slowest[row.kind] = max(slowest.get(row.kind, 0.0), delay)
    for kind in sorted(outcomes):
        late = [
            (row.sent_at - latest(record, row)).total_seconds()
            for row in record.outbox
            if row.kind == kind and row.sent_at is not None
        ]
        report(
            "year-messages",
            kind=kind,
            **outcomes[kind],
            latest_after_promise_s=slowest.get(kind, 0.0),
            latest_after_it_might_s=max([0.0, *late]),
        )


def _report_load(record: Record) -> None:
    """Print each month as a line, and what a week asks of those who get anything in it."""
    months: dict[str, Counter[str]] = {}
    weeks: Counter[tuple[str, str]] = Counter()
    for sending in record.sendings:
        here = sending.at.astimezone(days.CHINA)
        count = len(sending.reached)
        month = months.setdefault(f"{here:%Y-%m}", Counter())
        month["messages"] += count
        month["outside_office_hours"] += 0 if days.in_office(sending.at) else count
        month["at_night"] += 0 if days.awake(sending.at) else count
        weeks.update((who, f"{here:%G-%V}") for who in sending.reached)
    most = max((month["messages"] for month in months.values()), default=1)
    for name, month in sorted(months.items()):
        bar = "█" * round(_BAR * month["messages"] / most)
        report("year-month", month=name, **month, bar=bar)
    loads = sorted(weeks.values()) or [0]
    report(
        "year-week-of-a-person",
        weeks_with_messages=len(weeks),
        p50=loads[len(loads) // 2],
        p95=loads[len(loads) * 95 // 100],
        most=loads[-1],
        by_whom=max(weeks, key=lambda one: weeks[one], default=("", ""))[0],
    )


def _baseline(world: World, record: Record) -> float:
    """Return what it costs to write the same messages and timers, one commit each, and no more."""
    engine = world.services.database.engine
    outbox = table_of(OutboxMessage)
    began = time.process_time()
    rows: list[dict[str, Any]] = [
        {**row._mapping, "id": f"baseline{number}", "dedup_key": f"baseline{number}"}
        for number, row in enumerate(record.outbox)
    ]
    for row in rows:
        with engine.begin() as connection:
            connection.execute(outbox.insert(), row)
    return time.process_time() - began


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--units", type=int, default=160)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2026, 1, 1))
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=date(2026, 12, 31))
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


if __name__ == "__main__":
    main()
