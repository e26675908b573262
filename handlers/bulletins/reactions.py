"""A draft that is taken down leaves an issue that nobody signed; of a signed one it is told."""

from handlers.bulletins import texts
from handlers.bulletins.commands import registry
from handlers.bulletins.issues import called, withdrawn_from_signers
from handlers.bulletins.signing import TOLD
from handlers.kit.context import Context
from handlers.kit.events import DraftTakenDown, DraftWithdrawn
from handlers.kit.finding import named
from handlers.kit.messages import Text
from storage.models import BulletinIssue, Draft
from storage.vocabulary import IssueStatus, UserId


@registry.on(DraftTakenDown)
@registry.on(DraftWithdrawn)
def take_out(ctx: Context, event: DraftTakenDown | DraftWithdrawn) -> None:
    draft = ctx.uow.drafts.get(event.draft)
    for found, _ in ctx.uow.bulletins.issues_with([event.draft]):
        issue = ctx.uow.bulletins.lock(found.id)
        if issue is None:
            continue
        if issue.status is IssueStatus.DRAFTING:
            said = _taken_out(ctx, issue, draft)
        else:
            said = _told_of(ctx, issue, draft)
        concerned = {*issue.hands, issue.signed_by} - {""}
        told = sorted(UserId(each) for each in concerned)
        ctx.tell(TOLD, told, Text(text=said), subject=issue.id, stage=f"down {draft.id}")


def _taken_out(ctx: Context, issue: BulletinIssue, draft: Draft) -> str:
    for one in ctx.uow.bulletins.items(issue.id):
        if one.item.draft == draft.id:
            ctx.uow.bulletins.remove(one.item)
    again = texts.AGAIN if withdrawn_from_signers(ctx, issue) else ""
    ctx.audit("bulletin:drop", issue.id, after={"drafts": [draft.id], "taken_down": True})
    return texts.TAKEN_OUT.format(name=named(draft), called=called(ctx, issue), again=again)


def _told_of(ctx: Context, issue: BulletinIssue, draft: Draft) -> str:
    signed = issue.status is IssueStatus.SIGNED
    advice = texts.RECALL_SIGNED if signed else texts.RECALL_PRINTED
    return texts.TAKEN_DOWN_LATER.format(
        name=named(draft),
        called=called(ctx, issue),
        status=texts.STATUS[issue.status],
        advice=advice.format(number=issue.number, to=issue.distributed_to),
    )
