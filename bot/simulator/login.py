"""The log-in page of WeCom (vendor page 91022): choose who you are, come back with a code."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, abort, render_template_string, request

from bot.simulator.corp import UnknownAccountError
from bot.simulator.server import LOOPBACK
from bot.simulator.world import World

PATH = "/connect/oauth2/authorize"

_CHOOSE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>企业微信模拟器 · 登录</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/style.css">
<main class="login">
  <h1><span class="logo" aria-hidden="true">信</span>以谁的身份登录？</h1>
  <p>真的企业微信认得出手机的主人；在这里请选一位。</p>
  <ul>
  {% for account, address in choices %}
    <li><a href="{{ address }}">{{ account.name }}<span>{{ account.department }}</span></a></li>
  {% endfor %}
  </ul>
</main>
</html>
"""


class Login:
    def __init__(self, world: World) -> None:
        self._world = world

    def authorize(self) -> Response:
        """Show who can be chosen; with ``as=userid`` go back with that member's code at once."""
        query = request.args.to_dict()
        self._check(query)
        chosen = query.pop("as", "")
        if not chosen:
            return Response(render_template_string(_CHOOSE, choices=self._choices(query)))
        try:
            code = self._world.login_code(chosen)
        except UnknownAccountError:
            abort(404)
        back = _back(query["redirect_uri"], code, query.get("state", ""))
        return Response(status=HTTPStatus.FOUND, headers={"Location": back})

    def _check(self, query: Mapping[str, str]) -> None:
        if query.get("appid") != self._world.settings.corp_id:
            abort(400, "invalid appid")
        if query.get("response_type") != "code":
            abort(400, "invalid response_type")
        home = urlsplit(self._world.settings.callback_url).hostname
        back = urlsplit(query.get("redirect_uri", ""))
        if back.scheme not in ("http", "https") or back.hostname not in LOOPBACK | {home}:
            abort(400, "50001: redirect_uri is not in the app's trusted domain")

    def _choices(self, query: Mapping[str, str]) -> list[tuple[object, str]]:
        return [
            (account, f"{PATH}?{urlencode({**query, 'as': account.userid})}")
            for account in self._world.directory.accounts()
        ]


def create_login(world: World) -> Blueprint:
    login = Blueprint("login", __name__)
    login.get(PATH)(Login(world).authorize)
    return login


def _back(address: str, code: str, state: str) -> str:
    separator = "&" if urlsplit(address).query else "?"
    return f"{address}{separator}{urlencode({'code': code, 'state': state})}"
