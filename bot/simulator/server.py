"""Serves the simulator on a loopback address, from a thread."""

import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.simulator.world import World

_POLL_SECONDS = 0.05
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NotLoopbackError(ValueError):
    """The simulator has no log-in: it must not be reachable from another machine."""

    def __init__(self, host: str) -> None:
        super().__init__(f"the simulator listens on 127.0.0.1 or localhost only, not on {host!r}")


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - theirs
        """Say nothing: the page has its own record of every exchange."""


class Server:
    def __init__(self, app: Flask, host: str, port: int) -> None:
        self._server = make_server(host, port, app, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_SECONDS,), daemon=True
        )
        self.port = self._server.server_port

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


def serve(app: Flask, host: str = "127.0.0.1", port: int = 8700) -> Server:
    """Bind *app* to a loopback address; 0 takes any free port. Nothing runs before ``start()``.

    Raises:
        NotLoopbackError: *host* could be reached from another machine.
    """
    if host not in LOOPBACK:
        raise NotLoopbackError(host)
    server = Server(app, host, port)
    world = app.extensions.get("xinshi.world")
    if isinstance(world, World):
        world.media.base_url = f"http://127.0.0.1:{server.port}"
    return server
