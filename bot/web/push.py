"""`/push/SOURCE`: posts that a monitoring service sends, signed; kept at once and judged later."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from traceback import extract_tb
from typing import Any, Final

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot import metrics
from bot.bodies import whole_body
from bot.clock import how_far
from bot.config import Server
from bot.feeds.keys import PATH, SIGNATURE, TIMESTAMP, good_secrets, is_signed
from bot.feeds.limiting import Limiter, Seldom
from bot.feeds.pushed import Pushed, PushError, Remark, read_push
from bot.services import Services
from handlers.feeds.capability import ranked, record_push, record_refused
from storage.models import Source
from storage.vocabulary import SourceFault, SourceId, SourceKind

log = structlog.get_logger()

WINDOW: Final = timedelta(minutes=5)
"""How far the time of a call may be from ours."""
_A_CALL = 10
"""As how many posts a call counts by itself."""
_BETWEEN_NOTES = timedelta(minutes=1)
_DETAIL = 80
_NOBODYS = ["no source has it"]


class _Refused(Exception):  # noqa: N818 - an answer, not an error of ours
    """What is answered instead; *fault* is noted at the source that it is about."""

    def __init__(
        self,
        status: HTTPStatus,
        said: str,
        *,
        source: SourceId | None = None,
        fault: SourceFault | None = None,
        wait: int = 0,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(said)
        self.status = status
        self.source = source
        self.fault = fault
        self.wait = wait
        self.more = more or {}


def push_routes(services: Services) -> Blueprint:
    """Build the addresses that monitoring services send to."""
    blueprint = Blueprint("push", __name__)
    door = _Door(services)

    @blueprint.post(f"{PATH}<source>")
    def receive(source: str) -> Response:
        try:
            return door.take(source)
        except _Refused as refused:
            return door.refuse(refused)

    @blueprint.errorhandler(RequestEntityTooLarge)
    def oversize(_: Exception) -> Response:
        largest = services.config.feeds.push_largest_mib
        return door.refuse(
            _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"body: at most {largest} MiB")
        )

    blueprint.register_error_handler(Exception, _failed)
    return blueprint


class _Door:
    """Looks at what is sent, step by step, the cheapest first."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._limit = Limiter(services.config.feeds.push_items_per_minute, services.now)
        self._notes = Seldom(_BETWEEN_NOTES, services.now)

    def take(self, source_id: str) -> Response:
        """Keep the good posts of a call and say what became of each.

        Raises:
            _Refused: it cannot be taken as a whole; nothing of it was kept.
        """
        timestamp, signed = _header(TIMESTAMP), _header(SIGNATURE)
        sent_at = _moment(timestamp)
        _refuse_other_forms()
        body = whole_body(self._services.config.feeds.push_largest_mib * 1024 * 1024)
        source = self._sender(source_id, signed, timestamp, body)
        if how_far(sent_at, self._services.now) > WINDOW:
            ours = int(self._services.now().timestamp())
            said = f"{TIMESTAMP}: more than {WINDOW.seconds} s from our clock, which says {ours}"
            raise _Refused(HTTPStatus.UNAUTHORIZED, said, source=source.id, fault=SourceFault.CLOCK)
        self._charge(source.id, _A_CALL)
        try:
            pushed = read_push(body, self._services.now())
        except PushError as error:
            raise _Refused(
                HTTPStatus.BAD_REQUEST, str(error), source=source.id, fault=SourceFault.BODY
            ) from None
        if not pushed.found:
            raise _Refused(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"{pushed.refused[0].field}: {pushed.refused[0].said}",
                source=source.id,
                fault=SourceFault.BODY,
                more=_told(pushed, frozenset()),
            )
        self._charge(source.id, len(pushed.found))
        return self._keep(source, pushed)

    def refuse(self, refused: _Refused) -> Response:
        """Answer why not, and note it at the source, if it is somebody's, once a minute at most."""
        log.warning("push_refused", status=int(refused.status), source=refused.source)
        metrics.pushed(str(int(refused.status)))
        if refused.source and refused.fault and self._notes.is_time(refused.source):
            with self._services.database.begin() as uow:
                ctx = self._services.context(uow)
                told = str(refused)[:_DETAIL] if refused.fault is SourceFault.BODY else ""
                record_refused(ctx, refused.source, refused.fault, told)
        answer = _json({"error": str(refused), **refused.more}, refused.status)
        if refused.wait:
            answer.headers["Retry-After"] = str(refused.wait)
        return answer

    def _sender(self, source_id: str, signed: str, timestamp: str, body: bytes) -> Source:
        """Return the source that proves to have sent a body.

        One that does not exist is answered like one whose signature is wrong.
        """
        server = self._services.config.server
        with self._services.database.reading() as uow:
            source = uow.sources.get(source_id)
        known = source is not None and source.kind is SourceKind.PUSH and not source.removed_at
        secrets = _secrets(server, source, self._services.now()) if known else _NOBODYS
        if not is_signed(secrets, signed, timestamp, body) or source is None or not known:
            raise _Refused(
                HTTPStatus.UNAUTHORIZED,
                f"{SIGNATURE}: not that of this body, time and source",
                source=source.id if source is not None and known else None,
                fault=SourceFault.SIGNATURE,
            )
        if not source.active:
            raise _Refused(HTTPStatus.FORBIDDEN, "this source is stopped by the bureau")
        return source

    def _charge(self, source: SourceId, posts: int) -> None:
        if wait := self._limit.wait(source, posts):
            most = self._services.config.feeds.push_items_per_minute
            said = f"too much at once: at most {most} items a minute, try again in {wait} s"
            raise _Refused(HTTPStatus.TOO_MANY_REQUESTS, said, wait=wait)

    def _keep(self, source: Source, pushed: Pushed) -> Response:
        with self._services.database.reading() as uow:
            ctx = self._services.context(uow)
            found = ranked(ctx, source.bureau, list(pushed.found.values()))
        with self._services.database.begin() as uow:
            kept = record_push(self._services.context(uow), source.id, found)
        if kept.keys is None:  # stopped in between
            raise _Refused(HTTPStatus.FORBIDDEN, "this source is stopped by the bureau")
        told = _told(pushed, kept.keys)
        counts = {name: len(told[name]) for name in ("accepted", "duplicates", "refused")}
        log.info("push_taken", source=source.id, **counts)
        metrics.pushed("200", counts["accepted"])
        return _json(told, HTTPStatus.OK)


