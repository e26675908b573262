"""The verdict that a reviewer gives on a draft's page: the same decision as in words."""

from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import sees
from handlers.reviews import texts
from handlers.reviews.commands import registry, still_open
from handlers.reviews.deciding import decide
from storage.vocabulary import TaskId, Verdict


@registry.form("review")
def decide_on_page(ctx: Context, form: Form) -> str:
    """Take ``verdict``, with a ``reason``, on the ``task`` whose text stood on the page.

    Raises:
        UserError: the text has changed since, somebody was faster, it is not the sender's to
            decide, or a return has no reason.
    """
    task = ctx.uow.reviews.task(TaskId(form.fields["task"]))
    if task is None or not sees(ctx, ctx.uow.drafts.get(task.draft)):
        raise UserError(texts.NOTHING_WAITS)
    draft, _ = still_open(ctx, task.id)
    verdict, reason = Verdict(form.fields["verdict"]), form.fields["reason"].strip()
    if verdict is Verdict.RETURN and not reason:
        raise UserError(texts.NO_REASON)
    return decide(ctx, draft, verdict, reason=reason)
