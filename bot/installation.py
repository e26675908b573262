"""Write a configuration of one's own: the example's words, the answers, and fresh secrets."""

import base64
import json
import os
import re
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import bot
from bot.config import ConfigError, load_config

EXAMPLE = Path(bot.__file__).parents[1] / "config.example.toml"

_CALLBACK = "/wecom/callback"
_TOKEN_LENGTH = 32  # the most that WeCom takes
_KEY_BYTES = 32
_HEADER = re.compile(r"\[+([a-z_.]+)\]+ *")
_KEY = re.compile(r"([a-z_]+) *=")
_INVITATION = " Copy to config.toml and fill in [wecom]."

Values = Mapping[tuple[str, str], object]


class InstallationError(Exception):
    """No configuration was written; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What only the bureau can know."""

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    public_url: str
    database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """What is to be entered in the console, under 接收消息 (API接收)."""

    url: str
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)


def install(path: Path, answers: Answers) -> Callback:
    """Write *path*, for its owner's eyes only, in place of what is there.

    Raises:
        InstallationError: an answer cannot be used, or the folder cannot be written; nothing has
            changed.
    """
    public_url = _address(answers.public_url)
    callback = Callback(
        url=public_url + _CALLBACK, token=fresh_token(), encoding_aes_key=fresh_aes_key()
    )
    values = {
        ("server", "public_url"): public_url,
        ("server", "secret_key"): secrets.token_hex(32),
        ("wecom", "corp_id"): answers.corp_id.strip(),
        ("wecom", "agent_id"): answers.agent_id,
        ("wecom", "secret"): answers.secret.strip(),
        ("wecom", "token"): callback.token,
        ("wecom", "encoding_aes_key"): callback.encoding_aes_key,
        ("storage", "database_url"): answers.database_url.strip(),
        ("storage", "redis_url"): answers.redis_url.strip(),
        ("quotas", "monthly_by_unit"): {},  # the example's unit is somebody else's
    }
    try:
        _write(path, fill_in(EXAMPLE.read_text(encoding="utf-8"), values))
    except OSError as error:
        raise InstallationError(f"{error.filename}: {error.strerror}") from error
    return callback


def fill_in(example: str, values: Values) -> str:
    """Put *values*, by section and key, in place of the example's; the comments stay.

    Raises:
        LookupError: the example lacks a key.
    """
    rest = dict(values)
    section, lines = "", []
    for line in example.splitlines():
        if header := _HEADER.fullmatch(line):
            section = header[1]
        found = _KEY.match(line)
        if found and (section, found[1]) in rest:
            # A JSON string, number or empty object is the same in TOML.
            value = json.dumps(rest.pop((section, found[1])), ensure_ascii=False)
            lines.append(f"{found[1]} = {value}")
        else:
            lines.append(line.replace(_INVITATION, ""))
    if rest:
        raise LookupError(f"config.example.toml lacks {', '.join(map('.'.join, rest))}")
    return "\n".join([*lines, ""])


def fresh_token() -> str:
    alphabet = string.ascii_letters + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(_TOKEN_LENGTH))


def fresh_aes_key() -> str:
    """Return 43 letters and digits that decode to 32 bytes: WeCom takes no other character."""
    while True:
        key = base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode().removesuffix("=")
        if key.isalnum():
            return key


def _address(url: str) -> str:
    url = url.strip().rstrip("/").removesuffix(_CALLBACK).rstrip("/")
    if not re.fullmatch(r"https?://[^/\s]+(/\S*)?", url):
        raise InstallationError(f"{url!r} is not an address such as https://xinshi.example.gov.cn")
    return url


def _write(path: Path, text: str) -> None:
    """Write beside *path*, read it back, and only then put it in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        load_config(fresh)
        fresh.replace(path)
    except ConfigError as error:
        raise InstallationError(str(error).replace(str(fresh), str(path))) from error
    finally:
        fresh.unlink(missing_ok=True)
