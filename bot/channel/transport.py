"""HTTP to WeCom's server API: timeouts, and what each failure means."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from ssl import SSLContext
from typing import Any

import httpx

from bot.channel.errors import error_for
from bot.channel.port import ChannelError, Remedy

_TIMEOUT = httpx.Timeout(10, connect=3)
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    filename: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. *sends*: carried out twice, it would be noticed, so no answer is ambiguous."""

    method: str
    path: str
    params: Mapping[str, str | int] | None = None
    body: Json | None = None
    upload: Upload | None = None
    sends: bool = False


@cache
def trusted() -> SSLContext:
    """Return what certificates are checked against; to read them takes a twentieth of a second."""
    return httpx.create_ssl_context()


class Transport:
    """Thread-safe. *base_url* is taken with and without `/cgi-bin` and slashes at its end.

    *carrier* brings the calls there, if not the network.
    """

    def __init__(
        self,
        base_url: str,
        timeout: httpx.Timeout = _TIMEOUT,
        carrier: httpx.BaseTransport | None = None,
    ) -> None:
        # httpx logs whole addresses at INFO, and ours hold the secret and the token.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        root = base_url.rstrip("/").removesuffix("/cgi-bin").rstrip("/")
        self.is_local = _is_loopback(httpx.URL(root).host)
        self._client = httpx.Client(
            base_url=f"{root}/cgi-bin/",
            timeout=timeout,
            verify=trusted(),
            # A bureau's proxy leads out to WeCom, never back to a stand-in on this machine.
            trust_env=not self.is_local,
            transport=carrier,
        )

    def json(self, call: Call, token: str = "") -> Json:
        """Return the answer's JSON.

        Raises:
            ChannelError: no answer, no JSON, or an errcode.
        """
        return _judged(self.response(call, token))

    def response(self, call: Call, token: str = "") -> httpx.Response:
        """Return the answer as it came, errors in its body included."""
        try:
            response = self._client.request(
                call.method, call.path, params=_params(call, token), **_content(call)
            )
        except _BEFORE_SENDING as error:
            raise ChannelError(Remedy.RETRY, None, type(error).__name__) from None
        except httpx.HTTPError as error:
            raise ChannelError(_unanswered(call), None, type(error).__name__) from None
        if response.is_server_error:
            raise ChannelError(_unanswered(call), None, f"HTTP {response.status_code}")
        return response

    def close(self) -> None:
        self._client.close()


def judged_json(content: bytes) -> Json | None:
    """Return *content* as a JSON object, or None where it is none.

    Raises:
        ChannelError: the object bears an errcode; the HTTP status is 200 even then.
    """
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    if not isinstance(answer, dict):
        return None
    if code := _code(answer):
        raise error_for(code, str(answer.get("errmsg", "")))
    return answer


def _judged(response: httpx.Response) -> Json:
    answer = judged_json(response.content)
    if answer is None:
        raise ChannelError(Remedy.RETRY, None, f"HTTP {response.status_code} without JSON")
    return answer


def _code(answer: Json) -> int:
    try:
        return int(answer.get("errcode") or 0)
    except (TypeError, ValueError):
        return -1


def _unanswered(call: Call) -> Remedy:
    return Remedy.AMBIGUOUS if call.sends else Remedy.RETRY


def _params(call: Call, token: str) -> Mapping[str, str | int]:
    return {**({"access_token": token} if token else {}), **(call.params or {})}


def _content(call: Call) -> Json:
    if call.upload:
        # httpx writes the name as WeCom wants it: UTF-8 in filename="…", no filename*=.
        return {"files": {"media": (call.upload.filename, call.upload.content)}}
    if call.body is None:
        return {}
    # A lone half of a surrogate pair, which JSON can smuggle in, becomes a question mark.
    document = json.dumps(call.body, ensure_ascii=False).encode("utf-8", "replace")
    return {"content": document, "headers": {"Content-Type": "application/json"}}


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
