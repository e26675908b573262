"""Clocks, grades, what a line says, and the words of reports."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.incidents.limits import shipped
from handlers.rules.incidents import reading
from handlers.rules.incidents.grading import suggested
from handlers.rules.incidents.limits import (
    Limit,
    chosen,
    clocks,
    minutes_late,
    next_follow_up,
    warned_at,
)
from handlers.rules.incidents.wording import Told, missing, name_of, paragraphs
from storage.vocabulary import Grade
from storage.vocabulary import IncidentElement as Element
from storage.vocabulary import IncidentReportKind as Kind

TEN = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
HOLIDAY_NIGHT = datetime(2026, 10, 2, 18, 10, tzinfo=UTC)
"""3 October, 02:10 in Shanghai."""
LIMITS = (
    Limit(grades=(Grade.ORANGE, Grade.RED), phone="15m", written="35m"),
    Limit(phone="30m", written="1h", follow_ups=("08:00", "17:00")),
)


def test_emergency_time_never_moves() -> None:
    due = clocks(chosen(LIMITS, Grade.RED), HOLIDAY_NIGHT)
    assert due == (HOLIDAY_NIGHT + timedelta(minutes=15), HOLIDAY_NIGHT + timedelta(minutes=35))
    assert clocks(chosen(LIMITS, Grade.YELLOW), TEN).written == TEN + timedelta(hours=1)


def test_the_limits_that_ship() -> None:
    """Of domain-rules §6.6; a bureau brings others."""
    found = {grade: chosen(shipped(), grade) for grade in Grade}
    assert {grade: (one.phone, one.written) for grade, one in found.items()} == {
        Grade.BLUE: ("30m", "1h"),
        Grade.YELLOW: ("30m", "1h"),
        Grade.ORANGE: ("15m", "35m"),
        Grade.RED: ("15m", "35m"),
    }
    daily = ("08:00", "17:00")
    assert [found[grade].follow_ups for grade in Grade] == [(), daily, daily, daily]


def test_a_minute_that_has_begun_is_late() -> None:
    assert minutes_late(TEN, TEN) == 0
    assert minutes_late(TEN, TEN + timedelta(seconds=1)) == 1
    assert minutes_late(TEN, TEN + timedelta(minutes=8)) == 8


def test_one_is_warned_ten_minutes_before_or_half_way() -> None:
    assert warned_at(TEN + timedelta(minutes=30), TEN) == TEN + timedelta(minutes=20)
    assert warned_at(TEN + timedelta(minutes=15), TEN) == TEN + timedelta(minutes=7.5)
    assert warned_at(TEN + timedelta(minutes=4), TEN) is None
    assert next_follow_up(("08:00", "17:00"), TEN) == TEN + timedelta(hours=7)
    assert next_follow_up(("08:00",), TEN) == TEN + timedelta(hours=22)
    assert next_follow_up((), TEN) is None


@pytest.mark.parametrize(
    ("dead", "hurt", "loss", "grade"),
    [
        (0, 0, 0, Grade.BLUE),
        (2, 9, 999, Grade.BLUE),
        (3, 0, 0, Grade.YELLOW),
        (0, 10, 0, Grade.YELLOW),
        (0, 0, 1000, Grade.YELLOW),
        (9, 50, 0, Grade.ORANGE),
        (10, 0, 0, Grade.ORANGE),
        (30, 0, 0, Grade.RED),
        (0, 100, 0, Grade.RED),
        (0, 0, 10_000, Grade.RED),
    ],
)
def test_classes_of_site_accidents(dead: int, hurt: int, loss: int, grade: Grade) -> None:
    assert suggested(dead, hurt, loss).grade is grade


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "9:40左右阳光花园3号楼工地塔吊倒塌，造成1人死亡、2人受伤，已送医，项目部来电报告",
            {
                Element.HAPPENED: "9月21日9时40分许", Element.PLACE: "阳光花园3号楼工地",
                Element.EVENT: "塔吊倒塌", Element.NATURE: "建筑施工事故",
                Element.CASUALTIES: "1人死亡、2人受伤", Element.MEASURES: "已送医",
                Element.SOURCE: "项目部来电报告",
            },
        ),
        (
            "昨晚11点半，滨江路路面塌陷约20平方米，直接经济损失约50万元",
            {
                Element.HAPPENED: "9月20日23时30分许", Element.PLACE: "滨江路",
                Element.EVENT: "路面塌陷约20平方米", Element.NATURE: "道路塌陷",
                Element.LOSS: "直接经济损失约50万元",
            },
        ),
        (
            "金色家园业主200多人聚集售楼处，要求交房，请求公安支援",
            {
                Element.PLACE: "金色家园", Element.EVENT: "业主200多人聚集售楼处",
                Element.NATURE: "群体性事件", Element.REQUEST: "请求公安支援",
            },
        ),
        (
            "翠湖小区燃气爆燃，影响40户，已关阀停气，李局长已赶到现场，联系人张伟13800000000",
            {
                Element.PLACE: "翠湖小区", Element.EVENT: "燃气爆燃", Element.NATURE: "爆炸事故",
                Element.SCOPE: "影响40户", Element.MEASURES: "已关阀停气",
                Element.LEADERS: "李局长已赶到现场", Element.CONTACT: "联系人张伟13800000000",
            },
        ),
    ],
)  # fmt: skip
def test_a_line_says_what_it_says_and_nothing_more(line: str, said: dict[Element, str]) -> None:
    assert reading.read(line, TEN) == said


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        (Element.PLACE, "城南路12号", {Element.PLACE: "城南路12号"}),
        (Element.CASUALTIES, "没有", {Element.CASUALTIES: "暂无人员伤亡"}),
        (Element.MEASURES, "人都撤出来了", {Element.MEASURES: "人都撤出来了"}),
        (Element.HAPPENED, "今早9点", {Element.HAPPENED: "9月21日9时0分许"}),
        (Element.HAPPENED, "天快亮的时候", {Element.HAPPENED: "天快亮的时候"}),
        (Element.HAPPENED, "去不了，出差了", {}),
        (Element.SCOPE, "2人轻伤，已送医", {
            Element.CASUALTIES: "2人轻伤", Element.MEASURES: "已送医",
        }),
    ],
)  # fmt: skip
def test_an_answer_is_of_what_was_asked(
    asked: Element, answer: str, said: dict[Element, str]
) -> None:
    assert reading.answered(asked, answer, TEN) == said


def test_what_no_element_tells_is_left_over() -> None:
    text = "造成2人受伤，19:50阀门关闭，居民陆续返回"
    said = reading.read(text, TEN)
    assert reading.untold(text, said.values()) == "19:50阀门关闭，居民陆续返回"


def test_what_nobody_knows_is_not_asked_again() -> None:
    assert reading.is_unknown("还不清楚")
    assert not reading.is_unknown("不清楚伤情，已送医")
    assert reading.is_done("就这些")
    known = {Element.PLACE: "城南工地", Element.HAPPENED: "刚才"}
    assert missing(known, ["casualties"])[0] is Element.NATURE


def test_follow_ups_are_numbered_and_do_not_repeat_the_start() -> None:
    names = [name_of(Kind.FOLLOW_UP, number) for number in (1, 2, 10, 11, 20)]
    assert names == ["续报一", "续报二", "续报十", "续报十一", "续报二十"]
    before = {Element.EVENT: "围墙倒塌", Element.CASUALTIES: "2人受伤"}
    told = Told(
        kind=Kind.FOLLOW_UP,
        known={**before, Element.CASUALTIES: "1人死亡"},
        before=before,
        received_at=TEN,
        now=TEN,
    )
    assert paragraphs(told) == [
        "截至9月21日10时0分，有关情况续报如下：",
        "伤亡情况：1人死亡。",
    ]
