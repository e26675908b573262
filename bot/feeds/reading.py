"""RSS, Atom and JSON Feed of strangers: their bytes -> posts.

Whatever the letters are in, and whatever is between them: no entities of its own, no depth without
end, at most so many posts of at most so many letters. What cannot be read is a FeedError.
"""

import codecs
import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

from bot.feeds.errors import FeedError
from handlers.rules.calendar import SHANGHAI
from storage.vocabulary import SourceFault

_POSTS: Final = 500
_DEPTH: Final = 64
_TITLE, _WORDS, _ADDRESS = 200, 5_000, 2_000
_RAW: Final = 50_000
_CHINESE = "gb18030"
_CODECS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), _CHINESE),
    **{name: name for name in ("utf-16", "utf-16le", "utf-16be", "big5")},
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252"), "windows-1252"),
}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BARE = re.compile(r"&(?![A-Za-z#][A-Za-z0-9]{1,31};)")
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = tuple(
    (re.compile(f"<{tag}", re.IGNORECASE), re.compile(f"</{tag}", re.IGNORECASE))
    for tag in ("script", "style")
)
_BLANKS = re.compile(r"\s+")
_ITEMS: Final = frozenset({"item", "entry"})
_NAMES: Final = {
    "title": "title",
    "link": "link",
    "guid": "key",
    "id": "key",
    "pubDate": "posted",
    "published": "posted",
    "date": "posted",
    "updated": "updated",
    "description": "summary",
    "summary": "summary",
    "encoded": "words",
    "content": "words",
    "author": "author",
    "creator": "author",
}
"""Elements of a post in any of the formats, without their namespaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a feed; *key* is its own there, of 64 letters; *posted_at* where it has a date."""

    key: str
    title: str
    words: str
    url: str
    author: str
    posted_at: datetime | None


def read_feed(body: bytes, content_type: str, url: str) -> list[Post]:
    """Return the posts of a feed in its order, links as seen from *url*.

    Raises:
        FeedError: it is none, or broken.
    """
    text = decoded(body, content_type)
    raw = _of_json(text) if text.lstrip().startswith("{") else _of_xml(text)
    found = (_post(one, url) for one in raw)
    return list({post.key: post for post in found if post is not None}.values())[:_POSTS]


