"""Stops calls that WeCom would answer with a ban of this machine's address."""

from bot.channel.port import ChannelError, Remedy
from bot.channel.shared import SharedMemory

FIRST_S = 300.0
LONGEST_S = 3600.0
_MEMORY_S = 86_400.0


class Breaker:
    """Opens for five minutes, and twice as long each further time in a row, up to an hour.

    Open in Redis or open in this process's memory is open: losing Redis must not let a wrong secret
    be tried again and again.
    """

    def __init__(self, shared: SharedMemory) -> None:
        self._shared = shared

    def check(self) -> None:
        """Let a call through.

        Raises:
            ChannelError: open; the error is the one that opened it.
        """
        names = (self._shared.get("breaker"), self._shared.own("breaker"))
        for code in filter(None, names):
            raise ChannelError(Remedy.RECONFIGURE, int(code), "held back after earlier refusals")

    def trip(self, code: int) -> float:
        """Open; return for how many seconds."""
        seconds = min(FIRST_S * (1 << min(self._failures(), 8)), LONGEST_S)
        self._shared.put("breaker:failures", str(self._failures() + 1), _MEMORY_S)
        self._shared.put("breaker", str(code), seconds)
        return seconds

    def reset(self) -> None:
        """Forget earlier refusals: the secret works."""
        if failures := self._shared.get("breaker:failures"):
            self._shared.remove("breaker:failures", failures)

    def _failures(self) -> int:
        names = (self._shared.get("breaker:failures"), self._shared.own("breaker:failures"))
        return max((int(count) for count in names if count), default=0)
