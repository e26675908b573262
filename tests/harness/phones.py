"""Phones that speak and hear, so that a scenario reads like the chat it describes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.messages import Message
from bot.simulator.phones import Phone as SimulatedPhone

_NUMBER = re.compile(r"(\d+)号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message that was expected and came."""

    phone: "Phone"
    message: Message

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def draft_no(self) -> int:
        """The first number of a draft in the message."""
        found = _NUMBER.search(self.text)
        assert found, f"no draft is named in {self.text!r}"
        return int(found[1])

    @property
    def greyed(self) -> str | None:
        """What is written on the card's buttons by now, None while they can be pressed."""
        fresh = {one.id: one for one in self.phone.received()}
        return fresh[self.message.id].card_state

    def clicks(self, label: str) -> None:
        """Press a button of this card."""
        fresh = {one.id: one for one in self.phone.received()}
        self.phone.simulated.clicks(fresh[self.message.id], label)
        self.phone.settle()

    def says(self, text: str) -> None:
        self.phone.says(text)


class Phone:
    """One member's phone."""

    def __init__(self, simulated: SimulatedPhone, settle: Callable[[], None]) -> None:
        self.simulated = simulated
        self.settle = settle
        self._heard: set[str] = set()

    def says(self, text: str) -> None:
        self.simulated.says(text)

    def sends(self, kind: str, **fields: str) -> None:
        """Send a message of a kind that the simulated phone itself cannot."""
        phone = self.simulated
        everything = [*phone._common(kind), *fields.items(), ("MsgId", phone._ids.next())]
        phone._deliver(kind, everything, hear=phone._hear)

    def received(self) -> list[Message]:
        return [one for one in self.simulated.messages if one.direction == "in"]

    def unheard(self) -> list[Message]:
        return [one for one in self.received() if one.id not in self._heard]

    def hears(self, *fragments: str) -> Heard:
        """Take the first message not yet heard that contains all *fragments*."""
        self.settle()
        unheard = self.unheard()
        for message in unheard:
            if all(fragment in message.text for fragment in fragments):
                self._heard.add(message.id)
                return Heard(phone=self, message=message)
        raise AssertionError(f"not heard: {fragments}; unheard are {[m.text for m in unheard]}")

    def hears_all(self) -> list[str]:
        """Take everything not yet heard; return the texts in order."""
        self.settle()
        unheard = self.unheard()
        self._heard.update(message.id for message in unheard)
        return [message.text for message in unheard]

    def hears_nothing(self) -> None:
        self.settle()
        assert not self.unheard(), [one.text for one in self.unheard()]
