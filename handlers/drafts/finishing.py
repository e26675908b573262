"""What the office does to a draft that is signed: the last edit, before it is sent out."""

from handlers.drafts import texts
from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import facts, named, viewer
from handlers.kit.messages import Text
from handlers.kit.rewriting import EDITS, rewritten
from handlers.kit.versions import add_version
from handlers.rules.differences import differences, short_form
from handlers.rules.review_flow import MOVES, Move, after
from handlers.rules.secrecy import secrecy_mark
from handlers.rules.wording import changed_share
from storage.models import Draft
from storage.vocabulary import Role, Verdict

_SHOWN = 200
_MOSTLY = 0.5
"""The part of a text from which the editor counts as one of its authors in some bureaus."""


def may_finish(ctx: Context, draft: Draft) -> bool:
    """Tell whether the draft is signed and not sent out, and the sender of its office."""
    if (draft.status, Move.EDIT) not in MOVES:
        return False
    return viewer(ctx).holds({Role.OFFICE}, facts(ctx, draft).lineage)


def edit_signed(ctx: Context, draft: Draft, asked: Asked) -> str:
    """Make the office's edit a version of its own; the author and the signer are shown it.

    Raises:
        UserError: there is no text, nothing is changed, or it bears a mark of secrecy.
    """
    before = ctx.uow.drafts.version(draft.id, draft.version)
    title, body = before.title, asked.text or before.body
    if EDITS & asked.slots.keys():
        title, body = rewritten(before.title, before.body, asked.slots)
    old, new = f"{before.title}\n{before.body}", f"{title}\n{body}"
    changes = short_form(differences(old, new), _SHOWN)
    if not changes:
        raise UserError(texts.FINAL_TEXT.format(name=named(draft), number=draft.number))
    if mark := secrecy_mark(new):
        raise UserError(texts.MARKED.format(mark=mark))
    was, status = named(draft), draft.status
    draft.title = title
    version = add_version(ctx, draft, body)
    draft.status = after(draft.status, Move.EDIT)
    share = changed_share(old, new)
    ctx.audit(
        "draft:edit",
        draft.id,
        before={"status": status, "version": before.number, "sha256": before.sha256},
        after={"version": version.number, "sha256": version.sha256, "share": round(share, 3)},
    )
    words = {"name": was, "share": f"{share:.0%}", "version": version.number}
    told = texts.TOLD_FINAL.format(**words, who=ctx.sender.name, changes=changes)
    signers = [
        one.decided_by
        for one in ctx.uow.reviews.decisions(draft.id)
        if one.verdict is Verdict.APPROVE
    ]
    people = {draft.author, *signers[-1:]} - {ctx.sender.userid}
    stage = f"v{version.number}"
    ctx.tell("draft_edited", sorted(people), Text(text=told), subject=draft.id, stage=stage)
    shared = texts.FINAL_SHARED if share >= _MOSTLY else ""
    return texts.FINAL.format(**words) + shared
