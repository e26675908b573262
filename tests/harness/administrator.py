"""An administrator in a test: a configuration file of his own, and the commands that he types."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from typer.testing import CliRunner

from bot.cli import app
from bot.config import Config

Sections = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command answered; *out* is what another program would read."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@dataclass(kw_only=True)
class Administrator:
    """Types commands for the configuration at *path*."""

    path: Path
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)

    def sets(self, **sections: Mapping[str, Any]) -> "Administrator":
        """Change keys of the configuration file; `top` are those above every section."""
        for name, keys in sections.items():
            self.sections.setdefault(name, {}).update(keys)
        self.path.write_text(_toml(self.sections), encoding="utf-8")
        self.path.chmod(0o600)
        return self

    def runs(self, *arguments: str, typed: str = "") -> Said:
        logs = structlog.get_config()
        try:
            result = CliRunner().invoke(app, [*arguments, "--config", str(self.path)], input=typed)
        finally:
            structlog.configure(**logs)  # the command's own stream is closed by now
        return Said(code=result.exit_code, out=result.stdout, err=result.stderr)


def administrator(config: Config, folder: Path) -> Administrator:
    """Write the configuration of a running bureau to a file in *folder*."""
    wecom, storage = config.wecom, config.storage
    keys = ("corp_id", "agent_id", "secret", "token", "encoding_aes_key", "api_base_url")
    return Administrator(path=folder / "config.toml").sets(
        top={"environment": config.environment},
        wecom={key: getattr(wecom, key) for key in keys},
        storage={
            "database_url": storage.database_url,
            "redis_url": storage.redis_url,
            "media_dir": str(storage.media_dir),
        },
    )


def _toml(sections: Sections) -> str:
    lines: list[str] = []
    for name, keys in sorted(sections.items(), key=lambda item: item[0] != "top"):
        lines += [f"[{name}]"] if name != "top" else []
        lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    return "\n".join(lines)
