"""A bureau's channels: what ships as a default, what it made of it, and which one is meant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from handlers.adoptions import texts
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.rules.channels import Names, named_in, nearest
from storage.models import Channel
from storage.vocabulary import Family, Level

_DEFAULTS = Path(__file__).with_name("channels.tsv")
_OFFERED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One line of a table of channels."""

    name: str
    level: Level
    family: Family
    outward: bool
    aliases: tuple[str, ...]

    def values(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "level": self.level,
            "family": self.family,
            "outward": self.outward,
            "aliases": list(self.aliases),
        }


def row_of(cells: Mapping[str, str]) -> ChannelRow:
    """Read one line.

    Raises:
        ValueError: the name is empty, or a word is none of its column's.
    """
    name = cells["name"].strip()
    if not name:
        raise ValueError("a channel needs a name")
    if cells["outward"] not in {"yes", "no"}:
        raise ValueError(f"outward is yes or no, not {cells['outward']!r}")
    return ChannelRow(
        name=name,
        level=Level(cells["level"]),
        family=Family(cells["family"]),
        outward=cells["outward"] == "yes",
        aliases=tuple(part.strip() for part in cells["aliases"].split("|") if part.strip()),
    )


@cache
def default_channels() -> tuple[ChannelRow, ...]:
    head, *lines = _DEFAULTS.read_text(encoding="utf-8").splitlines()
    columns = head.split("\t")
    return tuple(row_of(dict(zip(columns, line.split("\t"), strict=True))) for line in lines)


def channels_of(ctx: Context) -> Sequence[Channel]:
    """Return the channels that the sender's bureau uses; a bureau without any gets the defaults."""
    bureau = ctx.sender.bureau
    found = ctx.uow.adoptions.channels(bureau)
    if not found:
        ctx.uow.adoptions.add_channels(
            [
                {"id": ctx.new_id(), "bureau": bureau, "active": True, **row.values()}
                for row in default_channels()
            ]
        )
        found = ctx.uow.adoptions.channels(bureau)
    return [channel for channel in found if channel.active]


def names_of(channel: Channel) -> tuple[str, ...]:
    return (channel.name, *channel.aliases)


class Choice:
    """The channels that a text names, and the question where that is not clear."""

    def __init__(self, ctx: Context, asked: Asked, hint: str) -> None:
        channels = channels_of(ctx)
        self._ctx, self._asked, self._hint = ctx, asked, hint
        self._by_key: Mapping[str, Channel] = {channel.id: channel for channel in channels}
        self._names = [Names(key=channel.id, names=names_of(channel)) for channel in channels]
        chosen = asked.slots.get("channel_key")
        said = f"{asked.text}\n{hint}"
        self._places = [(str(chosen),)] if chosen else list(named_in(said, self._names))

    @property
    def clear(self) -> Sequence[Channel]:
        """The channels that are named beyond doubt."""
        return [self._by_key[keys[0]] for keys in self._places if len(keys) == 1]

    @property
    def named(self) -> bool:
        """Whether the text says anything about a channel."""
        return bool(self._places or self._hint)

    def question(self, command: str, slot: str, question: str) -> str:
        """Return what has to be asked first, if anything; the answer goes on with *command*.

        Raises:
            UserError: no channel is even like the one that was said.
        """
        for keys in self._places:
            if len(keys) > 1:
                return self._offer(command, keys, texts.WHICH_OF_THESE)
        if self._places:
            return ""
        if not self._hint:
            return self._ctx.ask(question, slot, command, self._asked)
        likely = nearest(self._hint, self._names, _OFFERED)
        if not likely:
            raise UserError(texts.UNKNOWN_CHANNEL.format(name=self._hint))
        said = texts.PERHAPS_CHANNEL.format(name=self._hint)
        return self._offer(command, likely, said)

    def _offer(self, command: str, keys: Collection[str], question: str) -> str:
        options = [
            Option.of(
                command,
                replace(self._asked, slots={**self._asked.slots, "channel_key": key}),
                self._by_key[key].name,
            )
            for key in keys
        ]
        none = Option(label=texts.NONE_OF_THESE, command="", text=texts.ADD_CHANNEL)
        return self._ctx.offer(question, *options, none)
