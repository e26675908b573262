"""到期: nodes of the plan that come soon or are over; those of a call are the call's own."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from handlers.kit.context import Context
from handlers.kit.events import Deadline, DeadlinesAsked
from handlers.kit.finding import viewer
from handlers.plans import texts
from handlers.plans.naming import due_of, named, open_nodes, today_of, unit_names, units_text
from handlers.plans.registry import registry
from handlers.rules.visibility import may_see_whole_plan
from storage.queries.plans import Planned
from storage.vocabulary import NO_CALL, Role, UserId

_AHEAD = timedelta(days=21)
"""What is farther away is on the plan; ten working days before a node it is reminded of."""


@registry.on(DeadlinesAsked)
def add_deadlines(ctx: Context, event: DeadlinesAsked) -> None:
    if event.kind:
        return
    until = today_of(ctx) + _AHEAD
    found = _of_sender(ctx, _standing(ctx, until.year), whole=event.whole)
    names = unit_names(ctx, found)
    event.found.extend(
        Deadline(
            at=due_of(ctx, node.due_on).astimezone(UTC),
            line=texts.DUE_NODE.format(name=named(one.item), units=units_text(one, names)),
        )
        for one in found
        for node in open_nodes(one)
        if node.due_on <= until and node.call == NO_CALL
    )


def _standing(ctx: Context, last: int) -> list[Planned]:
    """Return the plan of this year, and of the *last* one that is looked at."""
    years = dict.fromkeys((today_of(ctx).year, last))
    return [one for year in years for one in ctx.uow.plans.of_year(ctx.sender.bureau, year)]


def _of_sender(ctx: Context, plan: Sequence[Planned], *, whole: bool) -> list[Planned]:
    """Return what the sender answers for or writes for; *whole*: all of it, if he sees that."""
    who, bureau = viewer(ctx), ctx.sender.bureau
    if whole and may_see_whole_plan(who, bureau):
        return list(plan)
    return [
        one
        for one in plan
        if who.userid in map(UserId, one.item.people)
        or who.holds({Role.OFFICER, Role.SECTION_HEAD}, one.units)
    ]
