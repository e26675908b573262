"""Capabilities register themselves; nothing may be claimed twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.capabilities import all_capabilities
from bot.meanings import DECLARED
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Reaction, Received, Registry, join
from storage.vocabulary import ConversationState, Urgency


def command(registry: Registry, name: str, *words: str) -> None:
    def run(_ctx: Context, _asked: Asked) -> str:
        return name

    run.__name__ = name
    registry.command(*words, takes=Takes.NOTHING, usage="", purpose="")(run)


def kind(registry: Registry) -> None:
    registry.message(MessageKind(name="news", urgency=Urgency.PROMPT))


CLAIMS: dict[str, Callable[[Registry], object]] = {
    "a command": lambda one: command(one, "run", "走"),
    "a reply": lambda one: one.reply(ConversationState.COMPOSING)(lambda _ctx, _said: ""),
    "a button": lambda one: one.button("review")(lambda _ctx, _press: ""),
    "a timer": lambda one: one.timer("reminder")(lambda _ctx, _due: None),
    "a cron entry": lambda one: one.every("0 9 * * *")(_daily),
    "a kind of message": kind,
}


def _saying(said: str) -> Reaction:
    return lambda _ctx, _event: said


def _taking(said: str) -> Received:
    return lambda _ctx, _upload: said


def _daily(_ctx: Context) -> None:
    """Do nothing."""


@pytest.mark.parametrize("what", CLAIMS)
def test_nothing_is_registered_twice(what: str) -> None:
    first, second = Registry(), Registry()
    CLAIMS[what](first)
    CLAIMS[what](second)
    with pytest.raises(ValueError, match="registered twice"):
        CLAIMS[what](first)
    with pytest.raises(ValueError, match="registered twice"):
        join([first, second])


def test_no_word_stands_for_two_commands() -> None:
    first, second = Registry(), Registry()
    command(first, "go", "走", "去")
    command(second, "leave", "离开", "去")
    with pytest.raises(ValueError, match=r"claimed by two commands: \['去'\]"):
        join([first, second])


def test_both_reactions_to_one_event_are_kept_in_order() -> None:
    first, second = Registry(), Registry()
    for registry, said in ((first, "1"), (second, "2")):
        registry.on(MessageKind)(_saying(said))
    reactions = join([first, second]).reactions[MessageKind]
    assert [react(None, None) for react in reactions] == ["1", "2"]  # type: ignore[arg-type]  # they look at neither


def test_whoever_may_take_an_upload_is_asked_in_order() -> None:
    first, second = Registry(), Registry()
    for registry, said in ((first, ""), (second, "2")):
        registry.upload(ConversationState.IDLE)(_taking(said))
    takers = join([first, second]).uploads[ConversationState.IDLE]
    assert [take(None, None) for take in takers] == ["", "2"]  # type: ignore[arg-type]  # they look at neither


def test_all_that_can_be_meant_is_answered_and_nothing_else_is() -> None:
    whole = all_capabilities()
    meant = {command.means for command in whole.commands.values()} - {None}
    assert meant | {each.meaning for each in whole.answered} == {
        meaning for each in DECLARED for meaning in each.meanings
    }


def test_the_product_itself_can_be_joined_and_says_how_each_command_is_used() -> None:
    whole = all_capabilities()
    for one in whole.commands.values():
        assert one.usage.startswith(one.words), one.name
        assert one.purpose, one.name
        assert one.shown_to, one.name
    for message in whole.kinds.values():
        assert message.lifetime > timedelta(0)
        assert not (message.topic and message.urgency is Urgency.ALERT), message.name
