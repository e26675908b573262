"""A form of a page handed in as a message, and afterwards what was answered to it."""

from flask import request

from bot import dispatch
from bot.forms import form_key, page_form
from bot.services import Services
from bot.web import visitors
from handlers.kit.context import Context


def hand_in(services: Services, act: str, form: str, fields: dict[str, str]) -> str:
    """Let the visitor's form walk the path of a message, and return what is answered.

    An *act* that is sent twice is handled once.
    """
    sent = page_form(visitors.me().userid, act, services.now(), form, fields)
    return dispatch.handle(services, sent)


def answered(ctx: Context) -> str:
    """Return what was answered to the act that the address names as ``done``; else nothing."""
    done, member = request.args.get("done", ""), ctx.sender.userid
    return ctx.uow.pages.answer(form_key(member, done), member) if done else ""
