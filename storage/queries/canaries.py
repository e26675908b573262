"""The self-checks of the service: how each stands, and what has arrived of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from storage.models import CanaryRun, Draft, OutboxMessage
from storage.queries.tables import add_once
from storage.vocabulary import CANARY_AUTHOR, CanaryStep, DraftStatus, UserId

# It is asked every half a minute.
_LAST = select(CanaryRun).order_by(CanaryRun.began_at.desc(), CanaryRun.id.desc()).limit(1)
_LEFT_OVER = (DraftStatus.IN_REVIEW, DraftStatus.ON_HOLD, DraftStatus.RETURNED)


class Canaries:
    """Self-checks: each move is made once, by whoever comes first."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self) -> CanaryRun | None:
        """Return the run that began last."""
        return self._session.scalar(_LAST)

    def get(self, run: str) -> CanaryRun | None:
        return self._session.get(CanaryRun, run)

    def begin(self, run: str, now: datetime) -> bool:
        """Store a run unless it is known; tell whether it is new."""
        values = {
            "id": run,
            "began_at": now,
            "step": CanaryStep.ENTER,
            "step_at": now,
            "number": 0,
            "why": "",
            "passed": False,
        }
        return add_once(self._session, CanaryRun, values)

    def give_up_others(self, run: str, now: datetime) -> Sequence[str]:
        """End what has not ended, but for *run*; return which those are."""
        return self._session.scalars(
            update(CanaryRun)
            .where(CanaryRun.ended_at.is_(None), CanaryRun.id != run)
            .values(ended_at=now)
            .returning(CanaryRun.id)
        ).all()

    def move(self, run: CanaryRun, now: datetime, step: CanaryStep, **values: Any) -> bool:
        """Let a run go on to *step*; False when it stands elsewhere by now."""
        return self._change(run, {"step": step, "step_at": now, "why": "", **values})

    def note(self, run: CanaryRun, why: str) -> None:
        """Say what keeps a run where it stands."""
        self._change(run, {"why": why})

    def finish(self, run: CanaryRun, now: datetime) -> bool:
        """Let a run have passed; False when it has ended or stands elsewhere."""
        return self._change(run, {"ended_at": now, "passed": True, "why": ""})

    def has_arrived(self, recipient: UserId, kind: str, since: datetime) -> bool:
        """Tell whether a push of that kind, promised from *since* on, has been delivered."""
        push = (
            OutboxMessage.recipient == recipient,
            OutboxMessage.sent_at >= since,
            OutboxMessage.kind == kind,
            OutboxMessage.created_at >= since,
        )
        return bool(self._session.scalar(select(exists().where(*push))))

    def left_over(self) -> Sequence[int]:
        """Return the numbers of drafts that runs which were given up have left behind."""
        return self._session.scalars(
            select(Draft.number).where(Draft.author == CANARY_AUTHOR, Draft.status.in_(_LEFT_OVER))
        ).all()

    def _change(self, run: CanaryRun, values: dict[str, Any]) -> bool:
        changed = self._session.scalars(
            update(CanaryRun)
            .where(
                CanaryRun.id == run.id,
                CanaryRun.step == run.step,
                CanaryRun.ended_at.is_(None),
            )
            .values(**values)
            .returning(CanaryRun.id)
            .execution_options(synchronize_session=False)
        )
        return changed.first() is not None
