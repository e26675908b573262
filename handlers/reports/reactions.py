"""A month that was counted after its cut-off becomes a notice, for the office to read."""

from handlers.kit.context import Context
from handlers.kit.events import MonthCounted
from handlers.reports.commands import registry
from handlers.reports.notices import drafted, tell_office
from storage.vocabulary import NoticeStatus


@registry.on(MonthCounted)
def draft_notice(ctx: Context, event: MonthCounted) -> None:
    """Draft the notice of the month, unless there is one, and tell the office of it."""
    notice = drafted(ctx, event.bureau, event.month)
    if notice is not None and notice.status is NoticeStatus.DRAFTED:
        tell_office(ctx, notice)
