"""写稿页: a draft that is written, changed or handed in on a page; and taken back on its own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.drafts import intake, texts, writing
from handlers.drafts.commands import registry
from handlers.drafts.withdrawing import withdraw
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AnswerChosen
from handlers.kit.finding import named, sees
from storage.models import Draft
from storage.vocabulary import CallId, DraftId


@registry.form("compose")
def write_on_page(ctx: Context, form: Form) -> str:
    """Take the whole text of a draft as it now stands on the page.

    ``draft`` is its id; one that is not there yet is begun under it. ``pictures`` are a JSON list
    of [name, hash] of what was uploaded, ``removed`` of attachments that are to go. ``submit``
    hands it in; ``agreed`` is the hash of the text about which the author has said yes. ``call`` is
    the call that it answers, empty for none.

    Raises:
        UserError: it has no title, it is somebody else's or already on its way, or it cannot be
            handed in; then nothing is changed.
    """
    fields = form.fields
    draft = _opened(ctx, DraftId(fields["draft"]), fields["title"])
    _rewrite(ctx, draft, fields)
    said = _chosen(ctx, draft, fields)
    if not fields.get("submit"):
        return "\n".join([texts.SAVED.format(name=named(draft), number=draft.number), *said])
    # The talk in the chat may be about something else: what is asked is asked on the page.
    return writing.hand_in(replace(ctx, talk=None), draft, agreed=fields.get("agreed", ""))


def _chosen(ctx: Context, draft: Draft, fields: Mapping[str, str]) -> Sequence[str]:
    """Let the draft answer the call that is chosen; return what is said of it."""
    if "call" not in fields:
        return ()
    return ctx.emit(AnswerChosen(draft=draft.id, call=CallId(fields["call"])))


def _opened(ctx: Context, draft_id: DraftId, title: str) -> Draft:
    found = ctx.uow.pages.find(draft_id)
    if found is None:
        return writing.begin(ctx, title, draft_id=draft_id)
    if found.author != ctx.sender.userid:
        raise UserError(texts.NOT_YOURS.format(name=texts.THIS_DRAFT))
    draft = ctx.uow.drafts.lock(draft_id)
    if draft.status not in writing.WRITABLE:
        raise UserError(texts.NOT_OPEN.format(name=named(draft), status=texts.STATUS[draft.status]))
    return draft


def _rewrite(ctx: Context, draft: Draft, fields: Mapping[str, str]) -> None:
    """Put the title, the text and the pictures of the page in the place of what there was."""
    if draft.title != fields["title"]:
        writing.retitle(ctx, draft, fields["title"])
    body = fields["body"]
    if body != writing.written_text(ctx, draft):
        ctx.uow.drafts.clear_parts(draft.id, draft.version + 1)
        if body:
            writing.add_part(ctx, draft, body)
    removed = set(json.loads(fields.get("removed", "[]")))
    for attachment in ctx.uow.drafts.attachments(draft.id):
        if attachment.id in removed:
            ctx.uow.drafts.detach(attachment)
    pictures = [
        intake.KeptPicture(name=name, sha256=sha256)
        for name, sha256 in json.loads(fields.get("pictures", "[]"))
    ]
    intake.attach(ctx, draft, pictures)


@registry.form("withdraw")
def withdraw_on_page(ctx: Context, form: Form) -> str:
    """Withdraw ``draft``, as 撤稿 does.

    Raises:
        UserError: see `withdraw`; what the sender may not see is told as what is not there.
    """
    found = ctx.uow.pages.find(DraftId(form.fields["draft"]))
    if found is None or not sees(ctx, found):
        raise UserError(texts.UNSEEN)
    return withdraw(ctx, ctx.uow.drafts.lock(found.id))
