"""Every setting is explained, every fault is named, secrets stay out of sight."""

import re
import tomllib
from datetime import time
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load_config
from bot.reference import settings_of

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
WECOM = """
[wecom]
corp_id = "ww1"
agent_id = 1
secret = "s3cret"
token = "t0ken"
encoding_aes_key = "0123456789012345678901234567890123456789012"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_names_and_explains_every_setting() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    for key, _ in settings_of(Config):
        section = raw
        for part in key.split("."):
            assert part in section, f"{key} is not in config.example.toml"
            section = section[part]
        line = rf"^(\[\[?)?([a-z_.]+\.)?{key.split('.')[-1]}\b"
        assert re.search(line, text, re.MULTILINE), f"{key} has no line of its own"
    commented = [line for line in text.splitlines() if line.startswith("#")]
    assert len(commented) >= 20


def test_the_example_is_valid_and_holds_the_defaults(tmp_path: Path) -> None:
    example = load_config(EXAMPLE)
    least = load_config(write(tmp_path, WECOM))
    assert example.reviews == least.reviews
    assert example.calendar == least.calendar
    assert example.delivery == least.delivery


def test_six_values_are_enough(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, WECOM))
    assert config.environment == "production"
    assert config.calendar.quiet_hours == (time(22), time(7))


def test_all_faults_are_told_at_once_and_none_shows_a_secret(tmp_path: Path) -> None:
    text = WECOM.replace("agent_id = 1", 'agent_id = "x"').replace("corp_id", "corpid")
    text = text.replace("0123456789012345678901234567890123456789012", "tooshortsecretkey")
    with pytest.raises(ConfigError) as refusal:
        load_config(write(tmp_path, text + "\n[servr]\nbind = 1\n"))
    told = str(refusal.value)
    for key in ("wecom.agent_id", "wecom.corp_id", "wecom.corpid", "wecom.encoding_aes_key"):
        assert key in told
    assert "servr" in told
    assert "s3cret" not in told
    assert "tooshortsecretkey" not in told


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    text = WECOM.replace('secret = "s3cret"', 'secret_file = "secret"')
    config = load_config(write(tmp_path, text))
    assert config.wecom.secret == "from the file"  # noqa: S105 - made up
    assert "from the file" not in repr(config)


def test_a_missing_secret_file_is_named(tmp_path: Path) -> None:
    text = WECOM.replace('secret = "s3cret"', 'secret_file = "nowhere"')
    with pytest.raises(ConfigError, match="nowhere"):
        load_config(write(tmp_path, text))


def test_a_missing_or_broken_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"copy config\.example\.toml"):
        load_config(tmp_path / "config.toml")
    with pytest.raises(ConfigError, match="Expected"):
        load_config(write(tmp_path, "[wecom"))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(ConfigError, match=r"folder\.toml: Is a directory"):
        load_config(tmp_path / "folder.toml")
    (tmp_path / "secret").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="secret: not UTF-8"):
        load_config(write(tmp_path, WECOM.replace('secret = "s3cret"', 'secret_file = "secret"')))


def test_a_value_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file", encoding="utf-8")
    text = WECOM.replace('secret = "s3cret"', 'secret_file = "secret"\nsecret = "s3cret"')
    with pytest.raises(ConfigError, match="both secret and secret_file"):
        load_config(write(tmp_path, text))


def test_relative_paths_start_at_the_configuration(tmp_path: Path) -> None:
    storage = load_config(write(tmp_path, WECOM)).storage
    assert storage.database_url == f"sqlite:///{tmp_path / 'var/xinshi.db'}"
    assert storage.media_dir == tmp_path / "var/media"
    assert storage.state == tmp_path / "var/state"


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ('[calendar]\noffice_hours = ["12:00-08:30"]', "calendar.office_hours"),
        ('[calendar]\noffice_hours = ["nine to five"]', "calendar.office_hours"),
        ('[[reviews.routes]]\ngates = ["office"]', "xinshi rules import"),
        ("[delivery.budget]\nper_minute = 31", "delivery.budget.per_minute"),
        ('[server]\nbind = "127.0.0.1:65536"', "server.bind"),
    ],
    ids=["backward span", "no span", "routes", "above WeCom's limit", "no port"],
)
def test_a_value_that_cannot_work_is_refused(tmp_path: Path, section: str, key: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(key)):
        load_config(write(tmp_path, WECOM + section))


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("", "https://open.weixin.qq.com/connect/oauth2/authorize"),
        ('api_base_url = "http://10.0.0.5:9"', "http://10.0.0.5:9/connect/oauth2/authorize"),
        ('login_url = "https://sso.example/in"', "https://sso.example/in"),
    ],
)
def test_members_log_in_where_the_server_api_is(tmp_path: Path, line: str, address: str) -> None:
    config = load_config(write(tmp_path, f"{WECOM}{line}\n"))
    assert config.wecom.login_address == address
