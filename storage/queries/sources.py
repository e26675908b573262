"""Sources of posts: which are to be asked now, what they brought, which are silent."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from storage.models import FoundItem, Source
from storage.queries.tables import add_all_once, run
from storage.sessions import Values
from storage.vocabulary import FoundStatus, SheetId, SourceId, SourceKind, UnitId

# Written out, so that both databases see that the partial index answers the question.
_ASKED = text("sources.kind = 'feed' AND sources.active")
_WAITING = text("found_items.status = 'waiting'")
_STAGED = text("found_items.status = 'staged'")
_KEPT = Source.removed_at.is_(None)


class Asked(NamedTuple):
    """A feed that whoever got this asks now."""

    id: SourceId
    bureau: UnitId
    url: str
    etag: str
    modified: str


class WaitingPost(NamedTuple):
    """A post that nobody has judged yet; the lower its *rank*, the earlier it is."""

    id: int
    rank: int


class Sources:
    """What brings posts to a bureau."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, source: Source) -> None:
        self._session.add(source)
        self._session.flush()  # what it brings refers to it by a plain column

    def get(self, source: str) -> Source | None:
        return self._session.get(Source, SourceId(source))

    def lock(self, source: SourceId) -> Source | None:
        """Return the source as it now is, and keep others from it until the commit."""
        return self._session.get(Source, source, with_for_update=True, populate_existing=True)

    def numbered(self, bureau: UnitId, number: int) -> Source | None:
        return self._session.scalar(
            select(Source)
            .where(Source.bureau == bureau, Source.number == number, _KEPT)
            .with_for_update()
        )

    def of_bureau(self, bureau: UnitId) -> Sequence[Source]:
        return self._session.scalars(
            select(Source).where(Source.bureau == bureau, _KEPT).order_by(Source.number)
        ).all()

    def named(self, bureau: UnitId, name: str) -> Source | None:
        return self._session.scalar(
            select(Source).where(Source.bureau == bureau, Source.name == name, _KEPT).limit(1)
        )

    def any_due(self, now: datetime) -> bool:
        return (
            self._session.scalar(select(Source.id).where(_ASKED, Source.next_at <= now).limit(1))
            is not None
        )

    def due(self, now: datetime, limit: int) -> Sequence[Source]:
        """Return feeds whose turn it is, the longest due first; others wait for them."""
        return self._session.scalars(
            select(Source)
            .where(_ASKED, Source.next_at <= now)
            .order_by(Source.next_at, Source.id)
            .limit(limit)
            .with_for_update()
        ).all()

    def hosts_asked_since(self, hosts: Collection[str], since: datetime) -> set[str]:
        """Return which of *hosts* were asked after a moment."""
        return set(
            self._session.scalars(
                select(Source.host)
                .where(Source.host.in_(hosts), Source.polled_at > since)
                .distinct()
            )
        )

    def watched(self) -> Sequence[Source]:
        """Return everything that is expected to bring something."""
        return self._session.scalars(
            select(Source)
            .where(Source.active, Source.kind != SourceKind.SHEET)
            .order_by(Source.id)
            .with_for_update()
        ).all()

    def known(self, source: SourceId, keys: Collection[str]) -> set[str]:
        """Return which of *keys* the source brought before; what is only staged is not there."""
        return set(
            self._session.scalars(
                select(FoundItem.key).where(
                    FoundItem.source == source,
                    FoundItem.key.in_(keys),
                    FoundItem.status != FoundStatus.STAGED,
                )
            )
        )

    def keep(self, rows: Sequence[Values]) -> None:
        """Keep what was found, but not what is known."""
        add_all_once(
            self._session,
            FoundItem,
            [{"status": FoundStatus.WAITING, "attempts": 0, "rank": 0, **row} for row in rows],
        )

    def of_sheets(self, bureau: UnitId) -> Source | None:
        """Return what a bureau's sheets are kept under, once there were any."""
        return self._session.scalar(
            select(Source)
            .where(Source.bureau == bureau, Source.kind == SourceKind.SHEET, _KEPT)
            .limit(1)
        )

    def release_staged(self, sheet: SheetId) -> int:
        """Let what a sheet brought wait to be handed on; return how many there are."""
        released = run(
            self._session,
            update(FoundItem)
            .where(FoundItem.sheet == sheet, _STAGED)
            .values(status=FoundStatus.WAITING),
        )
        return released.rowcount

    def forget_staged(self, sheet: SheetId) -> None:
        run(self._session, delete(FoundItem).where(FoundItem.sheet == sheet, _STAGED))

    def waiting(self, limit: int, lane: int = 0, lanes: int = 1) -> Sequence[WaitingPost]:
        """Return what is not handed on yet, the gravest first, then the first found.

        Of several *lanes* only those of one: who works at another takes none of them.
        """
        rows = self._session.execute(
            select(FoundItem.id, FoundItem.rank)
            .where(_WAITING, FoundItem.id % lanes == lane)
            .order_by(FoundItem.rank, FoundItem.id)
            .limit(limit)
        )
        return [WaitingPost(*row) for row in rows]

    def take(self, items: Collection[int]) -> Sequence[FoundItem]:
        """Return those found posts that still wait, the gravest first; others wait for them."""
        return self._session.scalars(
            select(FoundItem)
            .where(FoundItem.id.in_(items), _WAITING)
            .order_by(FoundItem.rank, FoundItem.id)
            .with_for_update()
        ).all()

    def posts(self, items: Collection[int]) -> Sequence[FoundItem]:
        """Return those found posts that still wait, without a lock."""
        return self._session.scalars(
            select(FoundItem).where(FoundItem.id.in_(items), _WAITING)
        ).all()

    def bureaus(self, sources: Collection[SourceId]) -> dict[SourceId, UnitId]:
        """Return whose those sources are."""
        rows = self._session.execute(select(Source.id, Source.bureau).where(Source.id.in_(sources)))
        return {row.id: row.bureau for row in rows}

    def brought_since(self, bureau: UnitId, since: datetime) -> dict[SourceId, int]:
        """Count what each source of a bureau brought after a moment."""
        rows = self._session.execute(
            select(FoundItem.source, func.count().label("posts"))
            .join(Source, Source.id == FoundItem.source)
            .where(Source.bureau == bureau, FoundItem.found_at > since)
            .group_by(FoundItem.source)
        )
        return {row.source: row.posts for row in rows}
