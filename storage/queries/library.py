"""The shelf of models: what is on it, and finding it by words.

The index beside `library_items` is FTS5 on SQLite, without the text and without places, and a
tsvector on PostgreSQL. Both hold marks only (`storage.queries.wordindex`) and narrow a search down;
what a word of more than a pair needs besides is compared with the text, on both in the same way.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import Session

from storage.models import Adoption, Draft, Instruction, LibraryItem, Recall, Unit
from storage.queries.tables import add_all_once, dialect_of, run, table_of
from storage.queries.wordindex import is_exact, marks_of, marks_wanted
from storage.vocabulary import (
    ChannelId,
    DraftId,
    DraftKind,
    EntryStatus,
    Level,
    RecallKind,
    RecallStatus,
    UnitId,
)

_items = table_of(LibraryItem)
_Named = tuple[DraftId, int, int, str, str, DraftKind, date, bool]
_CONFIRMED = EntryStatus.CONFIRMED
_DOWN = (RecallStatus.DOWN, RecallStatus.DONE)
_BATCH = 500

_ROUNDS = (1_000, 10_000, 30_000)
"""How many of the latest entered matches a search ranks: more only where these fill no page.

The last is as many values as SQLite takes in one statement.
"""

_MATCHING = {
    "sqlite": (
        "SELECT rowid AS item FROM library_index WHERE library_index MATCH :marks"
        " ORDER BY rowid DESC LIMIT :most"
    ),
    "postgresql": (
        "SELECT item FROM library_index WHERE words @@ CAST(:marks AS tsquery)"
        " ORDER BY item DESC LIMIT :most"
    ),
}
# PostgreSQL's planner knows the price of rows, and not that of the vectors that stand beside them:
# left to itself it goes through the rows and unpacks each one's vector. The index answers alone.
_BY_INDEX = text(
    "SELECT set_config('enable_seqscan', :others, true),"
    " set_config('enable_indexscan', :others, true)"
)
_FORGET = {
    "sqlite": text(
        "INSERT INTO library_index (library_index, rowid, words) VALUES ('delete', :item, :marks)"
    ),
    "postgresql": text("DELETE FROM library_index WHERE item = :item"),
}
_INDEX = {
    "sqlite": text("INSERT INTO library_index (rowid, words) VALUES (:item, :marks)"),
    "postgresql": text(
        "INSERT INTO library_index (item, words) VALUES (:item, CAST(:marks AS tsvector))"
    ),
}
_EMPTY = {
    "sqlite": text("INSERT INTO library_index (library_index) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM library_index"),
}
_SHELVED = select(_items.c.id, _items.c.draft, _items.c.title_words, _items.c.body_words)
_UPDATE = (
    update(_items)
    .where(_items.c.draft == bindparam("of"))
    .values(
        {
            name: bindparam(name)
            for name in ("kind", "used_on", "remarked", "title", "title_words", "body_words")
        }
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: all of *runs* (`wordindex.runs_of`); a filter that is None is open."""

    runs: tuple[str, ...] = ()
    kind: DraftKind | None = None
    level: Level | None = None
    channel: ChannelId | None = None
    remarked: bool = False


class Shelved(NamedTuple):
    """An item as people name it."""

    draft: DraftId
    number: int
    year: int
    title: str
    unit: str
    kind: DraftKind
    used_on: date
    remarked: bool


