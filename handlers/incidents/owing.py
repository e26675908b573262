"""到期: the clocks of emergencies that run, for everybody who sees the emergency."""

from handlers.incidents import texts
from handlers.incidents.clocks import PHONE, WRITTEN, done_at, due_of
from handlers.incidents.finding import named, visible
from handlers.incidents.limits import limit_of
from handlers.incidents.registry import registry
from handlers.kit.context import Context
from handlers.kit.events import Deadline, DeadlinesAsked
from handlers.rules.incidents.limits import Limit, next_follow_up
from storage.models import Incident
from storage.vocabulary import Grade

_NAMES = {PHONE: texts.PHONE, WRITTEN: texts.WRITTEN}


@registry.on(DeadlinesAsked)
def add_deadlines(ctx: Context, event: DeadlinesAsked) -> None:
    """Add both reports while they are not made, and after them the next follow-up."""
    if event.kind:
        return
    bureau = ctx.sender.bureau
    limits: dict[Grade, Limit] = {}
    for incident in visible(ctx, ctx.uow.incidents.open_in(bureau)):
        grade = incident.counts_as
        if grade not in limits:
            limits[grade] = limit_of(ctx, bureau, grade)
        event.found.extend(_of(ctx, incident, limits[grade]))


def _of(ctx: Context, incident: Incident, limit: Limit) -> list[Deadline]:
    owed = [which for which in (PHONE, WRITTEN) if done_at(incident, which) is None]
    if owed:
        return [
            Deadline(at=due_of(incident, which), line=_line(incident, _NAMES[which]))
            for which in owed
        ]
    moment = next_follow_up(limit.follow_ups, ctx.now)
    return [Deadline(at=moment, line=_line(incident, texts.NEXT_FOLLOW_UP))] if moment else []


def _line(incident: Incident, what: str) -> str:
    return texts.DUE_LINE.format(name=named(incident), what=what)
