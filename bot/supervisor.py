"""`xinshi up`: web, worker and scheduler as children of one process, kept alive, ended in order."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

log = structlog.get_logger()

PROGRAMS = ("serve", "work", "schedule")

_POLL_SECONDS = 0.2
_GRACE_SECONDS = 25.0
_QUICK_SECONDS = 5.0
_MOST_QUICK_ENDS = 5
_PARENT = "XINSHI_PARENT"


class BindError(Exception):
    """The web process cannot listen where it is told to."""


@dataclass(slots=True)
class Child:
    """One program; *quick_ends* counts the times in a row that it ended as soon as it began."""

    program: str
    process: subprocess.Popen[bytes]
    started: float
    quick_ends: int = 0


@dataclass(slots=True)
class Supervisor:
    """Runs the programs of one configuration until told to stop."""

    config: Path
    stop: threading.Event = field(default_factory=threading.Event)
    _children: list[Child] = field(default_factory=list)

    def run(self, look: Callable[[], object] = lambda: None) -> int:
        """Start everything, restart what ends, return the exit code.

        *look* is called again and again meanwhile.
        """
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: self.stop.set())
        self._children = [self._start(program) for program in PROGRAMS]
        try:
            while not self.stop.wait(_POLL_SECONDS):
                look()
                for child in self._children:
                    if child.process.poll() is not None and not self._restart(child):
                        return 1
        finally:
            self._end()
        return 0

    def _start(self, program: str) -> Child:
        command = [sys.executable, "-m", "bot", program, "--config", str(self.config)]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            env={**os.environ, _PARENT: str(os.getpid())},
            start_new_session=True,
        )
        return Child(program=program, process=process, started=time.monotonic())

    def _restart(self, child: Child) -> bool:
        """Start an ended child again; False when it cannot even start."""
        quick = time.monotonic() - child.started < _QUICK_SECONDS
        child.quick_ends = child.quick_ends + 1 if quick else 0
        log.warning("child_ended", program=child.program, code=child.process.returncode)
        if child.quick_ends >= _MOST_QUICK_ENDS:
            return False
        self.stop.wait(0.2 * 2**child.quick_ends)
        fresh = self._start(child.program)
        child.process, child.started = fresh.process, fresh.started
        return True

    def _end(self) -> None:
        """Let each finish the work in hand, and then wait no longer."""
        for child in self._children:
            child.process.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for child in self._children:
            try:
                child.process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


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


def end_with_parent() -> None:
    """In a child: end in good order when the supervisor is gone, however it went."""
    parent = os.environ.get(_PARENT)
    if parent is None:
        return

    def watch() -> None:
        while os.getppid() == int(parent):
            time.sleep(_POLL_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
