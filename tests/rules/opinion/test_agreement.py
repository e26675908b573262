"""Suggestions beside decisions; and how a mark on an item is said."""

import pytest

from handlers.opinion.agreeing import month_said
from handlers.rules.opinion.agreement import Decision, agreement
from handlers.rules.opinion.said import Said, read_said
from storage.vocabulary import Grade, ItemVerdict

BLUE, YELLOW, ORANGE, RED = Grade
FALSE, MISSED = ItemVerdict.FALSE_ALARM, ItemVerdict.MISSED
REGRADED, ELSEWHERE = ItemVerdict.REGRADED, ItemVerdict.NOT_LOCAL


def test_decisions_are_counted_beside_suggestions() -> None:
    pairs = [
        (BLUE, BLUE),
        (YELLOW, YELLOW),
        (YELLOW, ORANGE),
        (RED, None),
        (None, YELLOW),
        (BLUE, None),
        (BLUE, BLUE),
    ]
    counted = agreement(Decision(*pair) for pair in pairs)
    assert (counted.count, counted.exact, counted.within_one) == (7, 3, 5)
    assert (counted.too_high, counted.too_low) == (2, 2)
    assert counted.row(BLUE) == (1, 2, 0, 0, 0)
    assert counted.row(None) == (0, 0, 1, 0, 0)
    assert agreement([]).count == 0


@pytest.mark.parametrize(
    ("said", "verdict", "grade", "reason"),
    [
        ("12 误报 是去年的旧视频", FALSE, None, "是去年的旧视频"),
        ("12误报", FALSE, None, ""),
        ("12号是误报。", FALSE, None, ""),
        ("１２ 标为误报", FALSE, None, ""),
        ("12 漏报 橙色 涉及三个小区", MISSED, ORANGE, "涉及三个小区"),
        ("12 漏报", MISSED, None, ""),
        ("12 漏报，红", MISSED, RED, ""),
        ("12 调级 黄色", REGRADED, YELLOW, ""),
        ("12 调为较大", REGRADED, YELLOW, ""),
        ("12 调级 橙色（重大） 有记者", REGRADED, ORANGE, "有记者"),
        ("12 应为特别重大：有人死亡", REGRADED, RED, "有人死亡"),
        ("12 非本地 是杭州的金色家园", ELSEWHERE, None, "是杭州的金色家园"),
        ("12 不属于本单位", ELSEWHERE, None, ""),
        ("12 调级 一般性质的投诉", REGRADED, None, "一般性质的投诉"),
        ("把条目12标为误报", FALSE, None, ""),
        ("12号条目是误报", FALSE, None, ""),
        ("12号条目漏报了，应该是橙色", MISSED, ORANGE, ""),
        ("昨晚3点的条目12漏报 橙色", MISSED, ORANGE, ""),
    ],
)
def test_what_is_said_of_an_item(
    said: str, verdict: ItemVerdict, grade: Grade | None, reason: str
) -> None:
    assert read_said(said) == Said(number=12, verdict=verdict, grade=grade, reason=reason)


@pytest.mark.parametrize(
    "said", ["12", "12 误报吗", "12 是不是误报", "12 漏报 橙色？", "12 误报了么?", "12为什么没报警"]
)
def test_a_question_decides_nothing(said: str) -> None:
    assert read_said(said) == Said(number=12)


def test_other_words_are_not_guessed_at() -> None:
    assert read_said("误报") is None
    assert read_said("12 误报率有点高") == Said(number=12, unclear=True)
    assert read_said("12 不是误报") == Said(number=12, unclear=True)
    assert read_said("12 请办公室看看") == Said(number=12, unclear=True)


def test_which_month_is_meant() -> None:
    months = {"": "2026-09", "本月": "2026-09", "上月": "2026-08", "8月": "2026-08"}
    months |= {
        "12月份": "2025-12",
        "2025年3月": "2025-03",
        "9月？": "2026-09",
        "13月": "",
        "好": "",
    }
    assert {said: month_said(said, "2026-09") for said in months} == months
