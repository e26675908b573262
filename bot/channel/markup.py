"""XML as WeCom writes and reads it: no document types, one element per name, CDATA."""

import math
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from bot.channel.refusals import EnvelopeError, Refusal

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return *text* without the characters that XML 1.0 cannot carry."""
    return _FORBIDDEN.sub("", text)


def cdata(text: str) -> str:
    """Return *text* as CDATA that it cannot break out of."""
    return f"<![CDATA[{printable(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def decode(document: bytes) -> str:
    """Return *document* as text, without a byte-order mark.

    Only UTF-8 is taken: another encoding could hide a document type from a search.
    """
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EnvelopeError(Refusal.NOT_UTF8) from None


def parse(document: str) -> ET.Element:
    """Return the root of *document*; its encoding declaration, if any, has no say.

    Raises:
        EnvelopeError: it is no XML, or it has a document type and could define entities.
    """
    if "\0" in document:  # expat would take it for UTF-16, whatever it is told
        raise EnvelopeError(Refusal.NOT_XML)
    parser = ET.XMLParser(target=_WithoutDoctype())  # noqa: S314 - no document type, no entities
    try:
        parser.feed(document)
        root: ET.Element = parser.close()
    except ET.ParseError:
        raise EnvelopeError(Refusal.NOT_XML) from None
    return root


def only(parent: ET.Element, *names: str) -> ET.Element | None:
    """Return the one child that bears any of *names*, or None."""
    found = [child for child in parent if child.tag in names]
    if len(found) > 1:
        raise EnvelopeError(Refusal.DOUBLED_ELEMENT)
    return found[0] if found else None


def text(parent: ET.Element, *names: str) -> str:
    """Return the text of the one child that bears any of *names*, or an empty string."""
    child = only(parent, *names)
    return "" if child is None else child.text or ""


def required(parent: ET.Element, name: str) -> str:
    """Return the text of the child *name*, which must be there and say something."""
    if value := text(parent, name).strip():
        return value
    raise EnvelopeError(Refusal.MISSING_ELEMENT)


def texts(parent: ET.Element, *names: str) -> tuple[str, ...]:
    """Return the texts of all children that bear any of *names*: none, one or many."""
    return tuple(child.text or "" for child in parent if child.tag in names)


def part(parent: ET.Element, name: str) -> ET.Element:
    """Return the container *name*, an empty one where WeCom left it out."""
    found = only(parent, name)
    return ET.Element(name) if found is None else found


def whole(parent: ET.Element, *names: str) -> int | None:
    """Return a whole number, or None where there is none: decoration never costs a message."""
    try:
        return int(text(parent, *names))
    except ValueError:
        return None


def real(parent: ET.Element, name: str) -> float | None:
    """Return a finite number, or None where there is none."""
    try:
        value = float(text(parent, name))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def moment(seconds: str) -> datetime | None:
    """Return Unix *seconds* as a UTC time, or None where they are none, zero included."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if int(seconds) else None
    except (ValueError, OverflowError, OSError):
        return None


class _WithoutDoctype(ET.TreeBuilder):
    def doctype(self, *_: object) -> None:
        raise EnvelopeError(Refusal.DOCTYPE)
