"""Where the demo lives: what is kept over a start, what is begun anew."""

from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.demo import finish, prepare


def prepared(folder: Path, port: int = 8700) -> tuple[Config, bool]:
    path, is_new = prepare(folder, port)
    assert path.stat().st_mode & 0o777 == 0o600
    return load_config(path), is_new


def test_a_bureau_that_has_lived_is_kept(tmp_path: Path) -> None:
    first, is_new = prepared(tmp_path / "demo")
    assert is_new
    finish(tmp_path / "demo")
    (tmp_path / "demo" / "xinshi.db").touch()
    assert prepared(tmp_path / "demo") == (first, False)
    assert (tmp_path / "demo" / "xinshi.db").exists()


def test_a_first_start_that_was_interrupted_is_begun_anew(tmp_path: Path) -> None:
    first, _ = prepared(tmp_path)
    for name in ("xinshi.db", "xinshi.db-wal", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "simulator.json").touch()
    second, is_new = prepared(tmp_path)
    assert is_new
    assert second.wecom.secret != first.wecom.secret
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"config.toml", "unfinished", "notes.txt"}


@pytest.mark.parametrize("lived", [True, False])
def test_another_port_is_taken_by_everything(tmp_path: Path, *, lived: bool) -> None:
    first, _ = prepared(tmp_path)
    if lived:
        finish(tmp_path)
    second, _ = prepared(tmp_path, 8800)
    assert second.wecom.api_base_url == "http://127.0.0.1:8800"
    assert second.server.bind == "127.0.0.1:8810"
    assert second.server.public_url == "http://127.0.0.1:8810"
    assert (second.wecom.secret == first.wecom.secret) is lived
