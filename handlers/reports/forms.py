"""What the office does with a notice on its page: the same as in words."""

from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.reports import texts
from handlers.reports.commands import registry
from handlers.reports.notices import release, save
from handlers.reports.recounting import promise_recount
from handlers.rules.notices.figures import period_name, short_name
from handlers.rules.visibility import may_make_notices
from storage.models import Notice
from storage.vocabulary import NoticeId


@registry.form("notice")
def take_notice(ctx: Context, form: Form) -> str:
    """Take ``what`` is done with the ``notice`` whose text ``version`` stood on the page.

    ``save`` keeps the paragraphs ``good``, ``problems`` and ``next``; ``recount`` has the figures
    taken anew; ``release`` releases it.

    Raises:
        UserError: it is not the sender's to do, or the notice has another text by now.
    """
    notice = ctx.uow.notices.find(NoticeId(form.fields["notice"]))
    if notice is None or not _may(ctx, notice):
        raise UserError(texts.ONLY_OFFICE)
    ctx.uow.notices.lock(notice)
    version = int(form.fields["version"])
    if form.fields["what"] == "release":
        return release(ctx, notice, version)
    if notice.version != version:
        period = period_name(notice.period)
        month = short_name(notice.period)
        raise UserError(texts.STALE_PAGE.format(period=period, month=month, version=notice.version))
    if form.fields["what"] == "recount":
        return promise_recount(ctx, notice) + texts.REFRESH
    return save(ctx, notice, {key: form.fields.get(key, "").strip() for key in texts.SECTIONS})


def _may(ctx: Context, notice: Notice) -> bool:
    mine = notice.bureau == ctx.sender.bureau
    return mine and may_make_notices(viewer(ctx), notice.bureau)