class Library:
    """What others may learn from."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put items on the shelf, or in the place of what was there of the same draft.

        Each row has all columns but the id. Index and item change together.
        """
        if not rows:
            return
        before = {row.draft: row for row in self._shelved([row["draft"] for row in rows])}
        add_all_once(
            self._session, LibraryItem, [row for row in rows if row["draft"] not in before]
        )
        known = [{**row, "of": row["draft"]} for row in rows if row["draft"] in before]
        if known:
            run(self._session, _UPDATE, known)
        self._forget(before.values())
        self._index(self._shelved([row["draft"] for row in rows]))

    def remove(self, drafts: Collection[DraftId]) -> None:
        """Take items off the shelf; those that are not on it stay away."""
        there = self._shelved(drafts)
        if there:
            self._forget(there)
            run(self._session, delete(_items).where(_items.c.id.in_([row.id for row in there])))

    def lock(self, drafts: Collection[DraftId]) -> Sequence[Draft]:
        """Return drafts as they now are, and keep others from changing them until the commit."""
        return self._session.scalars(
            select(Draft)
            .where(Draft.id.in_(drafts))
            .order_by(Draft.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()

    def taken_down(self, drafts: Collection[DraftId]) -> set[DraftId]:
        """Return which of them were once taken down where they had been published."""
        return set(
            self._session.scalars(
                select(Recall.draft).where(
                    Recall.draft.in_(drafts),
                    Recall.kind == RecallKind.RETRACT,
                    Recall.status.in_(_DOWN),
                )
            )
        )

    def worth_a_look(self, after: DraftId, limit: int) -> Sequence[DraftId]:
        """Return the next drafts, by their ids, that are on the shelf or might belong there."""
        parts = [
            select(source.draft)
            .where(source.draft > after, *conditions)
            .order_by(source.draft)
            .limit(limit)
            .subquery()
            for source, conditions in (
                (LibraryItem, ()),
                (Adoption, (Adoption.status == _CONFIRMED,)),
                (Instruction, (Instruction.status == _CONFIRMED,)),
            )
        ]
        both = union(*(select(part.c.draft) for part in parts)).subquery()
        return self._session.scalars(select(both.c.draft).order_by(both.c.draft).limit(limit)).all()

    def search(
        self, bureau: UnitId, wanted: Search, limit: int, offset: int = 0
    ) -> Sequence[Shelved]:
        """Return the bureau's items that have all that is wanted.

        Those with all words in the title come first, then the latest used: of the thousand that
        were entered last, which is all of them unless the words are in very many; of more only
        where these do not fill the page. So a common word costs no more than a rare one.
        """
        found = _named().where(LibraryItem.bureau == bureau, *self._conditions(wanted))
        latest = (LibraryItem.used_on.desc(), LibraryItem.id.desc())
        if not wanted.runs:
            return self._page(found.order_by(*latest).limit(limit).offset(offset))
        in_title = and_(*(_holds(LibraryItem.title_words, run) for run in wanted.runs))
        found = found.order_by(case((in_title, 0), else_=1), *latest).limit(limit).offset(offset)
        page: Sequence[Shelved] = ()
        for most in _ROUNDS:
            items = self._matching(wanted.runs, most)
            page = self._page(found.where(LibraryItem.id.in_(items)))
            if len(page) == limit or len(items) < most:
                break
        return page

    def _page(self, found: Select[*_Named]) -> Sequence[Shelved]:
        return [Shelved(*row) for row in self._session.execute(found)]

    def numbered(self, bureau: UnitId, number: int) -> Shelved | None:
        """Return the item whose draft has that number, of the latest year that has one."""
        found = _named().where(LibraryItem.bureau == bureau, Draft.number == number)
        row = self._session.execute(found.order_by(Draft.year.desc()).limit(1)).first()
        return Shelved(*row) if row else None

    def item(self, draft: DraftId) -> LibraryItem | None:
        return self._session.scalar(select(LibraryItem).where(LibraryItem.draft == draft))

    def lately(
        self, bureau: UnitId, since: date, besides: DraftId, kind: DraftKind, limit: int
    ) -> Sequence[Shelved]:
        """Return what was used from *since* on, of other drafts: those of *kind* first."""
        found = _named().where(
            LibraryItem.bureau == bureau, LibraryItem.used_on >= since, LibraryItem.draft != besides
        )
        like = case((LibraryItem.kind == kind, 0), else_=1)
        rows = self._session.execute(
            found.order_by(like, LibraryItem.used_on.desc(), LibraryItem.id.desc()).limit(limit)
        )
        return [Shelved(*row) for row in rows]

    def _conditions(self, wanted: Search) -> Iterable[ColumnElement[bool]]:
        for word in wanted.runs:
            if not is_exact(word):
                words = LibraryItem.title_words + " " + LibraryItem.body_words
                yield _holds(words, word)
        if wanted.kind is not None:
            yield LibraryItem.kind == wanted.kind
        if wanted.remarked:
            yield LibraryItem.remarked.is_(True)
        if wanted.channel is not None:
            yield _used(Adoption.channel == wanted.channel)
        if wanted.level is not None:
            remarked = exists().where(
                Instruction.draft == LibraryItem.draft,
                Instruction.status == _CONFIRMED,
                Instruction.level == wanted.level,
            )
            yield or_(_used(Adoption.level == wanted.level), remarked)

    def _matching(self, runs: Iterable[str], most: int) -> Sequence[int]:
        """Return the latest entered items whose marks are all there.

        They are read first, and then named: SQLite would else look at every item of the bureau
        whether it is among them.
        """
        dialect = dialect_of(self._session)
        every, beginning = (" AND ", "*") if dialect == "sqlite" else (" & ", ":*")
        marks = every.join(mark + beginning * begins for mark, begins in marks_wanted(runs))
        found = text(_MATCHING[dialect])
        if dialect == "postgresql":
            run(self._session, _BY_INDEX, {"others": "off"})
        rows = run(self._session, found, {"marks": marks, "most": most}).all()
        if dialect == "postgresql":
            run(self._session, _BY_INDEX, {"others": "on"})
        return [row.item for row in rows]

    def _shelved(self, drafts: Collection[DraftId]) -> Sequence[Any]:
        return run(self._session, _SHELVED.where(_items.c.draft.in_(drafts))).all()

    def _forget(self, rows: Iterable[Any]) -> None:
        _write(self._session.connection(), _FORGET, rows)

    def _index(self, rows: Iterable[Any]) -> None:
        _write(self._session.connection(), _INDEX, rows)


def reindex(connection: Connection) -> None:
    """Write the whole index anew from the items: after rows were put in without it."""
    connection.execute(_EMPTY[connection.dialect.name])
    last = 0
    while some := connection.execute(
        _SHELVED.where(_items.c.id > last).order_by(_items.c.id).limit(_BATCH)
    ).all():
        _write(connection, _INDEX, some)
        last = some[-1].id


def _write(connection: Connection, statements: Mapping[str, Any], rows: Iterable[Any]) -> None:
    values = [{"item": row.id, "marks": marks_of(row.title_words, row.body_words)} for row in rows]
    if values:
        connection.execute(statements[connection.dialect.name], values)


def _named() -> Select[*_Named]:
    return (
        select(
            LibraryItem.draft,
            Draft.number,
            Draft.year,
            LibraryItem.title,
            Unit.name,
            LibraryItem.kind,
            LibraryItem.used_on,
            LibraryItem.remarked,
        )
        .join(Draft, Draft.id == LibraryItem.draft)
        .join(Unit, Unit.id == Draft.unit)
    )


def _used(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Adoption.draft == LibraryItem.draft, Adoption.status == _CONFIRMED, condition
    )


def _holds(words: ColumnElement[str] | Any, run: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = words.contains(run, autoescape=True)
    return found
