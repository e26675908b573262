"""A look through the whole shelf, piece by piece: each is a transaction that holds up nobody long.

It mends what an error, a restored table or a hand in the database left behind, and fills the shelf
of a service that had adoptions before there was one.
"""

from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.library.commands import registry
from handlers.library.shelving import shelve
from handlers.rules.calendar import local
from storage.vocabulary import DraftId

_AT_ONCE = 200


@registry.every("10 3 1 * *")
def look_through_the_library(ctx: Context) -> None:
    """Begin on the first of each month, in the night."""
    look_through(ctx, f"{local(ctx.now):%Y-%m}")


def look_through(ctx: Context, look: str) -> None:
    """Begin a look through the whole shelf; one of the same name is done once."""
    _go_on(ctx, look, DraftId(""))


@registry.timer("library_rebuild")
def look_at_the_next(ctx: Context, due: Due) -> None:
    """Work out some items anew, and let the next ones follow."""
    after, look = DraftId(due.payload.get("after", "")), str(due.payload.get("look", "first"))
    drafts = ctx.uow.library.worth_a_look(after, _AT_ONCE)
    if drafts:
        shelve(ctx, drafts)
        _go_on(ctx, look, drafts[-1])


def _go_on(ctx: Context, look: str, after: DraftId) -> None:
    ctx.set_timer(
        "library_rebuild", "library", ctx.now, stage=f"{look} {after}", look=look, after=after
    )
