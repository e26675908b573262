"""Addresses of pages as they are given out in chat: signed for one member, for a while.

They spare nobody the log-in, and show nobody more than he may see: a link that is passed on, or
found in an old chat, opens nothing.
"""

import hashlib
from datetime import datetime

from itsdangerous import Signer

from bot.config import Server
from storage.vocabulary import UserId

PAGES = "/p/"
"""Every page that needs a log-in is below this address."""

EXPIRED = "链接已过期"
FORGED = "链接无效"


def has_pages(server: Server) -> bool:
    """Tell whether there are pages: they need an address, and a key to sign with."""
    return bool(server.public_url and server.secret_key)


def own_address(server: Server, path: str) -> str:
    """Return where the world finds the page at *path*, such as ``drafts/…``."""
    return f"{server.public_url.rstrip('/')}{PAGES}{path}"


def open_address(server: Server, path: str) -> str:
    """Return where something opens without a log-in; empty where there are no pages."""
    return own_address(server, path) if has_pages(server) else ""


def page_link(server: Server, path: str, member: UserId, until: datetime) -> str:
    """Return a link for *member* to the page at *path*; empty where there are no pages."""
    if not has_pages(server):
        return ""
    end = f"{int(until.timestamp()):x}"
    signature = _signer(server).get_signature(_signed(path, member, end)).decode()
    return f"{own_address(server, f'go/{path}')}?t={end}.{signature}"


def refusal(server: Server, path: str, token: str, member: UserId, now: datetime) -> str:
    """Return why the link opens nothing for *member*; empty when it does."""
    end, _, signature = token.partition(".")
    if not _signer(server).verify_signature(_signed(path, member, end), signature.encode()):
        return FORGED
    return EXPIRED if now.timestamp() > int(end, 16) else ""


def _signer(server: Server) -> Signer:
    return Signer(server.secret_key, salt="page link", digest_method=hashlib.sha256)


def _signed(path: str, member: UserId, end: str) -> str:
    return f"{path}\n{member}\n{end}"
