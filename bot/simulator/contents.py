"""What WeCom makes of the body of a message before it is shown: refused, cut, or as it is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from bot.simulator import card_rules
from bot.simulator.errcodes import Errcode, Refusal
from bot.simulator.media import MediaStore
from bot.simulator.messages import Payload
from bot.simulator.text import LIMIT, clip, size

_TITLE_CHARACTERS = 128
_DESCRIPTION_CHARACTERS = 512
_BUTTON_CHARACTERS = 4
_ARTICLE_BYTES = (("title", 128), ("description", 512))
_MOST_ARTICLES = 8


def accept(kind: str, content: Payload, media: MediaStore) -> Payload:
    """Return the content as phones will show it.

    Raises:
        Refusal: WeCom would not take it.
    """
    if kind not in _KINDS:
        raise Refusal(Errcode.BAD_MSGTYPE, "invalid message type")
    return _KINDS[kind](kind, content, media)


class _Rule(Protocol):
    def __call__(self, kind: str, content: Payload, media: MediaStore, /) -> Payload: ...


def _text(_kind: str, content: Payload, _media: MediaStore) -> Payload:
    return {**content, "content": clip(_words(content))}


def _markdown(_kind: str, content: Payload, _media: MediaStore) -> Payload:
    if size(_words(content)) > LIMIT:
        raise Refusal(Errcode.CONTENT_TOO_LONG, "content size out of limit")
    return content


def _words(content: Payload) -> str:
    words: Any = content.get("content")
    if not isinstance(words, str) or not words:
        raise Refusal(Errcode.EMPTY_TEXT, "empty content")
    return words


def _text_card(_kind: str, content: Payload, _media: MediaStore) -> Payload:
    if not content.get("title"):
        raise Refusal(Errcode.NO_TITLE, "missing title")
    if not content.get("description"):
        raise Refusal(Errcode.NO_DESCRIPTION, "missing description")
    _check_url(content)
    return {
        **content,
        "title": content["title"][:_TITLE_CHARACTERS],
        "description": content["description"][:_DESCRIPTION_CHARACTERS],
        "btntxt": content.get("btntxt", "详情")[:_BUTTON_CHARACTERS],
    }


def _news(_kind: str, content: Payload, _media: MediaStore) -> Payload:
    articles = content.get("articles", [])
    if not 1 <= len(articles) <= _MOST_ARTICLES:
        raise Refusal(Errcode.BAD_ARTICLES, "articles must have 1 to 8 rows")
    for article in articles:
        if not article.get("title"):
            raise Refusal(Errcode.NO_TITLE, "missing title")
        _check_url(article)
    return {"articles": [_cut_article(article) for article in articles]}


def _cut_article(article: Payload) -> Payload:
    cut = {name: clip(article.get(name, ""), limit) for name, limit in _ARTICLE_BYTES}
    return {**article, **cut}


def _check_url(content: Payload) -> None:
    url = content.get("url", "")
    if size(url) > LIMIT:
        raise Refusal(Errcode.LONG_URL, "invalid url length")
    if not url.startswith(("http://", "https://")):
        raise Refusal(Errcode.BAD_URL, "invalid url, scheme missing")


def _attachment(kind: str, content: Payload, media: MediaStore) -> Payload:
    media_id = content.get("media_id")
    if not media_id:
        raise Refusal(Errcode.NO_MEDIA_ID, "missing media_id")
    stored = media.get(media_id)
    if stored is None or stored.kind != kind:
        raise Refusal(Errcode.BAD_MEDIA_ID, "invalid media_id")
    return {**content, "filename": stored.filename}


def _template_card(_kind: str, content: Payload, _media: MediaStore) -> Payload:
    card_rules.check(content)
    return content


_KINDS: Mapping[str, _Rule] = MappingProxyType(
    {
        "text": _text,
        "markdown": _markdown,
        "textcard": _text_card,
        "news": _news,
        "image": _attachment,
        "voice": _attachment,
        "video": _attachment,
        "file": _attachment,
        "template_card": _template_card,
    }
)
