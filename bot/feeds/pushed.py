"""What a monitoring service sends -> posts, each of them good or refused with the field's name.

The body as a whole must be readable; of its items each stands by itself.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import from_json

from bot.feeds.reading import is_link, plain_words, readable
from handlers.feeds.capability import Found
from handlers.rules.calendar import SHANGHAI
from handlers.rules.sources import believed, is_news

MOST_ITEMS = 500
TITLE, WORDS = 200, 5_000
"""How many letters of them are kept; what is longer is cut and said so."""
_IGNORED_NAMED = 20
_NAME = 40

FUTURE = "lies in the future; the time of arrival is taken instead"
CUT = "only the first {count} characters are kept"
OLD = "older than 30 days: not taken as news"
NO_WORDS = "nothing is left of title and content without their markup"


class PushError(Exception):
    """The body as a whole cannot be taken; the message names the field."""


def _counted(value: object) -> object:
    """Refuse yes and no where a number is wanted: to Python they are 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("Input should be a whole number")  # noqa: TRY004 - pydantic hears this one
    return value


_Count = Annotated[int, Field(ge=0, le=10**12), BeforeValidator(_counted)]
_AS_SENT = WithJsonSchema(
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "number"}]}
)


class _Sent(BaseModel):
    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, sent: object) -> object:
        """Take null as services mean it: there is none."""
        if not isinstance(sent, dict):
            return sent
        return {name: value for name, value in sent.items() if value is not None}


class PushedHeat(_Sent):
    """How far a post has come by now."""

    model_config = ConfigDict(extra="ignore", title="heat")

    views: _Count = 0
    likes: _Count = 0
    comments: _Count = 0
    reposts: _Count = 0


class PushedItem(_Sent):
    """A post, as a monitoring service sends it. Fields of other names are not read."""

    model_config = ConfigDict(
        extra="ignore", title="item", coerce_numbers_to_str=True, str_strip_whitespace=True
    )

    id: str = Field(
        min_length=1,
        max_length=200,
        description="your own id of it, the same for ever: it is taken once",
    )
    title: str = Field(default="", max_length=2_000, description="its title, if it has one")
    content: str = Field(
        default="", max_length=50_000, description="its words, plain or HTML; title or content"
    )
    url: str = Field(
        default="", max_length=2_000, description="where it stands: http:// or https://"
    )
    platform: str = Field(default="", max_length=40, description="such as 抖音, 微博")
    source: str = Field(default="", max_length=100, description="who says it: outlet, account")
    posted_at: Annotated[datetime | None, _AS_SENT] = Field(
        default=None,
        description="ISO 8601, or seconds since 1970; without a zone Shanghai's time is meant",
    )
    heat: PushedHeat = Field(default_factory=PushedHeat, description="counts as they are now")

    @model_validator(mode="after")
    def _says_something(self) -> "PushedItem":
        if not self.title and not self.content:
            raise ValueError("title and content are both empty")
        if self.url and not is_link(self.url):
            raise ValueError("url is no address that begins with http:// or https://")
        return self


class PushedBody(BaseModel):
    """What one call brings."""

    model_config = ConfigDict(extra="ignore", title="push")

    items: list[PushedItem] = Field(min_length=1, max_length=MOST_ITEMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is said of a field of an item, by the item's place in the call."""

    index: int
    field: str
    said: str


@dataclass(slots=True, kw_only=True)
class Pushed:
    """What a call brought: good posts by their places, and what is said of the others."""

    found: dict[int, Found] = field(default_factory=dict)
    refused: list[Remark] = field(default_factory=list)
    adjusted: list[Remark] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_push(body: bytes, now: datetime) -> Pushed:
    """Read a call.

    Raises:
        PushError: it is no JSON in UTF-8, or not an object with 1 to 500 items.
    """
    pushed, ignored = Pushed(), dict[str, None]()
    for index, raw in enumerate(_items(body)):
        try:
            item = PushedItem.model_validate(raw)
        except ValidationError as error:
            pushed.refused += _refusals(index, error)
        else:
            _take(pushed, index, item, now)
            ignored |= dict.fromkeys(_unread(raw))
    pushed.ignored = list(ignored)[:_IGNORED_NAMED]
    return pushed


def _items(body: bytes) -> Sequence[Any]:
    try:
        found = from_json(body.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError as error:
        raise PushError(f"body: no JSON in UTF-8: {error}") from None
    if not isinstance(found, dict):
        raise PushError('body: should be an object: {"items": [...]}')
    items = found.get("items")
    if not isinstance(items, list):
        raise PushError("items: should be a list")
    if not 1 <= len(items) <= MOST_ITEMS:
        raise PushError(f"items: should be 1 to {MOST_ITEMS}, not {len(items)}")
    return items


def _refusals(index: int, error: ValidationError) -> list[Remark]:
    return [
        Remark(
            index=index,
            field=".".join([f"items[{index}]", *(str(part) for part in fault["loc"])]),
            said=fault["msg"].removeprefix("Value error, "),
        )
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _take(pushed: Pushed, index: int, item: PushedItem, now: datetime) -> None:
    """Put an item among the good or the refused, and note what was changed about it."""

    def remark(name: str, said: str) -> Remark:
        return Remark(index=index, field=f"items[{index}].{name}", said=said)

    title, words = plain_words(item.title), plain_words(item.content)
    posted_at = _moment(item.posted_at)
    if not is_news(posted_at, now):
        pushed.refused.append(remark("posted_at", OLD))
        return
    if not title and not words:
        pushed.refused.append(remark("content", NO_WORDS))
        return
    if believed(posted_at, now) != posted_at:
        pushed.adjusted.append(remark("posted_at", FUTURE))
    for name, text, most in (("title", title, TITLE), ("content", words, WORDS)):
        if len(text) > most:
            pushed.adjusted.append(remark(name, CUT.format(count=most)))
    pushed.found[index] = Found(
        key=hashlib.sha256(item.id.encode()).hexdigest(),
        title=title[:TITLE],
        words=words[:WORDS],
        url=item.url,
        platform=readable(item.platform),
        source=readable(item.source),
        posted_at=posted_at,
        heat=item.heat.model_dump(exclude_unset=True),
    )


def _moment(said: datetime | None) -> datetime | None:
    if said is None:
        return None
    try:
        return (said if said.tzinfo else said.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    except OverflowError:  # at the end of all years a zone reaches into the next one
        return said.replace(tzinfo=UTC)


def _unread(raw: Mapping[str, Any]) -> list[str]:
    """Name the fields of an item that nobody reads."""
    unread = [name for name in raw if name not in PushedItem.model_fields]
    heat = raw.get("heat")
    if isinstance(heat, dict):
        unread += [f"heat.{name}" for name in heat if name not in PushedHeat.model_fields]
    return [readable(name)[:_NAME] for name in unread]
