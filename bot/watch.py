"""Look at the service itself: gather what can be seen, and let administrators be told.

The scheduler looks at each tick. The web process looks too, for a scheduler that is gone cannot
say so. Whoever looked lately saves the others the trouble.
"""

import shutil
import threading
from datetime import datetime, time, timedelta
from pathlib import Path

import structlog
from redis import RedisError
from sqlalchemy.engine import make_url

from bot import canary, heartbeat, vitals
from bot.channel.port import Remedy
from bot.config import Config
from bot.doctor import disk
from bot.doctor.findings import Level
from bot.doctor.refusals import explain, seen_address
from bot.services import Services
from bot.vitals import Refusal, Vitals
from handlers.kit.clocks import CLOCKS
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.troubles import LATE, Facts, Overdue, signs
from handlers.troubles import capability as troubles
from storage.models import CanaryRun
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import TroubleKind

log = structlog.get_logger()

NUMBER = "错误码{code}"
NUMBER_AND_ADDRESS = "本机地址{address}，错误码{code}"

_PAUSE = timedelta(seconds=30)
_PROBE_EVERY = timedelta(minutes=5)
_PROBE_AGAIN = timedelta(minutes=1)
_MIB = 1024**2
_BY_CHECK = {"token": TroubleKind.CREDENTIALS, "trusted IP": TroubleKind.ADDRESS}
"""The doctor's word for what WeCom refuses, and ours."""


def loop(services: Services, stop: threading.Event, seconds: float) -> None:
    """Look again and again, and tell the monitor outside that all is well, if it is.

    A look that fails is logged, and the next one sees more; then there is no heartbeat either.
    """
    while not stop.wait(seconds):
        try:
            look(services)
            heartbeat.give(services)
        except Exception:
            log.exception("look_failed")


def look(services: Services) -> None:
    """Look once, unless somebody just did; what has to change does so in one transaction."""
    now = services.now()
    seen = _seen(services)
    if seen is not None:
        if seen.looked_at is not None and timedelta(0) <= now - seen.looked_at < _PAUSE:
            return
        vitals.looked(services.redis, now)
        _ask(services, seen, now)
    with services.database.reading() as uow:
        ctx, last = services.context(uow), uow.canaries.last()
        owed = troubles.owed(ctx, last)
        found = signs(_facts(services, uow, seen, now, last))
        changed = bool(troubles.changes(ctx, found))
    canary.attend(services, last, owed=owed)
    if not changed:
        return
    with services.database.begin() as uow:
        ctx = services.context(uow)
        made = [(one, troubles.carry_out(ctx, one)) for one in troubles.changes(ctx, found)]
    for change, told in made:
        if told:
            log.warning("trouble", kind=change.kind, move=change.move.value, detail=change.detail)


def _seen(services: Services) -> Vitals | None:
    try:
        return vitals.read(services.redis)
    except RedisError as error:
        log.warning("redis_away", error=type(error).__name__)
        return None


def _ask(services: Services, seen: Vitals, now: datetime) -> None:
    """Ring for a probe: rarely while all is well, and until a worker answers."""
    every = _PROBE_EVERY if seen.probe is None else _PROBE_AGAIN
    if seen.asked_at is None and seen.probed_at is not None and now - seen.probed_at < every:
        return
    vitals.asked(services.redis, now)
    services.doorbell.ring("probe")


def _facts(
    services: Services,
    uow: UnitOfWork,
    seen: Vitals | None,
    now: datetime,
    last: CanaryRun | None,
) -> Facts:
    """Return what can be seen; nobody is counted for a limit that one member would not reach."""
    policy = services.config.troubles
    midnight = datetime.combine(local(now).date(), time.min, SHANGHAI)
    look = uow.figures.look(midnight)
    first = look.first_timer
    late = uow.figures.late_timers(now - LATE) if first and first < now - LATE else ()
    near = look.sent >= policy.daily_warning * policy.daily_limit(1)
    return Facts(
        now=now,
        redis=seen is not None,
        refusal=_refusal(seen.refusal(now)) if seen else None,
        asked_at=seen.asked_at if seen else None,
        scheduler_at=seen.scheduler_at if seen else None,
        first_timer=first,
        overdue=[
            Overdue(kind=CLOCKS.get(one.kind, one.kind), count=one.number, first=one.first)
            for one in late
        ],
        first_message=look.first_message,
        first_file=look.first_file,
        files=look.files,
        sent=look.sent,
        limit=policy.daily_limit(uow.figures.members() if near else 1),
        near=policy.daily_warning,
        low_mib=_low_mib(services.config),
        canary=troubles.stuck_check(services.context(uow), last),
    )


def _refusal(refusal: Refusal | None) -> tuple[TroubleKind, str] | None:
    """Return which trouble a refusal is, as the doctor understands it, and its number."""
    if refusal is None:
        return None
    error = refusal.error
    address = seen_address(error)
    template = NUMBER_AND_ADDRESS if address else NUMBER
    detail = template.format(address=address, code=error.code) if error.code is not None else ""
    match error.remedy:
        case Remedy.WAIT:
            return TroubleKind.LIMITED, detail
        case Remedy.RECONFIGURE:
            return _BY_CHECK.get(explain(error).check, TroubleKind.REFUSED), detail
        case _:
            return TroubleKind.UNREACHABLE, detail


def _low_mib(config: Config) -> int | None:
    """Return what is left of the fullest disk of ours, if the doctor would warn of it."""
    folders = [config.storage.media_dir, config.storage.state]
    url = make_url(config.storage.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        folders.append(Path(url.database).parent)
    try:
        places = {disk.nearest(folder) for folder in folders}
        free, place = min((shutil.disk_usage(place).free, place) for place in places)
    except OSError as error:
        log.warning("disk_unknown", error=type(error).__name__)
        return None
    return None if disk.room(place, free).level is Level.OK else free // _MIB
