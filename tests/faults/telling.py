"""Promise pushes and read what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.channel.port import Sent
from bot.channel.wecom import WeComChannel
from bot.language.recogniser import Recogniser
from bot.services import Services
from bot.simulator.messages import Message
from handlers.kit.messages import Content, Text
from handlers.kit.registry import Registry, join
from storage.models import OutboxMessage
from storage.vocabulary import UserId
from tests.harness.service import Chat

PROMPT = "answer"
ROUTINE = "calendar_missing"
ONCE_ONLY = "review_reminder"
ALERT = "incident"


def tell(bureau: Chat, kind: str, texts: Sequence[str], *members: str) -> None:
    """Promise each text, as a push of its own, to each of *members*."""
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        for text in texts:
            ctx.tell(kind, [UserId(one) for one in members], Text(text=text), subject=text)


def rows(bureau: Chat, kind: str) -> Sequence[OutboxMessage]:
    with bureau.services.database.begin() as uow:
        query = select(OutboxMessage).where(OutboxMessage.kind == kind)
        return uow._session.scalars(query.order_by(OutboxMessage.created_at)).all()


def outcomes(bureau: Chat, kind: str) -> set[str]:
    return {str(row.outcome or row.status) for row in rows(bureau, kind)}


def sends(bureau: Chat) -> int:
    """Count the calls of message/send until now."""
    return sum(one.title == "POST message/send" for one in bureau.wecom.exchanges)


def most_in_a_minute(messages: Sequence[Message]) -> int:
    moments = [one.at for one in messages if not one.passive]
    minute = timedelta(minutes=1)
    return max(sum(at <= one < at + minute for one in moments) for at in moments)


def texts(bureau: Chat, member: str) -> list[str]:
    return [one.text for one in bureau.phone(member).received()]


def and_then(services: Services, then: Callable[[], object]) -> Services:
    """Return services in which *then* happens as soon as a message went through."""
    assert isinstance(services.channel, WeComChannel)
    return replace(services, channel=_AndThen(services.channel, then))


def also_able(bureau: Chat, extra: Registry) -> Chat:
    """Return the bureau with one more capability."""
    services = bureau.services
    registry = join([services.registry, extra])
    around = replace(services.surroundings, kinds=registry.kinds, reactions=registry.reactions)
    services = replace(
        services,
        registry=registry,
        recogniser=Recogniser(registry.commands.values()),
        surroundings=around,
    )
    return replace(bureau, services=services)


class _AndThen(WeComChannel):
    def __init__(self, channel: WeComChannel, then: Callable[[], object]) -> None:
        vars(self).update(vars(channel))
        self._then = then

    def send(
        self, recipients: Sequence[UserId], content: Content, *, duplicate_check: bool
    ) -> Sent:
        sent = super().send(recipients, content, duplicate_check=duplicate_check)
        self._then()
        return sent
