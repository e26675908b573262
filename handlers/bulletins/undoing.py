"""撤销: the sender's last act on an issue is undone, while nobody has gone on from it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers.bulletins import texts
from handlers.bulletins.commands import registry
from handlers.bulletins.issues import called, listed, refuse_unless_open
from handlers.bulletins.signing import offer_again, withdraw_offer
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from storage.models import AuditEntry, BulletinIssue, BulletinItem
from storage.vocabulary import NOBODY, DraftId, IssueId, IssueStatus, UserId

_LATEST = 20
"""How many issues are looked at: who undoes something within minutes has just had it in hand."""


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    act = _last_act(ctx, event.since)
    return act.at.isoformat() if act is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the sender's last act on an issue; None if he has not had one in hand since.

    Raises:
        UserError: somebody has gone on from it, or it has left the house.
    """
    act = _last_act(ctx, event.since)
    if act is None:
        return None
    issue = ctx.uow.bulletins.lock(IssueId(act.subject))
    if issue is None:
        return None
    undoes = _UNDONE.get(act.tag)
    if undoes is None or act.after.get("taken_down"):
        said = texts.NOT_UNDOABLE.get(act.tag, texts.NOT_UNDOABLE_ELSE)
        raise UserError(said.format(called=called(ctx, issue), number=issue.number))
    last = ctx.uow.ledger.entries(issue.id)[-1]
    if last.id != act.id:
        who = ctx.uow.members.names([last.actor]).get(last.actor, texts.NOBODY)
        raise UserError(texts.GONE_ON.format(called=called(ctx, issue), who=who))
    return undoes(ctx, issue, act)


def _last_act(ctx: Context, since: datetime) -> AuditEntry | None:
    issues = [issue.id for issue in ctx.uow.bulletins.issues(ctx.sender.bureau, _LATEST)]
    act = ctx.uow.ledger.latest_by(ctx.sender.userid, issues, since)
    return None if act is None or act.tag == "bulletin:undo" else act


def _add(ctx: Context, issue: BulletinIssue, act: AuditEntry) -> str:
    """Take out what was put in; an issue that began with it is none any more."""
    refuse_unless_open(ctx, issue)
    added = set(act.after["drafts"])
    items = ctx.uow.bulletins.items(issue.id)
    for one in items:
        if one.item.draft in added:
            ctx.uow.bulletins.remove(one.item)
    name = called(ctx, issue)
    _note(ctx, issue, act)
    if issue.opened_at == act.at and len(items) == len(added):
        ctx.uow.bulletins.forget(issue)
        return texts.UNDONE_BEGIN.format(called=name)
    return texts.UNDONE_ADD.format(called=name, listed=listed(ctx, issue))


def _drop(ctx: Context, issue: BulletinIssue, act: AuditEntry) -> str:
    """Put back what was taken out, in its place and with its words."""
    refuse_unless_open(ctx, issue)
    for item in act.before["items"]:
        ctx.uow.bulletins.add(
            BulletinItem(
                issue=issue.id,
                draft=DraftId(item["draft"]),
                position=item["position"],
                title=item["title"],
                body=item["body"],
                source=item["source"],
                added_by=UserId(item["added_by"]),
                added_at=datetime.fromisoformat(item["added_at"]),
            )
        )
    _note(ctx, issue, act)
    return texts.UNDONE_DROP.format(called=called(ctx, issue), listed=listed(ctx, issue))


def _offer(ctx: Context, issue: BulletinIssue, act: AuditEntry) -> str:
    withdraw_offer(ctx, issue)
    _note(ctx, issue, act)
    return texts.UNDONE_OFFER.format(called=called(ctx, issue), number=issue.number)


def _sign(ctx: Context, issue: BulletinIssue, act: AuditEntry) -> str:
    """Let the same content lie before its signers again."""
    issue.status, issue.offered, issue.sha256 = IssueStatus.DRAFTING, issue.sha256, ""
    issue.signed_by, issue.signed_for, issue.signed_at = NOBODY, NOBODY, None
    _note(ctx, issue, act)
    told = offer_again(ctx, issue)
    return texts.UNDONE_SIGN.format(called=called(ctx, issue), told=told, number=issue.number)


def _note(ctx: Context, issue: BulletinIssue, act: AuditEntry) -> None:
    ctx.audit("bulletin:undo", issue.id, after={"act": act.tag, "of": act.id})


_UNDONE: Mapping[str, Callable[[Context, BulletinIssue, AuditEntry], str]] = {
    "bulletin:add": _add,
    "bulletin:drop": _drop,
    "bulletin:offer": _offer,
    "bulletin:sign": _sign,
}
