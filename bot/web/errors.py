"""What a page says instead of what was asked for: kindly, and what to do next."""

from http import HTTPStatus

import structlog
from flask import Flask, current_app, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from bot.ids import new_incident_no
from bot.web.links import PAGES

log = structlog.get_logger()

_WORDS = {
    HTTPStatus.BAD_REQUEST: ("没看懂这个请求", "请返回上一页再试一次。"),
    HTTPStatus.UNAUTHORIZED: (
        "登录已过期",
        "刚才提交的没有办。请重新登录后再提交一次。",
    ),
    HTTPStatus.FORBIDDEN: ("您还不能使用", "您的账号没有登记或已停用，请联系本单位管理员。"),
    HTTPStatus.NOT_FOUND: (
        "没有找到这一页",
        "内容可能不在您能看的范围里，或者地址不完整。请从聊天里的链接重新打开。",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("这一页不能这样打开", "请返回上一页再试一次。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "提交的内容太大了",
        "没有保存。请缩短文字或换小一点的文件再提交。",
    ),
}
_HOME = "mine.drafts"
_FORGED = ("页面已过期，刚才提交的没有办", "请返回上一页，刷新后再提交一次。")
_INCIDENT = (
    "系统开小差了（编号{incident}）",
    "没有保存。请稍后再试；还是不行，请把编号告诉管理员。",
)


def told(
    status: HTTPStatus, title: str, advice: str, *, again: str = "", home: str = ""
) -> Response:
    """Return a page that says one thing; *again* is where one may log in once more."""
    page = render_template("told.html", title=title, advice=advice, again=again, home=home)
    return make_response(page, status)


def register_errors(app: Flask) -> None:
    """Let errors on pages be pages; those of the callback and of the probes stay as they are."""

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response | HTTPException:
        if not request.path.startswith(PAGES):
            return error
        if isinstance(error, InternalServerError):
            return _incident()
        status = HTTPStatus(error.code or HTTPStatus.BAD_REQUEST)
        words = _FORGED if isinstance(error, CSRFError) else _WORDS.get(status)
        lost = status is HTTPStatus.NOT_FOUND and _HOME in current_app.view_functions
        home = url_for(_HOME) if lost else ""
        return told(status, *(words or _WORDS[HTTPStatus.BAD_REQUEST]), home=home)


def _incident() -> Response:
    incident = new_incident_no()
    log.error("page_failed", incident=incident, endpoint=request.endpoint)
    title, advice = _INCIDENT
    return told(HTTPStatus.INTERNAL_SERVER_ERROR, title.format(incident=incident), advice)
