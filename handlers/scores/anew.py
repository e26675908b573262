"""Letting months be counted anew, when nobody waits: timers that are due at once."""

from collections.abc import Iterable

from handlers.kit.context import Context
from storage.vocabulary import UnitId

RECOUNT = "score_recount"


def count_anew(ctx: Context, units: Iterable[UnitId], month: str) -> None:
    """Let *month* be counted anew for *units*, once for all that this transaction changes."""
    act = f"{ctx.now.isoformat()} {ctx.inbound}".strip()
    for unit in units:
        ctx.set_timer(RECOUNT, unit, ctx.now, stage=f"{month} {act}", month=month)
