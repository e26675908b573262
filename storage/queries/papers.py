"""What the papers of a draft are made of, in as many queries as there are kinds of facts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from storage.models import (
    AuditEntry,
    Channel,
    Dispatch,
    Draft,
    Member,
    ReviewDecision,
    ReviewHandover,
    ReviewHolder,
    ReviewTask,
    Unit,
)
from storage.vocabulary import (
    DispatchStatus,
    DraftId,
    Handing,
    Role,
    Standing,
    UnitId,
    Verdict,
)


class Given(NamedTuple):
    """An opinion with the names in it; *absent* is on whose behalf, *standing* why he was asked."""

    version: int
    sha256: str
    gate: int
    seat: str
    role: Role
    verdict: Verdict
    reason: str
    at: datetime
    who: str
    absent: str | None
    standing: Standing | None


class Sent(NamedTuple):
    """That a draft went to a channel, and whether the public can read that one."""

    channel: str
    who: str
    at: datetime
    status: DispatchStatus
    outward: bool


class SecrecyReview(NamedTuple):
    """That somebody reviewed a draft for secrecy; *unit* is the name of its section."""

    draft: DraftId
    number: int
    title: str
    unit: str
    verdict: Verdict
    reason: str


class Handed(NamedTuple):
    """That a reviewer handed a draft on."""

    kind: Handing
    who: str
    to: str
    reason: str
    at: datetime


_who, _absent, _to = aliased(Member), aliased(Member), aliased(Member)


class Papers:
    """Opinions, dispatches and handovers with names."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def opinions(self, draft: DraftId) -> Sequence[Given]:
        """Return every opinion on a draft that counts, of all versions, the oldest first."""
        rows = self._session.execute(
            select(
                ReviewDecision.version,
                ReviewDecision.sha256,
                ReviewDecision.gate,
                ReviewTask.seat,
                ReviewTask.role,
                ReviewDecision.verdict,
                ReviewDecision.reason,
                ReviewDecision.decided_at,
                _who.name,
                _absent.name,
                ReviewHolder.standing,
            )
            .join(ReviewTask, ReviewTask.id == ReviewDecision.task)
            .join(_who, _who.userid == ReviewDecision.decided_by)
            .outerjoin(_absent, _absent.userid == ReviewDecision.on_behalf_of)
            .outerjoin(
                ReviewHolder,
                (ReviewHolder.task == ReviewDecision.task)
                & (ReviewHolder.member == ReviewDecision.decided_by),
            )
            .where(ReviewDecision.draft == draft, ReviewDecision.undone_at.is_(None))
            .order_by(ReviewDecision.decided_at, ReviewDecision.version, ReviewDecision.gate)
        )
        return [Given(*row) for row in rows]

    def dispatches(self, draft: DraftId) -> Sequence[Sent]:
        rows = self._session.execute(
            select(
                Channel.name,
                _who.name,
                Dispatch.dispatched_at,
                Dispatch.status,
                Channel.outward,
            )
            .join(Channel, Channel.id == Dispatch.channel)
            .join(_who, _who.userid == Dispatch.dispatched_by)
            .where(Dispatch.draft == draft, Dispatch.status != DispatchStatus.TAKEN_BACK)
            .order_by(Dispatch.dispatched_at)
        )
        return [Sent(*row) for row in rows]

    def handovers(self, draft: DraftId) -> Sequence[Handed]:
        rows = self._session.execute(
            select(
                ReviewHandover.kind,
                _who.name,
                _to.name,
                ReviewHandover.reason,
                ReviewHandover.handed_at,
            )
            .join(_who, _who.userid == ReviewHandover.handed_by)
            .join(_to, _to.userid == ReviewHandover.handed_to)
            .where(ReviewHandover.draft == draft)
            .order_by(ReviewHandover.handed_at)
        )
        return [Handed(*row) for row in rows]

    def secrecy_reviews(
        self, bureau: UnitId, since: datetime, until: datetime
    ) -> Sequence[SecrecyReview]:
        """Return what was decided on drafts of the bureau at gates of secrecy, the oldest first."""
        rows = self._session.execute(
            select(
                Draft.id,
                Draft.number,
                Draft.title,
                Unit.name,
                ReviewDecision.verdict,
                ReviewDecision.reason,
            )
            .join(ReviewTask, ReviewTask.id == ReviewDecision.task)
            .join(Draft, Draft.id == ReviewDecision.draft)
            .join(Unit, Unit.id == Draft.unit)
            .where(
                ReviewDecision.decided_at >= since,
                ReviewDecision.decided_at < until,
                ReviewDecision.undone_at.is_(None),
                ReviewTask.role == Role.SECRECY_REVIEWER,
                Draft.bureau == bureau,
            )
            .order_by(ReviewDecision.decided_at, Draft.number)
        )
        return [SecrecyReview(*row) for row in rows]

    def secrecy_stops(self, bureau: UnitId, since: datetime, until: datetime) -> int:
        """Return how often a mark of secrecy was stopped, in what members of the bureau sent."""
        return self._session.execute(
            select(func.count())
            .select_from(AuditEntry)
            .outerjoin(Member, Member.userid == AuditEntry.actor)
            .outerjoin(Draft, Draft.id == AuditEntry.subject)
            .where(
                text("audit_entries.tag = 'secrecy:stop'"),  # as its index says it
                AuditEntry.at >= since,
                AuditEntry.at < until,
                (Member.bureau == bureau) | (Draft.bureau == bureau),
            )
        ).scalar_one()
