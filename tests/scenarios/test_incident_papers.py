"""紧急信息 on paper: each field where it belongs, numbered, with the moments it tells of."""

from datetime import timedelta

from bot.clock import SimulatedClock
from bot.config import Config
from handlers.incidents.papers import ledger_paper, report_paper
from storage.vocabulary import UserId
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER


@on_sqlite
def test_each_report_and_the_ledger_have_each_field_where_it_belongs(config: Config) -> None:
    with offline(config, ROSTER) as services:
        say, clock = saying(services), services.now
        assert isinstance(clock, SimulatedClock)
        said = (
            (0, "alice", "紧急信息：城南工地围墙倒塌，2人受伤"),
            (3, "alice", "补充紧急1 联系人王芳13800000000"),
            (2, "dan", "紧急定级1 较大"),
            (40, "alice", "已电话报告 区委值班室"),
            (1, "alice", "线路占线"),
            (5, "dan", "签发紧急1"),
            (70, "alice", "已书面报告 区委办"),
            (1, "alice", "现场信号中断"),
            (1, "alice", "报舆情 抖音有人发城南工地围墙倒塌的视频"),
            (1, "carol", "关联舆情 1 紧急1"),
            (9, "alice", "续报：4人受伤，围挡加固完成"),
            (4, "eve", "签发紧急1"),
            (1, "alice", "终报紧急1 现场已清理完毕"),
            (4, "eve", "签发紧急1"),
            (1, "alice", "已书面报告 区委办"),
        )
        for minutes, who, words in said:
            clock.advance(timedelta(minutes=minutes))
            say(who, words)
        rows = sorted(
            all_rows(services.database)["incident_reports"], key=lambda row: row["position"]
        )
        with services.database.reading() as uow:
            ctx = services.context(uow, me=uow.members.person(UserId("carol")))
            papers = [report_paper(ctx, row["id"]) for row in rows]
            ledger = ledger_paper(ctx, f"{ctx.sender.bureau}:2026")
    assert [(one.title, one.mark.split("：")[1], one.date) for one in papers] == [
        ("关于城南工地围墙倒塌的初报", "刘伟", "2026年9月21日10时51分"),
        ("关于城南工地围墙倒塌的续报一", "黄建国", "2026年9月21日12时17分"),
        ("关于城南工地围墙倒塌的终报", "黄建国", "2026年9月21日12时22分"),
    ]
    assert [one.sections[0].paragraphs for one in papers] == [
        (
            "城南工地围墙倒塌（建筑施工事故）。我局于9月21日10时0分接报。",
            "2人受伤。",
            "现场处置情况正在了解。",
            "后续情况及时续报。",
        ),
        (
            "截至9月21日12时17分，有关情况续报如下：",
            "伤亡情况：4人受伤。",
            "围挡加固完成。",
        ),
        (
            "截至9月21日12时22分，该事件已处置完毕，现将有关情况终报如下：",
            "处置结果：现场已清理完毕。",
            "伤亡情况：4人受伤。",
        ),
    ]
    for one in papers:
        assert one.mark.startswith("紧急信息〔2026〕第1号　")
        assert (one.addressed, one.signed) == ("区委办公室、区政府办公室：", "区住建局")
        assert one.foot == "联系人：王芳13800000000"
    table = ledger.annexes[0].table
    assert table is not None
    [row] = table.rows
    told = [(column.name, cell) for column, cell in zip(table.columns, row, strict=True)]
    assert told == [
        ("编号", 1),
        ("接报时间", "2026-09-21 10:00"),
        ("事件", "城南工地围墙倒塌"),
        ("等级", "较大"),
        ("建议等级", "一般"),
        ("报告人", "王芳"),
        ("伤亡情况", "4人受伤"),
        ("电话报告", "2026-09-21 10:45"),
        ("报给", "区委值班室"),
        ("电话超时（分钟）", 15),
        ("超时原因", "线路占线"),
        ("书面初报", "2026-09-21 12:01"),
        ("报给", "区委办"),
        ("书面超时（分钟）", 61),
        ("超时原因", "现场信号中断"),
        ("签发人", "刘伟"),
        ("续报次数", 1),
        ("状态", "已办结"),
        ("办结情况", "现场已清理完毕"),
        ("关联舆情", "1号"),
        ("现场照片", None),
    ]
