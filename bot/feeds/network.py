"""Ask the world for one document, so that it can harm nobody.

An address is resolved once, each answer is looked at, and the connection goes to the very address
that was looked at: nobody can name another in between. Redirects walk the same path. All of it,
from the first name to the last byte, has one deadline; what is packed is unpacked up to a size.
"""

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import httpcore
import httpx

from bot.feeds.errors import FeedError
from storage.vocabulary import SourceFault

Resolve = Callable[[str, int], list[str]]

_HEADERS = {
    "User-Agent": "xinshi (feed reader)",
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_GZIP = 31
"""What zlib calls a gzip header of the largest window."""
_REDIRECTS = 4
_MOVED = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)
_LONGEST_ADDRESS, _LONGEST_MARK, _LONGEST_WISH = 2_000, 200, 6
_PACKED = frozenset({"gzip", "x-gzip"})
_CARRIERS = tuple(
    ip_network(one) for one in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")
)
"""Addresses that carry another one within: of a network of ours, perhaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one question may cost; *inside* are hosts (or host:port) of networks of our own."""

    seconds: float = 20.0
    largest: int = 4 * 1024 * 1024
    inside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was answered; no *body*: nothing has changed since."""

    body: bytes | None
    content_type: str = ""
    etag: str = ""
    modified: str = ""


def fetch(
    url: str,
    bounds: Bounds,
    *,
    etag: str = "",
    modified: str = "",
    resolve: Resolve | None = None,
) -> Fetched:
    """Ask for a document that has changed since *etag* or *modified*.

    Raises:
        FeedError: its address is not public, it is too slow, too large, or no answer.
    """
    backend = _Backend(bounds, resolve or _resolve)
    since = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {**_HEADERS, **{name: value for name, value in since.items() if value}}
    with _network_told(), _pool(backend) as pool:
        asked = checked(url)
        for _ in range(_REDIRECTS + 1):
            answer = _ask(pool, asked, headers, bounds)
            if isinstance(answer, Fetched):
                return answer
            asked = answer
    raise FeedError(SourceFault.REDIRECTS)


def checked(url: str) -> httpx.URL:
    """Read an address that may be a feed's.

    Raises:
        FeedError: it is no http address, or names a user.
    """
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL:
        raise FeedError(SourceFault.ADDRESS) from None
    if found.scheme not in {"http", "https"} or not found.host or found.userinfo:
        raise FeedError(SourceFault.ADDRESS, found.host)
    if len(str(found)) > _LONGEST_ADDRESS:
        raise FeedError(SourceFault.ADDRESS, found.host)
    return found


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet and carries no other within."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in carrier for carrier in _CARRIERS):
            return False
    return found.is_global and not found.is_multicast


def _ask(
    pool: httpcore.ConnectionPool, url: httpx.URL, headers: Mapping[str, str], bounds: Bounds
) -> Fetched | httpx.URL:
    """Return what is answered, or where it is to be found instead."""
    asking = [(name.encode(), value.encode()) for name, value in headers.items()]
    with pool.stream("GET", str(url), headers=asking) as response:
        found = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _MOVED and b"location" in found:
            return _moved(url, found[b"location"])
        if response.status == HTTPStatus.NOT_MODIFIED:
            return Fetched(body=None)
        if response.status != HTTPStatus.OK:
            wished = _wish(found.get(b"retry-after", ""))
            raise FeedError(SourceFault.STATUS, str(response.status), wished)
        return Fetched(
            body=_body(response.iter_stream(), found, bounds.largest),
            content_type=found.get(b"content-type", ""),
            etag=_mark(found.get(b"etag", "")),
            modified=_mark(found.get(b"last-modified", "")),
        )


def _moved(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return checked(str(url.join(location)))
    except httpx.InvalidURL:
        raise FeedError(SourceFault.ADDRESS, url.host) from None


def _body(sent: Iterable[bytes], headers: Mapping[bytes, str], largest: int) -> bytes:
    """Read and unpack a body, and not much more of it than it may have."""
    declared = headers.get(b"content-length", "")
    if declared.isdigit() and int(declared) > largest:
        raise FeedError(SourceFault.SIZE)
    packing = headers.get(b"content-encoding", "").strip().lower()
    if packing and packing not in {*_PACKED, "identity"}:
        raise FeedError(SourceFault.PACKING, _mark(packing))
    pieces, size = [], 0
    for piece in _unpacked(sent, largest) if packing in _PACKED else sent:
        size += len(piece)
        if size > largest:
            raise FeedError(SourceFault.SIZE)
        pieces.append(piece)
    return b"".join(pieces)


def _unpacked(sent: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """Unpack a little at a time: what is far larger than it was sent is never there as a whole."""
    unpack = zlib.decompressobj(wbits=_GZIP)
    try:
        for piece in sent:
            yield unpack.decompress(piece, largest)
            while unpack.unconsumed_tail:
                yield unpack.decompress(unpack.unconsumed_tail, largest)
    except zlib.error:
        raise FeedError(SourceFault.PACKING, "gzip") from None
    if not unpack.eof:
        raise FeedError(SourceFault.PACKING, "gzip")


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were looked at, and lets nothing outlive the deadline."""

    def __init__(self, bounds: Bounds, resolve: Resolve) -> None:
        self._inside = bounds.inside
        self._ends = time.monotonic() + bounds.seconds
        self._resolve = resolve
        self._sync = httpcore.SyncBackend()

    def left(self) -> float:
        """Return how many seconds are left.

        Raises:
            FeedError: none are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FeedError(SourceFault.TIME)
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - there is one deadline for all of it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers, all of them being allowed.

        Raises:
            FeedError: one of them is not.
        """
        addresses = self._looked_at(host, port)
        for place, address in enumerate(addresses, 1):
            share = self.left() / (len(addresses) - place + 1)
            try:
                stream = self._sync.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
            else:
                return _Stream(stream, self)
        raise FeedError(SourceFault.UNREACHABLE, host)

    def _looked_at(self, host: str, port: int) -> list[str]:
        named = host.lower().rstrip(".")
        addresses = self._resolve(host, port)
        if not {named, f"{named}:{port}"} & self._inside and not all(map(is_public, addresses)):
            raise FeedError(SourceFault.ADDRESS, named)
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends with the deadline: one drop a second does not move it."""

    def __init__(self, stream: httpcore.NetworkStream, backend: _Backend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - as above
        return self._stream.read(max_bytes, self._backend.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        self._stream.write(buffer, self._backend.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.NetworkStream:
        left = self._backend.left()
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _pool(backend: _Backend) -> httpcore.ConnectionPool:
    return httpcore.ConnectionPool(ssl_context=_trust(), network_backend=backend)


@contextmanager
def _network_told() -> Iterator[None]:
    """Say of any error of the network what it is to us."""
    try:
        yield
    except httpcore.TimeoutException:
        raise FeedError(SourceFault.TIME) from None
    except httpcore.ConnectError as error:
        # The pool raises it again without its cause.
        bad = any(isinstance(reason, ssl.SSLCertVerificationError) for reason in error.args)
        raise FeedError(SourceFault.CERTIFICATE if bad else SourceFault.UNREACHABLE) from None
    except (httpcore.NetworkError, httpcore.ProtocolError):
        raise FeedError(SourceFault.UNREACHABLE) from None


def _resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, each once.

    Raises:
        FeedError: it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FeedError(SourceFault.UNREACHABLE, host) from None
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _mark(value: str) -> str:
    """Return what can be said again as it was said; else nothing."""
    plain = value.isascii() and value.isprintable() and len(value) <= _LONGEST_MARK
    return value if plain else ""


def _wish(said: str) -> timedelta:
    """Return for how long a server wants to be left alone; a date is not waited for."""
    short = said.isdigit() and len(said) <= _LONGEST_WISH
    return timedelta(seconds=int(said)) if short else timedelta(0)
