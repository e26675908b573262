"""Finding the draft that a page is about: whoever may not see it learns nothing of it."""

from http import HTTPStatus

from flask import abort

from handlers.kit.context import Context
from handlers.kit.finding import sees
from storage.models import Draft
from storage.vocabulary import DraftId


def draft_on_page(ctx: Context, draft: str) -> Draft:
    """Return the draft; no such page where there is none, or none that the visitor may see."""
    found = ctx.uow.pages.find(DraftId(draft))
    if found is None or not sees(ctx, found):
        abort(HTTPStatus.NOT_FOUND)
    return found
