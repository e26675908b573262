"""The access token: fetched once, shared by all threads and processes of the app."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import structlog

from bot.channel.breaker import Breaker
from bot.channel.port import ChannelError, Remedy
from bot.channel.shared import Monotonic, SharedMemory

log = structlog.get_logger()

_TOKEN = "token"  # noqa: S105 - the name of a key
_LOCK = "token:lock"
_FETCHES = "token:fetches"
_MARGIN_S = 300.0
_LOCK_S = 15.0  # longer than a fetch can take: connect 3 s + read 10 s
_POLL_S = 0.05
_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Grant:
    token: str = field(repr=False)
    expires_in: float


class TokenProvider:
    """Gives out one token.

    *fetch* calls gettoken and raises ChannelError. It is called by one thread of one process at a
    time, at most *hourly_limit* times an hour, and not at all for a while after a refusal that
    names the secret or the permission: WeCom bans an address that keeps trying.
    """

    def __init__(
        self,
        shared: SharedMemory,
        fetch: Callable[[], Grant],
        *,
        hourly_limit: int = 100,
        patience_s: float = _LOCK_S,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._shared = shared
        self._breaker = Breaker(shared)
        self._fetch = fetch
        self._hourly_limit = hourly_limit
        self._patience_s = patience_s
        self._monotonic = monotonic
        self._alone = Lock()

    def get(self) -> str:
        """Return a token that nobody has complained of.

        Raises:
            ChannelError: RECONFIGURE with the secret refused, WAIT at the limit, RETRY when
                another process took too long to fetch.
        """
        if token := self._shared.get(_TOKEN):
            return token
        if not self._alone.acquire(timeout=self._patience_s):
            raise _slow()
        try:
            return self._fetch_once()
        finally:
            self._alone.release()

    def discard(self, token: str) -> None:
        """Forget *token*, which WeCom refused, unless a fresh one has taken its place."""
        self._shared.remove(_TOKEN, token)

    def _fetch_once(self) -> str:
        """Fetch, or wait until another process has."""
        deadline = self._monotonic() + self._patience_s
        claim = secrets.token_hex(8)
        while not self._shared.claim(_LOCK, claim, _LOCK_S):
            if token := self._shared.get(_TOKEN):
                return token
            if self._monotonic() > deadline:
                raise _slow()
            time.sleep(_POLL_S)
        try:
            return self._shared.get(_TOKEN) or self._fetched()
        finally:
            self._shared.remove(_LOCK, claim)

    def _fetched(self) -> str:
        self._breaker.check()
        if self._shared.count(_FETCHES, _HOUR_S) > self._hourly_limit:
            raise ChannelError(Remedy.WAIT, None, "too many tokens were asked for in this hour")
        try:
            grant = self._fetch()
        except ChannelError as error:
            if error.remedy is Remedy.RECONFIGURE and error.code is not None:
                seconds = self._breaker.trip(error.code)
                log.error("token_refused", code=error.code, pause_s=seconds)  # noqa: TRY400 - no trace
            raise
        self._breaker.reset()
        self._shared.put(_TOKEN, grant.token, max(1.0, grant.expires_in - _MARGIN_S))
        return grant.token


def _slow() -> ChannelError:
    return ChannelError(Remedy.RETRY, None, "another process is still fetching a token")
