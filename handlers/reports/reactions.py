"""A month that was counted after its cut-off becomes a notice, for the office to read."""

from handlers.kit.context import Context
from handlers.kit.events import MonthCounted
from handlers.reports.commands import registry
from handlers.reports.notices import drafted, tell_office
from handlers.rules.calendar import period_bounds
from storage.vocabulary import NoticeStatus


@registry.on(MonthCounted)
def draft_notice(ctx: Context, event: MonthCounted) -> None:
    """Draft the notice of the month, unless there is one, and tell the office of it.

    Of a month before the bureau began to hand in drafts here there is nothing to tell.
    """
    _, end = period_bounds(event.month)
    if not ctx.uow.drafts.any_before(event.bureau, end):
        return
    notice = drafted(ctx, event.bureau, event.month)
    if notice is not None and notice.status is NoticeStatus.DRAFTED:
        tell_office(ctx, notice)
