"""What changed between two versions of a draft, character by character."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from bot.services import Services
from bot.web.family import family, looking
from bot.web.reading import draft_on_page
from handlers.kit.finding import named
from handlers.rules.differences import differences, places
from storage.queries.pages import VersionLine


def change_pages(services: Services) -> Blueprint:
    blueprint = family(services, "changes")

    @blueprint.get("/drafts/<draft>/changes")
    def show(draft: str) -> str:
        """Compare two versions, the last two unless others are asked for."""
        with looking(services) as ctx:
            found = draft_on_page(ctx, draft)
            versions = ctx.uow.pages.versions(found.id)
            old, new = _asked(versions)
            before = ctx.uow.drafts.version(found.id, old)
            after = ctx.uow.drafts.version(found.id, new)
            title = differences(before.title, after.title)
            body = differences(before.body, after.body)
            return render_template(
                "changes.html",
                title=f"{named(found)}的修改",
                draft=found.id,
                versions=versions,
                old=old,
                new=new,
                headline=title,
                body=body,
                count=places(title) + places(body),
            )

    return blueprint


def _asked(versions: Sequence[VersionLine]) -> tuple[int, int]:
    """Return the two versions to compare, the older first."""
    known = [one.number for one in versions]
    if not known:
        abort(HTTPStatus.NOT_FOUND)
    new = request.args.get("to", known[-1], type=int)
    old = request.args.get("from", max(new - 1, known[0]), type=int)
    if old not in known or new not in known:
        abort(HTTPStatus.NOT_FOUND)
    return min(old, new), max(old, new)
