"""Lengths of time, and what comes again and again."""

import pytest

from bot.language.times import find_duration, find_recurrence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("宽限两天", "P2D"),
        ("超过两天没审的", "P2D"),
        ("三日内", "P3D"),
        ("十五天", "P15D"),
        ("继续看一周", "P7D"),
        ("延两个星期", "P14D"),
        ("三个月", "P3M"),
        ("半个月", "P15D"),
        ("一个半月", "P1M15D"),
        ("两个季度", "P6M"),
        ("半年", "P6M"),
        ("一年半", "P1Y6M"),
        ("一天半", "P1DT12H"),
        ("半天", "PT12H"),
        ("免打扰两小时", "PT2H"),
        ("两个钟头", "PT2H"),
        ("48小时", "PT48H"),
        ("一个半小时", "PT1H30M"),
        ("1.5小时", "PT1H30M"),
        ("1小时20分钟", "PT1H20M"),
        ("半小时", "PT30M"),
        ("十分钟", "PT10M"),
        ("一百二十分钟", "PT120M"),
        ("一刻钟", "PT15M"),
        ("30秒", "PT30S"),
        ("提前一天", "P1D"),
        ("两三天", "P3D"),
    ],
)
def test_a_length_of_time(text: str, value: str) -> None:
    found = find_duration(text)
    assert found is not None
    assert (found.value, found.note) == (value, "")


def test_working_days_are_noted() -> None:
    found = find_duration("请在三个工作日内反馈")
    assert found is not None
    assert (found.value, found.note) == ("P3D", "workdays")


@pytest.mark.parametrize(
    "text",
    [
        "第二天",
        "这两天",
        "每两天",
        "2026年",
        "9月任务",
        "三季度",
        "周六周日",
        "三年级",
        "今年上半年",
        "26年三季度",
        "一周年",
        "12点30分",
        "3篇",
        "天天",
        "",
    ],
)
def test_no_length(text: str) -> None:
    assert find_duration(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每天提醒我", "daily"),
        ("每日舆情", "daily"),
        ("天天", "daily"),
        ("每天下午5点", "dailyT17:00"),
        ("每晚八点", "dailyT20:00"),
        ("每天早上8点半推送", "dailyT08:30"),
        ("每个工作日", "workdays"),
        ("工作日每天上午9点", "workdaysT09:00"),
        ("每周", "weekly"),
        ("每周五", "weekly:5"),
        ("每个星期一", "weekly:1"),
        ("每周日", "weekly:7"),
        ("每周一三五", "weekly:1,3,5"),
        ("每周一、三、五上午", "weekly:1,3,5T09:00"),
        ("每周二和周四", "weekly:2,4"),
        ("每周一到周五", "weekly:1,2,3,4,5"),
        ("每周末", "weekly:6,7"),
        ("每周五上午九点", "weekly:5T09:00"),
        ("每周五的17:00", "weekly:5T17:00"),
        ("每周五16:00", "weekly:5T16:00"),
        ("每周五六点", "weekly:5T06:00"),
        ("每周1、3、5", "weekly:1,3,5"),
        ("每月", "monthly"),
        ("每个月25号", "monthly:25"),
        ("每月二十五日", "monthly:25"),
        ("每月10日、25日", "monthly:10,25"),
        ("每月25号上午9点", "monthly:25T09:00"),
        ("每月底", "monthly:last"),
        ("每月最后一天", "monthly:last"),
        ("每月初", "monthly:1"),
        ("每季度", "quarterly"),
        ("每季度末", "quarterly:last"),
        ("每个季度第一天", "quarterly:first"),
        ("每年", "yearly"),
        ("每年12月31日", "yearly:12-31"),
        ("每年年底", "yearly:12-31"),
    ],
)
def test_a_rule_of_repetition(text: str, value: str) -> None:
    found = find_recurrence(f"请{text}提醒")
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["今天天气", "每人一篇", "每月32号", "每篇", "周五", ""])
def test_no_rule(text: str) -> None:
    assert find_recurrence(text) is None
