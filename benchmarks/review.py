"""What a reviewer and an author wait for, at 1,000, 10,000 and 100,000 drafts of one bureau.

Run it with: python -m benchmarks.review [--database sqlite] [--sizes 1000,10000]
"""

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Table, event, func, insert, select, text

from benchmarks.bureau import Stopwatch, bureau, report
from bot.app import build_services, create_app
from bot.config import Config, Server
from bot.services import Services
from handlers.drafts.duplicates import look_for_duplicates
from handlers.rules import similarity
from handlers.rules.routes import Gate, Stop
from handlers.rules.similarity import Threshold, likeness, marks_of, profile_of
from storage.models import (
    Draft,
    DraftMark,
    DraftPrint,
    DraftVersion,
    ReviewDecision,
    ReviewHolder,
    ReviewTask,
)
from storage.queries.similarity import MOST_HOLDERS
from storage.queries.tables import table_of
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import DraftId, Role, Standing, TaskStatus, UnitId, UserId, Verdict
from tests.harness.drafts import EDITS, MadeDraft, made_draft

SIZES = (1_000, 10_000, 100_000)
PENDING = 20
TIMES = 60
NAIVELY_COMPARED = 300
_REVIEWER, _AUTHOR = UserId("office"), UserId("u60")
_ROUTE = [Stop(gate=Gate(roles=(Role.OFFICE,))).write()]
_CHUNK = 5_000
_MADE = 2_000
_RARE = 2


@dataclass(kw_only=True)
class History:
    """A bureau whose drafts have all been decided by one reviewer, but for the first twenty.

    The first 2,000 are made with all their marks. Each later one stands in for a draft of its own:
    it has the text of one of them and, of its marks, those that others have too; instead of the
    rest it has numbers that nobody else has. So a mark is as common as it would be, and a history
    of 100,000 takes a minute and not ten.
    """

    services: Services
    bureau: UnitId
    unit: UnitId
    dice: random.Random
    kept: list[MadeDraft]
    marks: list[frozenset[int]]
    common: frozenset[int] = frozenset()
    count: int = 0

    def grow(self, size: int) -> None:
        """Add drafts until there are *size*."""
        while self.count < size:
            self._add(min(_CHUNK, size - self.count))
        with self.services.database.engine.begin() as connection:
            connection.execute(text(_TRIM.format(most=MOST_HOLDERS)))
        with self.services.database.engine.connect() as connection:
            tidy = "VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(tidy))

    def _add(self, more: int) -> None:
        numbers = range(self.count, self.count + more)
        if not self.kept:
            self._make()
        rows = [self._rows(number, self.kept[number % _MADE]) for number in numbers]
        with self.services.database.engine.begin() as connection:
            for place, table in enumerate(_TABLES):
                connection.execute(insert(table), [row[place] for row in rows if row[place]])
            marks = [(mark, number + 1) for number in numbers for mark in self._marks_of(number)]
            _fill_marks(connection, marks)
            if connection.dialect.name == "postgresql":
                connection.execute(text(_NEXT_PRINT))
        self.count += more

    def _make(self) -> None:
        self.kept = [made_draft(self.dice) for _ in range(_MADE)]
        self.marks = [marks_of(self.bureau, one.title, one.body) for one in self.kept]
        seen = Counter(mark for marks in self.marks for mark in marks)
        self.common = frozenset(mark for mark, times in seen.items() if times > _RARE)

    def _marks_of(self, number: int) -> Iterator[int]:
        copy, place = divmod(number, _MADE)
        for mark in self.marks[place]:
            own = copy and mark not in self.common
            yield mark ^ (copy << 40) if own else mark

    def _rows(self, number: int, made: MadeDraft) -> Sequence[dict[str, Any]]:
        at = self._now() - timedelta(minutes=5 * (SIZES[-1] - number))
        draft, task = f"d{number}", f"t{number}"
        whole = sha256(f"{made.title}\n{made.body}".encode()).hexdigest()
        waits = number < PENDING
        return (
            {
                "id": draft,
                "bureau": self.bureau,
                "year": 2026,
                "number": number + 1,
                "author": _AUTHOR,
                "unit": self.unit,
                "title": made.title,
                "importance": "ordinary",
                "created_at": at,
                "status": "in_review" if waits else "signed",
                "kind": "dynamic",
                "channel": "",
                "route": _ROUTE,
                "route_name": "",
                "route_version": 0,
                "gate": 0,
                "version": 1,
                "submitted_at": at,
            },
            {
                "draft": draft,
                "number": 1,
                "title": made.title,
                "body": made.body,
                "sha256": whole,
                "created_by": _AUTHOR,
                "created_at": at,
                "pictures": [],
                "findings": [],
            },
            {
                "id": number + 1,
                "draft": draft,
                "bureau": self.bureau,
                "version": 1,
                "handed_in_at": at,
            },
            {
                "id": task,
                "draft": draft,
                "version": 1,
                "gate": 0,
                "role": Role.OFFICE,
                "opened_at": at,
                "due_at": at + timedelta(hours=8),
                "seat": "",
                "status": TaskStatus.OPEN if waits else TaskStatus.APPROVED,
                "escalations": 0,
            },
            {
                "task": task,
                "member": _REVIEWER,
                "standing": Standing.HOLDER,
                "on_behalf_of": "",
                "waiting": waits,
            },
            {}
            if waits
            else {
                "task": task,
                "draft": draft,
                "gate": 0,
                "version": 1,
                "sha256": whole,
                "verdict": Verdict.APPROVE,
                "reason": "",
                "decided_by": _REVIEWER,
                "on_behalf_of": "",
                "decided_at": at,
            },
        )

    def _now(self) -> datetime:
        return self.services.now()


