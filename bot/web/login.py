"""Logging in by WeCom (OAuth2, vendor page 91022), logging out, and links from the chat."""

from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.channel.port import ChannelError, Remedy
from bot.dispatch import UNKNOWN_MEMBER
from bot.services import Services
from bot.web import visitors
from bot.web.errors import told
from bot.web.family import family
from bot.web.links import PAGES, own_address, refusal

log = structlog.get_logger()

NOT_ASKED = "登录没有成功"
TRY_AGAIN = "登录页放得太久，或者已经用过一次。请重新登录。"
STRANGER = "您还不能使用"
OUTSIDE = "只有本单位企业微信的成员可以登录。"
AWAY = "企业微信暂时没有应答"
LATER = "请过几分钟再试。在聊天里发送消息不受影响。"
ASK_ANEW = "请在企业微信里重新发送：待审、我的稿件，或 稿件 编号，用新的链接打开。"
GOODBYE = "已退出"
CLOSE = "可以关闭这个页面了。"

_BAD_CODES = frozenset({40029, 42003, 42022})


def login_pages(services: Services) -> Blueprint:
    """Return the way in, for whoever is not logged in yet."""
    blueprint = Blueprint("login", __name__, url_prefix=PAGES.rstrip("/"))
    server = services.config.server

    @blueprint.get("/login")
    def start() -> Response:
        """Send the browser to WeCom, which knows who holds it."""
        state = visitors.expect(_inside(request.args.get("next", "")), services.now())
        return redirect(services.channel.login_address(own_address(server, "login/back"), state))

    @blueprint.get("/login/back")
    def back() -> Response:
        now = services.now()
        destination = visitors.expected(request.args.get("state", ""), now)
        code = request.args.get("code", "")
        if destination is None or not code:
            return told(HTTPStatus.FORBIDDEN, NOT_ASKED, TRY_AGAIN, again=_login())
        try:
            userid = services.channel.identify(code)
        except ChannelError as error:
            return _refused(error)
        with services.database.reading() as uow:
            known = uow.members.person(userid)
        if known is None:
            log.warning("login_refused", member=userid)
            return told(HTTPStatus.FORBIDDEN, STRANGER, UNKNOWN_MEMBER.format(userid=userid))
        visitors.let_in(userid, now)
        log.info("logged_in", member=userid)
        return redirect(destination or url_for("mine.drafts"))

    return blueprint


def visit_pages(services: Services) -> Blueprint:
    """Return what needs a log-in and shows nothing: links from the chat, and the way out."""
    blueprint = family(services, "visit")

    @blueprint.get("/go/<path:path>")
    def go(path: str) -> Response:
        """Open a link from the chat; only for whom it was made, and only for a while."""
        member = visitors.me().userid
        token = request.args.get("t", "")
        if refused := refusal(services.config.server, path, token, member, services.now()):
            return told(HTTPStatus.FORBIDDEN, refused, ASK_ANEW)
        return redirect(PAGES + path)

    @blueprint.post("/logout")
    def leave() -> Response:
        """End this visit for good: a copy of its cookie is worth nothing any more."""
        with services.database.begin() as uow:
            uow.visits.end(*visitors.visit(), services.now())
        visitors.let_out()
        return told(HTTPStatus.OK, GOODBYE, CLOSE)

    return blueprint


def _login() -> str:
    return url_for("login.start")


def _inside(address: str) -> str:
    """Return *address* if it is one of our pages: nobody is sent elsewhere from here."""
    parts = urlsplit(address)
    own = not parts.scheme and not parts.netloc and parts.path.startswith(PAGES)
    return address if own and "\\" not in address else ""


def _refused(error: ChannelError) -> Response:
    log.warning("login_failed", code=error.code, remedy=error.remedy)
    if error.remedy is Remedy.RECIPIENT:
        return told(HTTPStatus.FORBIDDEN, STRANGER, OUTSIDE)
    if error.code in _BAD_CODES:
        return told(HTTPStatus.FORBIDDEN, NOT_ASKED, TRY_AGAIN, again=_login())
    return told(HTTPStatus.SERVICE_UNAVAILABLE, AWAY, LATER, again=_login())
