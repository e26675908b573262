"""到期: which steps of cases are owed by the sender, or by anybody where he oversees them."""

from handlers.cases import texts
from handlers.cases.finding import numbered
from handlers.cases.moving import owed_of
from handlers.cases.naming import named
from handlers.cases.registry import registry
from handlers.kit.context import Context
from handlers.kit.events import Deadline, DeadlinesAsked
from handlers.kit.finding import viewer
from handlers.rules.cases.limits import Owed
from storage.models import Case
from storage.vocabulary import Role

_OVERSEERS = frozenset({Role.OFFICE, Role.OPINION_LIAISON, Role.PRINCIPAL})


@registry.on(DeadlinesAsked)
def add_deadlines(ctx: Context, event: DeadlinesAsked) -> None:
    """Add the next step of each case; of a case that is asked about, every step."""
    if event.kind == "case":
        case = numbered(ctx, event.number)
        event.found.extend(_line(case, one) for one in owed_of(ctx, case))
    elif not event.kind:
        for case in _of_sender(ctx, whole=event.whole):
            if steps := owed_of(ctx, case):
                event.found.append(_line(case, min(steps, key=lambda one: one.due_at)))


def _line(case: Case, one: Owed) -> Deadline:
    line = texts.DUE_STEP.format(name=named(case), step=texts.STEPS[one.step])
    return Deadline(at=one.due_at, line=line)


def _of_sender(ctx: Context, *, whole: bool) -> list[Case]:
    """Return what is open and in the sender's hands or his section's; *whole*: what he oversees."""
    who, bureau = viewer(ctx), ctx.sender.bureau
    sees_all = whole and not _OVERSEERS.isdisjoint(who.roles)

    def is_his(case: Case) -> bool:
        section = [case.unit] if case.unit != bureau else []
        return (
            sees_all
            or case.holder == who.userid
            or who.holds({Role.OFFICER, Role.SECTION_HEAD}, section)
            or (whole and who.holds({Role.DEPUTY}, [case.unit, bureau]))
        )

    return [case for case in ctx.uow.cases.open_of(bureau) if is_his(case)]
