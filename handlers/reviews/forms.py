"""What a reviewer fills in on a draft's page: the same acts as in words."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum, unique

from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import sees
from handlers.kit.undoing import UNDO_WITHIN
from handlers.reviews import texts
from handlers.reviews.beyond import approve_rewritten, approve_with_more
from handlers.reviews.commands import registry, still_open
from handlers.reviews.deciding import decide
from handlers.reviews.handing import countersign, several, transfer
from handlers.reviews.holding import put_off, take_up
from handlers.reviews.undoing import take_back
from storage.models import Draft
from storage.vocabulary import TaskId, Verdict


@unique
class Act(StrEnum):
    """What can be done with a draft on its page; *reason* are the words beside it.

    APPROVE, EDIT, RETURN and CONDITION decide; EDIT approves *title* and *body* as they are then.
    For TRANSFER and COUNTERSIGN *whom* names people or units, for HOLD *until* is a day as
    2026-09-25, or empty.
    """

    APPROVE = "approve"
    EDIT = "edit"
    RETURN = "return"
    CONDITION = "condition"
    TRANSFER = "transfer"
    COUNTERSIGN = "countersign"
    HOLD = "hold"
    RESUME = "resume"


@registry.form("review")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``verdict``, an `Act`, with the ``task`` whose text stood on the page.

    Raises:
        UserError: the text has changed since, somebody was faster, it is not the sender's to
            do, or something that the act needs is missing.
    """
    task = ctx.uow.reviews.task(TaskId(form.fields["task"]))
    if task is None or not sees(ctx, ctx.uow.drafts.get(task.draft)):
        raise UserError(texts.NOTHING_WAITS)
    draft, _ = still_open(ctx, task.id)
    fields = {name: value.strip() for name, value in form.fields.items()}
    act = Act(fields["verdict"])
    for name, refusal in _NEEDS.get(act, {}).items():
        if not fields.get(name):
            raise UserError(refusal)
    return _ACTS[act](ctx, draft, fields)


@registry.form("undo")
def undo_on_page(ctx: Context, form: Form) -> str:
    """Take back the sender's verdict of the last two minutes, if it was about ``draft``.

    Raises:
        UserError: it was not, there is none, or somebody has acted on it.
    """
    latest = ctx.uow.reviews.latest_by(ctx.sender.userid, ctx.now - UNDO_WITHIN)
    if latest is None or latest.draft != form.fields["draft"]:
        raise UserError(texts.NOTHING_TO_UNDO)
    return take_back(ctx, latest)


Fields = Mapping[str, str]


def _approve(ctx: Context, draft: Draft, fields: Fields) -> str:
    return decide(ctx, draft, Verdict.APPROVE, reason=fields["reason"])


def _edit(ctx: Context, draft: Draft, fields: Fields) -> str:
    body = "\n".join(line.rstrip() for line in fields["body"].splitlines())
    return approve_rewritten(ctx, draft, fields["title"], body, fields["reason"])


def _return(ctx: Context, draft: Draft, fields: Fields) -> str:
    return decide(ctx, draft, Verdict.RETURN, reason=fields["reason"])


def _approve_under(ctx: Context, draft: Draft, fields: Fields) -> str:
    return approve_with_more(ctx, draft, fields["reason"], {"conditional": True})


def _transfer(ctx: Context, draft: Draft, fields: Fields) -> str:
    return transfer(ctx, draft, fields["whom"], fields["reason"], asking=False)


def _countersign(ctx: Context, draft: Draft, fields: Fields) -> str:
    return countersign(ctx, draft, several(fields["whom"]), fields["reason"])


def _hold(ctx: Context, draft: Draft, fields: Fields) -> str:
    until = None
    if day := fields.get("until"):
        until = ctx.calendar().opening(date.fromisoformat(day))
    return put_off(ctx, [draft], until, fields["reason"])


def _resume(ctx: Context, draft: Draft, _fields: Fields) -> str:
    return take_up(ctx, draft)


_ACTS: Mapping[Act, Callable[[Context, Draft, Fields], str]] = {
    Act.APPROVE: _approve,
    Act.EDIT: _edit,
    Act.RETURN: _return,
    Act.CONDITION: _approve_under,
    Act.TRANSFER: _transfer,
    Act.COUNTERSIGN: _countersign,
    Act.HOLD: _hold,
    Act.RESUME: _resume,
}
_NEEDS: Mapping[Act, Fields] = {
    Act.EDIT: {"title": texts.NO_TEXT, "body": texts.NO_TEXT},
    Act.RETURN: {"reason": texts.NO_REASON},
    Act.CONDITION: {"reason": texts.NO_CONDITION},
    Act.TRANSFER: {"whom": texts.NOBODY_NAMED},
    Act.COUNTERSIGN: {"whom": texts.NOBODY_NAMED},
}
