"""Secrets with which monitoring services sign: made from the service's own key, kept nowhere."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from bot.config import Server
from storage.models import Source

TIMESTAMP = "X-Xinshi-Timestamp"
SIGNATURE = "X-Xinshi-Signature"
PATH = "/push/"
"""Every source that sends has an address below this one."""

_PREFIX = "sha256="


def push_address(server: Server, source: Source) -> str:
    """Return where a source sends to; empty where there is no address or key."""
    if not server.public_url or not server.secret_key:
        return ""
    return f"{server.public_url.rstrip('/')}{PATH}{source.id}"


def secret_of(server: Server, source: Source) -> str:
    """Return the secret with which a source signs from its latest turn on."""
    return _secret(server, source, source.turn)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what stands in the header for *body* sent at *timestamp* (seconds since 1970)."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return _PREFIX + signed.hexdigest()


def good_secrets(server: Server, source: Source, now: datetime) -> list[str]:
    """Return what a source may sign with: for a while after a turn also the secret before it."""
    turns = [source.turn]
    if source.turn and source.old_until is not None and now < source.old_until:
        turns.append(source.turn - 1)
    return [_secret(server, source, turn) for turn in turns]


def is_signed(secrets: Iterable[str], signed: str, timestamp: str, body: bytes) -> bool:
    """Tell whether *signed* is what one of *secrets* makes of it, in the same time for any."""
    given = signed.encode("utf-8", "replace")
    good = [hmac.compare_digest(signature(one, timestamp, body).encode(), given) for one in secrets]
    return any(good)


def _secret(server: Server, source: Source, turn: int) -> str:
    said = f"push\n{source.id}\n{turn}".encode()
    made = hmac.new(server.secret_key.encode(), said, hashlib.sha256).digest()
    return "xs_" + base64.urlsafe_b64encode(made).decode().rstrip("=")
