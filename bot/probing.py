"""Ask WeCom now and then for what any app may have: does it take our secret and our address?

It is the worker that asks; so that it does also shows that one is at work.
"""

import structlog
from redis import RedisError

from bot import vitals
from bot.channel.port import ChannelError, Remedy
from bot.services import Services

log = structlog.get_logger()


def probe(services: Services, _key: str) -> None:
    """Note whether WeCom takes our calls; when it does again, nothing waits for it any longer."""
    try:
        services.channel.check()
    except ChannelError as error:
        log.warning("probe_failed", remedy=error.remedy, code=error.code)
        vitals.probed(services.redis, services.now(), error)
        return
    before = _before(services)
    vitals.probed(services.redis, services.now(), None)
    if before is None:
        return
    log.info("channel_accepts_again", code=before.error.code)
    if before.error.remedy is Remedy.RECONFIGURE:
        vitals.accepted(services.redis)
    with services.database.begin() as uow:
        notes = {Remedy.RECONFIGURE, str(before.error.code)}
        uow.outbox.bring_forward(notes, services.now())
    services.doorbell.ring("deliver")


def _before(services: Services) -> vitals.Refusal | None:
    try:
        return vitals.read(services.redis).probe
    except RedisError:
        return None
