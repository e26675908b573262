"""xinshi plans: an empty sheet, a plan in, and the plan out again."""

from pathlib import Path

from typer.testing import CliRunner

from bot.cli import app
from bot.config import Config
from tests.harness.administrator import administrator
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER
from tests.harness.sheets import cells, xlsx

YEAR = "2090"
"""Ahead of any clock: the commands read this machine's."""


@on_sqlite
def test_a_plan_goes_in_whole_and_comes_out_as_it_went_in(config: Config, tmp_path: Path) -> None:
    types = administrator(config, tmp_path)
    empty, sheet, report, out = (tmp_path / f"{name}.xlsx" for name in ("empty", "in", "r", "out"))
    assert CliRunner().invoke(app, ["plans", "template", str(empty)]).exit_code == 0
    head, *_ = cells(empty.read_bytes())
    assert head[:5] == ["编号", "年度", "题目*", "缘由", "科室*"]

    def written(*rows: tuple[str, str, str]) -> None:
        lines = [(None, YEAR, topic, None, unit, None, day) for topic, unit, day in rows]
        sheet.write_bytes(xlsx(head, *lines))

    with offline(config, ROSTER) as services:
        command = ("plans", "import", str(sheet), "--as", "carol")
        written(("供热检查", "物业科", "11月2日"), ("节前检查", "没有的科", "9月28日"))
        refused = types.runs(*command, "--report", str(report))
        assert refused.code == 1
        assert "3: 有问题 本局没有科室“没有的科”" in refused.err
        assert cells(report.read_bytes())[2][1] == "有问题"
        assert types.runs("plans", "import", str(sheet), "--as", "nobody").code == 1
        assert all_rows(services.database)["plan_items"] == []

        written(("供热检查", "物业科", "11月2日"), ("节前检查", "燃气科", "9月28日"))
        assert types.runs(*command, "--check").code == 0
        assert all_rows(services.database)["plan_items"] == []
        assert "新加2条" in types.runs(*command).err
        assert len(all_rows(services.database)["plan_nodes"]) == 2

        assert types.runs("plans", "export", "区住建局", YEAR, str(out)).code == 0
        assert types.runs("plans", "export", "没有的局", YEAR, str(out)).code == 1
        said = cells(out.read_bytes())
        assert [row[2] for row in said[1:]] == ["供热检查", "节前检查"]
        assert said[1][6] == f"{YEAR}-11-02"
        sheet.write_bytes(out.read_bytes())
        assert "没有变" in types.runs(*command).err, "what comes out goes in again"
