"""xinshi score: a file of rule sets and a file of examples in, a JSON line for each out."""

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
RULES = """\
[rules.monthly]
base = 1
adoption = [
  { level = "city", points = 4.5 },
  { level = "city", points = 5 },
]
penalty = { late_submit = -0.25 }

[rules.broken]
adoption = [{ level = "moon" }]
"""


def run(folder: Path, vectors: object, *options: str, rules: str = RULES) -> Said:
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    written = vectors if isinstance(vectors, str) else json.dumps(vectors)
    (folder / "vectors.json").write_text(written, encoding="utf-8")
    files = ("--rules", str(folder / "rules.toml"), "--vectors", str(folder / "vectors.json"))
    result = CliRunner().invoke(app, ["score", *files, *options])
    return Said(code=result.exit_code, out=result.stdout, err=result.stderr)


def monthly(events: object, **more: object) -> dict[str, Any]:
    return {"rules": "monthly", "events": events, **more}


def lines(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.out.splitlines()]


def test_each_example_has_its_line_in_order(tmp_path: Path) -> None:
    said = run(
        tmp_path,
        [
            monthly({"adopt": [{"item": 7, "level": "city", "n": 2}]}),
            monthly({"penalties": [{"type": "late_submit"}]}),
        ],
    )
    assert said.code == 0
    assert lines(said) == [
        {
            "rules": "monthly",
            "score": 10.0,
            "lines": [
                {"rule": "base", "cause": "base", "points": 1.0, "note": "基础分"},
                {
                    "rule": "adoption[1]",
                    "cause": "7",
                    "points": 9.0,
                    "note": "稿件7：市级采用×2，4.5分",
                },
            ],
        },
        {
            "rules": "monthly",
            "score": 0.75,
            "lines": [
                {"rule": "base", "cause": "base", "points": 1.0, "note": "基础分"},
                {
                    "rule": "penalty.late_submit",
                    "cause": "late_submit",
                    "points": -0.25,
                    "note": "迟报，扣0.25分",
                },
            ],
        },
    ]


def test_what_was_found_in_the_rules_is_told_beside(tmp_path: Path) -> None:
    said = run(tmp_path, [monthly({})])
    assert said.code == 0
    assert [line.split(":")[1] for line in said.err.splitlines()] == ["5", "5", "10", "10"]
    assert "[monthly] 注意：和第4行同样具体" in said.err
    assert "[broken] level：没有这个层级：moon" in said.err


def test_rules_alone_are_only_checked(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    for rules, code in ((RULES, 1), (RULES.partition("[rules.broken]")[0], 0)):
        file.write_text(rules, encoding="utf-8")
        result = CliRunner().invoke(app, ["score", "--rules", str(file)])
        assert (result.exit_code, result.stdout) == (code, "")


def test_an_example_that_cannot_be_scored_does_not_stop_the_others(tmp_path: Path) -> None:
    said = run(
        tmp_path,
        [
            {"rules": "broken", "events": {}},
            {"rules": "none"},
            monthly({"adopt": [{"level": ["city"]}]}),
            7,
            monthly({}),
        ],
    )
    assert said.code == 1
    assert [line["score"] for line in lines(said)] == [None, None, None, None, 1.0]
    for number, fault in enumerate(("没有可用的规则 broken", "没有可用的规则 none", "level"), 1):
        assert f"vectors.json: {number}: " in said.err
        assert fault in said.err


def test_keys_that_nobody_knows_are_told_and_not_counted(tmp_path: Path) -> None:
    events = {"adopt": [{"level": "city", "flagz": ["headline"]}], "adopted": [1]}
    said = run(tmp_path, [monthly(events)])
    assert (said.code, lines(said)[0]["score"]) == (0, 5.5)
    assert "不认识的键 events.adopted" in said.err
    assert "不认识的键 events.adopt[1].flagz" in said.err


def test_scores_can_be_compared_with_what_was_expected(tmp_path: Path) -> None:
    vectors = [monthly({}, expected=1.0), monthly({}), monthly({}, expected=2)]
    assert run(tmp_path, vectors).code == 0
    said = run(tmp_path, vectors, "--compare")
    assert (said.code, len(lines(said))) == (1, 3)
    assert "vectors.json: 3: 1, expected 2" in said.err


@pytest.mark.parametrize("text", ["", "[", "{}", "[1", "[" * 5000, "3", "null", "\ud7ff"])
def test_a_file_without_examples_is_refused(tmp_path: Path, text: str) -> None:
    said = run(tmp_path, text)
    assert (said.code, said.out) == (2, "")
    assert "vectors.json: " in said.err


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["score", "--rules", str(tmp_path / "none.toml")])
    assert (result.exit_code, "No such file" in result.stderr) == (2, True)


def test_the_rule_sets_that_ship_need_neither_a_configuration_nor_a_server(tmp_path: Path) -> None:
    rules = ROOT / "handlers/scores/examples/haimen.toml"
    vectors = tmp_path / "vectors.json"
    events = {"quota": {"submitted": [[5, 3]]}, "adopt": [{"item": 1, "level": "province"}]}
    vectors.write_text(json.dumps([{"rules": "haimen", "events": events}]), encoding="utf-8")
    program = [sys.executable, "-m", "bot", "score", "--rules", str(rules)]
    ran = subprocess.run(
        [*program, "--vectors", str(vectors)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["score"] == 7.0
    assert ran.stderr == ""
