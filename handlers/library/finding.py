"""Reading what is looked for: words, and the kinds, levels and channels among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import KIND_NAMES
from handlers.library import texts
from handlers.rules.channels import plain
from storage.models import Channel
from storage.queries.library import Search
from storage.queries.wordindex import runs_of
from storage.vocabulary import DraftKind, Level

_Word = TypeVar("_Word", bound=StrEnum)
_WORDS, _LENGTH = 6, 30
_MOST = 2_000
_LEVELS = {
    "本级": Level.OWN,
    "本局": Level.OWN,
    "区级": Level.COUNTY,
    "县级": Level.COUNTY,
    "区县级": Level.COUNTY,
    "市级": Level.CITY,
    "省级": Level.PROVINCE,
    "国家级": Level.NATION,
    "部级": Level.NATION,
}
_KINDS = {
    **{name: kind for kind, name in KIND_NAMES.items()},
    "动态类": DraftKind.DYNAMIC,
    "经验": DraftKind.PRACTICE,
    "做法": DraftKind.PRACTICE,
    "调研报告": DraftKind.RESEARCH,
    "问题": DraftKind.PROBLEM,
    "建议": DraftKind.PROBLEM,
}
_REMARKED = frozenset({"批示", "有批示", "批示过", "领导批示"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for, and how to say it."""

    search: Search
    named: str


def search_of(ctx: Context, said: str, chosen: Mapping[str, Any]) -> Wanted:
    """Read what is looked for; *chosen* are the slots kind, level, channel, of a form or of words.

    A piece of *said* that is the name of a kind, a level or a channel narrows the search down;
    every other piece is looked for.

    Raises:
        UserError: nothing in it can be looked for, or it is too long.
    """
    if len(said) > _MOST:
        raise UserError(texts.TOO_MUCH.format(words=_WORDS, length=_LENGTH))
    channels = ctx.uow.adoptions.channels(ctx.sender.bureau)
    found = _Gathered(channels, chosen)
    for piece in filter(None, re.split(r"[\s,，、;；]+", said)):
        found.take(piece)
    if said.strip() and found.is_empty:
        raise UserError(texts.NO_WORDS)
    if len(found.runs) > _WORDS or any(len(run) > _LENGTH for run in found.runs):
        raise UserError(texts.TOO_MUCH.format(words=_WORDS, length=_LENGTH))
    search = Search(
        runs=tuple(dict.fromkeys(found.runs)),
        kind=found.kind,
        level=found.level,
        channel=found.channel.id if found.channel else None,
        remarked=found.remarked,
    )
    return Wanted(search=search, named=_named(search, found.channel))


class _Gathered:
    """The pieces of what is looked for, each in its place; what was *chosen* stands."""

    def __init__(self, channels: Sequence[Channel], chosen: Mapping[str, Any]) -> None:
        self._names = {plain(name): one for one in channels for name in (*one.aliases, one.name)}
        self.kind = _choice(DraftKind, chosen.get("kind"))
        self.level = _choice(Level, chosen.get("level"))
        wanted = chosen.get("channel_key")
        self.channel = next((one for one in channels if one.id == wanted), None)
        self.remarked = bool(chosen.get("instruction"))
        self.runs: list[str] = []

    @property
    def is_empty(self) -> bool:
        return not (self.runs or self.kind or self.level or self.channel or self.remarked)

    def take(self, piece: str) -> None:
        if piece in _LEVELS and self.level is None:
            self.level = _LEVELS[piece]
        elif piece in _KINDS and self.kind is None:
            self.kind = _KINDS[piece]
        elif piece in _REMARKED:
            self.remarked = True
        elif self.channel is None and plain(piece) in self._names:
            self.channel = self._names[plain(piece)]
        else:
            self.runs += runs_of(piece)


def _choice(words: type[_Word], value: object) -> _Word | None:
    return next((word for word in words if word == value), None)


def _named(search: Search, channel: Channel | None) -> str:
    what = texts.FOUND.format(words=" ".join(search.runs)) if search.runs else texts.ALL
    filters = [
        KIND_NAMES[search.kind] if search.kind else "",
        texts.LEVELS[search.level] if search.level else "",
        channel.name if channel else "",
        texts.REMARKED if search.remarked else "",
    ]
    listed = "、".join(filter(None, filters))
    return texts.FILTERED.format(what=what, filters=listed) if listed else what
