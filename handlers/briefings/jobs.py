"""What is drafted by itself: the daily report at 16:30, the week's and the month's at 8:30."""

from datetime import date, datetime, time

from handlers.briefings import texts
from handlers.briefings.counting import before, draft_statistics, first_of
from handlers.briefings.drafting import draft, text_of
from handlers.briefings.keeping import lines_of, paper_of
from handlers.briefings.people import liaisons_of
from handlers.briefings.registry import DRAFTED, DUE, registry
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.kit.sensitive import in_sensitive_period
from handlers.rules.calendar import SHANGHAI, first_workday_after, local
from storage.models import Briefing
from storage.vocabulary import BriefingKind, UnitId

_ASKED_AGAIN = time(10)
_CAUGHT_UP = 7
"""In how many days of a week or month its report is still drafted, where the first were missed."""


@registry.every("30 16 * * *")
def draft_daily_reports(ctx: Context) -> None:
    """Draft the day's report of each bureau that has a liaison, and show it to him.

    On days off only in a sensitive period; the next report then begins where the last one ended.
    So does today's where yesterday's was slept through, which is not drafted in the morning.
    """
    today = local(ctx.now).date()
    if ctx.owed_since is not None and local(ctx.owed_since).date() != today:
        return
    works = ctx.calendar().is_workday(today)
    for bureau in ctx.uow.members.bureaus():
        liaisons = liaisons_of(ctx, bureau.id)
        watched = works or in_sensitive_period(ctx, bureau.id, ctx.now) is not None
        if not liaisons or not watched or ctx.uow.briefings.of_day(bureau.id, today) is not None:
            continue
        made = draft(ctx, bureau.id)
        said = Text(text=texts.DRAFTED.format(text=text_of(ctx, made)))
        ctx.tell(DRAFTED, liaisons, said, subject=made.id)
        ctx.set_timer(DUE, made.id, max(made.due_at, ctx.now))


@registry.every("30 8 * * *")
def draft_weeks_and_months(ctx: Context) -> None:
    """Draft the report of the last week and month, on the first working day after it.

    Where that day was missed it is drafted on a later one of the first seven. A report where
    nothing happened is one too, once there has been a case at all.
    """
    today = local(ctx.now).date()
    if not ctx.calendar().is_workday(today):
        return
    for bureau in ctx.uow.members.bureaus():
        if not liaisons_of(ctx, bureau.id):
            continue
        for kind in (BriefingKind.WEEKLY, BriefingKind.MONTHLY):
            if _is_missing(ctx, bureau.id, kind, today):
                _draft_and_ask(ctx, bureau.id, kind, before(today, kind))


def _is_missing(ctx: Context, bureau: UnitId, kind: BriefingKind, today: date) -> bool:
    """Tell whether the report of the last week or month is still to be drafted."""
    begun = first_of(today, kind)
    if (today - begun).days >= _CAUGHT_UP:
        return False
    ended = datetime.combine(begun, time(), SHANGHAI)
    if not ctx.uow.briefings.began_before(bureau, ended):
        return False
    return ctx.uow.briefings.of_day(bureau, before(today, kind), kind) is None


def _draft_and_ask(ctx: Context, bureau: UnitId, kind: BriefingKind, first: date) -> None:
    made = draft_statistics(ctx, bureau, kind, first)
    liaisons = liaisons_of(ctx, bureau)
    ctx.tell(DRAFTED, liaisons, Text(text=shown_draft(ctx, made)), subject=made.id)
    ctx.tell(DRAFTED, liaisons, paper_of(made), subject=made.id, stage="file")
    workday = first_workday_after(local(ctx.now).date(), ctx.calendar().is_workday)
    ctx.set_timer(DUE, made.id, datetime.combine(workday, _ASKED_AGAIN, SHANGHAI), stage="asked")


def shown_draft(ctx: Context, briefing: Briefing) -> str:
    """Say what a week's or month's report says, and what may be done with it."""
    lines = lines_of(ctx, briefing)
    return texts.STATISTICS_DRAFT.format(lines=lines, name=texts.NAMES[briefing.kind])
