"""The demo's folder: its configuration, and whether the sample bureau's weeks have been lived."""

import re
import secrets
import shutil
from pathlib import Path

from bot.embedded_redis import EmbeddedRedis

_WEB_PORT = 10  # above the page's
_UNFINISHED = "unfinished"
_FILES = ("config.toml", "xinshi.db", "xinshi.db-shm", "xinshi.db-turn", "xinshi.db-wal")
_FOLDERS = ("media", "state")
_PORT = re.compile(r'(?m)^(bind|public_url|api_base_url) = "(.+):\d+"$')

_CONFIG = """\
# Written by `xinshi demo`; delete the folder to start anew.
environment = "simulation"
log_level = "warning"

[server]
bind = "127.0.0.1:{web_port}"
public_url = "http://127.0.0.1:{web_port}"
secret_key = "{key}"

[wecom]
corp_id = "wwsimulatedcorp"
agent_id = 1000002
secret = "{secret}"
token = "{token}"
encoding_aes_key = "{aes}"
api_base_url = "http://127.0.0.1:{port}"

[storage]
database_url = "sqlite:///xinshi.db"
redis_url = "embedded"
media_dir = "media"

[duty]
phone = "8800-1234"

[canary]
at = ""
"""


def prepare(folder: Path, port: int) -> tuple[Path, bool]:
    """Return the demo's configuration, and whether the bureau is new and has still to live.

    What a first start left that was interrupted is cleared away: half a life is none to show. A
    bureau that has lived is kept, and goes with its page to another *port*.
    """
    path = folder / "config.toml"
    if (folder / _UNFINISHED).exists():
        _clear(folder)
    elif path.exists():
        _replace(path, _at_port(path.read_text(encoding="utf-8"), port))
        return path, False
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _UNFINISHED).touch()
    _replace(
        path,
        _CONFIG.format(
            port=port,
            web_port=port + _WEB_PORT,
            key=secrets.token_hex(32),
            secret=secrets.token_hex(20),
            token=secrets.token_hex(12),
            aes=secrets.token_hex(22)[:43],
        ),
    )
    return path, True


def finish(folder: Path) -> None:
    """Note that the bureau has lived."""
    (folder / _UNFINISHED).unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Remove what a demo makes, and nothing else: the folder may be anybody's."""
    EmbeddedRedis(folder / "state").stop()  # a start that was killed leaves it running
    for name in _FILES:
        (folder / name).unlink(missing_ok=True)
    for name in _FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)


def _at_port(config: str, port: int) -> str:
    def moved(line: re.Match[str]) -> str:
        key, address = line.groups()
        return f'{key} = "{address}:{port if key == "api_base_url" else port + _WEB_PORT}"'

    return _PORT.sub(moved, config)


def _replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
