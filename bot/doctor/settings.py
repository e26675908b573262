"""Settings that are read without complaint and still will not do in production."""

import stat
from collections.abc import Iterator
from pathlib import Path

from bot.config import Config
from bot.doctor.findings import Finding, fault, ok, warning

_KEY_CHARACTERS = 32
_KEY_VARIETY = 10
_EXAMPLE_WORDS = "change-me"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(config: Config, path: Path) -> Iterator[Finding]:
    """Check the settings that matter in production; a simulation may do without them."""
    if config.environment != "production":
        yield ok("environment", "this is a simulation: its clock can be moved")
        return
    yield secret_key(config.server.secret_key)
    yield public_url(config.server.public_url)
    yield kept_private(path)


def secret_key(key: str) -> Finding:
    remedy = "set [server] secret_key to the output of: openssl rand -hex 32"
    if not key:
        return fault("secret_key", "[server] secret_key is missing", remedy)
    if _EXAMPLE_WORDS in key or len(key) < _KEY_CHARACTERS or len(set(key)) < _KEY_VARIETY:
        return fault("secret_key", "[server] secret_key is easy to guess", remedy)
    return ok("secret_key", "the secret key is long and random")


def public_url(url: str) -> Finding:
    remedy = "set [server] public_url to the https address that WeCom and phones reach"
    if not url:
        return fault("public_url", "[server] public_url is missing", remedy)
    if not url.startswith("https://"):
        return fault("public_url", f"{url} is not an https address", remedy)
    return ok("public_url", f"the public address is {url}")


def kept_private(path: Path) -> Finding:
    if path.stat().st_mode & _OTHERS:
        text = f"{path} holds secrets and other users of this machine may open it"
        return warning("configuration file", text, f"chmod 600 {path}")
    return ok("configuration file", "only its owner may open the configuration")
