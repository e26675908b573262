"""Finding the draft that a page is about: whoever may not see it learns nothing of it."""

from http import HTTPStatus
from typing import NamedTuple

from flask import abort

from bot.web import visitors
from handlers.kit.context import Context
from handlers.kit.finding import facts, seen_by
from handlers.rules.visibility import DraftFacts, Viewer
from storage.models import Draft
from storage.vocabulary import DraftId


class Sight(NamedTuple):
    """A draft that the visitor may see, and what decides what he may do with it."""

    draft: Draft
    who: Viewer
    what: DraftFacts


def sight_of(ctx: Context, draft: str) -> Sight:
    """Return the draft; no such page where there is none, or none that the visitor may see."""
    found = ctx.uow.pages.find(DraftId(draft))
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    sight = Sight(found, visitors.viewer(), facts(ctx, found))
    if not seen_by(ctx, sight.who, sight.what, found):
        abort(HTTPStatus.NOT_FOUND)
    return sight


def draft_on_page(ctx: Context, draft: str) -> Draft:
    """Return the draft alone; see `sight_of`."""
    return sight_of(ctx, draft).draft
