"""The web process: gunicorn with threads."""

import gc
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from setproctitle import getproctitle

_TIMEOUT_SECONDS = 30
_GRACE_SECONDS = 20


class WebProcess(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Serves the application that *build* makes, once the worker process has been forked."""

    def __init__(self, bind: str, threads: int, build: Callable[[], Flask]) -> None:
        self._bind = bind
        self._threads = threads
        self._build = build
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._threads,
            "timeout": _TIMEOUT_SECONDS,
            "graceful_timeout": _GRACE_SECONDS,
            "accesslog": None,  # the callback's address carries signatures
            "loglevel": "warning",
            "proc_name": getproctitle(),
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to end."""
        gc.freeze()  # the worker process shares what is imported here: no collection touches it
        super().run()

    def load(self) -> Flask:
        return self._build()
