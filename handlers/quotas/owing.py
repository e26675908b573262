"""Which units owe something by the end of a month: who has nothing for it says so (零报告)."""

from datetime import timedelta

from handlers.kit.context import Context
from handlers.kit.events import ReportersAsked
from handlers.kit.writers import there_before
from handlers.quotas.commands import registry
from handlers.quotas.progress import Progress, board
from handlers.rules.calendar import local, period_bounds

_WEEK = "week"


@registry.on(ReportersAsked)
def name_who_owes(ctx: Context, event: ReportersAsked) -> None:
    """Add the units that have a task of which the time ends in the month, the shortest such time.

    Whoever has to hand in something in a quarter is so asked in its last month only; a unit owes
    nothing for a month that was over before it was there.
    """
    _, over = period_bounds(event.month)
    units = there_before(ctx, ctx.uow.members.sections_of(event.bureau), over)
    last = local(over - timedelta(seconds=1)).date()

    def ends(one: Progress) -> bool:
        return one.duty.length == _WEEK or one.window.last <= last

    for unit, found in board(ctx, event.bureau, units, event.month).items():
        begun = [one.window.first for one in found if one.target and ends(one)]
        if begun:
            event.since[unit] = max(begun)
