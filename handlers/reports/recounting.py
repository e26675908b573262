"""通报 重算: the figures of a notice are taken anew when nobody waits for them."""

from dataclasses import replace

from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from handlers.reports import texts
from handlers.reports.commands import registry
from handlers.reports.notices import may_change, recount
from handlers.rules.notices.figures import period_name
from storage.models import Notice
from storage.vocabulary import NoticeId, UserId

RECOUNT = "notice_recount"


def promise_recount(ctx: Context, notice: Notice) -> str:
    """Have the figures of a notice taken anew; who asks is told what became of them.

    Raises:
        UserError: the notice is released.
    """
    may_change(ctx, notice)
    ctx.set_timer(
        RECOUNT,
        notice.id,
        ctx.now,
        stage=(asking := ctx.new_id()),
        asking=asking,
        asked_by=ctx.sender.userid,
    )
    return texts.RECOUNT_BEGUN.format(period=period_name(notice.period))


@registry.timer(RECOUNT)
def make_recount(ctx: Context, due: Due) -> None:
    """Take the figures as they are now, in the name of who asked; done again, nothing changes."""
    member = UserId(str(due.payload["asked_by"]))
    notice = ctx.uow.notices.find(NoticeId(due.subject))
    who = ctx.uow.members.person(member)
    if notice is None or who is None:
        return
    try:
        said = recount(replace(ctx, me=who), ctx.uow.notices.lock(notice))
    except UserError as released:
        said = str(released)
    if address := ctx.link(f"notices/{notice.id}", member):
        said += texts.SHEET_PAGE.format(address=address)
    stage = str(due.payload["asking"])
    ctx.tell("report_said", [member], Text(text=said), subject=notice.id, stage=stage)
