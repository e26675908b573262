"""Inbound messages as JSON, so that a failed one can be handled again."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from bot.channel import events, messages
from bot.channel.messages import Inbound, Message
from bot.forms import PageForm
from handlers.rules.secrecy import secrecy_mark

# By name, from where they are defined: a class with slots has a twin of that name without them
# among the subclasses of its base.
_KINDS = {
    name: kind
    for module in (messages, events)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Inbound)
} | {PageForm.__name__: PageForm}


def kept(inbound: Inbound) -> dict[str, Any]:
    """Return the message as JSON values."""
    payload: dict[str, Any] = _adapter(type(inbound)).dump_python(inbound, mode="json")
    return payload


def restored(kind: str, payload: Mapping[str, Any]) -> Inbound:
    """Return the message that was kept under the name of its kind.

    Raises:
        KeyError: there is no such kind any more.
    """
    inbound: Inbound = _adapter(_KINDS[kind]).validate_python(payload)
    return inbound


def secrecy_mark_in(inbound: Inbound) -> str | None:
    """Return the mark of secrecy in what a member wrote, or in the name of his file."""
    if not isinstance(inbound, Message):
        return None
    values = [getattr(inbound, field.name) for field in fields(inbound)]
    if isinstance(inbound, PageForm):
        values += inbound.fields.values()
    return secrecy_mark("\n".join(value for value in values if isinstance(value, str)))


def _adapter(kind: type[Inbound]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_adapters: dict[type[Inbound], TypeAdapter[Any]] = {}
