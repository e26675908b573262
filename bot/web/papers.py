"""The papers of a draft: the approval form to print, the files, the versions."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, abort, render_template, send_file, url_for
from werkzeug.wrappers import Response

from bot import making
from bot.services import Services
from bot.web.family import family, looking
from bot.web.reading import draft_on_page
from handlers.drafts import paper_texts
from handlers.drafts.papers import approval_form, history
from handlers.kit.context import Context
from handlers.kit.finding import named
from storage.models import Draft
from storage.vocabulary import PaperKind

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper_pages(services: Services) -> Blueprint:
    blueprint = family(services, "papers")

    @blueprint.get("/drafts/<draft>/form")
    def form(draft: str) -> str:
        with looking(services) as ctx:
            sheet = approval_form(ctx, _handed_in(ctx, draft))
        return render_template(
            "form.html",
            title=sheet.title,
            form=sheet,
            file=url_for(".file", draft=draft, kind=PaperKind.APPROVAL_FORM),
        )

    @blueprint.get("/drafts/<draft>/history")
    def versions(draft: str) -> str:
        with looking(services) as ctx:
            found = _handed_in(ctx, draft)
            lines, name = history(ctx, found), named(found)
        return render_template(
            "history.html",
            title=name,
            lines=lines,
            form=url_for(".form", draft=draft),
            file=url_for(".file", draft=draft, kind=PaperKind.ARTICLE),
        )

    @blueprint.get("/drafts/<draft>/<kind>.docx")
    def file(draft: str, kind: str) -> Response:
        if kind not in paper_texts.FILES:
            abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            found, paper = _handed_in(ctx, draft), PaperKind(kind)
            write = making.writer(ctx, paper, found.id)
            name = paper_texts.FILES[paper].format(year=found.year, number=found.number)
        content = making.written(services, write)
        return send_file(BytesIO(content), mimetype=WORD, as_attachment=True, download_name=name)

    return blueprint


def _handed_in(ctx: Context, draft: str) -> Draft:
    """Return a draft that the visitor may see and that has a text; else there is no such page."""
    found = draft_on_page(ctx, draft)
    if not found.version:
        abort(HTTPStatus.NOT_FOUND)
    return found
