"""How a case is called, and what its grade counts as."""

from handlers.cases import texts
from handlers.kit.context import Context
from handlers.rules.cases.alerting import Known
from handlers.rules.escalation import rank
from handlers.rules.opinion.posters import said_at
from storage.models import Case
from storage.vocabulary import CaseState, Grade


def named(case: Case) -> str:
    return texts.NAME.format(number=case.number, title=case.title)


def where_said(case: Case) -> str:
    """Return where a case is talked about, without a person's account."""
    return said_at(case.platform, case.source) or texts.ALARM_SOURCE


def grade_of(case: Case) -> Grade:
    """Return the grade that a case is handled by: a person's, until then the machine's."""
    return case.grade or case.suggested


def alarm_of(case: Case) -> Grade:
    """Return the grade that people are alarmed by.

    A person's word stands against all that he had seen. What is suggested since then and is graver
    than what was suggested to him alarms at that grade, and changes nothing that he decided.
    """
    if case.grade is None:
        return case.suggested
    seen = Grade(case.alerted.get("seen", case.suggested))
    return (
        case.suggested if rank(case.suggested) > max(rank(seen), rank(case.grade)) else case.grade
    )


def now_known(case: Case) -> Known:
    """Return what is known of a case now."""
    return Known.read({**case.alerted["now"], "grade": alarm_of(case)})


def unit_name(ctx: Context, case: Case) -> str:
    return ctx.uow.members.unit_names([case.unit])[case.unit]


def lives_on(ctx: Context, case: Case) -> Case:
    """Return the case that this one was merged into in the end; itself where it was not."""
    return heirs(ctx, case)[-1]


def heirs(ctx: Context, case: Case) -> list[Case]:
    """Return a case and those that it was merged into, one after the other."""
    found = [case]
    while found[-1].state is CaseState.MERGED:
        found += ctx.uow.cases.some([found[-1].merged_into])
    return found
