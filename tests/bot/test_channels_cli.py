"""xinshi channels: a table out, edited, and in again; a fault changes nothing."""

from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.config import Config
from handlers.adoptions.capability import ChannelsError, read_channels
from tests.harness.offline import hand_in, offline, saying
from tests.harness.service import ROSTER

HEAD = "name,level,family,outward,aliases\n"
TABLE = HEAD + "市政府网站,city,site,yes,市府网\n街道简报,own,other,no,\n"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"name,level\n", "missing columns: family, outward, aliases"),
        ((HEAD + "市报,town,media,yes,\n").encode(), "line 2: 'town' is not a valid Level"),
        ((HEAD + "市报,city,paper,yes,\n").encode(), "line 2: 'paper' is not a valid Family"),
        ((HEAD + "市报,city,media,maybe,\n").encode(), "line 2: outward is yes or no"),
        ((HEAD + ",city,media,yes,\n").encode(), "line 2: a channel needs a name"),
        ((HEAD + "市报,city,media,yes,\n" * 2).encode(), "line 3: 市报 is there twice"),
        ("市报".encode("gb18030"), "no CSV in UTF-8"),
    ],
)
def test_each_fault_is_named_with_its_line(content: bytes, fault: str) -> None:
    with pytest.raises(ChannelsError, match=fault):
        read_channels(content)


def run(arguments: list[str]) -> Result:
    """Run a command; what it made of the logs is forgotten with its streams."""
    result = CliRunner().invoke(app, arguments)
    structlog.reset_defaults()
    return result


@pytest.fixture
def config_file(config: Config, tmp_path: Path) -> Path:
    wecom = config.wecom
    path = tmp_path / "config.toml"
    path.write_text(
        f"""environment = "simulation"
[wecom]
corp_id = "{wecom.corp_id}"
agent_id = {wecom.agent_id}
secret = "{wecom.secret}"
token = "{wecom.token}"
encoding_aes_key = "{wecom.encoding_aes_key}"
[storage]
database_url = "{config.storage.database_url}"
redis_url = "{config.storage.redis_url}"
"""
    )
    return path


def test_a_bureaus_channels_are_what_its_table_says(
    config: Config, config_file: Path, tmp_path: Path
) -> None:
    with offline(config, ROSTER) as services:
        say = saying(services)
        number = hand_in(say, "alice")
        for reviewer in ("bob", "carol", "dan"):
            say(reviewer, f"通过 {number}")
        assert "已登记" in say("carol", f"报送 {number} 市日报")

        exported = run(["channels", "export", "区住建局", "--config", str(config_file)])
        assert "市日报,city,media,yes,市级日报" in exported.stdout
        assert len(read_channels(exported.stdout.encode())) > 30

        table = tmp_path / "channels.csv"
        table.write_text(HEAD + "市报,town,media,yes,\n", encoding="utf-8")
        arguments = ["channels", "import", "区住建局", str(table), "--config", str(config_file)]
        assert run(arguments).exit_code == 1
        assert "市日报" in say("carol", "渠道")

        table.write_text(TABLE, encoding="utf-8")
        imported = run(arguments)
        assert imported.exit_code == 0, imported.output
        assert "1 added" in imported.output
        said = say("carol", "渠道")
        assert "渠道名单（2个）" in said
        assert "市日报" not in said
        assert "街道简报" in say("carol", f"报送 {number} 街道简报")
        assert "市日报 9月21日" in say("alice", f"稿件 {number}"), "what was registered stays"
        unknown = ["channels", "export", "火星局", "--config", str(config_file)]
        assert run(unknown).exit_code == 1
