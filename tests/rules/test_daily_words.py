"""What a daily report of public opinion says, line by line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.rules.briefings import CaseLine, Day, Elsewhere, chat_text, daily, finished
from storage.vocabulary import Grade

BEGINS = datetime(2026, 9, 20, 9, 30, tzinfo=UTC)
ENDS = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)
GRAVE = CaseLine(
    title="金色家园延期交房",
    grade=Grade.YELLOW,
    decided=True,
    platform="抖音",
    heat="点赞1.9万",
    demands="明确复工日期",
    unit="房产科",
    acked_at=datetime(2026, 9, 21, 2, 20, tzinfo=UTC),
    measures="已约24日业主座谈。",
)
LIGHT = CaseLine(title="停水", grade=Grade.BLUE, decided=True, topic="供水", watch_until=ENDS)
HEAVIER = CaseLine(title="塔吊倒塌", grade=Grade.RED, decided=False)


def said(**more: object) -> str:
    facts = {
        "begins": BEGINS, "ends": ENDS, "fresh": (), "standing": (), "late": 0, "closed": 0,
        "clues": 0, "before": 0, "duty": (), **more,
    }  # fmt: skip
    report = daily(Day(**facts))  # type: ignore[arg-type]  # any of its fields
    whole = finished(
        report.title, report.addressed, report.sections, note="交接", checked="李芳", duty=("张三",)
    )
    return chat_text(whole)


def test_a_day_with_cases() -> None:
    text = said(fresh=(LIGHT, GRAVE), standing=(GRAVE, LIGHT, HEAVIER), late=1, closed=2, before=3)
    assert text == (
        "舆情日报（2026年9月21日）\n监测时段：9月20日17:30—9月21日17:30\n"
        "一、总体：新增涉本局舆情2起（较上期-1），其中黄色1、蓝色1；在办3，超时1，办结2。\n"
        "二、重点：\n1.【红，建议级别】塔吊倒塌（来源不详）。还没有交办。\n"
        "2.【黄】金色家园延期交房（抖音，点赞1.9万）。诉求：明确复工日期。"
        "已转房产科，10:20签收。已约24日业主座谈。\n"
        "三、其他：供水1。\n四、明日关注：停水（9月21日17:30前观察）。交接。\n"
        "值班：张三　审核：李芳"
    )


def test_what_is_late_is_not_to_be_done_tomorrow_by_a_moment_that_is_over() -> None:
    soon, late = (replace(GRAVE, due_at=ENDS + timedelta(hours=by)) for by in (1, -1))
    assert "金色家园延期交房（9月21日18:30前办）" in said(standing=(soon,))
    assert "金色家园延期交房（应在9月21日16:30前办，已超时）" in said(standing=(late,))


def test_nothing_is_said_to_be_nothing_and_no_figure_is_invented() -> None:
    zero = "一、总体：今日未监测到涉本局负面舆情（零报告）。"
    assert f"{zero}\n二、明日关注：交接。" in said()
    assert f"{zero}在办1，超时0，办结0。" in said(standing=(LIGHT,))
    assert f"{zero}另有3条线索待核。" in said(clues=3)
    assert "新增涉本局舆情1起，其中蓝色1；" in said(fresh=(LIGHT,), before=None)
    assert "（较上期持平）" in said(fresh=(LIGHT,), before=1)


def test_what_other_places_have_is_told_apart_the_gravest_by_its_title() -> None:
    """After four sections of our own the last is still numbered."""
    far = [
        Elsewhere(title=title, topic=topic, grade=grade)
        for title, topic, grade in (
            ("邻省小区停工", "烂尾断供", Grade.YELLOW),
            ("邻市燃气爆炸致3人死亡", "燃气险情", Grade.ORANGE),
            ("某市讨薪", "讨薪", Grade.YELLOW),
            ("另一市停工", "烂尾断供", Grade.YELLOW),
        )
    ]
    text = said(fresh=(LIGHT, GRAVE), standing=(LIGHT, GRAVE), elsewhere=far)
    told = "四、外地同类：4件（烂尾断供2、燃气险情1、讨薪1），不计入本局，供参考："
    assert f"{told}邻市燃气爆炸致3人死亡；邻省小区停工；某市讨薪。\n五、明日关注：" in text
    assert "新增涉本局舆情2起" in text
