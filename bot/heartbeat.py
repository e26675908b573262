"""The heartbeat: a monitor outside is to raise an alarm when it stays away.

For whoever watches the service from outside cannot trust what the service says of itself; it can
trust that nothing was said. Only the web process gives it: a scheduler does not vouch for itself.
"""

import httpx
import structlog

from bot.services import Services
from handlers.rules.troubles import LATE, SILENT

log = structlog.get_logger()

_SECONDS = 5.0
_LATE_TIMERS = "timers"


def withheld(services: Services) -> list[str]:
    """Return why there is to be no heartbeat now; nothing while what is due is done.

    Timers that are late count at once, whether anybody was told of them yet or not.
    """
    with services.database.reading() as uow:
        why = {one.kind.value for one in uow.troubles.open() if one.kind in SILENT}
        if uow.figures.late_timers(services.now() - LATE):
            why.add(_LATE_TIMERS)
    return sorted(why)


def give(services: Services) -> None:
    """Call the monitor's address, if one is set, unless the heartbeat is withheld."""
    address = services.config.troubles.heartbeat_url
    if not address:
        return
    if why := withheld(services):
        log.warning("heartbeat_withheld", why=why)
        return
    try:
        with httpx.Client(timeout=_SECONDS) as client:
            client.get(address).raise_for_status()
    except httpx.HTTPError as error:
        log.warning("heartbeat_failed", error=type(error).__name__)
