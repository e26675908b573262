"""系统状态: is anything wrong, and what can be done about it."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.troubles import texts
from handlers.troubles.canary import last_check
from handlers.troubles.policy import StatusPage
from handlers.troubles.registry import NOTICE, registry
from handlers.troubles.telling import full
from storage.models import Trouble
from storage.vocabulary import Outcome, Role

PAGE_LIFETIME = timedelta(minutes=10)


@registry.command(
    "系统状态",
    takes=Takes.NOTHING,
    usage="系统状态",
    purpose="看系统有没有故障、怎么处理",
    shown_to=frozenset({Role.ADMIN}),
    lightly=True,
)
def show_status(ctx: Context, _asked: Asked) -> str:
    _only_administrators(ctx)
    troubles = ctx.uow.troubles.open()
    for trouble in troubles:
        taken_back(ctx, trouble)
    said = texts.WRONG.format(count=len(troubles)) if troubles else _well(ctx)
    # The link comes early: what is too long for one answer is pushed, and a push may not arrive.
    lines = [full(texts.LINE, one, ctx.now, number=n) for n, one in enumerate(troubles, 1)]
    return "\n".join([said, last_check(ctx), *_link(ctx), *lines])


def taken_back(ctx: Context, trouble: Trouble) -> bool:
    """Drop the sender's notice, for he is told in this answer; False when none waits for him."""
    return ctx.uow.outbox.take_back(
        trouble.id, NOTICE, ctx.sender.userid, Outcome.MERGED, "told in an answer"
    )


def _only_administrators(ctx: Context) -> None:
    if Role.ADMIN in ctx.uow.members.roles_of(ctx.sender.userid):
        return
    names = ctx.uow.members.names(ctx.uow.members.anywhere(Role.ADMIN)).values()
    raise UserError(texts.ONLY_ADMINS.format(names="、".join(names)) if names else texts.NO_ADMIN)


def _link(ctx: Context) -> Sequence[str]:
    address = ctx.policy(StatusPage).address(ctx.sender.userid, ctx.now)
    minutes = PAGE_LIFETIME // timedelta(minutes=1)
    return [texts.PAGE.format(minutes=minutes, address=address)] if address else []


def _well(ctx: Context) -> str:
    last = ctx.uow.troubles.last()
    told = full(texts.LAST, last, ctx.now) if last else texts.NONE_YET
    return texts.ALL_WELL.format(last=told)
