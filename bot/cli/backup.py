"""backup, restore: everything that would be missed, in one file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import backup as vault
from bot.backup import BackupError
from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, load
from bot.clock import system_now

app = typer.Typer()


@app.command()
def backup(file: Path, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Write tables, media and configuration to FILE (.tar.gz); the service may go on working."""
    settings = load(config)
    try:
        made = vault.back_up(settings, config, file, system_now())
    except BackupError as error:
        raise fail(str(error)) from error
    manifest = made.manifest
    media = sum(name.startswith("media/") for name in manifest.members)
    rows = sum(manifest.tables.values())
    console.print(f"{file}: {rows} rows, {media} files, the configuration", markup=False)
    console.print("it holds secrets: only you may read it, and it should leave this machine safely")
    for key in _kept_elsewhere(tomllib.loads(config.read_text(encoding="utf-8"))):
        console.print(f"not in it, since it stands in a file of its own: {key}", markup=False)
    _tell_lost(made.lost)


@app.command()
def restore(
    file: Path,
    config: ConfigPath = DEFAULT_CONFIG,
    with_config: Annotated[
        bool, typer.Option("--with-config", help="Also write config.restored.toml beside FILE.")
    ] = False,
) -> None:
    """Bring the backup FILE into the empty database and the media folder of the configuration."""
    settings = load(config)
    target = file.with_name("config.restored.toml") if with_config else None
    try:
        restored = vault.restore(settings, file, target)
    except BackupError as error:
        raise fail(f"nothing was restored: {error}") from error
    manifest = restored.manifest
    for table, count in manifest.tables.items():
        if count:
            console.print(f"{table}: {count}", markup=False)
    media = sum(name.startswith("media/") for name in manifest.members)
    console.print(f"files: {media}")
    if target is not None:
        console.print(f"{target} holds the configuration, with its secrets", markup=False)
    console.print(f"restored, as it was at {manifest.created_at:%Y-%m-%d %H:%M} UTC")
    _tell_lost(restored.lost)


def _tell_lost(lost: tuple[str, ...]) -> None:
    if lost:
        console.print(f"{len(lost)} files of drafts are missing or damaged:", style="yellow")
    for sha256 in lost:
        console.print(f"  {sha256}", markup=False)


def _kept_elsewhere(section: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in section.items():
        if isinstance(value, dict):
            yield from _kept_elsewhere(value, f"{prefix}{key}.")
        elif key.endswith("_file"):
            yield f"{prefix}{key}"
