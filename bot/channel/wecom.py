"""The self-built app (自建应用) as a Channel."""

from collections.abc import Callable, Sequence
from typing import Any, assert_never

from bot.channel.cards import button_card, card_update
from bot.channel.client import WeComClient
from bot.channel.errors import ALL_UNREACHABLE
from bot.channel.menu import Column, menu_buttons
from bot.channel.port import ChannelError, Contact, Media, Remedy, Sent
from bot.channel.texts import TEXT_BYTES, clip, split_text
from bot.channel.transport import Json
from bot.channel.uploads import Uploads, media_kind
from handlers.kit.messages import (
    ButtonCard,
    CardUpdate,
    Content,
    Document,
    Image,
    LinkCard,
    Markdown,
    Paper,
    Text,
)
from storage.vocabulary import UserId

_MOST_RECIPIENTS = 1000
_URL_BYTES = 2048
_DUPLICATE_INTERVAL_S = 1800


def split_content(content: Content) -> list[Content]:
    """Return *content* in parts that can each be sent; only texts are ever more than one part."""
    if isinstance(content, Text | Markdown):
        return [content.model_copy(update={"text": part}) for part in split_text(content.text)]
    return [content]


class WeComChannel:
    """Implements `bot.channel.port.Channel`; *read_media* returns a stored file by its SHA-256.

    What WeCom would refuse or cut in silence is a ValueError, before anything is sent.
    """

    def __init__(
        self, client: WeComClient, agent_id: int, read_media: Callable[[str], bytes]
    ) -> None:
        self._client = client
        self._agent_id = agent_id
        self._uploads = Uploads(client, read_media)

    def send(
        self, recipients: Sequence[UserId], content: Content, *, duplicate_check: bool
    ) -> Sent:
        """Send *content*; a media id that WeCom has forgotten is replaced once.

        WeCom accepts a message although some of its recipients cannot be reached: they are in the
        result. That none can be is no error either.
        """
        _check_recipients(recipients)
        if isinstance(content, CardUpdate):
            self.update_card(recipients, content.response_code, content.label)
            return Sent()
        try:
            return self._send(recipients, content, duplicate_check=duplicate_check)
        except ChannelError as error:
            if error.code == ALL_UNREACHABLE:
                return Sent(unreached=frozenset(map(_lower, recipients)))
            if error.remedy is not Remedy.MEDIA or not isinstance(content, Image | Document):
                raise
        self._uploads.forget(content)
        return self._send(recipients, content, duplicate_check=duplicate_check)

    def update_card(self, recipients: Sequence[UserId], response_code: str, label: str) -> None:
        _check_recipients(recipients)
        if not response_code or not label:
            raise ValueError("a card is updated by its one-time code, with a label")
        self._client.update_template_card(
            card_update(self._agent_id, recipients, response_code, label)
        )

    def recall(self, message_id: str) -> None:
        self._client.recall(message_id)

    def download(self, media_id: str) -> Media:
        return self._client.get_media(media_id)

    def check(self) -> None:
        """Ask where callbacks come from, which takes a token and a trusted address."""
        self._client.callback_ips()

    def login_address(self, back: str, state: str) -> str:
        return self._client.oauth_url(back, state)

    def identify(self, code: str) -> UserId:
        return self._client.getuserinfo(code)

    def contacts(self) -> Sequence[Contact]:
        """Walk the departments within range; who is in several is listed once."""
        found: dict[UserId, Contact] = {}
        for department_id in self._client.department_simplelist():
            for contact in self._client.user_simplelist(department_id):
                found.setdefault(contact.userid, contact)
        return list(found.values())

    def publish_menu(self, menu: Sequence[Column]) -> None:
        self._client.menu_create(menu_buttons(menu))

    def _send(
        self, recipients: Sequence[UserId], content: Content, *, duplicate_check: bool
    ) -> Sent:
        message: Json = {
            "touser": "|".join(recipients),
            "agentid": self._agent_id,
            **self._payload(content),
        }
        if duplicate_check:
            message["enable_duplicate_check"] = 1
            message["duplicate_check_interval"] = _DUPLICATE_INTERVAL_S
        return _sent(self._client.send_message(message))

    def _payload(self, content: Content) -> Json:
        match content:
            case Text() | Markdown():
                return {"msgtype": content.type, content.type: {"content": _fitting(content.text)}}
            case LinkCard():
                return {"msgtype": "textcard", "textcard": _text_card(content)}
            case Image() | Document():
                kind = media_kind(content)
                return {"msgtype": kind, kind: {"media_id": self._uploads.media_id(content)}}
            case ButtonCard():
                return {"msgtype": "template_card", "template_card": button_card(content)}
            case Paper():
                raise ValueError("a paper is made before it is sent")
            case CardUpdate():
                raise ValueError("a card update is a call of its own")
            case _:
                assert_never(content)


def _check_recipients(recipients: Sequence[UserId]) -> None:
    if not 1 <= len(recipients) <= _MOST_RECIPIENTS:
        raise ValueError(f"a message has 1 to {_MOST_RECIPIENTS} recipients")
    # `@all` would reach the whole bureau, and `|` would make two members of one.
    if any(not userid or "|" in userid or userid.lower() == "@all" for userid in recipients):
        raise ValueError("a recipient is one member")


def _fitting(text: str) -> str:
    if not 1 <= len(text.encode("utf-8", "replace")) <= TEXT_BYTES:
        raise ValueError(f"a text is 1 to {TEXT_BYTES} bytes long: split_content first")
    return text


def _text_card(card: LinkCard) -> Json:
    if not card.title:
        raise ValueError("a link card has a title")
    if not card.url.startswith(("http://", "https://")) or len(card.url.encode()) > _URL_BYTES:
        raise ValueError(f"a link card's address is http(s) and at most {_URL_BYTES} bytes long")
    return {
        "title": clip(card.title, 128),
        "description": clip(card.description or card.title, 512),
        "url": card.url,
        "btntxt": clip(card.button, 4),
    }


def _sent(answer: Json) -> Sent:
    unreached = {*_userids(answer.get("invaliduser")), *_userids(answer.get("unlicenseduser"))}
    return Sent(
        message_id=str(answer.get("msgid") or ""),
        response_code=str(answer.get("response_code") or ""),
        unreached=frozenset(unreached),
    )


def _userids(value: Any) -> list[UserId]:
    """Return the members in *value*: `a|b` in most answers of WeCom, an array in some."""
    names = value.split("|") if isinstance(value, str) else value or []
    return [_lower(name) for name in names if name]


def _lower(userid: str) -> UserId:
    return UserId(userid.lower())
