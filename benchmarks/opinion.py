"""Judging public opinion: how well, and how fast with everything stored.

python -m benchmarks.opinion                      the project's own labelled sets
python -m benchmarks.opinion --quality DIR        labelled files of a folder besides
python -m benchmarks.opinion --stored 10000,1000000 --kind postgresql    growth, with storage
python -m benchmarks.opinion --burst 5000 --stored 1000000 --kind sqlite    so many pushed at once
    to a running worker (--workers 1), until alerted

--keep FOLDER: databases that are filled once stay there, and each run works on copies.


Expressions alone, beside a loop over the words: benchmarks/topics.py.
"""

import argparse
import itertools
import random
import re
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from functools import cache
from inspect import getsource
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import harmonic_mean
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import and_, func, select

from benchmarks import opinion_history
from benchmarks.bureau import Served, accepting_wecom, bureau_at, filled, report
from benchmarks.opinion_quality import (
    BLIND,
    copies_and_cases,
    halves,
    in_matters,
    of_folder,
    on_own_set,
    own_matters,
    own_set,
    shipped_watch,
)
from benchmarks.opinion_voices import measured
from bot import scheduler
from bot.app import build_services
from bot.counting import count
from bot.programs import work
from bot.services import Services
from bot.worker import let_be
from handlers.cases.finding import ALERTED
from handlers.cases.moving import AGAIN, GRAVE
from handlers.feeds.arriving import Found
from handlers.feeds.looking import ranked
from handlers.feeds.pushing import record_push
from handlers.kit.events import ItemFound, ItemsFound
from handlers.opinion.trying import take_topics
from handlers.rules.opinion import alike, numbers
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.relevance import elsewhere
from storage import mark_index
from storage.models import Alert, OpinionItem, OutboxMessage, Source
from storage.queries import prints
from storage.queries.tables import table_of
from storage.vocabulary import Grade, OutboxStatus, SourceId, SourceKind, UnitId, UserId
from tests.harness.drafts import made_draft

_BATCH = 100
_MEASURED = 1000
_ALONE = 100
_PUSH = 100
_LOOK_SECONDS = 0.25
_LOOKS_A_SWEEP, _LOOKS = 20, 2400
_MAJOR = {Grade.ORANGE, Grade.RED}
_ESTATES = ("金色家园", "翠湖花园", "锦绣城", "阳光里", "东苑新村", "云溪府", "滨江壹号", "和兴苑")


def quality(folder: Path | None) -> None:
    items = own_set()
    for name, half in halves(items).items():
        report("opinion-own-set", half=name, **on_own_set(half))
    report("opinion-own-set", half="all", **copies_and_cases(items))
    report("opinion-matters", **in_matters(own_matters()))
    blind = own_set(BLIND)
    report("opinion-blind-set", **on_own_set(blind), **copies_and_cases(blind))
    for name, part, figures in measured():
        report("opinion-voices", of=name, half=part, **figures)
    for name, figures in of_folder(folder) if folder else ():
        report("opinion-quality", of=name, **figures)


def made_items(
    dice: random.Random, whose: UnitId, now: Callable[[], datetime]
) -> Iterator[ItemFound]:
    """Yield posts without end, as services send them.

    Seven of ten are on no topic; two are about what happens elsewhere or nobody says where; one is
    of our own estates, and half of these repeat or go on with what was said before.
    """
    ours = [item.text for item in own_set() if item.own and item.risk]
    others = [item.text for item in own_set() if not item.own]
    number = 0
    while True:
        number += 1
        made = made_draft(dice)
        words, kind = made.body[:150], number % 10
        if kind in {3, 6}:
            words = f"{dice.choice(others)}。{words}"
        elif kind == 9:
            words = f"{dice.choice(ours)}。{words[:60]}"
        yield ItemFound(
            bureau=whose,
            title=made.title if kind != 9 else "",
            words=words,
            source=f"来源{dice.randrange(500)}",
            url=f"https://example.com/{dice.randrange(1 << 40)}",
            found_at=now(),
        )


