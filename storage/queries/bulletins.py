"""Bulletins: series, issues by number, and which issues a draft stands in."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import BulletinIssue, BulletinItem, BulletinSeries, Draft
from storage.vocabulary import DraftId, DraftStatus, IssueId, SeriesId, UnitId


class Placed(NamedTuple):
    """An item with its draft's number and status."""

    item: BulletinItem
    number: int
    status: DraftStatus


class Bulletins:
    """What the bureau prints itself."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def series(self, bureau: UnitId) -> Sequence[BulletinSeries]:
        """Return the bureau's series, the oldest first."""
        return self._session.scalars(
            select(BulletinSeries)
            .where(BulletinSeries.bureau == bureau)
            .order_by(BulletinSeries.created_at, BulletinSeries.id)
        ).all()

    def series_of(self, series: SeriesId) -> BulletinSeries:
        return self._session.get_one(BulletinSeries, series)

    def begin_series(self, series: BulletinSeries) -> None:
        self._session.add(series)
        self._session.flush()  # its issues refer to it by a plain column

    def numbered(self, series: SeriesId, number: int) -> BulletinIssue | None:
        """Return the issue with that number of the latest year that has one, locked."""
        return self._session.scalar(
            select(BulletinIssue)
            .where(BulletinIssue.series == series, BulletinIssue.number == number)
            .order_by(BulletinIssue.year.desc())
            .limit(1)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    def issue(self, issue: IssueId) -> BulletinIssue | None:
        return self._session.get(BulletinIssue, issue)

    def lock(self, issue: IssueId) -> BulletinIssue | None:
        """Return the issue as it now is, and keep others from changing it until the commit."""
        return self._session.get(BulletinIssue, issue, with_for_update=True, populate_existing=True)

    def latest(self, series: SeriesId) -> BulletinIssue | None:
        """Return the issue with the highest running number."""
        return self._session.scalar(
            select(BulletinIssue)
            .where(BulletinIssue.series == series)
            .order_by(BulletinIssue.total.desc())
            .limit(1)
        )

    def issues(self, bureau: UnitId, limit: int, offset: int = 0) -> Sequence[BulletinIssue]:
        """Return the bureau's issues, the newest first."""
        return self._session.scalars(
            select(BulletinIssue)
            .where(BulletinIssue.bureau == bureau)
            .order_by(BulletinIssue.opened_at.desc(), BulletinIssue.id)
            .limit(limit)
            .offset(offset)
        ).all()

    def has_total(self, series: SeriesId, total: int) -> bool:
        found = select(BulletinIssue.id).where(
            BulletinIssue.series == series, BulletinIssue.total == total
        )
        return self._session.scalar(found) is not None

    def offered_of(self, series: SeriesId) -> Sequence[BulletinIssue]:
        """Return the issues of a series that lie before their signers."""
        return self._session.scalars(
            select(BulletinIssue).where(BulletinIssue.series == series, BulletinIssue.offered != "")
        ).all()

    def sizes(self, issues: Collection[IssueId]) -> Mapping[IssueId, int]:
        """Count the items of issues."""
        rows = self._session.execute(
            select(BulletinItem.issue, func.count().label("items"))
            .where(BulletinItem.issue.in_(issues))
            .group_by(BulletinItem.issue)
        )
        return {row.issue: row.items for row in rows}

    def begin_issue(self, issue: BulletinIssue) -> None:
        self._session.add(issue)
        self._session.flush()  # its items refer to it by a plain column

    def forget(self, issue: BulletinIssue) -> None:
        """Take away an issue in which nothing stands."""
        self._session.flush()  # its items are gone first
        self._session.delete(issue)

    def items(self, issue: IssueId) -> Sequence[Placed]:
        """Return what stands in an issue, in its order."""
        rows = self._session.execute(
            select(BulletinItem, Draft.number, Draft.status)
            .join(Draft, Draft.id == BulletinItem.draft)
            .where(BulletinItem.issue == issue)
            .order_by(BulletinItem.position, Draft.number)
        )
        return [Placed(*row) for row in rows]

    def add(self, item: BulletinItem) -> None:
        self._session.add(item)

    def remove(self, item: BulletinItem) -> None:
        self._session.delete(item)

    def issues_with(self, drafts: Collection[DraftId]) -> Sequence[tuple[BulletinIssue, DraftId]]:
        """Return the issues in which drafts stand, each with the draft, the newest first."""
        rows = self._session.execute(
            select(BulletinIssue, BulletinItem.draft)
            .join(BulletinItem, BulletinItem.issue == BulletinIssue.id)
            .where(BulletinItem.draft.in_(drafts))
            .order_by(BulletinIssue.total.desc(), BulletinIssue.id)
        )
        return [(row[0], row[1]) for row in rows]
