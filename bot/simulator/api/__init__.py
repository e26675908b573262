"""The server API of WeCom, one module per method, mounted at ``/cgi-bin``."""

from functools import partial

from flask import Blueprint

from bot.simulator.api import (
    department_simplelist,
    getcallbackip,
    gettoken,
    getuserinfo,
    media_get,
    media_upload,
    menu_create,
    menu_delete,
    menu_get,
    message_send,
    recall,
    update_template_card,
    user_get,
    user_simplelist,
)
from bot.simulator.api.kit import serve
from bot.simulator.world import World

_METHODS = (
    gettoken,
    message_send,
    update_template_card,
    recall,
    media_upload,
    media_get,
    user_get,
    user_simplelist,
    department_simplelist,
    getuserinfo,
    menu_create,
    menu_get,
    menu_delete,
    getcallbackip,
)
METHOD_NAMES = tuple(method.ENDPOINT.path for method in _METHODS)


def create_api(world: World) -> Blueprint:
    api = Blueprint("wecom_api", __name__, url_prefix="/cgi-bin")
    for method in _METHODS:
        path = method.ENDPOINT.path
        view = partial(serve, world, method.ENDPOINT)
        api.add_url_rule(f"/{path}", path.replace("/", "_"), view, methods=["GET", "POST"])
    return api