_TABLES: Sequence[Table] = tuple(
    table_of(one)
    for one in (Draft, DraftVersion, DraftPrint, ReviewTask, ReviewHolder, ReviewDecision)
)
_NEXT_PRINT = (
    "SELECT setval(pg_get_serial_sequence('draft_prints', 'id'), max(id)) FROM draft_prints"
)
_TRIM = """DELETE FROM draft_marks WHERE (mark, print) IN (
    SELECT mark, print FROM (
        SELECT mark, print, row_number() OVER (PARTITION BY mark ORDER BY print DESC) AS place
        FROM draft_marks) AS ranked
    WHERE place > {most})"""


def _fill_marks(connection: Any, marks: Sequence[tuple[int, int]]) -> None:
    """Write marks as fast as the database takes them: they are fifty for each draft."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO draft_marks VALUES (?, ?)", sorted(marks))
        return
    with (
        connection.connection.cursor() as cursor,
        cursor.copy("COPY draft_marks (mark, print) FROM STDIN") as copy,
    ):
        for one in marks:
            copy.write_row(one)


@contextmanager
def counting(services: Services) -> Iterator[list[str]]:
    """Note the statements that run meanwhile."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(services.database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(services.database.engine, "before_cursor_execute", note)


def timed(times: int, work: Callable[[], object]) -> dict[str, float]:
    """Return the median and the 95th percentile of *times* runs, in ms, after one to warm up."""
    work()
    taken = []
    cpu = time.process_time()
    for _ in range(times):
        watch = Stopwatch()
        work()
        taken.append(watch.seconds * 1000)
    cpu = (time.process_time() - cpu) / times * 1000
    cuts = statistics.quantiles(taken, n=20)
    return {"p50_ms": cuts[9], "p95_ms": cuts[18], "cpu_ms": cpu}