def _our_bureau(services: Services) -> UnitId:
    """Return the bureau, which has named its estates."""
    with services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局")
        if unit is None:
            raise LookupError("the bureau of the benchmark has no unit")
        names = f"[词表 小区]\n{'|'.join(_ESTATES)}\n[词表 本地]\n江北区|春江村\n"
        take_topics(services.context(uow), unit.id, names + shipped_watch().text)
        return unit.id


def _taken(services: Services, items: list[ItemFound]) -> float:
    """Take posts in, in one transaction; return how long it took, with its commit."""
    began = time.perf_counter()
    with services.database.begin() as uow:
        services.context(uow).emit(ItemsFound(items=tuple(items)))
    return time.perf_counter() - began


def _filled(kind: str, size: int, folder: Path) -> AbstractContextManager[str]:
    """Return the address of a copy of a bureau's database that holds *size* posts.

    It is filled where *folder* has none yet: a thousand posts that are judged, then these over and
    over for a year.
    """

    def fill_with(url: str) -> None:
        with bureau_at(url) as config:
            services = build_services(config)
            found = _posts(services, _our_bureau(services), 9)
            for _ in range(10):
                _taken(services, list(islice(found, _BATCH)))
            opinion_history.fill(services.database.engine, size, services.now())
            services.close()

    return filled(kind, f"opinion_{size}_{_made_by()}", fill_with, folder)


def _made_by() -> str:
    """Return what differs where the prints that are kept would be others."""
    sources = map(getsource, (alike, numbers, mark_index, prints, opinion_history))
    return f"{crc32(''.join(sources).encode()):08x}"


def _posts(services: Services, whose: UnitId, seed: int) -> Iterator[ItemFound]:
    return made_items(random.Random(seed), whose, services.now)  # noqa: S311 - made-up posts


