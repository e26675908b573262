"""What is sent from the page of an issue: the same acts as in the chat."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handlers.bulletins import signing, texts
from handlers.bulletins.commands import registry
from handlers.bulletins.compiling import item_numbered, move, rewrite, take_out
from handlers.bulletins.issues import (
    begin_series,
    called,
    listed,
    refuse_unless_editor,
    refuse_unless_open,
    sees_issue,
    touched,
    withdrawn_from_signers,
)
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.versions import sha256_of
from storage.models import BulletinIssue
from storage.queries.bulletins import Placed
from storage.vocabulary import IssueId

_LINES = ("office", "report_to", "send_to", "copy_to")


@registry.form("bulletin")
def act_on_issue(ctx: Context, form: Form) -> str:
    """Do what was asked for on the page of an issue.

    Raises:
        UserError: there is no such issue for the sender, or he may not.
    """
    issue = ctx.uow.bulletins.lock(IssueId(form.fields["issue"]))
    if issue is None or not sees_issue(ctx, issue):
        raise UserError(texts.NO_ISSUE.format(number=""))
    act = _ACTS.get(form.fields["do"])
    return act(ctx, issue, form.fields) if act else texts.DID_NOTHING


def _order(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    found = _item(ctx, issue, fields)
    return move(ctx, issue, found, max(int(fields["place"] or "1") - 1, 0))


def _edit(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    found = _item(ctx, issue, fields)
    if fields["seen"] != sha256_of(found.item.title, found.item.body):
        raise UserError(texts.ITEM_CHANGED_SINCE)
    return rewrite(ctx, issue, found, fields["title"], fields["body"].replace("\r\n", "\n"))


def _drop(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    found = _item(ctx, issue, fields)
    again = take_out(ctx, issue, [found])
    name = f"{found.number}号《{found.item.title}》"
    said = texts.DROPPED.format(called=called(ctx, issue), names=name, listed=listed(ctx, issue))
    return said + again


def _total(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    refuse_unless_editor(ctx)
    refuse_unless_open(ctx, issue)
    total = int(fields["total"])
    if ctx.uow.bulletins.has_total(issue.series, total) and total != issue.total:
        raise UserError(texts.TOTAL_TAKEN.format(total=total))
    before, issue.total = issue.total, total
    again = touched(ctx, issue)
    ctx.audit("bulletin:total", issue.id, before={"total": before}, after={"total": total})
    return texts.TOTAL_CHANGED.format(called=called(ctx, issue), total=total) + again


def _offer(ctx: Context, issue: BulletinIssue, _fields: Mapping[str, str]) -> str:
    return signing.offer(ctx, issue)


def _sign(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    return signing.sign(ctx, issue, fields["seen"] or "-")


def _back(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    return signing.send_back(ctx, issue, fields["words"].strip())


def _distribute(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> str:
    return signing.distribute(ctx, issue, fields["words"].strip())


def _item(ctx: Context, issue: BulletinIssue, fields: Mapping[str, str]) -> Placed:
    refuse_unless_editor(ctx)
    refuse_unless_open(ctx, issue)
    return item_numbered(ctx, issue, int(fields["number"] or "0"))


_ACTS: Mapping[str, Callable[[Context, BulletinIssue, Mapping[str, str]], str]] = MappingProxyType(
    {
        "order": _order,
        "edit": _edit,
        "drop": _drop,
        "total": _total,
        "offer": _offer,
        "sign": _sign,
        "back": _back,
        "distribute": _distribute,
    }
)


@registry.form("bulletin_series")
def keep_series(ctx: Context, form: Form) -> str:
    """Begin a series, or change what is printed on its issues; what is not signed is signed anew.

    Raises:
        UserError: it is not the sender's to do, or it has no name.
    """
    refuse_unless_editor(ctx)
    name = form.fields["name"].strip(" 《》")
    known = {one.name: one for one in ctx.uow.bulletins.series(ctx.sender.bureau)}
    if not name:
        raise UserError(texts.SERIES_UNNAMED)
    series = known.get(name) or begin_series(ctx, name)
    before = {line: getattr(series, line) for line in _LINES} | {"copies": series.copies}
    for line in _LINES:
        setattr(series, line, form.fields[line].strip())
    series.copies = int(form.fields["copies"] or "0")
    for issue in ctx.uow.bulletins.offered_of(series.id):
        withdrawn_from_signers(ctx, issue)
    after = {line: getattr(series, line) for line in _LINES} | {"copies": series.copies}
    ctx.audit("bulletin:series", series.id, before=before, after=after)
    form_of = texts.SERIES_CHANGED if name in known else texts.SERIES_BEGUN
    return form_of.format(name=name)
