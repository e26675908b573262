"""Forms of pages: a roster that was handed in as a sheet."""

from handlers.duty.registry import registry
from handlers.duty.sheet import BOOK
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.sheets import confirm

registry.sheet(BOOK)


@registry.form("duty_sheet")
def enter_sheet(ctx: Context, form: Form) -> str:
    """Enter a sheet that was checked, by the word of whoever handed it in."""
    return confirm(ctx, BOOK, form.fields["sheet"])
