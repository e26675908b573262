"""xinshi init: from a few answers to a configuration that works, and its keys."""

import base64
import re
import tomllib
from pathlib import Path

import pytest

from bot.config import load_config
from bot.installation import EXAMPLE, fill_in, fresh_aes_key, fresh_token
from tests.harness.administrator import Administrator

ANSWERS = {
    "--corp-id": "ww00000000000000ab",
    "--agent-id": "1000007",
    "--secret": 's"3\\cret',
    "--public-url": "https://xinshi.example.gov.cn/wecom/callback/",
    "--database": "sqlite:///var/xinshi.db",
    "--redis": "embedded",
}


@pytest.fixture
def admin(tmp_path: Path) -> Administrator:
    return Administrator(path=tmp_path / "etc" / "config.toml")


def options(**changed: str) -> list[str]:
    answers = {**ANSWERS, **{f"--{name.replace('_', '-')}": v for name, v in changed.items()}}
    return [word for pair in answers.items() for word in pair]


def test_the_answers_make_a_configuration_that_can_be_read(admin: Administrator) -> None:
    said = admin.runs("init", *options())
    assert said.code == 0, said.all
    config = load_config(admin.path)
    assert config.environment == "production"
    assert config.wecom.corp_id == "ww00000000000000ab"
    assert config.wecom.agent_id == 1000007
    assert config.wecom.secret == ANSWERS["--secret"]
    assert config.server.public_url == "https://xinshi.example.gov.cn"
    assert config.quotas.monthly_by_unit == {}
    assert admin.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in admin.path.parent.iterdir()] == ["config.toml"]


def test_the_console_gets_what_was_written(admin: Administrator) -> None:
    said = admin.runs("init", *options())
    wecom = load_config(admin.path).wecom
    assert re.search(r"URL +https://xinshi\.example\.gov\.cn/wecom/callback\n", said.out)
    assert re.search(rf"Token +{wecom.token}\n", said.out)
    assert re.search(rf"EncodingAESKey +{wecom.encoding_aes_key}\n", said.out)
    assert f"xinshi migrate --config {admin.path}" in said.out
    assert wecom.secret not in said.all


def test_who_gives_no_options_is_asked(admin: Administrator) -> None:
    typed = "ww1\nabc\n1000002\ns3cret\nhttps://x.test\n\nredis://127.0.0.1:6379/0\n"
    said = admin.runs("init", typed=typed)
    assert said.code == 0, said.all
    assert "valid integer" in said.all
    assert "s3cret" not in said.all
    config = load_config(admin.path)
    assert (config.wecom.agent_id, config.wecom.secret) == (1000002, "s3cret")
    assert config.storage.redis_url == "redis://127.0.0.1:6379/0"


def test_every_comment_and_every_other_setting_of_the_example_stays(admin: Administrator) -> None:
    admin.runs("init", *options())
    written, example = admin.path.read_text("utf-8"), EXAMPLE.read_text("utf-8")
    assert len(written.splitlines()) == len(example.splitlines())
    assert written.count("# ") == example.count("# ")
    changed = {"server", "wecom", "storage", "quotas"}
    mine, theirs = tomllib.loads(written), tomllib.loads(example)
    assert mine.keys() == theirs.keys()
    for name in theirs.keys() - changed:
        assert mine[name] == theirs[name], name
    assert "copy to config.toml" not in written.lower()


def test_an_existing_file_is_replaced_only_by_force(admin: Administrator) -> None:
    admin.runs("init", *options())
    before = admin.path.read_text("utf-8")
    said = admin.runs("init", *options())
    assert (said.code, "--force" in said.err) == (1, True)
    assert admin.path.read_text("utf-8") == before

    admin.path.chmod(0o644)
    assert admin.runs("init", *options(), "--force").code == 0
    assert admin.path.read_text("utf-8") != before
    assert admin.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"public_url": "xinshi.example.gov.cn"}, "is not an address"),
        ({"corp_id": " "}, "wecom.corp_id"),
        ({"secret": ""}, "wecom.secret"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_and_nothing_is_written(
    admin: Administrator, answer: dict[str, str], said: str
) -> None:
    result = admin.runs("init", *options(**answer))
    assert result.code == 1
    assert said in result.err
    assert ".new" not in result.err
    assert not admin.path.parent.exists() or not list(admin.path.parent.iterdir())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = Administrator(path=tmp_path / "file" / "config.toml").runs("init", *options())
    assert result.code == 1
    assert "file" in result.err


def test_keys_are_as_wecom_wants_them_and_never_the_same() -> None:
    tokens, keys = ({make() for _ in range(50)} for make in (fresh_token, fresh_aes_key))
    assert len(tokens) == len(keys) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9]{32}", token) for token in tokens)
    assert all(re.fullmatch(r"[A-Za-z0-9]{43}", key) for key in keys)
    assert {len(base64.b64decode(key + "=", validate=True)) for key in keys} == {32}


def test_an_example_without_a_key_is_noticed() -> None:
    with pytest.raises(LookupError, match=r"server\.bind"):
        fill_in("[wecom]\nbind = 1\n", {("server", "bind"): "x"})
