"""A form of a page handed in as a message, and afterwards what was answered to it."""

from collections.abc import Callable
from http import HTTPStatus

from flask import make_response, redirect, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import Regexp

from bot import dispatch
from bot.forms import form_key, page_form
from bot.services import Services
from bot.web import visitors
from bot.web.family import looking
from handlers.kit.context import Context

ID = Regexp(r"^[0-9a-f]{32}\Z")
_OF_THE_WALK = frozenset({"act", "csrf_token"})


class HandedForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form that walks the path of a message; *act* was made with its page."""

    act = HiddenField(validators=[ID])

    def fields(self, **about: str) -> dict[str, str]:
        """Return what the form is *about*, and what stands in it; nothing is an empty text."""
        filled = {field.name: field.data for field in self if field.name not in _OF_THE_WALK}
        return about | {name: _as_text(value) for name, value in filled.items()}

    def fault(self) -> str:
        """Return what has to be put right first; empty where nothing."""
        return next((str(fault) for one in self.errors.values() for fault in one), "")


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "y" if value else ""
    return "" if value is None else str(value)


def hand_in(services: Services, act: str, form: str, fields: dict[str, str]) -> str:
    """Let the visitor's form walk the path of a message, and return what is answered.

    An *act* that is sent twice is handled once.
    """
    sent = page_form(visitors.me().userid, act, services.now(), form, fields)
    return dispatch.handle(services, sent)


def act_on(
    services: Services,
    form: HandedForm,
    name: str,
    about: dict[str, str],
    *,
    shown: Callable[[Context], Callable[..., str]],
    back: str,
) -> Response:
    """Hand a form in as *name*, and go *back* to the page that it is *about*, where its answer is.

    *shown* finds what the form is about, or refuses; what it returns renders the page, with the
    *fault* that has to be put right first.
    """
    valid = form.validate()
    with looking(services) as ctx:
        page = shown(ctx)
        if not valid:
            return make_response(page(fault=form.fault()), HTTPStatus.UNPROCESSABLE_ENTITY)
    hand_in(services, form.act.data, name, form.fields(**about))
    return redirect(f"{back}?done={form.act.data}", HTTPStatus.SEE_OTHER)


def answered(ctx: Context) -> str:
    """Return what was answered to the act that the address names as ``done``; else nothing."""
    done, member = request.args.get("done", ""), ctx.sender.userid
    return ctx.uow.pages.answer(form_key(member, done), member) if done else ""
