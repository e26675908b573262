"""What was found in public: kept, found again, named by number, given to cases."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    Integer,
    Select,
    bindparam,
    func,
    insert,
    intersect,
    or_,
    select,
    text,
)
from sqlalchemy import update as change
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from storage.models import (
    OpinionHour,
    OpinionItem,
    OpinionMark,
    OpinionModel,
    OpinionRarity,
    OpinionTopics,
    SensitivePeriod,
)
from storage.queries.ledger import next_number
from storage.queries.tables import dialect_of, run, run_alone, table_of
from storage.sessions import Values
from storage.vocabulary import CaseId, ItemId, UnitId, UserId

_items, _hours = table_of(OpinionItem), table_of(OpinionHour)
_COMPARED = (
    _items.c.id,
    _items.c.title,
    _items.c.words,
    _items.c.place,
    _items.c.topics,
    _items.c.thread,
    _items.c.case_id,
    _items.c.perhaps,
    _items.c.repost_of,
    _items.c.heat,
    _items.c.found_at,
)
# The items are given as one value: the statement is the same for one and for thousands.
_LISTED = {
    "sqlite": "IN (SELECT value FROM json_each(:items))",
    "postgresql": "= ANY(CAST(:items AS integer[]))",
}


def _of_listed(*columns: Column[Any]) -> Mapping[str, Executable]:
    """Return for each database how columns of the items that are listed are read."""
    return {
        dialect: select(*columns).where(text(f"opinion_items.id {listed}"))
        for dialect, listed in _LISTED.items()
    }


_EARLIER = _of_listed(*_COMPARED)
_GIVEN = {
    dialect: change(_items)
    .where(text(f"opinion_items.id {listed}"))
    .values(case_id=bindparam("to_case"), perhaps=None)
    for dialect, listed in _LISTED.items()
}
_VOICES = _of_listed(_items.c.id, _items.c.voices)
_topics, _rarities = table_of(OpinionTopics), table_of(OpinionRarity)
_TOPICS = (
    select(_topics.c.version, _topics.c.text)
    .where(_topics.c.bureau == bindparam("bureau"))
    .order_by(_topics.c.version.desc())
    .limit(1)
)
_WHICH_COUNT = select(_rarities.c.counted_at, _rarities.c.documents).where(
    _rarities.c.bureau == bindparam("bureau")
)
_models = table_of(OpinionModel)
NEWEST_MODEL = (
    select(_models.c.version, _models.c.weights)
    .where(_models.c.bureau == bindparam("bureau"))
    .order_by(_models.c.version.desc())
    .limit(1)
)


def _alone(question: Select[Any], name: str) -> ColumnElement[Any]:
    """Return one column of what a question answers, as a value."""
    column = question.selected_columns[name]
    return question.with_only_columns(column).scalar_subquery().label(name)


_JUDGED_BY = select(
    _alone(_TOPICS, "text"),
    _alone(_WHICH_COUNT, "counted_at"),
    _alone(_WHICH_COUNT, "documents"),
    _alone(NEWEST_MODEL, "version"),
    _alone(NEWEST_MODEL, "weights"),
    select(SensitivePeriod.id)
    .where(
        SensitivePeriod.bureau == bindparam("bureau"),
        SensitivePeriod.last >= bindparam("first_day"),
        SensitivePeriod.first <= bindparam("last_day"),
        SensitivePeriod.cancelled_at.is_(None),
    )
    .exists()
    .label("sensitive"),
)
_MOST = bindparam("most", type_=Integer)
_IDS_OF = select(_items.c.id).where(_items.c.case_id == bindparam("case"))
_NEWEST_IN = (
    select(OpinionItem)
    .where(OpinionItem.id.in_(_IDS_OF.order_by(_items.c.id.desc()).limit(_MOST)))
    .order_by(OpinionItem.id)
)
# By number first: the sorter of SQLite would take all columns of a hot case with it.
_GRAVEST_IN = (
    select(OpinionItem)
    .where(
        OpinionItem.id.in_(
            _IDS_OF.where(_items.c.repost_of.is_(None))
            .order_by(_items.c.risk.desc(), _items.c.id)
            .limit(_MOST)
        )
    )
    .order_by(OpinionItem.risk.desc(), OpinionItem.id)
)
_POSTS_OF = (
    select(
        _items.c.number,
        _items.c.title,
        _items.c.words,
        _items.c.source,
        _items.c.finder,
        _items.c.found_at,
        _items.c.posted_at,
        _items.c.platform,
        _items.c.heat,
    )
    .where(_items.c.case_id == bindparam("case"))
    .order_by(_items.c.id)
)
_OF_BOTH = select(func.count()).select_from(
    intersect(
        *(
            select(_items.c.platform, _items.c.source).where(
                _items.c.case_id == bindparam(which),
                _items.c.source != "",
                _items.c.repost_of.is_(None),
            )
            for which in ("case", "other")
        )
    ).subquery()
)
_GIVE = (
    change(_items)
    .where(_items.c.case_id == bindparam("of_case"))
    .values(case_id=bindparam("to_case"), perhaps=None)
)
_SAID_IN = (
    select(OpinionItem, func.count().over().label("together"))
    .where(OpinionItem.case_id == bindparam("case"), OpinionItem.repost_of.is_(None))
    .order_by(OpinionItem.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_LOOSE = (
    select(OpinionItem)
    .where(
        or_(OpinionItem.thread == bindparam("first"), OpinionItem.id == bindparam("first")),
        OpinionItem.case_id.is_(None),
        ~select(OpinionMark.id)
        .where(OpinionMark.item == OpinionItem.id, OpinionMark.grade.is_(None))
        .exists(),
    )
    .order_by(OpinionItem.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_SOME = select(OpinionItem).where(OpinionItem.id.in_(bindparam("items", expanding=True)))
_ADD = insert(_items).inline()
# PostgreSQL takes many rows as one value: by itself, each of their columns is made ready.
_ADD_TOGETHER = text(
    "INSERT INTO opinion_items SELECT * FROM"
    " jsonb_populate_recordset(CAST(NULL AS opinion_items), CAST(:items AS jsonb))"
)
_OF_HOURS = {
    dialect: select(_hours.c.topic, _hours.c.hour, _hours.c.found).where(
        _hours.c.bureau == bindparam("bureau"),
        text(f"opinion_hours.topic {topics}"),
        text(f"opinion_hours.hour {hours}"),
    )
    for dialect, topics, hours in (
        (
            "sqlite",
            "IN (SELECT value FROM json_each(:topics))",
            "IN (SELECT value FROM json_each(:hours))",
        ),
        ("postgresql", "= ANY(CAST(:topics AS text[]))", "= ANY(CAST(:hours AS timestamptz[]))"),
    )
}
_COPIED = (
    change(_items)
    .where(_items.c.id == bindparam("copied"))
    .values(copies=_items.c.copies + bindparam("more"))
)
_JOIN = change(_items).where(_items.c.id == bindparam("first")).values(voices=bindparam("said"))
_JOIN_TOGETHER = text(
    "UPDATE opinion_items SET voices = said FROM jsonb_to_recordset(CAST(:threads AS jsonb))"
    " AS given (first integer, said jsonb) WHERE id = first"
)
_PERHAPS = change(_items).where(_items.c.id == bindparam("one")).values(perhaps=bindparam("case"))
# To SQLite nobody else writes meanwhile; PostgreSQL gives out the numbers of rows by itself.
_LAST_ID = select(func.coalesce(func.max(_items.c.id), 0)).scalar_subquery()
_NEXT_IDS = func.array(
    select(func.nextval(func.pg_get_serial_sequence("opinion_items", "id")))
    .select_from(func.generate_series(1, bindparam("more", type_=Integer)))
    .scalar_subquery()
)


class Earlier(NamedTuple):
    """An older item as far as a new one is compared with it."""

    id: ItemId
    title: str
    words: str
    place: str
    topics: Sequence[str]
    thread: ItemId | None
    case_id: CaseId | None
    perhaps: CaseId | None
    repost_of: ItemId | None
    heat: Mapping[str, int]
    found_at: datetime


class Reserved(NamedTuple):
    """The numbers of an item: of all, and the *number* of its year."""

    id: ItemId
    year: int
    number: int


class JudgedBy(NamedTuple):
    """What a bureau's posts are held against, where that is not what ships.

    *counted*: at which item its runs were counted last, and of how many texts; *model*: the version
    of its weights, and these; *sensitive*: some of the days may be in a sensitive period.
    """

    topics: str
    counted: tuple[int, int] | None
    model: tuple[int, Mapping[str, Any]] | None
    sensitive: bool


class Spread(NamedTuple):
    """When and where an item was found, and what was counted of it."""

    found_at: datetime
    platform: str
    heat: Mapping[str, int]


class PostOfCase(NamedTuple):
    """What a report on a case reads of each of its items."""

    number: int
    title: str
    words: str
    source: str
    finder: UserId
    found_at: datetime
    posted_at: datetime | None
    platform: str
    heat: Mapping[str, int]


class Opinion:
    """The items of a bureau."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._topics: dict[UnitId, str] = {}  # as they were read in this transaction

    def reserve(self, bureau: UnitId, years: Sequence[int]) -> Sequence[Reserved]:
        """Give numbers to items of these years, which may then name one another.

        Another transaction that asks for the bureau waits for this one.
        """
        dialect = dialect_of(self._session)
        statement = next_number(dialect, _LAST_ID if dialect == "sqlite" else _NEXT_IDS)
        ids: list[ItemId] = []
        numbers: dict[int, Iterator[int]] = {}
        for year, count in sorted(Counter(years).items()):
            asked = {"bureau": bureau, "year": year, "thing": "opinion_item", "more": count}
            last, given = run_alone(self._session, statement, asked).one()
            numbers[year] = iter(range(last - count + 1, last + 1))
            if dialect == "sqlite":
                given = range(given + len(ids) + 1, given + len(ids) + 1 + count)
            ids += given
        return [
            Reserved(id_, year, next(numbers[year]))
            for id_, year in zip(sorted(ids), years, strict=True)
        ]

    def add_all(self, items: Sequence[Values]) -> None:
        """Keep rows of `OpinionItem` with their reserved numbers."""
        if dialect_of(self._session) == "postgresql":
            run(self._session, _ADD_TOGETHER, {"items": to_json(items).decode()})
        else:
            run(self._session, _ADD, items)

    def get(self, item: ItemId) -> OpinionItem | None:
        return self._session.get(OpinionItem, item)

    def some(self, items: Collection[ItemId]) -> Sequence[OpinionItem]:
        """Return those items; `get` has them at hand as long as somebody keeps these."""
        if not items:
            return []
        return self._session.scalars(_SOME, {"items": list(items)}).all()

    def latest_numbered(self, bureau: UnitId, number: int) -> OpinionItem | None:
        """Return the bureau's item of that number, of the latest year that has one."""
        return self._session.scalar(
            select(OpinionItem)
            .where(OpinionItem.bureau == bureau, OpinionItem.number == number)
            .order_by(OpinionItem.year.desc())
            .limit(1)
        )

    def last_found(self, bureau: UnitId, finder: UserId, found_at: datetime) -> OpinionItem | None:
        """Return the latest item that a member found at that moment."""
        self._session.flush()
        return self._session.scalar(
            select(OpinionItem)
            .where(
                OpinionItem.bureau == bureau,
                OpinionItem.found_at == found_at,
                OpinionItem.finder == finder,
            )
            .order_by(OpinionItem.id.desc())
            .limit(1)
        )

    def loose_in(self, first: ItemId, most: int = 500) -> Sequence[OpinionItem]:
        """Return the items about a matter, by its first item, that are in no case: newest *most*.

        What somebody has said to be nothing of the bureau's is left out. Those that were assigned
        to a case since they were read need not be written for that.
        """
        with self._session.no_autoflush:
            found = self._session.scalars(_LOOSE, {"first": first, "most": most}).all()
        return [one for one in found if one.case_id is None]

    def posts_of(self, case: CaseId) -> Sequence[PostOfCase]:
        """Return what a report reads of all items of a case, the first found first."""
        return [PostOfCase._make(row) for row in run(self._session, _POSTS_OF, {"case": case})]

    def newest_in(self, case: CaseId, most: int) -> Sequence[OpinionItem]:
        """Return the newest *most* items of a case, of these the first found first."""
        return self._session.scalars(_NEWEST_IN, {"case": case, "most": most}).all()

    def gravest_in(self, case: CaseId, most: int) -> Sequence[OpinionItem]:
        """Return the *most* items of a case that repeat no other and are the riskiest."""
        return self._session.scalars(_GRAVEST_IN, {"case": case, "most": most}).all()

    def numbered_in(self, case: CaseId, number: int) -> OpinionItem | None:
        """Return the item of that number in a case, of the latest year that has one."""
        return self._session.scalar(
            select(OpinionItem)
            .where(OpinionItem.case_id == case, OpinionItem.number == number)
            .order_by(OpinionItem.year.desc())
            .limit(1)
        )

    def ids_of(self, case: CaseId) -> Sequence[ItemId]:
        """Return the items of a case by their numbers in the table."""
        return [row.id for row in run(self._session, _IDS_OF, {"case": case})]

    def in_both(self, case: CaseId, other: CaseId) -> int:
        """Return how many named sources have spoken, not only repeated, in both of two cases."""
        found = run(self._session, _OF_BOTH, {"case": case, "other": other})
        return int(found.scalar_one())

    def give_all(self, case: CaseId, to: CaseId) -> None:
        """Let all items of a case belong to another one."""
        run(self._session, _GIVE, {"of_case": case, "to_case": to})

    def give(self, items: Collection[ItemId], to: CaseId) -> None:
        """Let items belong to a case."""
        if items:
            statement, values = self._listed(_GIVEN, items)
            run(self._session, statement, {**values, "to_case": to})

    def said_in(self, case: CaseId, most: int) -> tuple[int, Sequence[OpinionItem]]:
        """Return how many items of a case repeat no other, and the newest *most* of these.

        The first found comes first.
        """
        rows = self._session.execute(_SAID_IN, {"case": case, "most": most}).all()
        return (rows[0].together if rows else 0), [row.OpinionItem for row in reversed(rows)]

    def spread(
        self, cases: Collection[CaseId], since: datetime, most: int = 20_000
    ) -> Mapping[CaseId, Sequence[Spread]]:
        """Return when and where the items of cases were found from *since* on, the first first.

        Of the newest *most* of them all.
        """
        found: dict[CaseId, list[Spread]] = {case: [] for case in cases}
        if not cases:
            return found
        rows = self._session.execute(
            select(_items.c.case_id, _items.c.found_at, _items.c.platform, _items.c.heat)
            .where(_items.c.case_id.in_(cases), _items.c.found_at >= since)
            .order_by(_items.c.found_at.desc(), _items.c.id.desc())
            .limit(most)
        ).all()
        for row in reversed(rows):
            found[row.case_id].append(Spread(row.found_at, row.platform, row.heat))
        return found

    def platforms(
        self, cases: Collection[CaseId], since: datetime, until: datetime | None = None
    ) -> Mapping[str, int]:
        """Count the items of cases found from *since*, until before *until*, by platform."""
        before = [] if until is None else [_items.c.found_at < until]
        rows = self._session.execute(
            select(_items.c.platform, func.count().label("found"))
            .where(
                _items.c.case_id.in_(cases),
                _items.c.found_at >= since,
                *before,
            )
            .group_by(_items.c.platform)
        )
        return {row.platform: row.found for row in rows}

    def assign(self, items: Collection[OpinionItem], case: CaseId) -> None:
        """Say that items belong to a case: that is written with what else has changed by then."""
        for item in items:
            item.case_id, item.perhaps = case, None
            flag_modified(item, "perhaps")  # `may_belong` writes past what was read

    def judged_by(self, bureau: UnitId, days: Collection[date]) -> JudgedBy:
        """Return all that a bureau judges by in some days, in one question: each lone post asks it.

        They are days in Shanghai.
        """
        asked = {"bureau": bureau, "first_day": min(days), "last_day": max(days)}
        found = run(self._session, _JUDGED_BY, asked).one()
        self._topics[bureau] = found.text or ""
        return JudgedBy(
            topics=self._topics[bureau],
            counted=(found.counted_at, found.documents) if found.counted_at is not None else None,
            model=(found.version, found.weights) if found.version is not None else None,
            sensitive=found.sensitive,
        )

    def topics(self, bureau: UnitId) -> str:
        """Return the file of topics of a bureau that is in force; empty if it has none."""
        if bureau not in self._topics:
            found = run(self._session, _TOPICS, {"bureau": bureau}).one_or_none()
            self._topics[bureau] = str(found.text) if found is not None else ""
        return self._topics[bureau]

    def topics_version(self, bureau: UnitId) -> int:
        """Return which version that is, 0 if there is none."""
        found = run(self._session, _TOPICS, {"bureau": bureau}).one_or_none()
        return found.version if found is not None else 0

    def add_topics(self, topics: OpinionTopics) -> None:
        self._session.add(topics)
        self._topics[topics.bureau] = topics.text

    def counted(self, bureau: UnitId) -> tuple[int, int] | None:
        """Return at which item the bureau's runs were counted last, and of how many texts."""
        found = run(self._session, _WHICH_COUNT, {"bureau": bureau}).one_or_none()
        return (found.counted_at, found.documents) if found is not None else None

    def counts(self, bureau: UnitId) -> str:
        """Return those counts, packed."""
        packed: str = self._session.execute(
            select(_rarities.c.counts).where(_rarities.c.bureau == bureau)
        ).scalar_one()
        return packed

    def keep_rarity(self, bureau: UnitId, counted_at: int, documents: int, counts: str) -> None:
        self._session.merge(
            OpinionRarity(bureau=bureau, counted_at=counted_at, documents=documents, counts=counts)
        )

    def newest(self, bureau: UnitId, most: int) -> Sequence[tuple[str, str]]:
        """Return titles and words of the newest items, the newest first."""
        return self._texts(most, _items.c.bureau == bureau)

    def texts_since(self, bureau: UnitId, since: datetime, most: int) -> Sequence[tuple[str, str]]:
        """Return those that were found from *since* on, the newest first, at most *most*."""
        return self._texts(most, _items.c.bureau == bureau, _items.c.found_at >= since)

    def _texts(self, most: int, *which: ColumnElement[bool]) -> Sequence[tuple[str, str]]:
        rows = self._session.execute(
            select(_items.c.title, _items.c.words)
            .where(*which)
            .order_by(_items.c.found_at.desc())
            .limit(most)
        )
        return [(row.title, row.words) for row in rows]

    def earlier(self, items: Collection[int], since: datetime) -> Mapping[int, Earlier]:
        """Return those of *items* that were found from *since* on, by their numbers."""
        if not items:
            return {}
        rows = run(self._session, *self._listed(_EARLIER, items)).all()
        # Asked of the database, the moment makes SQLite read all items of 30 days instead.
        return {one.id: one for one in map(Earlier._make, rows) if one.found_at >= since}

    def _listed(
        self, statements: Mapping[str, Executable], items: Collection[int]
    ) -> tuple[Executable, Values]:
        """Return the statement for the database, and *items* as the one value it takes."""
        dialect = dialect_of(self._session)
        listed = sorted(items)
        return statements[dialect], {
            "items": listed if dialect == "postgresql" else json.dumps(listed)
        }

    def voices(self, firsts: Collection[ItemId]) -> dict[ItemId, Sequence[str]]:
        """Return who has said what threads are about, by their first items."""
        if not firsts:
            return {}
        rows = run(self._session, *self._listed(_VOICES, firsts))
        return {row.id: row.voices for row in rows}

    def join(self, voices: Mapping[ItemId, Sequence[str]]) -> None:
        """Note in the first items of threads who has said it so far."""
        if voices:
            rows = [{"first": first, "said": list(said)} for first, said in sorted(voices.items())]
            if dialect_of(self._session) == "postgresql":
                run(self._session, _JOIN_TOGETHER, {"threads": to_json(rows).decode()})
            else:
                run(self._session, _JOIN, rows)

    def copied(self, times: Mapping[ItemId, int]) -> None:
        """Count how often items were repeated once more."""
        if times:
            rows = [{"copied": item, "more": more} for item, more in sorted(times.items())]
            run(self._session, _COPIED, rows)

    def may_belong(self, item: ItemId, case: CaseId) -> None:
        """Note that an item may belong to a case, which somebody has to say."""
        run(self._session, _PERHAPS, {"one": item, "case": case})

    def hours(
        self, bureau: UnitId, topics: Collection[str], hours: Collection[datetime]
    ) -> Mapping[tuple[str, datetime], int]:
        """Return how many items of topics were found in hours, where there were any."""
        if not topics:
            return {}
        dialect = dialect_of(self._session)
        listed: dict[str, Any] = {"topics": sorted(topics), "hours": sorted(hours)}
        if dialect == "sqlite":
            kept = [each.astimezone(UTC).replace(tzinfo=None) for each in listed["hours"]]
            listed["hours"] = json.dumps([each.isoformat(" ", "microseconds") for each in kept])
            listed["topics"] = json.dumps(listed["topics"])
        rows = run(self._session, _OF_HOURS[dialect], {"bureau": bureau} | listed)
        return {(row.topic, row.hour): row.found for row in rows}

    def count_hours(self, bureau: UnitId, found: Mapping[tuple[str, datetime], int]) -> None:
        """Count so many more items of topics in the hours that begin then."""
        if found:
            rows = [
                {"bureau": bureau, "topic": topic, "hour": hour, "found": more}
                for (topic, hour), more in sorted(found.items())
            ]
            run(self._session, _more(dialect_of(self._session)), rows)


@cache
def _more(dialect: str) -> Executable:
    given = (sqlite if dialect == "sqlite" else postgresql).insert(_hours)
    statement: Executable = given.on_conflict_do_update(
        index_elements=["bureau", "topic", "hour"],
        set_={"found": _hours.c.found + given.excluded.found},
    )
    return statement