def _secrets(server: Server, source: Source | None, now: datetime) -> list[str]:
    return good_secrets(server, source, now) if source is not None else _NOBODYS


def _header(name: str) -> str:
    value: str = request.headers.get(name, "")
    if not value:
        raise _Refused(HTTPStatus.UNAUTHORIZED, f"{name}: this header is missing")
    return value


def _moment(timestamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(timestamp), UTC)
    except (ValueError, OverflowError, OSError):
        said = f"{TIMESTAMP}: should be seconds since 1970"
        raise _Refused(HTTPStatus.UNAUTHORIZED, said) from None


def _refuse_other_forms() -> None:
    if request.mimetype != "application/json":
        said = "Content-Type: should be application/json"
        raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, said)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        said = "Content-Encoding: send it unpacked"
        raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, said)


def _told(pushed: Pushed, kept: frozenset[str]) -> dict[str, Any]:
    """Say by its place what became of each item: of two with one id the first counts."""
    left = set(kept)
    accepted: list[int] = []
    duplicates: list[int] = []
    for index, one in pushed.found.items():
        (accepted if one.key in left else duplicates).append(index)
        left.discard(one.key)
    return {
        "accepted": accepted,
        "duplicates": duplicates,
        "refused": _remarks(pushed.refused),
        "adjusted": _remarks(pushed.adjusted),
        "ignored": pushed.ignored,
    }


def _remarks(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [{"index": one.index, "field": one.field, "said": one.said} for one in remarks]


def _json(told: dict[str, Any], status: HTTPStatus) -> Response:
    content = json.dumps(told, ensure_ascii=False)
    return Response(content, status, mimetype="application/json")


def _failed(error: Exception) -> Response:
    """Ask the service to send it again: nothing was kept, or all of it.

    The log names the error and its place. Its message stays out: it may quote a post.
    """
    place = [f"{frame.filename}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-1:]]
    log.error("push_failed", error=type(error).__name__, place=place)
    metrics.pushed("500")
    return _json({"error": "an error of ours: send it again"}, HTTPStatus.INTERNAL_SERVER_ERROR)
