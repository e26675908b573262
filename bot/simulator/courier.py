"""Carries callbacks to the webhook: encrypted, within the time limit, with WeCom's retries."""

import functools
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from xml.etree import ElementTree as ET

import httpx

from bot.clock import Now
from bot.simulator.corp import CorpSettings
from bot.simulator.crypto import Envelope, EnvelopeCipher, EnvelopeError
from bot.simulator.faults import Faults
from bot.simulator.ledger import Exchange, Ledger
from bot.simulator.wire import XmlError, from_xml, text_of, to_xml

RETRIES = 3
_OK = 200
_BLINK = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One callback: its plain XML, and who hears the passive reply (None: nobody would)."""

    title: str
    xml: str
    hear: Callable[[ET.Element], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What came of one attempt; *accepted* means that WeCom will not try again."""

    accepted: bool
    status: int | None = None
    reply: str = ""
    sealed: str = ""
    note: str = ""


class Courier:
    def __init__(
        self,
        settings: CorpSettings,
        now: Now,
        faults: Faults,
        ledger: Ledger,
        reply_limit: timedelta,
        carrier: httpx.BaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._now = now
        self._faults = faults
        self._ledger = ledger
        self._limit = reply_limit.total_seconds()
        self._carrier = carrier
        self._cipher = EnvelopeCipher(settings.token, settings.encoding_aes_key, settings.corp_id)
        self._lock = threading.Lock()
        self._held: list[Parcel] = []

    def deliver(self, parcel: Parcel) -> None:
        """Carry one callback, unless a fault holds it back until the next one has gone."""
        if self._faults.take_hold():
            with self._lock:
                self._held.append(parcel)
            return
        self._carry(parcel)
        self.release()

    def release(self) -> None:
        """Carry what was held back."""
        with self._lock:
            late, self._held = self._held, []
        for parcel in late:
            self._carry(parcel)

    def _carry(self, parcel: Parcel) -> None:
        heard = False
        for _ in range(1 + self._faults.take_copies()):
            reply = self._persist(parcel)
            if reply and parcel.hear and not heard:
                parcel.hear(from_xml(reply))
                heard = True

    def _persist(self, parcel: Parcel) -> str:
        for attempt in range(1, 1 + RETRIES + 1):
            answer = self._attempt(parcel, attempt)
            if answer.accepted:
                return answer.reply
        return ""

    def _attempt(self, parcel: Parcel, attempt: int) -> _Answer:
        envelope = self._cipher.seal(
            parcel.xml,
            timestamp=str(int(self._now().timestamp())),
            nonce=str(secrets.randbelow(10**10)),
        )
        sealed = to_xml(
            [
                ("ToUserName", self._settings.corp_id),
                ("AgentID", str(self._settings.agent_id)),
                ("Encrypt", envelope.encrypt),
            ]
        )
        answer = self._post(envelope, sealed)
        note = answer.note
        if answer.reply and parcel.hear is None:
            note = "passive reply ignored: this event takes none"
        if not answer.accepted and attempt > RETRIES:
            note += "; given up after the last retry"
        self._ledger.record(
            Exchange(
                kind="callback",
                title=parcel.title,
                at=self._now(),
                request=parcel.xml,
                sealed=sealed,
                response=answer.reply,
                sealed_response=answer.sealed,
                status=answer.status,
                attempt=attempt,
                note=note,
            )
        )
        return answer

    def _post(self, envelope: Envelope, sealed: str) -> _Answer:
        early = self._faults.take_early_close()
        url = httpx.URL(self._settings.callback_url).copy_merge_params(
            {
                "msg_signature": envelope.signature,
                "timestamp": envelope.timestamp,
                "nonce": envelope.nonce,
            }
        )
        timeout = httpx.Timeout(self._limit, read=_BLINK if early else self._limit)
        started = time.monotonic()
        try:
            with httpx.Client(
                verify=_tls(), trust_env=False, timeout=timeout, transport=self._carrier
            ) as client:
                response = client.post(
                    url, content=sealed.encode(), headers={"Content-Type": "text/xml"}
                )
        except httpx.HTTPError as error:
            note = "closed early" if early else f"no answer: {error!r}"
            return _Answer(accepted=False, note=note)
        if early:
            return _Answer(accepted=False, note="closed early")
        if time.monotonic() - started > self._limit:
            return _Answer(accepted=False, status=response.status_code, note="too late")
        if response.status_code != _OK:
            return _Answer(accepted=False, status=response.status_code, note="not 200")
        return self._read(response.content)

    def _read(self, body: bytes) -> _Answer:
        if not body:
            return _Answer(accepted=True, status=_OK)
        sealed = body.decode(errors="replace")
        try:
            outer = from_xml(body)
            reply = self._cipher.open(
                Envelope(
                    encrypt=text_of(outer, "Encrypt"),
                    signature=text_of(outer, "MsgSignature"),
                    timestamp=text_of(outer, "TimeStamp"),
                    nonce=text_of(outer, "Nonce"),
                )
            )
            from_xml(reply)
        except (EnvelopeError, XmlError) as error:
            note = f"unreadable passive reply: {error}"
            return _Answer(accepted=True, status=_OK, sealed=sealed, note=note)
        return _Answer(accepted=True, status=_OK, reply=reply, sealed=sealed)


@functools.cache
def _tls() -> ssl.SSLContext:
    """Return one context for all calls: loading the certificates takes longer than a call."""
    return ssl.create_default_context()
