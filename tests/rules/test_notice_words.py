"""What a notice says and tabulates of given figures; every number adds up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.rules.notices.building import assessment, notice, target_chart
from handlers.rules.notices.figures import (
    Elsewhere,
    Figures,
    Line,
    UnitFigures,
    percent,
    period_name,
)
from handlers.rules.notices.periods import period_in
from handlers.rules.notices.tables import assessment_table, by_sort, outside_table, units_table
from handlers.rules.notices.tasks import Done, missing_of, named_for, target_of
from handlers.rules.notices.wording import overall, sections, summary
from handlers.rules.scoring.model import RuleSet
from storage.vocabulary import OutsideMeasure


def lines(*points: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(rule=rule, cause="", points=Decimal(worth), note=rule) for rule, worth in points
    )


FIRST = UnitFigures(
    id="1",
    name="物业科",
    group="科室",
    target=2,
    submitted=4,
    adopted=3,
    levels=(0, 1, 1, 1, 0),
    remarks=1,
    points=Decimal("41.5"),
    total=Decimal(60),
    place=1,
    before=3,
    awarded=True,
    lines=lines(
        ("base", "6"), ("adoption[2]", "36"), ("penalty.late_submit", "-1"), ("cap", "0.5")
    ),
)
SECOND = UnitFigures(
    id="2",
    name="公积金中心",
    group="事业单位",
    target=3,
    missing=3,
    points=Decimal(4),
    total=Decimal(9),
    place=1,
    before=1,
    named=("零报送",),
    lines=lines(("base", "6"), ("quota[1].on_short", "-2")),
)
FIGURES = Figures(
    bureau="区住建局",
    period="2026-08",
    counted="2026-08",
    rules="考核办法",
    units=(FIRST, SECOND),
    triggers=True,
    evidence_until=date(2026, 10, 8),
    next_target=5,
)


def test_the_text_names_what_is_good_and_whom_the_triggers_name() -> None:
    said = {each.key: "\n".join(each.paragraphs) for each in sections(FIGURES, {"next": "写好。"})}
    assert said["overall"] == (
        "8月，各科室（单位）共报送信息4条，被采用3条，采用率75.0%；"
        "其中市级采用1条、省级及以上采用1条；获领导批示1次。\n"
        "有报送任务的2个单位中，完成任务的1个，未完成的1个。"
    )
    assert said["good"] == "科室中报送采用情况较好的有：物业科（报送4条、采用3条）。"
    assert said["problems"] == "零报送的有：公积金中心。"
    assert said["next"].endswith("9月采用情况的佐证，请于10月8日前报办公室。")
    assert sections(FIGURES, {"next": "写好。"})[3].free == "写好。"


def test_without_triggers_nobody_is_named() -> None:
    quiet = Figures(
        bureau="区住建局",
        period="2026-08",
        counted="2026-08",
        rules="",
        units=(UnitFigures(id="2", name="公积金中心", target=3, missing=3, place=1),),
    )
    text = "".join("".join(each.paragraphs) for each in sections(quiet, {}))
    assert "公积金中心" not in text
    assert "未完成报送任务的1个单位，请抓紧补上。" in text
    assert overall(quiet)[0] == "8月，各科室（单位）没有报送信息。"
    assert summary(quiet, quiet.units[0]).startswith(
        "公积金中心8月报送0条、采用0条，任务3条差3条。"
    )


def test_calls_are_told_done_of_ordered_where_there_were_any() -> None:
    assert "约稿（完成/应完成）" not in [
        one.name for one in units_table(FIGURES, full=False).columns
    ]
    called = replace(FIGURES, units=(replace(FIRST, called_for=3, answered=2), SECOND))
    assert "完成约稿2篇（应完成3篇）。" in overall(called)
    table = units_table(called, full=False)
    at = [one.name for one in table.columns].index("约稿（完成/应完成）")
    assert [row[at] for row in table.rows] == ["2/3", "0/0", "2/3"]


def test_of_whom_nothing_was_used_is_not_good_however_much_was_handed_in() -> None:
    busy = replace(FIRST, adopted=0, levels=(0, 0, 0, 0, 0))
    figures = replace(FIGURES, units=(busy, SECOND))
    said = {each.key: "".join(each.paragraphs) for each in sections(figures, {})}
    assert said["good"] == "8月没有单位的信息被采用。"
    assert "物业科" not in summary(figures, None)


def test_what_other_systems_counted_has_a_sentence_and_an_annex() -> None:
    used = Elsewhere(source="学习强国", measure=OutsideMeasure.ADOPTED, value=1, target=3)
    logged = Elsewhere(source="学习强国", measure=OutsideMeasure.ACTIVE, value=7)
    done = replace(used, value=3)
    units = (replace(FIRST, elsewhere=(used, logged)), replace(SECOND, elsewhere=(done,)))
    figures = replace(FIGURES, units=units)
    said = sections(figures, {})[0].paragraphs[-1]
    assert said == "学习强国采用4条，有目标的2个单位中1个完成目标。"
    table = outside_table(figures)
    assert [column.name for column in table.columns][2:] == ["采用", "目标", "完成情况", "登录"]
    assert [row[2:] for row in table.rows] == [(1, 3, "差2条", 7), (3, 3, "完成", None)]
    assert outside_table(FIGURES).rows == ()


def test_points_and_places_stand_only_where_the_bureau_publishes_them() -> None:
    shown = [column.name for column in units_table(FIGURES, full=False).columns]
    assert not {"排名", "本期得分", "累计得分", "较上期"} & set(shown)
    full = units_table(FIGURES, full=True)
    assert full.rows[0][-3:] == (Decimal("41.5"), Decimal(60), "↑2")
    assert full.rows[-1][-3:-1] == (Decimal("45.5"), Decimal(69))
    about = {"signed": "区住建局办公室", "on": date(2026, 9, 8), "at": "今天"}
    titles = [[annex.title for annex in notice(FIGURES, {}, full=full, **about).annexes]  # type: ignore[arg-type]
              for full in (False, True)]  # fmt: skip
    assert titles == [["各单位信息报送采用情况"], ["各单位信息报送采用情况", "计分明细"]]


def test_the_sorts_of_an_assessment_add_up_to_the_score() -> None:
    for unit in FIGURES.units:
        assert sum(by_sort(unit)) == unit.points
    table = assessment_table(FIGURES)
    names = [column.name for column in table.columns]
    assert names == [
        "单位", "组别", "基础分", "报送得分", "采用得分", "扣分", "其他", "合计", "名次", "等次"
    ]  # fmt: skip
    assert table.rows[0][2:] == (6, 0, 36, -1, Decimal("0.5"), Decimal("41.5"), 1, "评优")


def test_the_list_of_deductions_says_when_why_by_what_and_who_says_so() -> None:
    late = Line(
        rule="penalty.late_submit",
        row="扣分“迟报”",
        cause="d1",
        points=Decimal(-1),
        note="12号迟报，扣1分",
        period="2026-08",
        on=date(2026, 8, 18),
        by="王芳",
    )
    rate = Line(
        rule="threshold[1]", cause="rate", points=Decimal(-2), note="采用率低", period="2026-08"
    )
    earned = Line(rule="adoption[1]", cause="a1", points=Decimal(5), note="采用", period="2026-08")
    unit = replace(FIRST, lines=(rate, earned, late))
    report = assessment(replace(FIGURES, units=(unit,)), whole=False, at="今天")
    (table,) = [annex.table for annex in report.annexes if annex.title == "扣分清单"]
    names = [column.name for column in table.columns]
    assert names == ["日期", "单位", "事由", "依据条款", "分值", "确认人"]
    assert table.rows == (
        (date(2026, 8, 18), "物业科", "12号迟报，扣1分", "扣分“迟报”", -1, "王芳"),
        ("8月", "物业科", "采用率低", "threshold[1]", -2, "系统"),
    )


RULES = RuleSet.model_validate(
    {
        "quota": [
            {"measure": "submitted", "targets": {"default": 2, "办公室": 0}},
            {"measure": "approved", "filter": {"kind": "research"}, "targets": 1, "name": "调研"},
        ],
        "notice": [
            {"when": "no_submission >= 1 month", "text": "零报送"},
            {"when": "below_target >= 3 months", "text": "连续未完成"},
            {"when": "no_adoption >= 1 quarter", "text": "季度零采用"},
        ],
    }
)


def test_what_is_asked_and_missing_follows_the_quotas() -> None:
    done = Done()
    done.submitted["2026-08", "dynamic", "市政府网站"] = 3
    done.signed["2026-07", "research", ""] = 1
    assert target_of(RULES, "物业科", ["2026-07", "2026-08"]) == 6
    assert missing_of(RULES, "物业科", ["2026-08"], done) == 1, "a surplus makes up for no other"
    assert missing_of(RULES, "物业科", ["2026-07", "2026-08"], done) == 3


def test_a_quota_may_look_at_the_channel_or_be_asked_of_each_officer() -> None:
    rules = RuleSet.model_validate(
        {
            "quota": [
                {
                    "name": "网站",
                    "measure": "submitted",
                    "targets": 2,
                    "filter": {"channel": ["本局网站"]},
                },
                {"name": "每人", "measure": "submitted", "targets": 1, "per": "person"},
            ]
        }
    )
    done = Done(officers=3)
    done.submitted["2026-08", "dynamic", "本局网站"] = 1
    done.submitted["2026-08", "dynamic", "市日报"] = 1
    assert target_of(rules, "物业科", ["2026-08"], done.officers) == 5
    assert missing_of(rules, "物业科", ["2026-08"], done) == 2, "one for the site, one of three"


@pytest.mark.parametrize(
    ("unit", "month", "words"),
    [
        ("物业科", "2026-08", ("零报送", "连续未完成")),
        ("物业科", "2026-09", ("零报送", "连续未完成", "季度零采用")),
    ],
)
def test_triggers_name_a_unit_at_the_end_of_their_own_periods(
    unit: str, month: str, words: tuple[str, ...]
) -> None:
    assert named_for(RULES, unit, [month], Done(), lambda _period: None) == words


def test_who_is_asked_for_nothing_is_not_named() -> None:
    rules = RULES.model_copy(update={"quota": RULES.quota[:1]})
    assert named_for(rules, "办公室", ["2026-09"], Done(), lambda _period: None) == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("8月", "2026-08"), ("12月", "2025-12"), ("上月通报", "2026-08"), ("2025年3月", "2025-03"),
        ("三季度", "2026-Q3"), ("2026-09", "2026-09"), ("上半年", "2026-H1"), ("十一月", "2025-11"),
        ("上季度考核表", "2026-Q2"), ("2025年", "2025"), ("全年", "2026"), ("物业科", ""),
        ("去年的", "2025"),
        ("去年8月", "2025-08"), ("四季度", "2025-Q4"),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_write_them(text: str, period: str) -> None:
    assert period_in(text, date(2026, 9, 21)) == period


def test_small_words() -> None:
    assert [percent(1, 3), percent(2, 3), percent(0, 0)] == ["33.3%", "66.7%", "—"]
    assert period_name("2026-H1") == "2026年上半年"
    assert period_name("2026-09-21") == "2026年9月21日"
    assert target_chart("2026-08", FIGURES.units).said.startswith("2个单位，1个还没有完成任务")
