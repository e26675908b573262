"""Posts that wait -> whoever judges them, many in one transaction.

A worker does it for a second and rings for the rest, so that what has to be sent gets its turn.
Posts that seem grave do not wait for others to be judged with them, and alerts of what is grave are
raised and sent before the next are judged. What was not committed still waits: dying in the middle
loses nothing and repeats nothing.
"""

import time
from collections.abc import Sequence

import structlog

from bot import scheduler
from bot.services import Services
from handlers.cases.capability import GRAVE
from handlers.feeds.capability import LANES, announce, hand_on
from handlers.kit.events import NOT_GRAVE
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import FoundStatus

log = structlog.get_logger()

_BATCH = 100
_SECONDS = 1.0
_TRIES = 3


def work(services: Services, lane: str) -> None:
    """Hand on what waits in a lane, for a second or until there is a grave alert.

    The rest is rung for.
    """
    ends = time.monotonic() + _SECONDS
    while True:
        with services.database.reading() as uow:
            waiting = uow.sources.waiting(_BATCH, LANES.index(lane), len(LANES))
        if not waiting:
            return
        if time.monotonic() > ends:
            services.doorbell.ring("posts", lane)
            return
        grave = [one.id for one in waiting if one.rank < NOT_GRAVE]
        _take(services, grave or [one.id for one in waiting])
        if scheduler.hurry(services, GRAVE):
            services.doorbell.ring("posts", lane)
            return


def _take(services: Services, items: Sequence[int]) -> None:
    """Hand on some; an error undoes them, and each is tried by itself: one must not hold up all.

    One that fails by itself is tried again, and at last left with its number.
    """
    try:
        _read_ahead(services, items)
        with services.database.begin() as uow:
            found = uow.sources.take(items)
            bureaus = uow.sources.bureaus({one.source for one in found})
            hand_on(services.context(uow), found, bureaus)
    except Exception:
        # Posts must not keep the others back: what fails is noted as failed, and tried again.
        log.exception("posts_failed", posts=list(items))
        if len(items) > 1:
            for item in items:
                _take(services, [item])
            return
        with services.database.begin() as uow:
            _note_failure(uow, items)


def _read_ahead(services: Services, items: Sequence[int]) -> None:
    """Let the words be read while another worker has its transaction."""
    with services.database.reading() as uow:
        found = uow.sources.posts(items)
        announce(services.context(uow), found, uow.sources.bureaus({one.source for one in found}))


def _note_failure(uow: UnitOfWork, items: Sequence[int]) -> None:
    for found in uow.sources.take(items):
        found.attempts += 1
        if found.attempts >= _TRIES:
            found.status = FoundStatus.FAILED