def stored(kind: str, sizes: list[int], folder: Path) -> None:
    """With each size stored, take in a thousand more together and some one by one.

    Their alerts are then raised, as a worker beside would.
    """
    for size in sizes:
        with _filled(kind, size, folder) as url, bureau_at(url) as config:
            services = build_services(config)
            whose = _our_bureau(services)
            found = _posts(services, whose, 77)
            for _ in range(2):
                _taken(services, list(islice(found, _BATCH)))  # what is at hand is of before
            count(services, whose)  # as a worker beside has long since
            posts = [list(islice(found, _BATCH)) for _ in range(_MEASURED // _BATCH)]
            singles = list(islice(found, _ALONE))
            beside = [next(found) for _ in range(5)]
            let_be()
            together = _timed(services, posts, beside)
            alone = _timed(services, [[each] for each in singles], beside)
            slowest_first = sorted(alone.seconds, reverse=True)
            raised, cpu_raised = _alerts(services)
            report(
                "opinion-stored",
                database=kind,
                items=size,
                cpu_ms_an_item=together.cpu / _MEASURED * 1000,
                cpu_ms_one_alone=alone.cpu / _ALONE * 1000,
                per_cpu_s=_MEASURED / together.cpu,
                per_second=_MEASURED / sum(together.seconds),
                slowest_batch_ms_an_item=max(together.seconds) / _BATCH * 1000,
                alone_p50_ms=slowest_first[_ALONE // 2] * 1000,
                alone_p99_ms=slowest_first[_ALONE // 100] * 1000,
                alerts=raised,
                cpu_ms_an_alert=cpu_raised / max(raised, 1) * 1000,
                loop_per_cpu_s=together.loop,
                loop_per_cpu_s_alone=alone.loop,
                memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            )
            services.close()


class Timed(NamedTuple):
    """How long posts took that came in lots, and what CPU; what the plain loop did in between."""

    seconds: list[float]
    cpu: float
    loop: float


def _timed(services: Services, lots: Iterable[list[ItemFound]], beside: list[ItemFound]) -> Timed:
    """Take posts in, lot by lot, with the loop in between: the machine may be faster or slower."""
    cpu = 0.0
    seconds, loops = [], []
    for each in lots:
        began = time.process_time()
        seconds.append(_taken(services, each))
        cpu += time.process_time() - began
        loops.append(_loop(beside))
    return Timed(seconds, cpu, harmonic_mean(loops))


def _alerts(services: Services) -> tuple[int, float]:
    """Raise the alerts that were promised; return how many there are, and what CPU that took."""
    began = time.process_time()
    for kind in (GRAVE, AGAIN):
        scheduler.hurry(services, kind)
    cpu = time.process_time() - began
    with services.database.reader.connect() as connection:
        since = services.now() - timedelta(hours=1)
        raised = select(func.count()).where(table_of(Alert).c.raised_at >= since)
        return connection.execute(raised).scalar_one(), cpu


def _loop(posts: list[ItemFound]) -> float:
    """Return how many posts a second a loop over the words of all topics and places would do."""
    words = _looked_for()
    texts = [plain(f"{post.title}\n{post.words}").text for post in posts]
    began = time.process_time()
    for text in texts:
        [word for word in words if word in text]
    return len(texts) / (time.process_time() - began)


@cache
def _looked_for() -> list[str]:
    return [*set(re.findall(r"[一-鿿]{2,}", shipped_watch().text)), *elsewhere()]


def burst(kind: str, posts: int, size: int, workers: int, folder: Path) -> None:
    """Push *posts* at once to running workers; see when the major ones are told.

    The clock of each runs from when the post came that made its case so grave.
    """
    with (
        accepting_wecom() as (api, _),
        _filled(kind, size, folder) as url,
        bureau_at(url, api) as config,
    ):
        services = build_services(config)
        whose = _our_bureau(services)
        found = _posts(services, whose, 77)
        source = _source(services, whose)
        _push(services, source, posts, _without_ours(found, 2 * _PUSH))
        running = [
            get_context("spawn").Process(target=work, args=(config,)) for _ in range(workers)
        ]
        for each in running:
            each.start()
        _wait(services)  # until each has what it keeps at hand
        pushes = [(start, list(islice(found, _PUSH))) for start in range(0, posts, _PUSH)]
        programs = [Served(0, each.pid) for each in running if each.pid]
        before = sum(each.cpu_seconds() for each in programs)
        began, pushing = services.now(), time.process_time()
        came: dict[str, datetime] = {}
        for start, some in pushes:
            came |= dict.fromkeys((post.url for post in some), services.now())
            _push(services, source, start, some)
        pushed, pushing = services.now() - began, time.process_time() - pushing
        _wait(services)
        taken = services.now() - began
        cpu = sum(each.cpu_seconds() for each in programs) - before
        grave = _told(services, came)
        for each in running:
            each.terminate()
            each.join()
        report(
            "opinion-burst",
            database=kind,
            items=size,
            workers=workers,
            posts=posts,
            pushed_s=pushed.total_seconds(),
            cpu_ms_pushing_an_item=pushing / posts * 1000,
            all_taken_s=taken.total_seconds(),
            cpu_ms_an_item=cpu / posts * 1000,
            major=len(grave),
            **_percentiles("raised", [one.raised_at - one.came_at for one in grave]),
            **_percentiles("told", [one.told_at - one.came_at for one in grave]),
            **_percentiles("raised_since_first_push", [one.raised_at - began for one in grave]),
        )
        services.close()


def _source(services: Services, whose: UnitId) -> SourceId:
    with services.database.begin() as uow:
        source = Source(
            id=SourceId("pushed"),
            bureau=whose,
            number=1,
            name="监测",
            kind=SourceKind.PUSH,
            platform="",
            added_by=UserId("office"),
            added_at=services.now(),
        )
        uow.sources.add(source)
        return source.id


def _without_ours(found: Iterator[ItemFound], count: int) -> list[ItemFound]:
    """Return posts of others: who is told of ours has had no alert before the burst."""
    return list(islice((one for one in found if one.title), count))


def _push(services: Services, source: SourceId, start: int, posts: list[ItemFound]) -> None:
    """Keep posts as the push address does."""
    found = [
        Found(key=str(start + place), title=post.title, words=post.words, url=post.url)
        for place, post in enumerate(posts)
    ]
    with services.database.reading() as uow:
        found = ranked(services.context(uow), posts[0].bureau, found)
    with services.database.begin() as uow:
        record_push(services.context(uow), source, found)


def _looks(services: Services) -> Iterator[None]:
    """Yield now and then, without end; what lies is rung for as often as the scheduler does."""
    for look in itertools.count():
        if look % _LOOKS_A_SWEEP == 0:
            scheduler.sweep(services)
            for kind in (GRAVE, AGAIN):
                services.doorbell.ring("due", kind)
        yield
        time.sleep(_LOOK_SECONDS)  # other processes do the work that is waited for


def _wait(services: Services) -> None:
    """Wait until the workers have done all."""
    for _ in _looks(services):
        with services.database.reading() as uow:
            now = services.now()
            kinds = (GRAVE, AGAIN)
            busy = uow.sources.waiting(1) or any(uow.timers.due_of(one, now, 1) for one in kinds)
        if not busy and not _sending(services, now):
            return


def _sending(services: Services, now: datetime) -> bool:
    outbox = table_of(OutboxMessage)
    due = select(outbox.c.id).where(outbox.c.status != OutboxStatus.ENDED, outbox.c.due_at <= now)
    with services.database.reader.connect() as connection:
        return connection.execute(due.limit(1)).first() is not None


class Grave(NamedTuple):
    """When the post came that made a case so grave, its alert was raised, and somebody was told."""

    came_at: datetime
    raised_at: datetime
    told_at: datetime


def _told(services: Services, came: Mapping[str, datetime]) -> list[Grave]:
    """Return the grave alerts of posts that came in a burst, once somebody was told of each.

    A case became so grave by the first of the burst's posts that is, or else by the one that opened
    it: it may be of one matter with what was stored before.

    Raises:
        TimeoutError: of some nobody was told, whatever keeps alerts from being a storm.
    """
    alerts, outbox, items = table_of(Alert), table_of(OutboxMessage), table_of(OpinionItem)
    case = func.substr(alerts.c.subject, len(f"{ALERTED}:") + 1)
    made_grave = func.min(items.c.id).filter(items.c.suggested == alerts.c.grade)
    opened = func.min(items.c.id).filter(items.c.alarming)
    told = (
        select(func.min(outbox.c.sent_at))
        .where(outbox.c.subject == alerts.c.id, outbox.c.kind == "alert")
        .scalar_subquery()
    )
    grave = (
        select(func.coalesce(made_grave, opened), alerts.c.raised_at, told)
        .join(items, and_(items.c.case_id == case, items.c.found_at >= min(came.values())))
        .where(
            alerts.c.grade.in_(_MAJOR),
            alerts.c.kind == ALERTED,
            alerts.c.raised_at >= min(came.values()),
        )
        .group_by(alerts.c.id, alerts.c.raised_at)
    )
    for _ in islice(_looks(services), _LOOKS):
        with services.database.reader.connect() as connection:
            rows = connection.execute(grave).all()
            posts = select(items.c.id, items.c.url).where(items.c.id.in_(row[0] for row in rows))
            url_of = dict(connection.execute(posts).tuples().all())
        found = [Grave(came[url_of[item]], raised, told) for item, raised, told in rows]
        if all(one.told_at for one in found):
            return found
    raise TimeoutError("of some grave alerts nobody was told")


def _percentiles(name: str, after: list[timedelta]) -> dict[str, float]:
    seconds = sorted(one.total_seconds() for one in after)
    if not seconds:
        return {}
    return {
        f"{name}_p50_s": seconds[len(seconds) // 2],
        f"{name}_p95_s": seconds[int(len(seconds) * 0.95)],
        f"{name}_last_s": seconds[-1],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quality", type=Path)
    parser.add_argument("--stored", default="")
    parser.add_argument("--burst", type=int)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kind", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.stored.split(",") if size]
    if not (sizes or asked.burst):
        quality(asked.quality)
        return
    with ExitStack() as opened:
        folder = asked.keep or Path(opened.enter_context(TemporaryDirectory(prefix="xsbench")))
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # the database's server is another user
        if asked.burst:
            for size in sizes or [_BATCH]:
                burst(asked.kind, asked.burst, size, asked.workers, folder)
        else:
            stored(asked.kind, sizes, folder)


if __name__ == "__main__":
    main()
