"""Judging public opinion: how well, and how fast with everything stored.

python -m benchmarks.opinion                      the project's own labelled sets
python -m benchmarks.opinion --quality DIR        labelled files of a folder besides
python -m benchmarks.opinion --stored 10000,1000000 --kind postgresql    growth, with storage
python -m benchmarks.opinion --burst 5000 --kind sqlite    so many pushed at once, until alerted

Expressions alone, beside a loop over the words: benchmarks/topics.py.
"""

import argparse
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from benchmarks.bureau import accepting_wecom, bureau, report
from benchmarks.opinion_history import fill
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
from bot import delivery
from bot.app import build_services
from bot.feeds import taking
from bot.services import Services
from handlers.feeds.arriving import Found, bring
from handlers.feeds.looking import ranked
from handlers.kit.events import ItemFound, ItemsFound
from handlers.opinion.trying import take_topics
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.relevance import elsewhere
from storage.models import OpinionItem, Source
from storage.queries.tables import table_of
from storage.vocabulary import Grade, SourceId, SourceKind, UnitId, UserId
from tests.harness.drafts import made_draft

_BATCH = 100
_MEASURED = 1000
_ALONE = 100
_PUSH = 100
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
    for name, half, figures in measured():
        report("opinion-voices", of=name, half=half, **figures)
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


def stored(kind: str, sizes: list[int]) -> None:
    """Fill a bureau to each size, then take in a thousand more together and some one by one."""
    with bureau(kind) as config:
        services = build_services(config)
        whose = _our_bureau(services)
        found = made_items(random.Random(9), whose, services.now)  # noqa: S311 - made-up posts
        for _ in range(10):
            _taken(services, list(islice(found, _BATCH)))
        for size in sizes:
            began = time.perf_counter()
            fill(services.database.engine, size, services.now())
            filled = time.perf_counter() - began
            _taken(services, list(islice(found, _BATCH)))  # what it has at hand is of before
            posts = [list(islice(found, _BATCH)) for _ in range(_MEASURED // _BATCH)]
            singles = list(islice(found, _ALONE))
            began_cpu = time.process_time()
            batches = [_taken(services, each) for each in posts]
            cpu = time.process_time() - began_cpu
            alone = sorted(_taken(services, [each]) for each in singles)
            cpu_alone = time.process_time() - began_cpu - cpu
            report(
                "opinion-stored",
                database=kind,
                items=size,
                fill_s=filled,
                cpu_ms_an_item=cpu / _MEASURED * 1000,
                cpu_ms_one_alone=cpu_alone / _ALONE * 1000,
                per_cpu_s=_MEASURED / cpu,
                per_second=_MEASURED / sum(batches),
                slowest_batch_ms_an_item=max(batches) / _BATCH * 1000,
                alone_p50_ms=alone[_ALONE // 2] * 1000,
                alone_p99_ms=alone[-1 - _ALONE // 100] * 1000,
                loop_per_cpu_s=_loop([next(found) for _ in range(50)]),
                memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            )
        services.close()


def _loop(posts: list[ItemFound]) -> float:
    """Return how many posts a second a loop over the words of all topics and places would do."""
    words = [*set(re.findall(r"[一-鿿]{2,}", shipped_watch().text)), *elsewhere()]
    texts = [plain(f"{post.title}\n{post.words}").text for post in posts]
    began = time.process_time()
    for text in texts:
        [word for word in words if word in text]
    return len(texts) / (time.process_time() - began)


def burst(kind: str, count: int) -> None:
    """Push *count* posts at once through the worker's own jobs; see when the major are told."""
    with accepting_wecom() as (api, _), bureau(kind, api) as config:
        services = build_services(config)
        whose = _our_bureau(services)
        found = made_items(random.Random(9), whose, services.now)  # noqa: S311 - made-up posts
        for _ in range(2):
            _taken(services, list(islice(found, _BATCH)))
        source = _source(services, whose)
        pushes = [(start, list(islice(found, _PUSH))) for start in range(0, count, _PUSH)]
        pushed = time.perf_counter()
        for start, posts in pushes:
            _push(services, source, start, posts)
        arrived = time.perf_counter() - pushed
        began_cpu = time.process_time()
        told: dict[int, float] = {}
        major: set[int] = set()
        while _waiting(services):
            taking.work(services, "")
            delivery.drain(services)
            at = time.perf_counter() - pushed
            now = _major(services)
            told |= dict.fromkeys(now - major, at)
            major = now
        after = sorted(told.values())
        report(
            "opinion-burst",
            database=kind,
            posts=count,
            pushed_s=arrived,
            all_taken_s=time.perf_counter() - pushed,
            cpu_ms_an_item=(time.process_time() - began_cpu) / count * 1000,
            major=len(after),
            major_told_p50_s=after[len(after) // 2],
            major_told_p95_s=after[int(len(after) * 0.95)],
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


def _push(services: Services, source: SourceId, start: int, posts: list[ItemFound]) -> None:
    with services.database.begin() as uow:
        if (kept := uow.sources.lock(source)) is None:
            raise LookupError(source)
        ctx = services.context(uow)
        found = [
            Found(key=str(start + place), title=post.title, words=post.words, url=post.url)
            for place, post in enumerate(posts)
        ]
        bring(ctx, kept, ranked(ctx, kept.bureau, found))


def _waiting(services: Services) -> bool:
    with services.database.reading() as uow:
        return bool(uow.sources.waiting(1))


def _major(services: Services) -> set[int]:
    """Return the items of grave grades that are ours to be alerted of, once their case was."""
    table = table_of(OpinionItem)
    grave = table.select().where(
        table.c.suggested.in_(_MAJOR), table.c.alarming, table.c.case_id.is_not(None)
    )
    with services.database.reader.connect() as connection:
        return {row.id for row in connection.execute(grave)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quality", type=Path)
    parser.add_argument("--stored")
    parser.add_argument("--burst", type=int)
    parser.add_argument("--kind", default="sqlite", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    if asked.stored:
        stored(asked.kind, [int(size) for size in asked.stored.split(",")])
    elif asked.burst:
        burst(asked.kind, asked.burst)
    else:
        quality(asked.quality)


if __name__ == "__main__":
    main()
