"""The applications that the webhook benchmark measures, each under the same gunicorn.

xinshi   the product
echo     Flask and wechatpy: decrypt, parse, answer; nothing is kept
row      the same, and one durable SQLite row for each message
"""

import json
import os
import socket
import sqlite3
import sys
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from wechatpy.work import parse_message  # noqa: TID251 - the baseline is plain wechatpy
from wechatpy.work.crypto import WeChatCrypto  # noqa: TID251 - as above
from wechatpy.work.replies import TextReply  # noqa: TID251 - as above

from bot.app import build_services, create_app
from bot.config import Config
from bot.logs import configure_logs
from bot.web.server import WebProcess


def echo(config: Config, database: Path | None) -> Flask:
    """Return the baseline; with *database* it keeps what it is told."""
    app = Flask("echo")
    wecom = config.wecom
    crypto = WeChatCrypto(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
    local = threading.local()

    def keep(text: str) -> None:
        if not hasattr(local, "connection") and database is not None:
            local.connection = sqlite3.connect(database, timeout=30)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=FULL")
            local.connection.execute("CREATE TABLE IF NOT EXISTS said (at REAL, text TEXT)")
        with local.connection:
            local.connection.execute(
                "INSERT INTO said VALUES (?, ?)",
                (time.time(), text),  # noqa: TID251 - a baseline
            )

    @app.post("/wecom/callback")
    def receive() -> Response:
        args: Any = request.args
        signature = (args["msg_signature"], args["timestamp"], args["nonce"])
        message = parse_message(crypto.decrypt_message(request.get_data(), *signature))
        if database is not None:
            keep(message.content)
        reply = TextReply(message=message, content=message.content).render()
        return Response(crypto.encrypt_message(reply, signature[2], signature[1]))

    return app


def _log_as_in_production() -> None:
    """Write every log line, to nowhere: a terminal would be part of the figure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    configure_logs("info", as_json=True)


def main() -> None:
    program, path = sys.argv[1:]
    config = Config.model_validate(json.loads(Path(path).read_text()))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def build() -> Flask:
        if program == "xinshi":
            app = create_app(build_services(config))
        else:
            said = Path(path).with_suffix(".said.db")
            app = echo(config, said if program == "row" else None)
        print(port, flush=True)
        _log_as_in_production()
        return app

    WebProcess(f"127.0.0.1:{port}", config.server.threads, build).run()


if __name__ == "__main__":
    main()
