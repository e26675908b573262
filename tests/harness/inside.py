"""Brings requests to applications of this process, without a socket between.

A socket, a thread and a server for each message were a fifth of what a scenario costs. Real ones
stay where they matter: in tests/faults, and for whoever comes from outside.
"""

from io import BytesIO
from sys import stderr
from typing import Any
from wsgiref.types import WSGIApplication

import httpx
from werkzeug.test import run_wsgi_app


class Inside(httpx.BaseTransport):
    """Finds an application by its port; at other addresses nobody answers."""

    def __init__(self) -> None:
        self.apps: dict[int, WSGIApplication] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        app = self.apps.get(request.url.port or 0)
        if app is None:
            raise httpx.ConnectError("nobody listens there", request=request)
        body, status, headers = run_wsgi_app(app, _environ(request), buffered=True)
        return httpx.Response(
            int(status.split()[0]),
            headers=[(name.encode(), value.encode("latin-1")) for name, value in headers],
            content=b"".join(body),
        )


def _environ(request: httpx.Request) -> dict[str, Any]:
    content = request.read()
    environ = {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.url.scheme,
        "wsgi.input": BytesIO(content),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.url.path.encode().decode("latin-1"),
        "QUERY_STRING": request.url.query.decode(),
        "SERVER_NAME": request.url.host,
        "SERVER_PORT": str(request.url.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
    }
    for name, value in request.headers.raw:
        key = name.decode().upper().replace("-", "_")
        prefix = "" if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else "HTTP_"
        environ[prefix + key] = value.decode("latin-1")
    return environ
