"""A member's phone: says, sends, presses; and shows what the app answered and pushed."""

from collections.abc import Callable
from typing import Literal
from xml.etree import ElementTree as ET

from bot.simulator import cards, passive
from bot.simulator.corp import Account
from bot.simulator.courier import Parcel
from bot.simulator.diary import Way, pressed
from bot.simulator.messages import Message, Payload, readable
from bot.simulator.network import MessageIds, Network
from bot.simulator.wire import Fields, Value, to_xml


class GreyedCardError(ValueError):
    """The card's buttons are greyed: nothing on it can be pressed."""


class NoSuchButtonError(LookupError):
    """The card has no such button, or it only opens a link."""


class Phone:
    def __init__(self, account: Account, network: Network, ids: MessageIds) -> None:
        self.account = account
        self._network = network
        self._ids = ids

    @property
    def messages(self) -> list[Message]:
        """Everything received and said, in order, as it stands now."""
        return self._network.chats.of(self.account.userid)

    def says(self, text: str) -> None:
        self._send("text", {"content": text}, [("Content", text)])

    def sends_image(self, content: bytes, filename: str) -> None:
        media = self._network.media.put("image", filename, content)
        fields: Fields = [("PicUrl", self._network.media.url(media)), ("MediaId", media.media_id)]
        self._send("image", passive.attached(media.media_id, filename), fields)

    def sends_voice(self, content: bytes, filename: str = "voice.amr") -> None:
        media = self._network.media.put("voice", filename, content)
        fields: Fields = [("MediaId", media.media_id), ("Format", "amr")]
        self._send("voice", passive.attached(media.media_id, filename), fields)

    def sends_link(self, title: str, description: str, url: str) -> None:
        fields: Fields = [
            ("Title", title),
            ("Description", description),
            ("Url", url),
            ("PicUrl", ""),
        ]
        self._send("link", {"title": title, "description": description, "url": url}, fields)

    def sends_file(
        self, content: bytes, filename: str, *, arrives_as: Literal["file", "text"] = "file"
    ) -> None:
        """Send a file, which no page promises to deliver to a self-built app.

        Two things were seen in the wild: a ``file`` callback with a media id, and an empty text.
        """
        media = self._network.media.put("file", filename, content)
        fields: Fields = [("MediaId", media.media_id), ("FileName", filename)]
        if arrives_as == "text":
            fields = [("Content", "")]
        self._send("file", passive.attached(media.media_id, filename), fields, arrives_as)

    def opens_menu(self, key: str) -> None:
        """Press a button of the app's menu."""
        self._cause("click", [("EventKey", key)], f"菜单 {key}")

    def enters(self) -> None:
        """Open the chat with the app."""
        self._cause("enter_agent", [("EventKey", "")], "进入")

    def clicks(self, card: Message, label: str, selected: cards.Selected | None = None) -> None:
        """Press the button *label* of a card; *selected* is question key -> option ids.

        Raises:
            GreyedCardError: the card was updated or recalled, and takes no more presses.
            NoSuchButtonError: no button of the card with that label causes an event.
            ValueError: *selected* has an option or a question that the card does not have.
        """
        shown = next((one for one in self.messages if one.id == card.id), card)
        if shown.card_state is not None or shown.recalled:
            raise GreyedCardError(f"the buttons of this card are greyed: {shown.card_state}")
        press = cards.presses(shown.payload).get(label)
        if press is None:
            raise NoSuchButtonError(f"no button {label!r} to press on this card")
        chosen = cards.choices(shown.payload, selected or {})
        card_type = shown.payload["card_type"]
        code = self._network.card_codes.issue(
            cards.CardRef(message_id=shown.id, card_type=card_type)
        )
        fields: list[tuple[str, Value]] = [
            ("EventKey", press.key),
            ("TaskId", shown.payload.get("task_id", "")),
            ("CardType", card_type),
            ("ResponseCode", code),
        ]
        if chosen and press.event == "template_card_event":
            items = [("SelectedItem", _item(*one)) for one in chosen.items()]
            fields.append(("SelectedItems", items))
        self._cause(press.event, fields, pressed(shown.payload, label, chosen))

    def _send(self, kind: str, payload: Payload, fields: Fields, arrives_as: str = "") -> None:
        number = self._ids.next()
        self._show(kind, payload, message_id=str(number), direction="out")
        everything = [*self._common(arrives_as or kind), *fields, ("MsgId", number)]
        self._deliver(kind, everything, hear=self._hear)

    def _cause(self, event: str, fields: Fields, words: str) -> None:
        self._network.diary.note(Way.DOES, words, self.account.userid)
        everything = [*self._common("event"), ("Event", event), *fields]
        hear = self._hear if event in passive.ANSWERABLE else None
        self._deliver(event, everything, hear=hear)

    def _deliver(
        self, what: str, fields: Fields, *, hear: Callable[[ET.Element], None] | None
    ) -> None:
        xml = to_xml([*fields, ("AgentID", self._network.settings.agent_id)])
        title = f"{self.account.name} {what}"
        self._network.courier.deliver(Parcel(title=title, xml=xml, hear=hear))

    def _common(self, msgtype: str) -> Fields:
        return [
            ("ToUserName", self._network.settings.corp_id),
            ("FromUserName", self.account.userid),
            ("CreateTime", int(self._network.now().timestamp())),
            ("MsgType", msgtype),
        ]

    def _hear(self, reply: ET.Element) -> None:
        if understood := passive.read(reply, self._network.media):
            kind, payload = understood
            self._show(kind, payload, message_id=f"passive-{self._ids.next()}", direction="in")

    def _show(
        self, kind: str, payload: Payload, *, message_id: str, direction: Literal["in", "out"]
    ) -> None:
        self._network.chats.add(
            self.account.userid,
            Message(
                id=message_id,
                direction=direction,
                kind=kind,
                text=readable(kind, payload),
                payload=payload,
                at=self._network.now(),
                passive=direction == "in",
            ),
        )


def _item(key: str, options: list[str]) -> Fields:
    return [("QuestionKey", key), ("OptionIds", [("OptionId", option) for option in options])]
