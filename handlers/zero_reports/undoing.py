"""撤销: the zero report that the sender sent just now is taken back."""

from handlers.kit.context import Context
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.rules.calendar import local
from handlers.zero_reports import texts
from handlers.zero_reports.registry import registry
from handlers.zero_reports.standing import month_name


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    last = ctx.uow.zero_reports.latest_by(ctx.sender.userid, event.since)
    return last.said_at.isoformat() if last is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Take back the sender's last zero report; None if he has not sent one since."""
    last = ctx.uow.zero_reports.latest_by(ctx.sender.userid, event.since)
    if last is None:
        return None
    ctx.uow.zero_reports.remove(last)
    ctx.audit("zero_report:undo", last.unit, before={"period": last.period})
    return texts.UNDONE.format(
        unit=ctx.uow.members.unit(last.unit).name,
        month=month_name(last.period, local(ctx.now).date()),
    )
