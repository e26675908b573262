"""Drafts by number, by author, by unit; their texts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from storage.models import Adoption, Attachment, Draft, DraftPart, DraftVersion
from storage.queries.tables import run, table_of
from storage.vocabulary import AttachmentKind, DraftId, DraftStatus, EntryStatus, UnitId, UserId

_parts = table_of(DraftPart)
_PART = insert(_parts)
_WRITTEN = select(func.count(), func.coalesce(func.sum(func.length(_parts.c.text)), 0)).where(
    _parts.c.draft == bindparam("draft"), _parts.c.version == bindparam("version")
)
_attachments = table_of(Attachment)
_UNFETCHED = (
    select(_attachments.c.id)
    .where(text("attachments.sha256 = '' AND NOT attachments.lost"))
    .order_by(_attachments.c.created_at)
    .limit(bindparam("most"))
)
_NOT_HANDED_IN = (DraftStatus.COMPOSING, DraftStatus.CANCELLED, DraftStatus.WITHDRAWN)


class Drafts:
    """Drafts, their versions, parts and attachments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: Draft) -> None:
        self._session.add(draft)
        self._session.flush()  # its parts refer to it by a plain column

    def get(self, draft: DraftId) -> Draft:
        return self._session.get_one(Draft, draft)

    def some(self, drafts: Iterable[DraftId]) -> Sequence[Draft]:
        return self._session.scalars(select(Draft).where(Draft.id.in_(list(drafts)))).all()

    def latest_numbered(self, bureau: UnitId, number: int) -> Draft | None:
        """Return the draft with that number of the latest year that has one, locked."""
        return self._session.scalar(
            select(Draft)
            .where(Draft.bureau == bureau, Draft.number == number)
            .order_by(Draft.year.desc())
            .limit(1)
            .with_for_update()
        )

    def lock(self, draft: DraftId) -> Draft:
        """Return the draft as it now is, and keep others from changing it until the commit."""
        return self._session.get_one(Draft, draft, with_for_update=True, populate_existing=True)

    def of_author(
        self,
        author: UserId,
        limit: int,
        *,
        offset: int = 0,
        status: DraftStatus | None = None,
        between: tuple[datetime, datetime] | None = None,
    ) -> Sequence[Draft]:
        """Return the author's drafts, newest first, but for cancelled ones."""
        found = select(Draft).where(Draft.author == author)
        if status is None:
            found = found.where(Draft.status != DraftStatus.CANCELLED)
        else:
            found = found.where(Draft.status == status)
        if between is not None:
            found = found.where(Draft.created_at >= between[0], Draft.created_at < between[1])
        found = found.order_by(Draft.created_at.desc()).offset(offset).limit(limit)
        return self._session.scalars(found).all()

    def counts_of(self, author: UserId) -> dict[DraftStatus, int]:
        """Count the author's drafts by state, but for cancelled ones."""
        rows = self._session.execute(
            select(Draft.status, func.count().label("drafts"))
            .where(Draft.author == author, Draft.status != DraftStatus.CANCELLED)
            .group_by(Draft.status)
        )
        return {row.status: row.drafts for row in rows}

    def adopted_of(
        self,
        author: UserId,
        limit: int,
        *,
        offset: int = 0,
        between: tuple[datetime, datetime] | None = None,
    ) -> Sequence[Draft]:
        """Return the author's drafts that a channel used, newest first."""
        used = select(Adoption.draft).where(Adoption.status == EntryStatus.CONFIRMED)
        found = select(Draft).where(Draft.author == author, Draft.id.in_(used))
        if between is not None:
            found = found.where(Draft.created_at >= between[0], Draft.created_at < between[1])
        found = found.order_by(Draft.created_at.desc()).offset(offset).limit(limit)
        return self._session.scalars(found).all()

    def handed_in(
        self, units: Sequence[UnitId], start: datetime, end: datetime
    ) -> dict[UnitId, int]:
        """Count, for each unit, the drafts that it handed in from *start* to before *end*."""
        rows = self._session.execute(
            select(Draft.unit, func.count().label("drafts"))
            .where(
                Draft.unit.in_(units),
                Draft.submitted_at >= start,
                Draft.submitted_at < end,
                Draft.status.not_in(_NOT_HANDED_IN),
            )
            .group_by(Draft.unit)
        )
        return {row.unit: row.drafts for row in rows}

    def any_before(self, bureau: UnitId, end: datetime) -> bool:
        """Tell whether anybody of the bureau handed in a draft before *end*."""
        found = select(Draft.id).where(Draft.bureau == bureau, Draft.submitted_at < end).limit(1)
        return self._session.scalar(found) is not None

    def signed(self, units: Sequence[UnitId], start: datetime, end: datetime) -> dict[UnitId, int]:
        """Count, for each unit, the drafts of that time that have had the last signature."""
        rows = self._session.execute(
            select(Draft.unit, func.count().label("drafts"))
            .where(
                Draft.unit.in_(units),
                Draft.submitted_at >= start,
                Draft.submitted_at < end,
                Draft.signed_at.is_not(None),
                Draft.status.not_in(_NOT_HANDED_IN),
            )
            .group_by(Draft.unit)
        )
        return {row.unit: row.drafts for row in rows}

    def add_version(self, version: DraftVersion) -> None:
        self._session.add(version)

    def version(self, draft: DraftId, number: int) -> DraftVersion:
        return self._session.get_one(DraftVersion, (draft, number))

    def versions(self, draft: DraftId) -> Sequence[DraftVersion]:
        """Return every version, the oldest first."""
        return self._session.scalars(
            select(DraftVersion).where(DraftVersion.draft == draft).order_by(DraftVersion.number)
        ).all()

    def texts(self, versions: Collection[tuple[DraftId, int]]) -> Mapping[DraftId, tuple[str, str]]:
        """Return title and body of one version of each draft, by (draft, version)."""
        # Not by pairs: SQLite reads the whole table for (draft, number) IN (VALUES ...).
        rows = self._session.execute(
            select(
                DraftVersion.draft, DraftVersion.number, DraftVersion.title, DraftVersion.body
            ).where(
                DraftVersion.draft.in_({draft for draft, _ in versions}),
                DraftVersion.number.in_({number for _, number in versions}),
            )
        )
        return {
            row.draft: (row.title, row.body) for row in rows if (row.draft, row.number) in versions
        }

    def add_part(self, part: Mapping[str, Any]) -> None:
        run(self._session, _PART, part)

    def written(self, draft: DraftId, version: int) -> tuple[int, int]:
        """Return how many parts of a version there are, and their characters."""
        count, characters = run(self._session, _WRITTEN, {"draft": draft, "version": version}).one()
        return count, characters

    def parts(self, draft: DraftId, version: int) -> Sequence[DraftPart]:
        return self._session.scalars(
            select(DraftPart)
            .where(DraftPart.draft == draft, DraftPart.version == version)
            .order_by(DraftPart.position)
        ).all()

    def clear_parts(self, draft: DraftId, version: int) -> None:
        """Forget the pieces of a version that is to be written anew; each came with a message."""
        self._session.execute(
            delete(DraftPart).where(DraftPart.draft == draft, DraftPart.version == version)
        )

    def attach(self, attachment: Attachment) -> None:
        self._session.add(attachment)

    def attachments(self, draft: DraftId) -> Sequence[Attachment]:
        """Return what belongs to a draft; what only shows that it was used does not."""
        return self._session.scalars(
            select(Attachment)
            .where(Attachment.draft == draft, Attachment.kind != AttachmentKind.EVIDENCE)
            .order_by(Attachment.created_at, Attachment.id)
        ).all()

    def attached(self, draft: DraftId) -> Sequence[Attachment]:
        """Return what came with a draft, and what shows that it was used."""
        return self._session.scalars(select(Attachment).where(Attachment.draft == draft)).all()

    def unfetched(self, limit: int) -> Sequence[str]:
        return run(self._session, _UNFETCHED, {"most": limit}).scalars().all()

    def attachment(self, attachment: str) -> Attachment | None:
        return self._session.get(Attachment, attachment)

    def lock_attachment(self, attachment: str) -> Attachment | None:
        """Return it as it now is, and keep others from recording it until the commit."""
        return self._session.get(
            Attachment, attachment, with_for_update=True, populate_existing=True
        )

    def detach(self, attachment: Attachment) -> None:
        self._session.delete(attachment)
