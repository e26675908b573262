"""Alerts: which stand, which wait for whom, whom they reached, and what happened to them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.orm import Session

from storage.models import (
    Alert,
    AlertEntry,
    AlertRecipient,
    AlertSilence,
    OutboxMessage,
)
from storage.queries.tables import add_all_once
from storage.vocabulary import (
    AlertId,
    AlertStatus,
    OutboxStatus,
    Outcome,
    SilenceId,
    UnitId,
    UserId,
)

# Written out, so that both databases see that the partial indexes answer the questions.
_UNENDED = text("alerts.status != 'ended'")
_LIVE = text("alert_recipients.live")
# Built once: to build one costs more than to run it, and each alert asks all of them.
_ITS_BUREAU = Alert.bureau == bindparam("bureau")
_CODES_UNENDED = select(Alert.code).where(_ITS_BUREAU, _UNENDED)
_CODES_ENDED = select(Alert.code).where(_ITS_BUREAU, Alert.ended_at >= bindparam("since"))
_STANDING = (
    select(Alert)
    .where(_ITS_BUREAU, Alert.subject == bindparam("subject"), _UNENDED)
    .order_by(Alert.raised_at, Alert.code)
    .with_for_update()
)
_RECIPIENTS = (
    select(AlertRecipient)
    .where(AlertRecipient.alert == bindparam("alert"))
    .order_by(AlertRecipient.told_at, AlertRecipient.member)
)
_SILENCES = (
    select(AlertSilence)
    .where(AlertSilence.bureau == bindparam("bureau"), AlertSilence.until > bindparam("now"))
    .order_by(AlertSilence.number)
)
_ARRIVED = (Outcome.SENT, Outcome.MERGED, Outcome.UNCONFIRMED, Outcome.DIGESTED)


class Waiting(NamedTuple):
    """An alert that has not ended, as it stands with one of those who were told."""

    alert: Alert
    acked_at: datetime | None


class Push(NamedTuple):
    """A message about an alert: to whom, and what became of it."""

    kind: str
    recipient: UserId
    created_at: datetime
    status: OutboxStatus
    outcome: Outcome | None
    sent_at: datetime | None


class Alerts:
    """Alerts, silences and policies of alerting."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, alert: Alert) -> None:
        self._session.add(alert)
        self._session.flush()  # its recipients and its log refer to it by plain columns

    def get(self, alert: AlertId) -> Alert | None:
        return self._session.get(Alert, alert)

    def some(self, alerts: Collection[AlertId]) -> Sequence[Alert]:
        return self._session.scalars(select(Alert).where(Alert.id.in_(alerts))).all()

    def answers(self, alerts: Collection[AlertId]) -> Mapping[AlertId, tuple[int, int]]:
        """Return of each how many were told, and how many of them have answered."""
        rows = self._session.execute(
            select(
                AlertRecipient.alert,
                func.count().label("told"),
                func.count(AlertRecipient.acked_at).label("acked"),
            )
            .where(AlertRecipient.alert.in_(alerts))
            .group_by(AlertRecipient.alert)
        )
        return {row.alert: (row.told, row.acked) for row in rows}

    def lock(self, alert: AlertId) -> Alert | None:
        """Return the alert as it is now, locked for this transaction."""
        self._session.flush()
        return self._session.get(Alert, alert, with_for_update=True, populate_existing=True)

    def coded(self, bureau: UnitId, code: int) -> Alert | None:
        """Return the latest alert of a bureau that has *code*."""
        return self._session.scalar(
            select(Alert)
            .where(Alert.bureau == bureau, Alert.code == code)
            .order_by(Alert.raised_at.desc(), Alert.code.desc())
            .limit(1)
        )

    def codes_taken(self, bureau: UnitId, since: datetime) -> frozenset[int]:
        """Return the codes of what has not ended, and of what ended from *since* on."""
        rows = self._session.scalars(_CODES_UNENDED, {"bureau": bureau}).all()
        ended = self._session.scalars(_CODES_ENDED, {"bureau": bureau, "since": since}).all()
        return frozenset((*rows, *ended))

    def standing(self, bureau: UnitId, subject: str) -> Sequence[Alert]:
        """Return what has not ended about a subject, oldest first, locked."""
        return self._session.scalars(_STANDING, {"bureau": bureau, "subject": subject}).all()

    def unended(self, bureau: UnitId) -> Sequence[Alert]:
        """Return what has not ended in a bureau, oldest first."""
        return self._session.scalars(
            select(Alert)
            .where(Alert.bureau == bureau, _UNENDED)
            .order_by(Alert.raised_at, Alert.code)
        ).all()

    def lately(self, bureau: UnitId, limit: int, offset: int) -> Sequence[Alert]:
        """Return the alerts of a bureau, newest first."""
        return self._session.scalars(
            select(Alert)
            .where(Alert.bureau == bureau)
            .order_by(Alert.raised_at.desc(), Alert.code.desc())
            .limit(limit)
            .offset(offset)
        ).all()

    def below(self, alert: AlertId, bureau: UnitId) -> Sequence[Alert]:
        """Return the lighter alerts that *alert* speaks for, locked."""
        return self._session.scalars(
            select(Alert)
            .where(Alert.bureau == bureau, Alert.above == alert, _UNENDED)
            .order_by(Alert.raised_at, Alert.code)
            .with_for_update()
        ).all()

    def silenced(self, bureau: UnitId) -> Sequence[Alert]:
        """Return what waits for the end of a silence, oldest first, locked."""
        return self._session.scalars(
            select(Alert)
            .where(Alert.bureau == bureau, Alert.status == AlertStatus.SILENCED, _UNENDED)
            .order_by(Alert.raised_at, Alert.code)
            .with_for_update()
        ).all()

    def before(self, member: UserId) -> Sequence[Waiting]:
        """Return what *member* was told of and has not ended, oldest first."""
        rows = self._session.execute(
            select(Alert, AlertRecipient.acked_at)
            .join(AlertRecipient, AlertRecipient.alert == Alert.id)
            .where(AlertRecipient.member == member, _LIVE)
            .order_by(Alert.raised_at, Alert.code)
        )
        return [Waiting(row.Alert, row.acked_at) for row in rows]

    def recipients(self, alert: AlertId) -> Sequence[AlertRecipient]:
        """Return who was told, in that order."""
        self._session.flush()
        return self._session.scalars(_RECIPIENTS, {"alert": alert}).all()

    def was_told(self, alert: AlertId, member: UserId) -> AlertRecipient | None:
        self._session.flush()
        return self._session.get(AlertRecipient, (alert, member))

    def told_among(self, member: UserId, alerts: Collection[AlertId]) -> Collection[AlertId]:
        """Return those of *alerts* that *member* was told of."""
        return self._session.scalars(
            select(AlertRecipient.alert).where(
                AlertRecipient.member == member, AlertRecipient.alert.in_(alerts)
            )
        ).all()

    def reach(self, alert: AlertId, members: Collection[UserId], step: int, now: datetime) -> None:
        """Write down that *members* are told."""
        add_all_once(
            self._session,
            AlertRecipient,
            [
                {"alert": alert, "member": one, "step": step, "told_at": now, "live": True}
                for one in members
            ],
        )

    def release(self, alerts: Collection[AlertId]) -> None:
        """Let alerts wait for nobody any more."""
        self._session.flush()
        self._session.execute(
            update(AlertRecipient).where(AlertRecipient.alert.in_(alerts)).values(live=False)
        )

    def note(self, entry: AlertEntry) -> None:
        self._session.add(entry)

    def log(self, alert: AlertId) -> Sequence[AlertEntry]:
        self._session.flush()
        return self._session.scalars(
            select(AlertEntry).where(AlertEntry.alert == alert).order_by(AlertEntry.id)
        ).all()

    def pushes(self, alert: AlertId, kinds: Collection[str]) -> Sequence[Push]:
        """Return the messages about an alert, oldest first."""
        rows = self._session.execute(
            select(
                OutboxMessage.kind,
                OutboxMessage.recipient,
                OutboxMessage.created_at,
                OutboxMessage.status,
                OutboxMessage.outcome,
                OutboxMessage.sent_at,
            )
            .where(OutboxMessage.subject == alert, OutboxMessage.kind.in_(kinds))
            .order_by(OutboxMessage.created_at, OutboxMessage.id)
        )
        return [Push(*row) for row in rows]

    def last_told(self, alert: AlertId) -> Mapping[UserId, datetime]:
        """Return when each who was told got his latest card."""
        self._session.flush()
        rows = self._session.execute(
            select(OutboxMessage.recipient, func.max(OutboxMessage.created_at).label("at"))
            .where(OutboxMessage.subject == alert, OutboxMessage.kind == "alert")
            .group_by(OutboxMessage.recipient)
        )
        return {row.recipient: row.at for row in rows}

    def on_its_way(self, alert: AlertId, stage: str) -> bool:
        """Tell whether a card of that stage reached somebody, or still may."""
        self._session.flush()
        return (
            self._session.scalar(
                select(OutboxMessage.id)
                .where(
                    OutboxMessage.subject == alert,
                    OutboxMessage.kind == "alert",
                    OutboxMessage.stage == stage,
                    (OutboxMessage.status != OutboxStatus.ENDED)
                    | OutboxMessage.outcome.in_(_ARRIVED),
                )
                .limit(1)
            )
            is not None
        )

    def silence(self, silence: AlertSilence) -> None:
        self._session.add(silence)

    def silence_of(self, silence: SilenceId) -> AlertSilence | None:
        return self._session.get(AlertSilence, silence)

    def silences(self, bureau: UnitId, now: datetime) -> Sequence[AlertSilence]:
        """Return the silences that are in force."""
        return self._session.scalars(_SILENCES, {"bureau": bureau, "now": now}).all()
