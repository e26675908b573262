"""Inbound messages as JSON, so that a failed one can be handled again."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from bot.channel import inbound as _all_kinds  # noqa: F401 - makes every kind known
from bot.channel.messages import Inbound, Message
from handlers.rules.secrecy import secrecy_mark


def kept(inbound: Inbound) -> dict[str, Any]:
    """Return the message as JSON values."""
    payload: dict[str, Any] = _adapter(type(inbound)).dump_python(inbound, mode="json")
    return payload


def restored(kind: str, payload: Mapping[str, Any]) -> Inbound:
    """Return the message that was kept under the name of its kind.

    Raises:
        StopIteration: there is no such kind any more.
    """
    found = next(found for found in _kinds(Inbound) if found.__name__ == kind)
    inbound: Inbound = _adapter(found).validate_python(payload)
    return inbound


def secrecy_mark_in(inbound: Inbound) -> str | None:
    """Return the mark of secrecy in what a member wrote, or in the name of his file."""
    if not isinstance(inbound, Message):
        return None
    values = (getattr(inbound, field.name) for field in fields(inbound))
    return secrecy_mark("\n".join(value for value in values if isinstance(value, str)))


def _kinds(base: type[Inbound]) -> Iterator[type[Inbound]]:
    yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


def _adapter(kind: type[Inbound]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_adapters: dict[type[Inbound], TypeAdapter[Any]] = {}
