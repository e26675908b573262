"""A red case at ten past two on a holiday: every message at its minute, through a restart."""

from datetime import date

from handlers.duty.saving import Place, save
from handlers.rules.calendar import local
from handlers.rules.rota import Slot
from storage.vocabulary import DutyPosition, ShiftKind, UserId
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import leap, until

LADDER = """\
[[alert_policy]]
kind = "case"
grades = ["red"]
lease = "2h"
patience = "10m"
repeat = "10m"
step = [
  { tell = "duty", wait = "10m" },
  { tell = "lead_duty", wait = "10m" },
  { tell = "deputy", wait = "10m" },
  { tell = "principal", wait = "10m" },
]
follow_up = [{ name = "scene", words = "请报现场情况", after = "1h", every = "2h" }]
"""
LINE = "抖音直播金色家园塔吊倒塌，致3人死亡10人受伤，上百人聚集，已上全国热搜"


EACH_AT_ITS_MINUTE = [
    "02:10 alert alice",
    "02:20 alert heidi",
    "02:30 alert dan",
    "02:35 case_told_now carol",
    "02:40 case_due_now carol",
    "02:40 case_due_now dan",
    "02:50 case_told_now carol",
    "03:10 alert_news dan",
    "04:40 case_due_now carol",
    "04:40 case_due_now dan",
    "04:50 alert_question dan",
    "05:00 alert eve",
    "05:05 case_told_now eve",
    "05:05 case_wording dan",
    "05:10 alert_news eve",
    "05:40 alert_news alice",
    "05:40 alert_news dan",
    "05:40 alert_news heidi",
    "05:40 case_told_now carol",
    "05:40 case_told_now carol",
    "05:40 case_told_now mallory",
]
"""Who is silent, who takes it, the first facts late, the lease, the wording, the end."""


def on_duty(bureau: Chat) -> None:
    """Let alice be on duty and heidi lead her, from the morning of 2 October on."""
    with bureau.services.database.begin() as uow:
        carol = uow.members.person(UserId("carol"))
        assert carol
        day = date(2026, 10, 2)
        places = [
            Place(
                slot=Slot(day=day, kind=ShiftKind.WHOLE, position=position),
                member=UserId(member),
            )
            for member, position in (
                ("alice", DutyPosition.DUTY),
                ("heidi", DutyPosition.LEAD),
            )
        ]
        save(bureau.services.context(uow, me=carol), carol.bureau, {day}, places)


def told(bureau: Chat) -> list[str]:
    """Return every message about the case, as 02:10 alert alice."""
    rows = [row for row in all_rows(bureau.services.database)["outbox"] if row["sent_at"]]
    rows = [row for row in rows if row["kind"].startswith(("alert", "case"))]
    lines = [(row["sent_at"], row["kind"], row["recipient"]) for row in rows]
    return [f"{local(at):%H:%M} {kind} {who}" for at, kind, who in sorted(lines)]


def test_a_night(bureau: Chat) -> None:  # noqa: PLR0915 - one talk
    """Two are silent, the third takes it and falls silent, it climbs again and is ended."""
    alice, carol, dan, eve, heidi, mallory = bureau.phones(
        "alice", "carol", "dan", "eve", "heidi", "mallory"
    )
    assert bureau.import_rules(LADDER) == []
    on_duty(bureau)
    leap(bureau, "2026-10-03 02:10")
    for phone in (alice, heidi):
        phone.hears_all()

    mallory.says(LINE)
    mallory.hears("已登记1号舆情", "建议红色（特别重大）", "已告知王芳（红色警报01")
    until(bureau, "2026-10-03 02:35")
    dan.hears("红色警报 01", "请同时打电话报告。1号舆情，建议红色", "王芳、赵磊没有回复")
    dan.says("收到")
    dan.hears("由您处理。今天 04:35会问您进展")
    dan.says("定级 1 红色")
    dan.hears("已定为红色（特别重大）")
    carol.hears("由刘伟定为红色")
    until(bureau, "2026-10-03 02:50")
    bureau.restart()
    dan.says("经核实属实，3人死亡，已成立工作组到现场")
    dan.hears("核实结果：属实。下一步：续报，今天 04:50前")
    carol.hears("已核实（刘伟）：属实")

    until(bureau, "2026-10-03 05:05")
    dan.hears("请报现场情况")
    dan.hears("公开回应时限已过50%，还剩150分钟，今天 07:10前")
    dan.hears("还在处理吗", "05:00前没有回复就转给下一级")
    eve.hears("红色警报 01", "刘伟接手后没有再回复").clicks("收到")
    eve.hears("由您处理。今天 07:05会问您进展")
    eve.says("口径 1 事故造成3人死亡，伤员正在救治，调查组已成立，今天上午通报进展。")
    eve.hears("口径已送刘伟审")
    dan.hears("1号舆情口径").clicks("同意")
    eve.hears("刘伟已同意，可以对外发布")
    bureau.restart()
    until(bureau, "2026-10-03 05:40")
    eve.hears("请报现场情况")
    eve.says("已回应 1 区政府网站")
    eve.hears("已记下", "区政府网站的回应")
    eve.says("办结舆情 1 现场已处置完毕，转入事故调查")
    eve.hears("已办结，已告诉5人")
    until(bureau, "2026-10-03 09:00")
    assert told(bureau) == EACH_AT_ITS_MINUTE
    [case] = all_rows(bureau.services.database)["cases"]
    assert f"{local(case['acked_at']):%H:%M} {case['holder']}" == "02:35 eve"  # taken first, last
    late = [
        (row["move"], row["words"], row["minutes"], row["limit"])
        for row in all_rows(bureau.services.database)["case_events"]
        if row["move"] == "overdue" or row["minutes"] is not None
    ]
    assert late == [
        ("overdue", "签收超时1分钟，限10分钟", None, None),
        ("ack", "", 25, 10),
        ("grade", "红色（特别重大）", 25, 30),
        ("overdue", "核实超时1分钟，限30分钟", None, None),
        ("facts", "经核实属实，3人死亡，已成立工作组到现场", 40, 30),
        ("overdue", "续报超时1分钟，限120分钟", None, None),
        ("answer", "区政府网站", 210, 300),
    ]
