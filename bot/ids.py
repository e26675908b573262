"""The only place that makes identifiers."""

import secrets
from collections.abc import Callable
from uuid import uuid4  # noqa: TID251 - the one place that may

NewId = Callable[[], str]

_READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_id() -> str:
    """Return a fresh identifier for a row: 32 hexadecimal characters."""
    return uuid4().hex


def new_incident_no() -> str:
    """Return a short number for an unexpected error, easy to read out on the telephone."""
    return "".join(secrets.choice(_READABLE) for _ in range(6))
