"""xinshi adoptions: a sheet in, in somebody's name, and the register out again."""

from pathlib import Path

from bot.config import Config
from tests.harness.administrator import administrator
from tests.harness.offline import hand_in, offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER
from tests.harness.sheets import cells, xlsx

HEAD = ("稿号", "渠道", "日期", "佐证说明", "作者", "批示领导", "批示内容")


def test_a_sheet_goes_in_whole_and_comes_out_as_it_went_in(config: Config, tmp_path: Path) -> None:
    types = administrator(config, tmp_path)
    sheet, report, out = (tmp_path / f"{name}.xlsx" for name in ("in", "report", "out"))
    command = ("adoptions", "import", str(sheet))
    with offline(config, ROSTER) as services:
        say = saying(services)
        number = hand_in(say, "alice")
        for reviewer in ("bob", "carol", "dan"):
            say(reviewer, f"通过 {number}")

        sheet.write_bytes(xlsx(HEAD, (number, "市日报", "9月21日", "第3版", "王芳、陈静 3:2")))
        assert types.runs(*command, "--as", "nobody").code == 1
        assert "新增 1" in types.runs(*command, "--check").err
        assert all_rows(services.database)["adoptions"] == []

        good = (number, "市日报", "9月21日", "'=1+1", "王芳、陈静 3:2")
        remark = (number, None, "9月21日", None, None, "王副市长", "请推广")
        sheet.write_bytes(xlsx(HEAD, good, remark, (number, "火星报", "9月21日", "有")))
        refused = types.runs(*command, "--report", str(report))
        assert refused.code == 1
        assert "4: 有问题 渠道名单里没有“火星报”" in refused.err
        assert cells(report.read_bytes())[3][:2] == [4, "有问题"]
        assert all_rows(services.database)["adoptions"] == []

        sheet.write_bytes(xlsx(HEAD, good, remark))
        assert "采用1条，批示1条" in types.runs(*command, "--as", "carol").err
        assert "没有新增" in types.runs(*command).err
        rows = all_rows(services.database)
        assert (len(rows["adoptions"]), len(rows["instructions"])) == (1, 1)

        assert (
            types.runs("adoptions", "export", "区住建局", "2026-09", "2026-09", str(out)).code == 0
        )
        written = cells(out.read_bytes())
        assert [row[2] or row[10] for row in written[1:]] == ["市日报", "王副市长"]
        assert written[1][8:10] == ["'=1+1", "王芳、陈静 3:2"]
        sheet.write_bytes(out.read_bytes())
        assert "没有新增" in types.runs(*command).err, "what comes out goes in again"