def pending_list(history: History, facts: dict[str, Any]) -> None:
    database = history.services.database

    def ask() -> None:
        with database.reading() as uow:
            assert len(uow.reviews.waiting_for(_REVIEWER)) == PENDING  # noqa: S101 - a wrong answer is no figure

    def page() -> None:
        with database.reading() as uow:
            uow.pages.pending_count(_REVIEWER)
            uow.pages.pending(_REVIEWER, 21, 0)

    def through_history() -> None:
        """Find the open ones among all that he ever held, and ask for each what it is about."""
        with database.reading() as uow:
            held = select(ReviewTask).join(ReviewHolder, ReviewHolder.task == ReviewTask.id)
            mine = held.where(ReviewHolder.member == _REVIEWER, ReviewTask.status == "open")
            for task in uow._session.scalars(mine):
                draft = uow.drafts.get(task.draft)
                uow.members.unit(draft.unit)
                uow.members.get(draft.author)

    report("review-pending", **facts, **timed(TIMES, ask))
    report("review-pending-page", **facts, **timed(TIMES, page))
    report("review-pending", baseline="all held, per row", **facts, **timed(20, through_history))


def draft_page(history: History, client: FlaskClient, facts: dict[str, Any]) -> None:
    newest = f"d{history.count - 1}"

    def look() -> None:
        answer = client.get(f"/p/drafts/{newest}")
        if answer.status_code != 200:
            raise RuntimeError(answer.status)

    def form() -> None:
        client.get(f"/p/drafts/{newest}/form")

    def full_scan() -> None:
        """Find the draft's opinions without their index."""
        with history.services.database.reading() as uow:
            draft = uow.drafts.get(DraftId(newest))
            list(
                uow._session.scalars(
                    select(ReviewDecision.task).where(func.trim(ReviewDecision.draft) == draft.id)
                )
            )

    for name, work in (("review-page", look), ("review-form", form)):
        with counting(history.services) as seen:
            work()
        report(name, **facts, statements=len(seen), **timed(TIMES, work))
    report("review-page", baseline="opinions by full scan", **facts, **timed(10, full_scan))


def duplicates(history: History, facts: dict[str, Any]) -> None:
    """Hand in an edited copy of an older draft, and look for it; nothing is kept.

    Of the history each text stands there many times: whatever has it is rightly found.
    """
    services, dice = history.services, random.Random(7)  # noqa: S311 - made-up drafts
    asked = [
        (number, EDITS[edit](dice, history.kept[number]))
        for edit in EDITS
        for number in dice.sample(range(min(history.count, _MADE)), 12)
    ]
    found, right, taken, cpu, statements = 0, [], [], 0.0, 0
    for number, made in asked:
        _forget_hashes()
        with services.database.begin() as uow:
            draft, version = _new(history, uow, made)
            ctx = services.context(uow, me=uow.members.person(_AUTHOR))
            watch, used = Stopwatch(), time.process_time()
            with counting(services) as seen:
                look_for_duplicates(ctx, draft, version)
                uow._session.flush()
            taken.append(watch.seconds * 1000)
            cpu += time.process_time() - used
            alike = uow.similar.found(draft.id, version.number)
            right += [int(one.id[1:]) % _MADE == number for one in alike]
            found += any(right[-len(alike) :]) if alike else 0
            statements += len(seen)
            uow._session.rollback()
    cuts = statistics.quantiles(taken[1:], n=20)
    report(
        "review-duplicates",
        **facts,
        p50_ms=cuts[9],
        p95_ms=cuts[18],
        cpu_ms=cpu / len(asked) * 1000,
        statements=statements / len(asked),
        recall=found / len(asked),
        precision=sum(right) / max(len(right), 1),
        marks=_marks(history),
    )
    _naive(history, asked, facts)
    _simhash(history, asked, facts)


def _forget_hashes() -> None:
    """Let a draft cost what it costs: `main` keeps each word's hash while the history is made."""
    if clear := getattr(similarity.hash_of, "cache_clear", None):
        clear()


def _marks(history: History) -> int:
    with history.services.database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(DraftMark)).scalar_one()


