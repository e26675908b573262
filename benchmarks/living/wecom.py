"""A WeCom in the same process: it takes messages and remembers them, or refuses as it is told.

It stands for WeCom only. The simulator, which speaks HTTP, costs some ten times as much a message:
a year would take a quarter of an hour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from bot.channel.port import ChannelError, Contact, Media, Remedy, Sent
from handlers.kit.messages import Content
from storage.vocabulary import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A message that WeCom took: it is on the phones of *reached* from then on."""

    at: datetime
    message_id: str
    content: Content
    reached: tuple[UserId, ...]


@dataclass(kw_only=True)
class RecordingWeCom:
    """Each call is taken at *now*; *refusal* says what is refused at the moment, and how."""

    now: Callable[[], datetime]
    arrived: Callable[[Sending], None]
    within_range: set[UserId] = field(default_factory=set)
    refusal: tuple[Remedy, int] | None = None
    sendings: list[Sending] = field(default_factory=list)
    refused: int = 0

    def send(
        self,
        recipients: Sequence[UserId],
        content: Content,
        *,
        duplicate_check: bool,  # noqa: ARG002 - as the port has it
    ) -> Sent:
        self._refuse_if_told()
        reached = tuple(one for one in recipients if one in self.within_range)
        if not reached:
            raise ChannelError(Remedy.RECIPIENT, 81013, "nobody of these is within range")
        number = f"m{len(self.sendings)}"
        sending = Sending(at=self.now(), message_id=number, content=content, reached=reached)
        self.sendings.append(sending)
        self.arrived(sending)
        return Sent(
            message_id=number,
            response_code=f"r{number}" if content.type == "button_card" else "",
            unreached=frozenset(recipients) - frozenset(reached),
        )

    def update_card(
        self,
        recipients: Sequence[UserId],  # noqa: ARG002 - as the port has it
        response_code: str,  # noqa: ARG002 - as the port has it
        label: str,  # noqa: ARG002 - as the port has it
    ) -> None:
        self._refuse_if_told()

    def recall(self, message_id: str) -> None:  # noqa: ARG002 - as the port has it
        self._refuse_if_told()

    def check(self) -> None:
        self._refuse_if_told()

    def contacts(self) -> Sequence[Contact]:
        self._refuse_if_told()
        return [Contact(userid=one, name="", departments=(1,)) for one in sorted(self.within_range)]

    def download(self, media_id: str) -> Media:
        _nobody_does(media_id)

    def login_address(self, back: str, state: str) -> str:
        _nobody_does(f"{back} {state}")

    def identify(self, code: str) -> UserId:
        _nobody_does(code)

    def publish_menu(self, menu: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        _nobody_does(str(menu))

    def _refuse_if_told(self) -> None:
        if self.refusal is not None:
            self.refused += 1
            remedy, code = self.refusal
            raise ChannelError(remedy, code, "refused for a while")


def _nobody_does(what: str) -> NoReturn:
    raise LookupError(f"nobody of this bureau does that: {what}")
