"""Calls a running web process as WeCom would: seals what a member types, opens the answer."""

import secrets
from contextlib import suppress

import httpx

from bot.arrival import answers
from bot.clock import Now
from bot.config import Config
from bot.simulator.crypto import Envelope, EnvelopeCipher, EnvelopeError
from bot.simulator.wire import XmlError, from_xml, text_of, to_xml
from storage.vocabulary import UserId

_ANSWER_SECONDS = 10.0


class CallError(Exception):
    """The web process did not take the message; the text says why and what to do."""


class Caller:
    """Delivers the texts of *member* as callbacks, as WeCom would."""

    def __init__(self, config: Config, member: UserId, now: Now) -> None:
        self._config = config
        self._member = member
        self._now = now
        wecom = config.wecom
        self._cipher = EnvelopeCipher(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
        self._address = config.server.own_address
        self._client = httpx.Client(timeout=_ANSWER_SECONDS, trust_env=False)

    def look(self) -> None:
        """Make sure that somebody is there.

        Raises:
            CallError: nobody is.
        """
        if not answers(self._address):
            raise CallError(f"nothing answers at {self._address}; start it with: xinshi up")

    def say(self, text: str) -> str:
        """Deliver a text; return the passive answer, an empty one if there is none.

        Raises:
            CallError: the web process went away, or refused it.
        """
        envelope = self._sealed(text)
        try:
            response = self._client.post(
                f"{self._address}/wecom/callback",
                params={
                    "msg_signature": envelope.signature,
                    "timestamp": envelope.timestamp,
                    "nonce": envelope.nonce,
                },
                content=to_xml(
                    [("ToUserName", self._config.wecom.corp_id), ("Encrypt", envelope.encrypt)]
                ),
            )
        except httpx.HTTPError as error:
            raise CallError(f"no answer from {self._address}: {error}") from error
        if not response.is_success:
            raise CallError(
                f"{self._address} refused the message ({response.status_code}); "
                "does it run with the same configuration?"
            )
        return self._opened(response.text)

    def close(self) -> None:
        self._client.close()

    def _sealed(self, text: str) -> Envelope:
        now = int(self._now().timestamp())
        message = to_xml(
            [
                ("ToUserName", self._config.wecom.corp_id),
                ("FromUserName", self._member),
                ("CreateTime", now),
                ("MsgType", "text"),
                ("Content", text),
                ("MsgId", secrets.randbits(62)),
                ("AgentID", self._config.wecom.agent_id),
            ]
        )
        return self._cipher.seal(message, timestamp=str(now), nonce=secrets.token_hex(5))

    def _opened(self, body: str) -> str:
        if not body:
            return ""
        with suppress(XmlError, EnvelopeError):
            sealed = from_xml(body)
            envelope = Envelope(
                encrypt=text_of(sealed, "Encrypt"),
                timestamp=text_of(sealed, "TimeStamp"),
                nonce=text_of(sealed, "Nonce"),
                signature=text_of(sealed, "MsgSignature"),
            )
            return text_of(from_xml(self._cipher.open(envelope)), "Content")
        raise CallError(f"what {self._address} answered cannot be opened")
