"""XML of strangers: no document type, no entities, and never a tree of it in memory."""

from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from bot.intake.refusals import Refusal, RefusedFileError

Attributes = dict[str, str]


class Reader:
    """What is told of a document's elements as they come; names are without their namespaces."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Begin an element."""

    def end(self, tag: str) -> None:
        """End an element."""

    def data(self, text: str) -> None:
        """Take some of the text between."""


class _Target:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def start(self, tag: str, attributes: Attributes) -> None:
        self._reader.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._reader.end(_local(tag))

    def data(self, text: str) -> None:
        self._reader.data(text)

    def doctype(self, *_: object) -> None:
        raise RefusedFileError(Refusal.BAD_PARTS)

    def close(self) -> None:
        """End with nothing: what was read went to the reader."""


def read(document: bytes, reader: Reader) -> None:
    """Let *reader* see the elements of *document*, of which nothing is kept here.

    Raises:
        RefusedFileError: it is no XML, or it has a document type and could define entities.
    """
    parser = ET.XMLParser(target=_Target(reader))  # noqa: S314 - no document type, no entities
    try:
        parser.feed(document)
        parser.close()
    except (ET.ParseError, ValueError, LookupError):
        raise RefusedFileError(Refusal.BROKEN) from None


def elements(document: bytes) -> Iterator[tuple[str, Attributes]]:
    """Yield each element's name with its attributes, in order; nothing for an absent document."""
    found: list[tuple[str, Attributes]] = []
    if document:
        read(document, _Noting(found.append))
    yield from found


class _Noting(Reader):
    def __init__(self, note: Callable[[tuple[str, Attributes]], None]) -> None:
        self._note = note

    def start(self, tag: str, attributes: Attributes) -> None:
        self._note((tag, attributes))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
