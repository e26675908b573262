"""What every family of pages is built on: nobody unknown, no forged form, nothing too large."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import Blueprint, abort, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from bot.services import Services
from bot.web import visitors
from bot.web.links import PAGES
from handlers.kit.context import Context

FORM_BYTES = 64 * 1024

csrf = CSRFProtect()


def family(services: Services, name: str, *, largest: int = FORM_BYTES) -> Blueprint:
    """Return a blueprint whose pages are for members who are logged in.

    *largest* is how many bytes a form may have. Who is not logged in is sent there and comes back;
    a form that did not come from a page of ours changes nothing.
    """
    blueprint = Blueprint(name, __name__, url_prefix=PAGES.rstrip("/"))

    @blueprint.before_request
    def admit() -> Response | None:
        request.max_content_length = largest
        csrf.protect()
        userid = visitors.visitor(services.now())
        if not userid:
            return _to_log_in()
        with services.database.reading() as uow:
            person = uow.members.person(userid)
            ended = uow.visits.ended(visitors.visit()[0])
            held = uow.members.roles_of(userid)
        if ended:
            visitors.let_out()
            return _to_log_in()
        if person is None:
            visitors.let_out()
            abort(HTTPStatus.FORBIDDEN)
        visitors.welcome(person, held)
        return None

    return blueprint


@contextmanager
def looking(services: Services) -> Iterator[Context]:
    """Give the view of whoever is logged in: what it changes is not kept."""
    with services.database.reading() as uow:
        yield services.context(uow, me=visitors.me())


def _to_log_in() -> Response:
    if request.method != "GET":
        abort(HTTPStatus.UNAUTHORIZED)
    return redirect(url_for("login.start", next=request.full_path.rstrip("?")))
