"""`xinshi up`: web, worker, scheduler and more as children of one process, ended in order.

They are forked from a process that has imported everything, so that the code is in memory once.
"""

import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import structlog
from setproctitle import setproctitle

from bot.app import warm_up
from bot.config import Config
from bot.programs import PROGRAMS, SPARE, programs_of

log = structlog.get_logger()

_ENDINGS = (signal.SIGINT, signal.SIGTERM)
_POLL_SECONDS = 0.2
_GRACE_SECONDS = 25.0
_QUICK_SECONDS = 5.0
_MOST_QUICK_ENDS = 5


class BindError(Exception):
    """The web process cannot listen where it is told to."""


@dataclass(slots=True)
class Child:
    """One program; *quick_ends* counts the times in a row that it ended as soon as it began.

    *given_up*: it did so too often, and the service goes on without it.
    """

    program: str
    pid: int
    started: float
    quick_ends: int = 0
    code: int | None = None
    given_up: bool = False

    def has_ended(self) -> bool:
        """Tell whether the process is over; then *code* is what it left with."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None


@dataclass(slots=True)
class Supervisor:
    """Runs the programs of one configuration until told to stop.

    The process must have one thread only: it forks, and forks again when a program has ended.
    """

    config: Path
    settings: Config
    stop: threading.Event = field(default_factory=threading.Event)
    _children: list[Child] = field(default_factory=list)

    def run(self, look: Callable[[], object] = lambda: None) -> int:
        """Start everything, restart what ends, return the exit code.

        *look* is called again and again meanwhile.
        """
        for name in _ENDINGS:
            signal.signal(name, lambda *_: self.stop.set())
        warm_up()
        gc.collect()
        gc.freeze()  # the children share what is imported here: no collection touches it
        self._children = [
            Child(program=program, pid=self._fork(program), started=time.monotonic())
            for program in programs_of(self.settings)
        ]
        try:
            while not self.stop.wait(_POLL_SECONDS):
                look()
                for child in self._children:
                    if child.given_up or not child.has_ended():
                        continue
                    if not self._restart(child):
                        return 1
        finally:
            self._end()
        return 0

    def _fork(self, program: str) -> int:
        """Start a program in a process of its own, and return its id."""
        with _endings_wait():
            parent = os.getpid()
            pid = os.fork()
            if pid == 0:
                self._become(program, parent)
        return pid

    def _become(self, program: str, parent: int) -> NoReturn:
        """Be the program, in a session of its own, and leave with its code."""
        code: object = 1
        try:
            os.setsid()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
            setproctitle(f"xinshi {program} --config {self.config}")
            end_with(parent)
            PROGRAMS[program](self.settings)
            code = 0
        except SystemExit as end:
            code = end.code or 0
        except BaseException:
            log.exception("program_failed", program=program)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code if isinstance(code, int) else 1)

    def _restart(self, child: Child) -> bool:
        """Start an ended child again; False when it cannot even start."""
        quick = time.monotonic() - child.started < _QUICK_SECONDS
        child.quick_ends = child.quick_ends + 1 if quick else 0
        log.warning("child_ended", program=child.program, code=child.code)
        if child.quick_ends >= _MOST_QUICK_ENDS:
            child.given_up = child.program in SPARE
            if child.given_up:
                log.error("program_given_up", program=child.program)
            return child.given_up
        self.stop.wait(0.2 * 2**child.quick_ends)
        child.pid, child.started, child.code = self._fork(child.program), time.monotonic(), None
        return True

    def _end(self) -> None:
        """Let each finish the work in hand, and then wait no longer."""
        running = [child for child in self._children if not child.has_ended()]
        for child in running:
            os.kill(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        while any(not child.has_ended() for child in running) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS / 4)
        for child in running:
            if not child.has_ended():
                os.kill(child.pid, signal.SIGKILL)
                os.waitpid(child.pid, 0)


@contextmanager
def _endings_wait() -> Iterator[None]:
    """Keep a wish to end from reaching a child before it has its own way to hear it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)


def check_bind(bind: str) -> None:
    """Try to listen on *bind* for a moment.

    Raises:
        BindError: something else listens there, or the address is not this machine's.
    """
    host, _, port = bind.rpartition(":")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError as error:
            raise BindError(f"cannot listen on {bind}: {error.strerror}") from error


def end_with(parent: int) -> None:
    """End this process in good order when its *parent* is gone, however it went."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_POLL_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
