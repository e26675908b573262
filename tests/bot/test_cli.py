"""xinshi ...: what an administrator types, and what he is told."""

import re
from pathlib import Path

import pytest
from typer import BadParameter
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.clock import parse_duration
from bot.config import Config
from bot.doctor import Level, people
from bot.installation import EXAMPLE
from storage.unit_of_work import open_database
from storage.vocabulary import UserId
from tests.harness.administrator import administrator
from tests.harness.service import Chat

ROOT = Path(__file__).parents[2]
CONFIG = """
environment = "{environment}"
[wecom]
corp_id = "{corp_id}"
agent_id = {agent_id}
secret = "{secret}"
token = "{token}"
encoding_aes_key = "{key}"
api_base_url = "{api}"
[storage]
database_url = "{database}"
redis_url = "{redis}"
media_dir = "media"
"""
ROSTER = "userid,name,unit,roles,aliases\nzhangsan,张三,新局/一科,officer,\n"


def config_for(bureau: Chat, folder: Path, environment: str = "simulation") -> Path:
    """Write the configuration of a running bureau to a file, as an administrator would have it."""
    wecom, storage = bureau.services.config.wecom, bureau.services.config.storage
    path = folder / "config.toml"
    path.write_text(
        CONFIG.format(
            environment=environment,
            corp_id=wecom.corp_id,
            agent_id=wecom.agent_id,
            secret=wecom.secret,
            token=wecom.token,
            key=wecom.encoding_aes_key,
            api=wecom.api_base_url,
            database=storage.database_url,
            redis=storage.redis_url,
        )
    )
    return path


def xinshi(*arguments: str) -> tuple[int, str]:
    """Run a command; return its exit code and everything that it printed."""
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_good_rows_are_imported_and_bad_ones_are_listed(bureau: Chat, tmp_path: Path) -> None:
    config = config_for(bureau, tmp_path)
    roster = tmp_path / "members.csv"
    roster.write_text(ROSTER + "lisi,李四,新局/一科,boss,\n", encoding="utf-8")
    code, said = xinshi("members", "import", str(roster), "--config", str(config))
    assert code == 1
    assert "1 added, 0 changed, 1 left out" in said
    assert "3" in said
    assert "unknown roles: boss" in said.replace("\n", "")
    with bureau.services.database.begin() as uow:
        assert [member.name for member, _ in uow.members.everybody() if "新局" in _] == ["张三"]

    roster.write_text(ROSTER, encoding="utf-8")
    code, said = xinshi("members", "import", str(roster), "--config", str(config))
    assert (code, "0 added, 1 changed, 0 left out" in said) == (0, True)


@pytest.mark.parametrize(
    ("database", "reason"),
    [
        ("postgresql://xinshi:hunter2@127.0.0.1:1/xinshi", "Connection refused"),
        ("sqlite:///empty.db", "no such table"),
    ],
    ids=["away", "not migrated"],
)
def test_a_database_that_cannot_be_used_is_told_in_a_line(
    tmp_path: Path, database: str, reason: str
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("sqlite:///var/xinshi.db", database)
    config, roster = tmp_path / "config.toml", tmp_path / "members.csv"
    config.write_text(text, encoding="utf-8")
    roster.write_text(ROSTER, encoding="utf-8")
    code, said = xinshi("members", "import", str(roster), "--config", str(config))
    assert code == 1
    assert reason in said
    assert "xinshi doctor" in said
    assert said.count("\n") == 1
    assert "hunter2" not in said


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_members_of_the_readme_are_a_whole_bureau(
    config: Config, tmp_path: Path, name: str
) -> None:
    """A newcomer copies them: no line is left out, and no draft of theirs would stop."""
    (sample,) = re.findall(
        r"```csv\n(.+?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL
    )
    admin, roster = administrator(config, tmp_path), tmp_path / "members.csv"
    roster.write_text(sample, encoding="utf-8")
    said = admin.runs("members", "import", str(roster))
    assert (said.code, "0 left out" in said.err) == (0, True), said.err
    with open_database(config.storage.database_url).reading() as uow:
        found = list(people.examine(uow))
    assert {one.level for one in found} == {Level.OK}


def test_a_roster_that_cannot_be_read_is_refused_with_a_reason(
    bureau: Chat, tmp_path: Path
) -> None:
    config = config_for(bureau, tmp_path)
    code, said = xinshi("members", "import", str(tmp_path / "none.csv"), "--config", str(config))
    assert (code, "No such file" in said) == (1, True)
    broken = tmp_path / "broken.csv"
    broken.write_text("name\n张三\n", encoding="utf-8")
    code, said = xinshi("members", "import", str(broken), "--config", str(config))
    assert (code, "missing columns: userid" in said) == (1, True)


def test_a_substitute_is_named_for_a_time(bureau: Chat, tmp_path: Path) -> None:
    config = str(config_for(bureau, tmp_path))
    days = ("--from", "2026-09-20", "--until", "2026-09-30", "--config", config)
    assert xinshi("members", "delegate", "bob", "alice", *days)[0] == 0
    with bureau.services.database.begin() as uow:
        assert uow.members.substitutes_for([UserId("bob")], bureau.clock()) == [("alice", "bob")]
        assert uow.ledger.entries("bob")[-1].tag == "member:delegate"
    code, said = xinshi("members", "delegate", "bob", "nobody", *days)
    assert (code, "no such member: nobody" in said) == (1, True)
    backwards = ("--from", "2026-09-30", "--until", "2026-09-20", "--config", config)
    assert xinshi("members", "delegate", "bob", "alice", *backwards)[0] == 1


def test_the_menu_is_published(bureau: Chat, tmp_path: Path) -> None:
    config = config_for(bureau, tmp_path)
    code, said = xinshi("menu", "push", "--config", str(config))
    assert (code, "published" in said) == (0, True)
    names = [button["name"] for button in bureau.wecom.menu["button"]]
    assert names == ["稿件", "待审", "帮助"]


def test_a_refused_menu_is_told_with_the_reason(bureau: Chat, tmp_path: Path) -> None:
    config = config_for(bureau, tmp_path)
    bureau.wecom.faults.distrust_ip()
    code, said = xinshi("menu", "push", "--config", str(config))
    assert (code, "60020" in said) == (1, True)
    assert "企业可信IP" in said, "what to do about it"


@pytest.mark.parametrize("command", [("clock", "advance", "1h"), ("simulate",)])
def test_production_has_no_movable_clock_and_no_simulator(
    bureau: Chat, tmp_path: Path, command: tuple[str, ...]
) -> None:
    config = config_for(bureau, tmp_path, environment="production")
    code, said = xinshi(*command, "--config", str(config))
    assert (code, "refused in production" in said) == (1, True)


def test_migrating_twice_is_harmless_and_seeds_the_calendar(bureau: Chat, tmp_path: Path) -> None:
    config = config_for(bureau, tmp_path)
    for _ in range(2):
        assert xinshi("migrate", "--config", str(config))[0] == 0
    with bureau.services.database.begin() as uow:
        days = uow.timers.calendar()
    assert len(days) > 20
    assert any(days.values())


def test_a_missing_configuration_says_what_to_do(tmp_path: Path) -> None:
    code, said = xinshi("migrate", "--config", str(tmp_path / "config.toml"))
    assert code == 1
    assert "copy config.example.toml" in said


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("25h", 90_000), ("2d", 172_800), ("1h30m", 5_400), ("90s", 90), (" 1d2h3m4s ", 93_784)],
)
def test_durations_are_read(text: str, seconds: int) -> None:
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "h", "1", "-1h", "1w", "一小时"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(BadParameter):
        parse_duration(text)
