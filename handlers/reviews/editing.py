"""A reviewer's edit: the text that he approves is then a version of its own."""

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import named
from handlers.kit.messages import Text
from handlers.kit.versions import add_version
from handlers.reviews import texts, way
from handlers.reviews.clocks import go_on
from handlers.reviews.deciding import close_task, task_of
from handlers.reviews.gates import put_again
from handlers.rules.differences import differences, short_form
from handlers.rules.secrecy import secrecy_mark
from storage.models import Draft

_SHOWN = 200


def edit_in_review(ctx: Context, draft: Draft, *, title: str, body: str) -> str:
    """Let the sender, who may decide on the draft now, change its text; return what he changed.

    1. The text becomes the next version, and he decides on that one.
    2. Earlier gates approved another text: their approval is carried over where the route says so
       and only the wording was changed; else they are asked again when he has approved.
    3. Everybody who may decide now, he too, gets a new card: the old one was for another text.
    4. The author hears what was changed.

    Raises:
        UserError: he may not decide, nothing was changed, or the text bears a mark of secrecy.
    """
    task, _ = task_of(ctx, draft)
    before = ctx.uow.drafts.version(draft.id, draft.version)
    changes = differences(f"{before.title}\n{before.body}", f"{title}\n{body}")
    said = short_form(changes, _SHOWN)
    if not said:
        raise UserError(texts.NOTHING_CHANGED.format(name=named(draft)))
    if mark := secrecy_mark(f"{title}\n{body}"):
        raise UserError(texts.MARKED.format(mark=mark))
    was = named(draft)
    go_on(ctx, draft)
    draft.title = title
    version = add_version(ctx, draft, body)
    for waiting in ctx.uow.reviews.open_tasks(draft.id):
        close_task(ctx, waiting, texts.CARD_EDITED)
        put_again(ctx, draft, waiting)
    way.carry_over(ctx, draft)
    ctx.audit(
        "draft:edit",
        draft.id,
        before={"version": before.number, "sha256": before.sha256},
        after={"version": version.number, "sha256": version.sha256, "gate": task.gate},
    )
    told = texts.AUTHOR_EDITED.format(name=was, who=ctx.sender.name, changes=said)
    ctx.tell(
        "review_result",
        [draft.author],
        Text(text=told),
        subject=task.id,
        stage=f"v{version.number}",
    )
    return said