def _new(history: History, uow: UnitOfWork, made: MadeDraft) -> tuple[Draft, DraftVersion]:
    now = history.services.now()
    draft = Draft(
        id=DraftId("new"),
        bureau=history.bureau,
        year=2027,
        number=1,
        author=_AUTHOR,
        unit=history.unit,
        title=made.title,
        importance=uow.drafts.get(DraftId("d0")).importance,
        created_at=now,
        version=1,
    )
    uow.drafts.add(draft)
    version = DraftVersion(
        draft=draft.id,
        number=1,
        title=made.title,
        body=made.body,
        sha256="",
        created_by=_AUTHOR,
        created_at=now,
    )
    uow.drafts.add_version(version)
    uow._session.flush()
    return draft, version


def _naive(history: History, asked: Sequence[tuple[int, MadeDraft]], facts: dict[str, Any]) -> None:
    """Read every text and compare it: measured on some hundred, and counted up."""
    made = asked[0][1]
    new = profile_of(made.title, made.body)
    with history.services.database.reading() as uow:
        watch = Stopwatch()
        rows = uow._session.execute(
            select(DraftVersion.title, DraftVersion.body).limit(NAIVELY_COMPARED)
        ).all()
        for row in rows:
            likeness(new, profile_of(row.title, row.body)).kind(Threshold())
        each = watch.seconds / len(rows)
    counted_up = each * history.count * 1000
    report(
        "review-duplicates", baseline="compare with each, counted up", **facts, p50_ms=counted_up
    )


def _simhash(
    history: History, asked: Sequence[tuple[int, MadeDraft]], facts: dict[str, Any]
) -> None:
    """64 bits for each draft, in memory, all looked at; found from 3 different bits down."""
    known = [_bits(history.kept[number]) for number, _ in asked]
    every = (known * (history.count // len(known) + 1))[: history.count]
    found, taken = 0, []
    for place, (_, made) in enumerate(asked):
        watch = Stopwatch()
        bits = _bits(made)
        near = [at for at, other in enumerate(every) if (bits ^ other).bit_count() <= 3]
        taken.append(watch.seconds * 1000)
        found += place in near
    report(
        "review-duplicates",
        baseline="simhash in memory, 3 bits",
        **facts,
        p50_ms=statistics.median(taken),
        recall=found / len(asked),
    )


def _bits(made: MadeDraft) -> int:
    sums = [0] * 64
    whole = made.title + made.body
    for at in range(len(whole) - 1):
        number = similarity.hash_of(whole[at : at + 2])
        for bit in range(64):
            sums[bit] += 1 if number >> bit & 1 else -1
    return sum(1 << bit for bit in range(64) if sums[bit] > 0)


def logged_in(services: Services, userid: UserId) -> FlaskClient:
    client = create_app(services).test_client()
    with client.session_transaction(path="/p/") as visit:
        visit["visit"] = "benchmark"
        visit["member"] = userid
        visit["until"] = (services.now() + timedelta(hours=10)).timestamp()
    return client


def with_pages(config: Config) -> Config:
    server = Server(public_url="http://127.0.0.1", secret_key="k3y" * 12)
    return config.model_copy(update={"server": server})


def measure(kind: str, sizes: Sequence[int]) -> None:
    with bureau(kind) as config:
        services = build_services(with_pages(config))
        with services.database.reading() as uow:
            author = uow.members.person(_AUTHOR)
        if author is None:
            raise RuntimeError("no author")
        history = History(
            services=services,
            bureau=author.bureau,
            unit=author.unit,
            dice=random.Random(5),  # noqa: S311 - made-up drafts
            kept=[],
            marks=[],
        )
        client = logged_in(services, _REVIEWER)
        for size in sizes:
            watch = Stopwatch()
            history.grow(size)
            facts = {"database": kind, "drafts": size}
            report("review-history", **facts, seconds=watch.seconds)
            pending_list(history, facts)
            draft_page(history, client, facts)
            duplicates(history, facts)
        services.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", default="sqlite,postgresql")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    asked = parser.parse_args()
    # The made-up drafts have few words: each is hashed once, or a history would take an hour.
    similarity.hash_of = cache(similarity.hash_of)
    for kind in asked.database.split(","):
        measure(kind, [int(size) for size in asked.sizes.split(",")])


if __name__ == "__main__":
    main()
