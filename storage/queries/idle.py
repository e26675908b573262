"""Channels of a bureau's own that nothing was sent to for long."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import Channel, Dispatch
from storage.vocabulary import ChannelId, DispatchStatus, Family, Level, UnitId

_OWN = (Family.SITE, Family.ACCOUNT)


class Idle(NamedTuple):
    """A channel, and when something was last sent to it."""

    id: ChannelId
    name: str
    last: datetime


class IdleChannels:
    """How long sites and accounts have stood still."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, bureau: UnitId) -> Sequence[Idle]:
        """Return the bureau's own sites and accounts that were used at all, with their last use."""
        last = func.max(Dispatch.dispatched_at)
        rows = self._session.execute(
            select(Channel.id, Channel.name, last.label("last"))
            .join(Dispatch, Dispatch.channel == Channel.id)
            .where(
                Channel.bureau == bureau,
                Channel.active,
                Channel.level == Level.OWN,
                Channel.family.in_(_OWN),
                Dispatch.status != DispatchStatus.TAKEN_BACK,
            )
            .group_by(Channel.id, Channel.name)
            .order_by(last, Channel.name)
        )
        return [Idle(*row) for row in rows]
