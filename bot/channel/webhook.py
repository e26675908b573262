"""`/wecom/callback`: from WeCom's HTTP request to one typed message, and the answer back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from traceback import extract_tb

import structlog
from flask import Blueprint, Response, request

from bot import metrics
from bot.bodies import whole_body
from bot.channel.crypto import CallbackCrypto
from bot.channel.envelope import open_envelope
from bot.channel.inbound import Inbound, parse
from bot.channel.refusals import EnvelopeError, Refusal
from bot.channel.reply import sealed_reply, text_reply
from bot.channel.texts import split_text
from bot.clock import Now, how_far

log = structlog.get_logger()

_STATUS = {
    Refusal.STALE_TIMESTAMP: HTTPStatus.FORBIDDEN,
    Refusal.BAD_SIGNATURE: HTTPStatus.FORBIDDEN,
    Refusal.WRONG_RECEIVE_ID: HTTPStatus.FORBIDDEN,
    Refusal.OVERSIZE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackSettings:
    """What the console shows of a callback address; a *replay_window* of zero takes any time."""

    corp_id: str
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    max_bytes: int = 65_536
    replay_window: timedelta = timedelta(minutes=10)


def wecom_blueprint(
    settings: CallbackSettings, answer: Callable[[Inbound], str], now: Now
) -> Blueprint:
    """Build the callback address.

    *answer* is called once for each callback that proves to be WeCom's, repeated ones included: it
    knows them by their key. What it returns is the passive reply, an empty string for none. If it
    raises, WeCom gets a 500 and comes again.

    Raises:
        ValueError: the key is malformed.
    """
    crypto = CallbackCrypto(settings.token, settings.encoding_aes_key, settings.corp_id)
    blueprint = Blueprint("wecom", __name__)

    @blueprint.get("/wecom/callback")
    def verify() -> Response:
        echo = _opened(crypto, settings, now, _argument("echostr"))
        return Response(echo, mimetype="text/plain")

    @blueprint.post("/wecom/callback")
    def receive() -> Response:
        _argument("msg_signature")  # before the body is read
        ciphertext = open_envelope(whole_body(settings.max_bytes))
        inbound = parse(_opened(crypto, settings, now, ciphertext))
        content = _passive(inbound, answer(inbound))
        if not content:
            return Response()
        reply = text_reply(inbound.sender, settings.corp_id, content, now())
        return Response(sealed_reply(crypto, reply, now()), mimetype="application/xml")

    blueprint.register_error_handler(EnvelopeError, _refused)
    blueprint.register_error_handler(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _oversize)
    blueprint.register_error_handler(Exception, _failed)
    return blueprint


def _opened(crypto: CallbackCrypto, settings: CallbackSettings, now: Now, ciphertext: str) -> bytes:
    timestamp = _argument("timestamp")
    if settings.replay_window:
        _refuse_stale(timestamp, settings.replay_window, now)
    return crypto.open(_argument("msg_signature"), timestamp, _argument("nonce"), ciphertext)


def _argument(name: str) -> str:
    if value := request.args.get(name, ""):
        return value
    raise EnvelopeError(Refusal.MISSING_ARGUMENT)


def _refuse_stale(timestamp: str, window: timedelta, now: Now) -> None:
    """Refuse a time outside *window*."""
    try:
        sent_at = datetime.fromtimestamp(int(timestamp), UTC)
    except (ValueError, OverflowError, OSError):
        raise EnvelopeError(Refusal.BAD_TIMESTAMP) from None
    if how_far(sent_at, now) > window:
        raise EnvelopeError(Refusal.STALE_TIMESTAMP)


def _passive(inbound: Inbound, content: str) -> str:
    """Return what of *content* fits the answer; to ask for more is a fault of whoever answers."""
    if not content:
        return ""
    if not inbound.accepts_reply:
        log.error("passive_reply_dropped", key=inbound.key)
        return ""
    first, *rest = split_text(content)
    if rest:
        log.error("passive_reply_cut", key=inbound.key, parts=len(rest) + 1)
    return first


def _refused(error: EnvelopeError) -> Response:
    log.warning("callback_refused", reason=error.reason.value)
    metrics.callback_refused(error.reason.value)
    return Response(status=_STATUS.get(error.reason, HTTPStatus.BAD_REQUEST))


def _oversize(_: Exception) -> Response:
    return _refused(EnvelopeError(Refusal.OVERSIZE))


def _failed(error: Exception) -> Response:
    """Ask WeCom to come again.

    The log names the error and its place. Its message stays out: it may quote what a member wrote.
    """
    place = [f"{frame.filename}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-1:]]
    log.error("callback_failed", error=type(error).__name__, place=place)
    return Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
