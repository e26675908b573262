"""Tell an administrator of a trouble in front of whatever he is answered: no push may reach him."""

from handlers.kit.context import Context
from handlers.kit.events import MemberAnswered
from handlers.troubles.commands import taken_back
from handlers.troubles.registry import registry
from handlers.troubles.telling import full
from handlers.troubles.texts import BEGAN


@registry.on(MemberAnswered)
def put_in_front(ctx: Context, _event: MemberAnswered) -> str:
    """Return what the sender was promised to be told, and has not been told yet."""
    untold = [trouble for trouble in ctx.uow.troubles.open() if taken_back(ctx, trouble)]
    return "\n\n".join(full(BEGAN, trouble, ctx.now) for trouble in untold)
