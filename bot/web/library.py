"""范文: a search through what was adopted, and one item with what was changed before."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, abort, render_template, request, url_for

from bot.services import Services
from bot.web.family import family, looking
from bot.web.lists import PAGE, page_number, turning
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import KIND_NAMES
from handlers.library.capability import model_of, search_of, uses_in_short
from handlers.library.texts import LEVELS
from handlers.rules.differences import places
from storage.queries.library import Shelved
from storage.vocabulary import DraftId

_ASKED = ("kind", "level", "channel_key", "instruction")


def library_pages(services: Services) -> Blueprint:
    blueprint = family(services, "library")

    @blueprint.get("/library")
    def search() -> tuple[str, int]:
        said, number = request.args.get("q", ""), page_number()
        chosen = {name: request.args[name] for name in _ASKED if request.args.get(name)}
        found: Sequence[Shelved] = ()
        fault, lines = "", list[Mapping[str, object]]()
        with looking(services) as ctx:
            channels = ctx.uow.adoptions.channels(ctx.sender.bureau)
            try:
                wanted = search_of(ctx, said, chosen)
            except UserError as refusal:
                fault = str(refusal)
            else:
                found = ctx.uow.library.search(
                    ctx.sender.bureau, wanted.search, PAGE + 1, (number - 1) * PAGE
                )
                lines = _lines(ctx, found[:PAGE])
        page = render_template(
            "library.html",
            title="范文",
            said=said,
            chosen=chosen,
            fault=fault,
            kinds=KIND_NAMES,
            levels=LEVELS,
            channels=channels,
            lines=lines,
            **turning(".search", number, more=len(found) > PAGE, q=said, **chosen),
        )
        return page, HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK

    @blueprint.get("/library/<draft>")
    def show(draft: str) -> str:
        with looking(services) as ctx:
            model = model_of(ctx, DraftId(draft))
        if model is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template(
            "model.html", title=model.title, model=model, count=places(model.changes)
        )

    return blueprint


def _lines(ctx: Context, found: Sequence[Shelved]) -> list[Mapping[str, object]]:
    uses = uses_in_short(ctx, [one.draft for one in found])
    return [
        {
            "name": f"{one.number}号《{one.title}》",
            "address": url_for(".show", draft=one.draft),
            "aside": f"{one.unit} · {KIND_NAMES[one.kind]} · {one.used_on:%Y-%m-%d}",
            "uses": uses[one.draft],
            "remarked": one.remarked,
        }
        for one in found
    ]
