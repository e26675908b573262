"""The XML of callbacks and passive replies: written with safe CDATA, read without DTDs."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

Value = str | int | float | Sequence[tuple[str, "Value"]]
Fields = Sequence[tuple[str, Value]]

_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XmlError(ValueError):
    """Text that is not the XML we expected."""


def to_xml(fields: Fields) -> str:
    """Write *fields* in an ``<xml>`` element: texts as CDATA, numbers bare, lists nested."""
    return f"<xml>{_inside(fields)}</xml>"


def from_xml(text: str | bytes) -> ET.Element:
    """Read one document.

    Raises:
        XmlError: it is malformed, or carries a document type.
    """
    source = text.encode() if isinstance(text, str) else text
    if b"<!DOCTYPE" in source or b"<!ENTITY" in source:
        raise XmlError("a document type is not welcome")
    try:
        return ET.fromstring(source)  # noqa: S314 - entities need a DTD, refused above
    except ET.ParseError as error:
        raise XmlError(str(error)) from error


def text_of(element: ET.Element, path: str) -> str:
    """Return the text at *path*, or nothing."""
    return element.findtext(path) or ""


def _inside(fields: Fields) -> str:
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields)


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _cdata(value)
    if isinstance(value, int | float):
        return str(value)
    return _inside(value)


def _cdata(text: str) -> str:
    safe = _UNSPEAKABLE.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"