def decoded(body: bytes, content_type: str) -> str:
    """Return the letters of a body: by its mark, by what is said of it, or by what fits."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    said = [one[1].lower() for one in [_CHARSET.search(content_type)] if one]
    said += [one[1].decode().lower() for one in [_DECLARED.match(body[:400])] if one]
    for codec in [*(_CODECS[name] for name in said if name in _CODECS), "utf-8", _CHINESE]:
        with suppress(UnicodeDecodeError):
            return body.decode(codec)
    return body.decode("utf-8", "replace")


def _of_xml(text: str) -> list[Mapping[str, str]]:
    """Read RSS (also 1.0) and Atom.

    Raises:
        FeedError: it is no XML, no feed, or declares entities.
    """
    reader = _Reader()
    plain = readable(_DECLARATION.sub("", text, count=1)).lstrip()
    plain = _BARE.sub("&amp;", _ENTITY.sub(_spelt, plain))
    try:
        reader.parser.Parse(plain.encode(), True)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError as error:
        raise FeedError(SourceFault.NO_FEED, f"line {error.lineno}") from None
    if not reader.is_feed:
        raise FeedError(SourceFault.NO_FEED)
    return reader.found


def _spelt(found: re.Match[str]) -> str:
    """Spell an entity of HTML out: feeds have them, and XML does not know them."""
    name = found[1]
    return found[0] if name in _OF_XML else html5.get(f"{name};", f"&amp;{name};")


@dataclass(slots=True)
class _Reader:
    """Hears a document element by element and keeps what posts say."""

    found: list[Mapping[str, str]] = field(default_factory=list)
    is_feed: bool = False
    parser: Any = None
    _post: dict[str, str] | None = None
    _path: list[str] = field(default_factory=list)
    _field: str = ""
    _depth_of_field: int = 0
    _letters: list[str] = field(default_factory=list)
    _length: int = 0

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._hear
        self.parser.EntityDeclHandler = _declared

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._path.append(name)
        if len(self._path) > _DEPTH:
            raise FeedError(SourceFault.NO_FEED, "depth")
        if len(self._path) == 1:
            self.is_feed = name.lower() in {"rss", "rdf", "feed"}
        if self._post is None:
            if name in _ITEMS:
                self._post = {}
        elif not self._field:
            self._begin_field(name, attributes)

    def _begin_field(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "link" and attributes.get("href"):
            if attributes.get("rel", "alternate") == "alternate" and self._post is not None:
                self._post.setdefault("link", attributes["href"])
        elif name in _NAMES:
            self._field, self._depth_of_field = _NAMES[name], len(self._path)
            self._letters, self._length = [], 0

    def _hear(self, text: str) -> None:
        if self._field and self._length < _RAW:
            self._letters.append(text)
            self._length += len(text)

    def _end(self, _tag: str) -> None:
        name = self._path.pop()
        if self._post is None:
            return
        if self._field and len(self._path) < self._depth_of_field:
            self._post.setdefault(self._field, "".join(self._letters).strip())
            self._field = ""
        elif name in _ITEMS and not self._field:
            self.found.append(self._post)
            self._post = None


def _declared(*_: object) -> None:
    raise FeedError(SourceFault.NO_FEED, "entity")


def _of_json(text: str) -> list[Mapping[str, str]]:
    """Read JSON Feed.

    Raises:
        FeedError: it is no JSON, or no feed.
    """
    try:
        found = json.loads(text)
        items = found["items"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise FeedError(SourceFault.NO_FEED, "json") from None
    if not isinstance(items, list):
        raise FeedError(SourceFault.NO_FEED, "json")
    return [dict(_json_fields(one)) for one in items[:_POSTS] if isinstance(one, dict)]


def _json_fields(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = {
        "id": "key",
        "url": "link",
        "title": "title",
        "content_html": "words",
        "content_text": "words",
        "summary": "summary",
        "date_published": "posted",
    }
    for name, ours in names.items():
        value = item.get(name)
        if isinstance(value, str | int | float):
            yield ours, str(value)[:_RAW]
    authors = item.get("authors")
    if isinstance(authors, list) and authors and isinstance(authors[0], dict):
        yield "author", str(authors[0].get("name", ""))[:_RAW]


def _post(raw: Mapping[str, str], url: str) -> Post | None:
    """Return what a post says; None where it says nothing."""
    title = plain_words(raw.get("title", ""))[:_TITLE]
    words = plain_words(raw.get("words") or raw.get("summary", ""))[:_WORDS]
    if not title and not words:
        return None
    link = _address(raw.get("link") or raw.get("key", ""), url)
    own = raw.get("key") or link or f"{title}\n{words}"
    return Post(
        key=hashlib.sha256(own.encode("utf-8", "replace")).hexdigest(),
        title=title,
        words=words,
        url=link,
        author=plain_words(raw.get("author", ""))[:_TITLE],
        posted_at=_moment(raw.get("posted") or raw.get("updated", "")),
    )


def _address(said: str, base: str) -> str:
    """Return a link that can be opened; else nothing."""
    try:
        link = urljoin(base, said.strip().replace("&amp;", "&")) if said else ""
    except ValueError:
        return ""
    return link if is_link(link) else ""


def is_link(said: str) -> bool:
    """Tell whether it is an address that can be opened."""
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    usable = parts.scheme in {"http", "https"} and parts.netloc and len(said) <= _ADDRESS
    return bool(usable) and not _BLANKS.search(said) and readable(said) == said


def _moment(said: str) -> datetime | None:
    """Read a date of either habit; one without a zone is Shanghai's."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = read(said.strip())
            known = found if found.tzinfo is not None else found.replace(tzinfo=SHANGHAI)
            return known.astimezone(UTC)
    return None


def plain_words(text: str) -> str:
    """Return the words of a text that may be HTML, scripts and styles left out."""
    text = readable(text[:_RAW])
    for begins, ends in _UNSEEN:
        text = _without(text, begins, ends)
    return _BLANKS.sub(" ", html.unescape(_TAG.sub(" ", text))).strip()


def readable(text: str) -> str:
    """Return a text without characters that no database keeps."""
    return _UNREADABLE.sub("", text)


def _without(text: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> str:
    """Cut out what lies between, or all that follows where no end comes."""
    kept, place = [], 0
    while (found := begins.search(text, place)) is not None:
        kept.append(text[place : found.start()])
        closed = ends.search(text, found.end())
        if closed is None:
            return "".join(kept)
        place = closed.start()
    return "".join([*kept, text[place:]])
