"""/status: what is wrong, what was, and how the service is doing; for whoever has a fresh link.

A log-in cannot guard it: with a bad secret nobody could log in. The link is signed, given to
administrators only, and good for ten minutes.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any

import structlog
from flask import Blueprint, Response, make_response, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer
from redis import RedisError
from rq import Worker
from sqlalchemy.exc import SQLAlchemyError

from bot import vitals
from bot.config import Server
from bot.services import Services
from bot.web.style import STYLE
from handlers.rules.calendar import SHANGHAI, local, short_time
from handlers.troubles import capability as troubles
from handlers.troubles.texts import WORDS
from storage.models import Trouble
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UserId

log = structlog.get_logger()

EXPIRED = "链接已过期"
FORGED = "链接无效"
AGAIN = "请在企业微信里重新发送：系统状态"
CHECK = "自检"
NO_DATABASE = "数据库没有应答"
START_DATABASE = "在服务器上运行 xinshi doctor，按提示启动数据库"

_SALT = "status"
_PAST = timedelta(days=30)
_POLICY = (
    "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY.format(
        digest=base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def status_address(server: Server, member: UserId, now: datetime) -> str:
    """Return a link for *member*, good for a while; empty where there is no address or key."""
    if not server.public_url or not server.secret_key:
        return ""
    until = int((now + troubles.PAGE_LIFETIME).timestamp())
    key = _signer(server).dumps([member, until])
    return f"{server.public_url.rstrip('/')}/status?key={key}"


def status_page(services: Services) -> Blueprint:
    """Return the route of the page."""
    blueprint = Blueprint("status", __name__, template_folder="templates")

    @blueprint.get("/status")
    def show() -> Response:
        now = services.now()
        if refusal := _refusal(services.config.server, request.args.get("key", ""), now):
            return _page(HTTPStatus.FORBIDDEN, title=refusal, advice=AGAIN)
        try:
            with services.database.reading() as uow:
                return _page(HTTPStatus.OK, **_picture(services, uow, now))
        except SQLAlchemyError as error:
            log.warning("status_failed", error=type(error).__name__)
            return _page(HTTPStatus.SERVICE_UNAVAILABLE, title=NO_DATABASE, advice=START_DATABASE)

    return blueprint


def _signer(server: Server) -> URLSafeSerializer:
    return URLSafeSerializer(
        server.secret_key, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256}
    )


def _refusal(server: Server, key: str, now: datetime) -> str:
    """Return why *key* opens nothing; empty when it does."""
    if not server.secret_key:
        return FORGED
    try:
        _member, until = _signer(server).loads(key)
    except BadSignature:
        return FORGED
    return EXPIRED if now.timestamp() > until else ""


def _page(status: HTTPStatus, **shown: Any) -> Response:
    response = make_response(render_template("status.html", style=STYLE, **shown), status)
    response.headers.update(_HEADERS)
    return response


def _picture(services: Services, uow: UnitOfWork, now: datetime) -> Mapping[str, Any]:
    opened = uow.troubles.open()
    return {
        "title": f"{len(opened)}个故障" if opened else "系统正常",
        "now": f"{local(now):%H:%M:%S}",
        "opened": [_shown(one, now) for one in opened],
        "past": [_shown(one, now) for one in uow.troubles.past(now - _PAST)],
        "figures": [
            *_waiting(uow, now),
            *_signs_of_life(services, now),
            (CHECK, troubles.last_check(services.context(uow)).removeprefix(f"{CHECK}：")),
        ],
        **_spent(services, uow, now),
    }


def _shown(trouble: Trouble, now: datetime) -> Mapping[str, str]:
    words = WORDS[trouble.kind]
    return {
        "what": troubles.what(trouble),
        "since": short_time(trouble.began_at, now),
        "length": troubles.length((trouble.over_at or now) - trouble.began_at),
        "effect": words.effect,
        "remedy": words.remedy,
    }


def _waiting(uow: UnitOfWork, now: datetime) -> list[tuple[str, str]]:
    outbox = uow.figures.outbox(now)
    oldest = troubles.length(now - outbox.first) if outbox.due and outbox.first else "没有"
    return [
        ("等待发送的消息", f"{outbox.waiting}条"),
        ("已到时间、还没发出", f"{outbox.due}条"),
        ("其中最早的已等", oldest),
        ("等待重试的成员消息", f"{uow.figures.failed()}条"),
    ]


def _signs_of_life(services: Services, now: datetime) -> list[tuple[str, str]]:
    try:
        seen = vitals.read(services.redis)
        workers = len(Worker.all(connection=services.redis))
    except RedisError:
        return [("Redis", "没有应答")]
    return [
        ("发送进程", f"{workers}个，最近工作：{_moment(seen.worker_at, now)}"),
        ("定时进程", f"最近运行：{_moment(seen.scheduler_at, now)}"),
        ("企业微信", f"最近检查：{_moment(seen.probed_at, now)}"),
    ]


def _moment(moment: datetime | None, now: datetime) -> str:
    return short_time(moment, now) if moment else "没有记录"


def _spent(services: Services, uow: UnitOfWork, now: datetime) -> Mapping[str, int]:
    midnight = datetime.combine(local(now).date(), time.min, SHANGHAI)
    limit = services.config.troubles.daily_limit(uow.figures.members())
    return {"sent": uow.figures.sent_since(midnight), "limit": limit}
