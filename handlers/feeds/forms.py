"""What is done to sources on their page, as it is in words."""

from collections.abc import Callable, Mapping

from handlers.feeds import keeping, texts
from handlers.feeds.registry import registry
from handlers.feeds.sheet import BOOK
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.sheets import confirm
from storage.models import Source

_ACTS: Mapping[str, Callable[[Context, Source], str]] = {
    "try": keeping.try_now,
    "stop": keeping.stop,
    "start": keeping.start,
    "remove": keeping.remove,
}


registry.sheet(BOOK)


@registry.form("items_sheet")
def enter_sheet(ctx: Context, form: Form) -> str:
    """Enter a sheet that was checked, by the word of whoever handed it in."""
    return confirm(ctx, BOOK, form.fields["sheet"])


@registry.form("source")
def change_source(ctx: Context, form: Form) -> str:
    """Do what was asked for on the page to the source of a number.

    Raises:
        UserError: the sender does not keep them, there is none, or it cannot be done.
    """
    source = keeping.numbered(ctx, int(form.fields["number"]))
    act = _ACTS.get(form.fields["do"])
    if act is None:
        return keeping.weigh(ctx, source, form.fields["weight"].strip())
    return act(ctx, source)


@registry.form("source_added")
def add_source(ctx: Context, form: Form) -> str:
    """Add a feed by the name and address that were filled in.

    Raises:
        UserError: the sender does not keep them, the name is taken or the address none.
    """
    keeping.refuse_others(ctx)
    name = form.fields["name"].strip()
    if not name:
        raise UserError(texts.FORM)
    return keeping.add_feed(ctx, name, form.fields["url"].strip())
