"""The self-check's way: what its members say is encrypted as WeCom would, and posted to ourselves.

A run is a row that says where it stands. Whoever rings goes on with it as far as it can; where it
cannot, the row keeps why, and the next look rings again. What was said twice is answered once,
since each thing that is said has an id of its own, as WeCom's messages have.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import httpx
import structlog

from bot.channel import markup
from bot.channel.crypto import CallbackCrypto
from bot.channel.refusals import EnvelopeError
from bot.services import Services
from handlers.rules.calendar import local
from handlers.troubles import capability as troubles
from storage.models import CanaryRun
from storage.vocabulary import CANARY, CANARY_AUTHOR, CANARY_REVIEWER, CanaryStep, UserId

log = structlog.get_logger()

NO_ANSWER = "网页进程没有应答（{error}）"
REFUSED = "网页进程的应答是{code}"
UNREADABLE = "网页进程的应答读不懂"
NO_ALERT = "警报不见了"
NOT_EXPECTED = "回答是“{answer}”"

_SECONDS = 10.0
_SHOWN = 60
_NUMBER = re.compile(r"(\d+)号")
_TITLE = "自检 {run}"
_BODY = "这是系统每天自动走一遍全程的测试稿，不涉及任何单位和个人。"

Found = Mapping[str, Any]
"""What is kept of a step that is done; None where it is still waited for."""


class _StuckError(Exception):
    """A step could not be done; the message says what kept it."""


def attend(services: Services, last: CanaryRun | None, *, owed: bool) -> None:
    """Let the check of today begin if it is *owed*, and go on with the *last* if it has not ended.

    The caller has looked for both.
    """
    if owed:
        begin(services, f"{local(services.now()).date()}")
    elif last is not None and last.ended_at is None:
        services.doorbell.ring("canary")


def begin(services: Services, run: str) -> bool:
    """Let a check begin; False when there is one of that name."""
    with services.database.begin() as uow:
        return troubles.begin(services.context(uow), run)


def walk(services: Services, _key: str) -> None:
    """Go on with the last run as far as it can go now."""
    while (run := _unended(services)) is not None and _step(services, run):
        pass


def _unended(services: Services) -> CanaryRun | None:
    with services.database.reading() as uow:
        run = uow.canaries.last()
        return run if run is not None and run.ended_at is None else None


def _step(services: Services, run: CanaryRun) -> bool:
    """Do what a run stands at; tell whether it went on."""
    try:
        found = _STEPS[run.step](services, run)
    except _StuckError as error:
        log.warning("canary_stuck", step=run.step.value)
        with services.database.begin() as uow:
            uow.canaries.note(run, str(error))
        return False
    if found is None:
        return False
    with services.database.begin() as uow:
        ctx = services.context(uow)
        if run.step is _LAST:
            troubles.finish(ctx, run)
        else:
            troubles.go_on(ctx, run, _ORDER[_ORDER.index(run.step) + 1], **found)
    return True


def _enter(services: Services, run: CanaryRun) -> Found:
    """Hand a draft in; what earlier runs left at a gate is withdrawn first."""
    with services.database.reading() as uow:
        left = uow.canaries.left_over()
    for number in left:
        _say(services, run, CANARY_AUTHOR, f"撤稿 {number}")
    title = _TITLE.format(run=run.id)
    _expect(_say(services, run, CANARY_AUTHOR, f"投稿 {title}\n{_BODY}"), "已开始")
    said = _expect(_say(services, run, CANARY_AUTHOR, "完成"), "已提交")
    found = _NUMBER.search(said)
    if found is None:
        raise _StuckError(NOT_EXPECTED.format(answer=said[:_SHOWN]))
    return {"number": int(found[1])}


def _decide(services: Services, run: CanaryRun) -> Found:
    _expect(_say(services, run, CANARY_REVIEWER, f"通过 {run.number}"), "已通过")
    return {}


def _withdraw(services: Services, run: CanaryRun) -> Found:
    _expect(_say(services, run, CANARY_AUTHOR, f"撤稿 {run.number}"), "已撤回")
    return {}


def _acknowledge(services: Services, run: CanaryRun) -> Found:
    """Take the alert by its code, as its card says."""
    with services.database.reading() as uow:
        subject = troubles.subject_of(run.id)
        alerts = [one for one in uow.alerts.unended(CANARY) if one.subject == subject]
    if not alerts:
        raise _StuckError(NO_ALERT)
    _expect(_say(services, run, CANARY_REVIEWER, f"收到 {alerts[0].code:02}"), "已收到")
    return {}


def _arrived(recipient: UserId, kind: str) -> Callable[[Services, CanaryRun], Found | None]:
    """Return a step that waits for a push; *kind* to *recipient*."""

    def look(services: Services, run: CanaryRun) -> Found | None:
        with services.database.reading() as uow:
            arrived = uow.canaries.has_arrived(recipient, kind, run.began_at)
        return {} if arrived else None

    return look


def _fired(_services: Services, _run: CanaryRun) -> None:
    """Wait for the timer, which lets the run go on by itself."""


_STEPS: Mapping[CanaryStep, Callable[[Services, CanaryRun], Found | None]] = MappingProxyType(
    {
        CanaryStep.ENTER: _enter,
        CanaryStep.CARD: _arrived(CANARY_REVIEWER, "review_request"),
        CanaryStep.DECIDE: _decide,
        CanaryStep.RESULT: _arrived(CANARY_AUTHOR, "review_result"),
        CanaryStep.WITHDRAW: _withdraw,
        CanaryStep.TIMER: _fired,
        CanaryStep.ALERT: _arrived(CANARY_REVIEWER, "alert"),
        CanaryStep.ACKNOWLEDGE: _acknowledge,
    }
)
_ORDER = tuple(_STEPS)
_LAST = _ORDER[-1]


def _expect(said: str, word: str) -> str:
    if word not in said:
        raise _StuckError(NOT_EXPECTED.format(answer=said[:_SHOWN]))
    return said


def _say(services: Services, run: CanaryRun, sender: UserId, text: str) -> str:
    """Send *text* to our own callback as WeCom would, and return the answer.

    Raises:
        _StuckError: there is none that can be read.
    """
    wecom, now = services.config.wecom, services.now()
    crypto = CallbackCrypto(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
    told = sha256(f"{run.id} {sender} {text}".encode()).hexdigest()
    message = (
        f"<xml><ToUserName>{markup.cdata(wecom.corp_id)}</ToUserName>"
        f"<FromUserName>{markup.cdata(sender)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{markup.cdata(text)}</Content><MsgId>{int(told[:15], 16)}</MsgId>"
        f"<AgentID>{wecom.agent_id}</AgentID></xml>"
    )
    sealed = crypto.seal(message.encode())
    timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(8)
    query = {
        "msg_signature": crypto.sign(timestamp, nonce, sealed),
        "timestamp": timestamp,
        "nonce": nonce,
    }
    body = f"<xml><Encrypt>{markup.cdata(sealed)}</Encrypt></xml>"
    address = services.config.canary.address or services.config.server.own_address
    try:
        with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
            url = f"{address.rstrip('/')}/wecom/callback"
            answer = client.post(url, params=query, content=body.encode())
    except httpx.HTTPError as error:
        raise _StuckError(NO_ANSWER.format(error=type(error).__name__)) from error
    if not answer.is_success:
        raise _StuckError(REFUSED.format(code=answer.status_code))
    return _opened(crypto, answer.content)


def _opened(crypto: CallbackCrypto, body: bytes) -> str:
    """Return the text of a passive reply."""
    try:
        outer = markup.parse(markup.decode(body))
        reply = crypto.open(
            markup.required(outer, "MsgSignature"),
            markup.required(outer, "TimeStamp"),
            markup.required(outer, "Nonce"),
            markup.required(outer, "Encrypt"),
        )
        return markup.text(markup.parse(markup.decode(reply)), "Content")
    except EnvelopeError as error:
        raise _StuckError(UNREADABLE) from error
