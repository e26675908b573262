"""xinshi understand: a file of utterances in, a JSON line for each out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.harness.administrator import Said

ROOT = Path(__file__).parents[2]
HEAD = "role\tcontext\ttext"


def understand(folder: Path, *rows: str, options: tuple[str, ...] = ()) -> Said:
    file = folder / "some.tsv"
    file.write_bytes("\n".join(rows).encode())
    result = CliRunner().invoke(app, ["understand", "--tsv", str(file), *options])
    return Said(code=result.exit_code, out=result.stdout, err=result.stderr)


def lines(said: Said) -> list[dict[str, Any]]:
    assert said.code == 0, said.err
    return [json.loads(line) for line in said.out.split("\n") if line]


def test_each_row_has_its_line_in_order(tmp_path: Path) -> None:
    found = lines(
        understand(
            tmp_path,
            f"\ufeff{HEAD}\tintent",
            "deputy\treview_card:12\t同意\tapprove",
            "deputy\tpending:[3,5]\t可以\tunknown",
            'officer\t-\t标题：甲\\n正文“二”"三\tsubmit_draft',
        )
    )
    assert found[0] == {"intent": "approve", "slots": {"ids": [12]}, "clarify": False}
    assert (found[1]["intent"], found[1]["clarify"]) == ("unknown", True)
    assert found[2]["slots"]["title"] == "甲"


def test_columns_may_stand_in_any_order_and_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    found = lines(
        understand(tmp_path, "text\tcontext\trole\r", "同意\treview_card:7\tdeputy\r", "")
    )
    assert [each["slots"] for each in found] == [{"ids": [7]}]


@pytest.mark.parametrize(
    ("row", "intent"),
    [
        ("office|deputy\treview_card:7\t同意", "approve"),
        ("duty_leader\talert:7\t收到", "ack_alert"),
        ("lead_duty\talert:7\t收到", "ack_alert"),
        ("-\t\t帮助", "help"),
        ("\t-\t帮助", "help"),
    ],
)
def test_roles_and_contexts_may_be_left_out(tmp_path: Path, row: str, intent: str) -> None:
    assert [each["intent"] for each in lines(understand(tmp_path, HEAD, row))] == [intent]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "\u2028\x85\x0b",
        "\u202e通过",
        "😀" * 3000,
        "\ud7ff\\n\\",
        "a" * 200_000,
        "\x00",
    ],
    ids=["none", "blank", "quote", "separators", "rtl", "emoji", "slashes", "long", "nul"],
)
def test_no_text_is_too_odd(tmp_path: Path, text: str) -> None:
    assert len(lines(understand(tmp_path, HEAD, f"deputy\treview_card:12\t{text}"))) == 1


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (("role\ttext", "deputy\t好"), ":1: missing columns: context"),
        ((HEAD, "officer\t-\t好", "boss\t-\t好"), ":3: not a role: 'boss'"),
        ((HEAD, "officer\treview card\t好"), ":2: not a context: 'review card'"),
        ((HEAD, "officer\t-"), ":2: the row ends before text"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, rows: tuple[str, ...], fault: str) -> None:
    said = understand(tmp_path, *rows)
    assert (said.code, said.out) == (2, "")
    assert f"some.tsv{fault}" in said.err


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    said = understand(tmp_path, HEAD, "boss\t-\t好", "officer\t?\t好", "x\t-\t好")
    assert [line.split(":")[1] for line in said.err.splitlines()] == ["2", "3", "4"]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gbk.tsv"
    file.write_bytes(HEAD.encode() + "\nofficer\t-\t投稿".encode("gb18030"))
    for name, fault in (
        (file, f"{file}:2: this is not UTF-8"),
        (tmp_path / "none", "No such file"),
    ):
        result = CliRunner().invoke(app, ["understand", "--tsv", str(name)])
        assert (result.exit_code, fault in result.stderr) == (2, True)


def test_days_are_counted_from_the_moment_that_is_given(tmp_path: Path) -> None:
    row = "officer\t-\t提醒我明天上午9点交稿"
    assert lines(understand(tmp_path, HEAD, row))[0]["slots"]["time"] == "2026-09-22T09:00"
    at = ("--at", "2026-03-02T08:00")
    assert (
        lines(understand(tmp_path, HEAD, row, options=at))[0]["slots"]["time"] == "2026-03-03T09:00"
    )
    assert understand(tmp_path, HEAD, row, options=("--at", "soon")).code == 2


def test_the_cues_that_spoke_can_be_shown(tmp_path: Path) -> None:
    options = ("--explain",)
    found = lines(understand(tmp_path, HEAD, "deputy\treview_card:12\t同意", options=options))
    assert found[0]["cues"][0]["meaning"] == "approve"
    assert found[0]["cues"][0]["matched"] == "同意"


def test_neither_a_configuration_nor_a_server_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "some.tsv"
    file.write_text(f"{HEAD}\nofficer\t-\t投稿", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "understand", "--tsv", str(file)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["intent"] == "submit_draft"
    assert list(tmp_path.iterdir()) == [file]


def test_a_command_brings_in_no_other_commands() -> None:
    program = (
        "import sys; from bot.cli import app\n"
        "print(*sorted({'sqlalchemy', 'flask', 'redis', 'httpx', 'rich'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []
