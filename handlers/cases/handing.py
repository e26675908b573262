"""Whose a case is by its report: the section that it names, from who may give it; else proposed."""

from handlers.cases import texts
from handlers.cases.alarms import names
from handlers.cases.assigning import assign, gives, wait_in_words
from handlers.cases.limits import limits_of
from handlers.cases.moving import move, set_clocks
from handlers.cases.naming import named, unit_name
from handlers.cases.telling import heads_of, office_of, tell
from handlers.kit.context import Context
from handlers.kit.events import CaseAssigned, ItemJudged
from handlers.rules.cases.flow import ENDED
from storage.models import Case
from storage.vocabulary import CaseMove, UnitId


def whose(ctx: Context, case: Case, judged: ItemJudged | None) -> UnitId:
    """Return whose a new case is: the named section's, whom its alert tells, if that may be said.

    What an officer or a head found is his section's until somebody gives it away.
    """
    section = judged.section if judged is not None else None
    mine = case.unit != case.bureau
    return section if section and not mine and gives(ctx, case, section) else case.unit


def hand_over(ctx: Context, case: Case, judged: ItemJudged) -> str:
    """Give a case to the section that its report names, or propose that; say whose it is."""
    unit = judged.section
    if unit is None or case.state in ENDED:
        return ""
    fresh = judged.case_id is None
    called = ctx.uow.members.unit(unit).name
    if case.unit == unit:
        theirs = ctx.sender.unit == unit
        if fresh and judged.to_handle and not theirs:
            return _given(ctx, case, called)
        return "" if theirs else texts.OF_SECTION.format(unit=called, number=case.number)
    if not judged.to_handle and not fresh:
        return ""
    if not gives(ctx, case, unit):
        return _proposed(ctx, case, called)
    if case.assigned_at is None:
        return assign(ctx, case, called, free=True)
    has = unit_name(ctx, case)
    return texts.OF_ANOTHER.format(has=has, unit=called, number=case.number)


def _given(ctx: Context, case: Case, called: str) -> str:
    """Note that a new case was given to its section, which its alert asks already."""
    move(ctx, case, CaseMove.ASSIGN, words=called, unit=case.bureau)
    case.assigned_by, case.assigned_at = ctx.sender.userid, ctx.now
    ctx.emit(CaseAssigned(case_id=case.id, unit=case.unit))
    set_clocks(ctx, case)
    return texts.ASSIGNED.format(
        name=named(case),
        unit=called,
        due="",
        people=names(ctx, heads_of(ctx, case)) or called,
        ack=wait_in_words(limits_of(ctx, case).ack),
    )


def _proposed(ctx: Context, case: Case, called: str) -> str:
    office = office_of(ctx, case)
    facts = {"name": named(case), "unit": called, "number": case.number}
    tell(ctx, case, office, texts.TOLD_HANDING.format(who=ctx.sender.name, **facts))
    return texts.HANDING_PROPOSED.format(who=names(ctx, office) or texts.OFFICE, unit=called)
