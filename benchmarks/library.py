"""How long a search for models takes, at 1,000, 10,000 and 100,000 adopted items of one bureau.

Run it with: python -m benchmarks.library [--database sqlite] [--sizes 1000,10000]
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, or_, select, text

from benchmarks.bureau import bureau, report
from bot.app import build_services
from bot.services import Services
from storage.models import Draft, LibraryItem
from storage.queries.library import Search
from storage.queries.tables import table_of
from storage.queries.wordindex import marks_of, normal, runs_of
from storage.vocabulary import DraftId, UserId
from tests.harness.drafts import made_draft

SIZES = (1_000, 10_000, 100_000)
TIMES, NAIVELY = 20, 3
_MADE = 1_000
_CHUNK = 3_000
_PAGE = 11
_SEARCHES = {
    "in nearly all": "检查",
    "in some": "电梯安全",
    "two words": "燃气 供热",
    "in one": "第{last}次",
    "in none": "电梯查无此语",
    "one character": "梯",
    "all, the latest first": "",
}
_INDEX = {
    "sqlite": "INSERT INTO library_index (rowid, words) VALUES (:item, :marks)",
    "postgresql": (
        "INSERT INTO library_index (item, words) VALUES (:item, CAST(:marks AS tsvector))"
    ),
}
_COPY = text(
    "INSERT INTO library_index (item, words)"
    " SELECT item + :shift, words FROM library_index WHERE item <= :made"
)


class Shelf:
    """A bureau's shelf; each thousand made-up items are used again, with numbers of their own."""

    def __init__(self, services: Services) -> None:
        self.services = services
        dice = random.Random(20260921)  # noqa: S311 - made-up texts
        self._made = [made_draft(dice) for _ in range(_MADE)]
        self._words = [(normal(one.title), normal(one.body)) for one in self._made]
        self._marks = [marks_of(*words) for words in self._words]
        self.count = 0
        with services.database.begin() as uow:
            unit = uow.members.unit_at("区住建局/科1")
            if unit is None:
                raise LookupError("the bureau has no sections")
            self.bureau, self.unit = unit.bureau, unit.id

    def grow(self, size: int) -> None:
        """Add items until there are *size*."""
        while self.count < size:
            more = _CHUNK if self.count else _MADE
            self._add(range(self.count, min(self.count + more, size)))
        with self.services.database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))

    def _add(self, numbers: range) -> None:
        with self.services.database.engine.begin() as connection:
            connection.execute(insert(table_of(Draft)), [self._draft(each) for each in numbers])
            items = [self._item(each) for each in numbers]
            connection.execute(insert(table_of(LibraryItem)), items)
            self._index(connection, numbers)
        self.count = numbers.stop

    def _index(self, connection: Connection, numbers: range) -> None:
        """Index new items; PostgreSQL copies what it has, but for the last of all."""
        statement = text(_INDEX[connection.dialect.name])
        own = numbers
        if connection.dialect.name == "postgresql" and numbers.start >= _MADE:
            for shift in range(numbers.start, numbers.stop - 1, _MADE):
                connection.execute(_COPY, {"shift": shift, "made": _MADE})
            own = range(numbers.stop - 1, numbers.stop)
            gone = text("DELETE FROM library_index WHERE item = :item")
            connection.execute(gone, {"item": numbers.stop})
        rows = [{"item": each + 1, "marks": self._marks_of(each)} for each in own]
        connection.execute(statement, rows)

    def _marks_of(self, number: int) -> str:
        return f"{self._marks[number % _MADE]} {marks_of(_own(number))}"

    def _draft(self, number: int) -> dict[str, Any]:
        return {
            "id": DraftId(f"d{number}"),
            "bureau": self.bureau,
            "year": 2026,
            "number": number + 1,
            "author": UserId("u1"),
            "unit": self.unit,
            "title": self._made[number % _MADE].title,
            "importance": "ordinary",
            "created_at": self.services.now(),
            "status": "dispatched",
            "kind": "dynamic",
            "channel": "",
            "route": [],
            "route_name": "",
            "route_version": 0,
            "gate": 0,
            "version": 1,
        }

    def _item(self, number: int) -> dict[str, Any]:
        title, body = self._words[number % _MADE]
        return {
            "id": number + 1,
            "draft": DraftId(f"d{number}"),
            "bureau": self.bureau,
            "kind": "dynamic",
            "used_on": date(2020, 1, 1) + timedelta(days=number * 2_400 // SIZES[-1]),
            "remarked": False,
            "title": self._made[number % _MADE].title,
            "title_words": title,
            "body_words": f"{body} {_own(number)}",
        }

    def search(self, said: str) -> int:
        with self.services.database.reading() as uow:
            wanted = Search(runs=tuple(runs_of(said)))
            return len(uow.library.search(self.bureau, wanted, _PAGE))

    def scan(self, said: str) -> int:
        """Look with LIKE: what there would be without an index."""
        conditions = [
            or_(LibraryItem.title_words.contains(run), LibraryItem.body_words.contains(run))
            for run in runs_of(said)
        ]
        found = (
            select(LibraryItem.id, LibraryItem.title)
            .where(LibraryItem.bureau == self.bureau, *conditions)
            .order_by(LibraryItem.used_on.desc())
            .limit(_PAGE)
        )
        with self.services.database.reader.connect() as connection:
            return len(connection.execute(found).all())

    def put(self, _said: str) -> int:
        number = self.count // 2
        with self.services.database.begin() as uow:
            row = {name: value for name, value in self._item(number).items() if name != "id"}
            uow.library.put([row])
        return 1


def _own(number: int) -> str:
    return f"第{number}次"


def timed(act: Callable[[str], int], said: str, times: int) -> tuple[float, float, int]:
    """Return the median and the slowest of twenty, in milliseconds, and how many were found."""
    found, took = 0, []
    for _ in range(times):
        begun = time.perf_counter()
        found = act(said)
        took.append(1000 * (time.perf_counter() - begun))
    took.sort()
    return statistics.median(took), took[int(0.95 * (times - 1))], found


def measure(kind: str, sizes: Sequence[int]) -> None:
    with bureau(kind) as config:
        services = build_services(config)
        shelf = Shelf(services)
        for size in sizes:
            begun = time.perf_counter()
            before = shelf.count
            shelf.grow(size)
            each = 1000 * (time.perf_counter() - begun) / max(size - before, 1)
            report("library", database=kind, items=size, what="fill", ms_each=each)
            for what, words in _SEARCHES.items():
                said = words.format(last=size - 1)
                middle, slow, found = timed(shelf.search, said, TIMES)
                scanned, _, by_scan = timed(shelf.scan, said, NAIVELY)
                if found != by_scan:
                    raise AssertionError(f"{what}: {found} found, {by_scan} by a scan")
                report(
                    "library",
                    database=kind,
                    items=size,
                    what=what,
                    ms=middle,
                    p95=slow,
                    scan_ms=scanned,
                )
            middle, slow, _ = timed(shelf.put, "", TIMES)
            report("library", database=kind, items=size, what="put one", ms=middle, p95=slow)
        services.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", default="sqlite,postgresql")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    asked = parser.parse_args()
    for kind in asked.database.split(","):
        measure(kind, [int(size) for size in asked.sizes.split(",")])


if __name__ == "__main__":
    main()
