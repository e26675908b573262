"""WeCom's server API for one app: the calls that this service makes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
from redis import Redis

from bot.channel.addresses import WECOM_API, WECOM_LOGIN
from bot.channel.errors import TOKEN_CODES
from bot.channel.port import ChannelError, Contact, Media, Remedy
from bot.channel.shared import SharedMemory
from bot.channel.tokens import Grant, TokenProvider
from bot.channel.transport import Call, Json, Transport, Upload, judged_json
from storage.vocabulary import UserId

_SPARINGLY, _FREELY = 100, 100_000  # tokens an hour
_STATE = re.compile(r"[a-zA-Z0-9]{1,128}")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """*login_url* is the page that a member's browser is sent to; a stand-in has its own."""

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    api_base_url: str = WECOM_API
    login_url: str = WECOM_LOGIN


class WeComClient:
    """Thread-safe. Every method may raise ChannelError.

    A call whose token is refused is made once more with a fresh one, and no third time.
    """

    def __init__(
        self,
        settings: ApiSettings,
        redis: Redis | None,
        transport: Transport | None = None,
    ) -> None:
        self._settings = settings
        self._transport = transport or Transport(settings.api_base_url)
        shared = SharedMemory(redis, namespace(settings))
        # A stand-in on this machine bans nobody, and where its clock is moved tokens end soon.
        limit = _FREELY if self._transport.is_local else _SPARINGLY
        self._tokens = TokenProvider(shared, self._fetch_token, hourly_limit=limit)

    def call(self, call: Call) -> Json:
        return self._with_token(lambda token: self._transport.json(call, token))

    def send_message(self, message: Json) -> Json:
        return self.call(_send("message/send", message))

    def update_template_card(self, update: Json) -> Json:
        return self.call(_send("message/update_template_card", update))

    def recall(self, message_id: str) -> None:
        self.call(_send("message/recall", {"msgid": message_id}))

    def upload_media(self, kind: str, filename: str, content: bytes) -> str:
        """Upload and return the media id, which lives for three days."""
        upload = Upload(filename=filename, content=content)
        answer = self.call(
            Call(method="POST", path="media/upload", params={"type": kind}, upload=upload)
        )
        return _field(answer, "media_id")

    def get_media(self, media_id: str) -> Media:
        call = Call(method="GET", path="media/get", params={"media_id": media_id})
        return self._with_token(lambda token: _media(self._transport.response(call, token)))

    def user_get(self, userid: UserId) -> Json:
        return self.call(_get("user/get", userid=userid))

    def user_simplelist(self, department_id: int) -> list[Contact]:
        """List the members of one department, without its sub-departments."""
        answer = self.call(_get("user/simplelist", department_id=department_id))
        return [_contact(user) for user in answer.get("userlist", [])]

    def department_simplelist(self) -> list[int]:
        """List the departments within the app's range, at any depth."""
        answer = self.call(_get("department/simplelist"))
        return [int(department["id"]) for department in answer.get("department_id", [])]

    def getuserinfo(self, code: str) -> UserId:
        """Return who logged in; somebody outside the corp is a RECIPIENT error."""
        answer = self.call(_get("auth/getuserinfo", code=code))
        if userid := answer.get("userid") or answer.get("UserId"):
            return UserId(str(userid).lower())
        raise ChannelError(Remedy.RECIPIENT, None, "not a member of this corp")

    def oauth_url(self, redirect: str, state: str) -> str:
        """Return the address that logs a member in and leads back to *redirect*.

        Raises:
            ValueError: *state* has a character that WeCom does not give back.
        """
        if not _STATE.fullmatch(state):
            raise ValueError("a log-in's state is 1 to 128 ASCII letters and digits")
        query = {
            "appid": self._settings.corp_id,
            "redirect_uri": redirect,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": self._settings.agent_id,
        }
        return f"{self._settings.login_url}?{urlencode(query)}#wechat_redirect"

    def menu_create(self, buttons: list[Json]) -> None:
        params = {"agentid": self._settings.agent_id}
        self.call(Call(method="POST", path="menu/create", params=params, body={"button": buttons}))

    def callback_ips(self) -> list[str]:
        """List the addresses that callbacks come from; some are ranges such as `1.2.3.*`."""
        return [str(address) for address in self.call(_get("getcallbackip")).get("ip_list", [])]

    def close(self) -> None:
        self._transport.close()

    def _with_token(self, attempt: Callable[[str], _T]) -> _T:
        token = self._tokens.get()
        try:
            return attempt(token)
        except ChannelError as error:
            if error.code not in TOKEN_CODES:
                raise
        self._tokens.discard(token)
        return attempt(self._tokens.get())

    def _fetch_token(self) -> Grant:
        credentials = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        answer = self._transport.json(Call(method="GET", path="gettoken", params=credentials))
        return Grant(_field(answer, "access_token"), float(answer.get("expires_in") or 7200))


def namespace(settings: ApiSettings) -> str:
    """Name what the processes share; a corrected secret begins with a clean slate."""
    fingerprint = sha256(f"{settings.corp_id}:{settings.secret}".encode()).hexdigest()[:8]
    return f"xinshi:{settings.corp_id}:{settings.agent_id}:{fingerprint}"


def _send(path: str, body: Json) -> Call:
    return Call(method="POST", path=path, body=body, sends=True)


def _get(path: str, **params: str | int) -> Call:
    return Call(method="GET", path=path, params=params)


def _field(answer: Json, name: str) -> str:
    if value := answer.get(name):
        return str(value)
    raise ChannelError(Remedy.RETRY, None, f"the answer has no {name}")


def _contact(user: dict[str, Any]) -> Contact:
    return Contact(
        userid=UserId(str(user["userid"]).lower()),
        name=str(user.get("name", "")),
        departments=tuple(map(int, user.get("department", []))),
    )


def _media(response: httpx.Response) -> Media:
    """Return the file in *response*; only what is not sent as a file can be an error in JSON."""
    disposition = response.headers.get("Content-Disposition", "")
    if "attachment" not in disposition.lower() and judged_json(response.content) is not None:
        raise ChannelError(Remedy.RETRY, None, "JSON instead of a file")
    if not response.is_success:
        raise ChannelError(Remedy.RETRY, None, f"HTTP {response.status_code}")
    return Media(
        filename=_filename(disposition),
        content_type=response.headers.get("Content-Type", "application/octet-stream"),
        content=response.content,
    )


def _filename(disposition: str) -> str:
    """Return the name in *disposition*, without any folder that it claims to be in."""
    header = Message()
    header["Content-Disposition"] = disposition
    return re.split(r"[/\\]", header.get_filename(""))[-1]
