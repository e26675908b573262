"""Those who write to a file of SQLite's take turns: who came first writes first (ADR 0041)."""

import fcntl
import os
from concurrent.futures import Future
from contextlib import suppress
from threading import BoundedSemaphore, Thread

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

TURN = "-turn"
"""How the file beside SQLite's is called by which those who write wait for each other."""
READING = "reading"
"""The option of a connection that only looks: it waits for nobody."""
_MOST_WAITING = 32
"""Threads of a process that wait for its turn: so many are left behind at most, if one hangs."""


class Turns:
    """Lets those who write begin one after another, as they come.

    Whoever waits for SQLite's lock only asks again now and then, and would hardly ever get it from
    a worker that takes it again right after each commit. So one at a time asks, and that worker
    waits behind him.
    """

    def __init__(self, database: str, seconds: float) -> None:
        self._file, self._seconds = f"{database}{TURN}", seconds
        self._waiting = BoundedSemaphore(_MOST_WAITING)

    def begin(self, connection: Connection) -> None:
        """Begin; what may write takes the lock at once, which avoids a deadlock on upgrade.

        Raises:
            OperationalError: somebody kept the turn for as long as SQLite's lock is waited for.
        """
        if connection.get_execution_options().get(READING):
            connection.exec_driver_sql("BEGIN")
            return
        turn = self._take()
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            os.close(turn)  # the next one's turn

    def _take(self) -> int:
        turn = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(turn)
        return turn

    def _wait(self, turn: int) -> None:
        """Wait in the queue, which has no limit of its own, and leave it after a while.

        To look again and again instead would lose the order: of five who write, the last waited
        four times as long.
        """
        if not self._waiting.acquire(timeout=self._seconds):
            os.close(turn)
            raise self._kept()
        taken: Future[None] = Future()
        Thread(target=self._queue, args=(turn, taken), daemon=True).start()
        with suppress(TimeoutError):
            taken.result(self._seconds)
        if taken.cancel():
            raise self._kept()

    def _queue(self, turn: int, taken: Future[None]) -> None:
        fcntl.flock(turn, fcntl.LOCK_EX)
        self._waiting.release()
        if taken.set_running_or_notify_cancel():
            taken.set_result(None)
        else:
            os.close(turn)

    def _kept(self) -> OperationalError:
        held = f"another process has kept the turn to write for {self._seconds} s; it hangs"
        return OperationalError("BEGIN IMMEDIATE", None, TimeoutError(f"{held} or was stopped"))
