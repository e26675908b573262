"""What holds for every text and every moment."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.language.times import (
    Clock,
    Found,
    find_day,
    find_days,
    find_duration,
    find_moment,
    find_moments,
    find_period,
    find_recurrence,
    find_since,
    parse_moment,
)
from bot.language.times.periods import first_day
from handlers.rules.calendar import local
from tests.language.times.monday import CALENDAR, MONDAY

PHRASES = """
    今天 明天 后天 昨晚 明早 今晚 大后天 上周五 下周三 周五 这周末 下下周一 本月 上个月 月底
    下月初 3号 25号 9月25日 10.8 10/8 2026-10-08 十月八号 下午 上午九点 17:00 三点半 中午
    下班前 前 后 以来 到现在 从 到 至 每周 每月 每天 半小时 两天 一个半 小时 近三天 三季度
    前三季度 今年 去年 国庆 中秋 节 第一天 最后一天 期间 值班 请假 稿 号楼 篇 , . ( ) 24:00
    31号 2月29日 12月 99 0 半 一 十一 五一
"""
TEXT = st.text() | st.lists(st.sampled_from(PHRASES.split()), max_size=7).map("".join)
CLOCK = st.datetimes(datetime(2001, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda now: Clock(now, CALENDAR)
)
ISO_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?", re.ASCII)
RULE = re.compile(
    r"(daily|workdays|weekly(:[1-7](,[1-7])*)?|monthly(:(last|\d+(,\d+)*))?"
    r"|quarterly(:(first|last))?|yearly(:\d\d-\d\d)?)(T\d\d:\d\d)?",
    re.ASCII,
)


def within(found: Found | None, text: str) -> bool:
    return found is None or 0 <= found.start < found.end <= len(text)


@given(text=TEXT, clock=CLOCK)
def test_points_stand_in_order_in_the_text_and_are_iso(text: str, clock: Clock) -> None:
    found = find_moments(text, clock)
    assert all(within(each, text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert find_moment(text, clock) == (found[0] if found else None)
    for each in found:
        if each.value.startswith("P"):
            assert ISO_DURATION.fullmatch(each.value)
            assert each.at
        elif "T" in each.value:
            assert each.at
            assert local(each.at).replace(tzinfo=None) == datetime.fromisoformat(each.value)
        else:
            assert date.fromisoformat(each.value) >= date.min
            assert each.at is None


@given(text=TEXT, clock=CLOCK)
def test_days_periods_and_beginnings_are_iso(text: str, clock: Clock) -> None:
    day, period, since = find_day(text, clock), find_period(text, clock), find_since(text, clock)
    assert all(within(each, text) for each in (day, period, since))
    assert day is None or date.fromisoformat(day.value) >= date.min
    assert period is None or first_day(period.value) >= date.min
    assert since is None or datetime.fromisoformat(since.value) >= datetime.min  # noqa: DTZ901
    days = find_days(text, clock)
    assert days is None or date.fromisoformat(days[0]) <= date.fromisoformat(days[1])


@given(text=TEXT)
def test_lengths_and_rules_have_their_form(text: str) -> None:
    duration, rule = find_duration(text), find_recurrence(text)
    assert within(duration, text)
    assert within(rule, text)
    assert duration is None or ISO_DURATION.fullmatch(duration.value)
    assert rule is None or RULE.fullmatch(rule.value)


@given(text=TEXT, clock=CLOCK)
def test_what_is_said_without_a_year_lies_ahead(text: str, clock: Clock) -> None:
    """Unless it says itself that it is past, or names one day only, which may have gone by."""
    assume(not re.search("[昨上去前今本这当年]|20|月[底末初中]", text))
    for found in find_moments(text, clock):
        if found.at:
            assert found.at >= clock.now
        else:
            assert date.fromisoformat(found.value) >= clock.today


@given(text=TEXT, clock=CLOCK)
def test_since_lies_behind(text: str, clock: Clock) -> None:
    found = find_since(text, clock)
    assert found is None or (found.at is not None and found.at <= clock.now)


@given(text=TEXT.map(str.strip), clock=CLOCK)
def test_a_text_that_begins_with_a_time_is_read_alike_everywhere(text: str, clock: Clock) -> None:
    """Only bare dates may differ: for a deadline today still counts, a reminder's 9:00 is past."""
    parsed, found = parse_moment(text, clock.now), find_moment(text, clock)
    if parsed and found and found.start == 0 and found.at:
        assert parsed[0] == found.at


@pytest.mark.parametrize(
    "find", [find_moment, find_moments, find_day, find_days, find_period, find_since]
)
@pytest.mark.parametrize(
    "unit",
    ["1", " ", "一", "年", "周", "9月 ", "1到", "1.", "节", "国庆", "十 月后", "每周", "本", "从"],
)
def test_a_flood_costs_no_more_than_a_page(find: Callable[[str, Clock], object], unit: str) -> None:
    begin = process_time()
    find(unit * 100_000, MONDAY)
    assert process_time() - begin < 1


@pytest.mark.parametrize("find", [find_duration, find_recurrence])
@pytest.mark.parametrize("unit", ["1", " ", "一", "半", "每", "每月1号、", "1 个 ", "每天"])
def test_a_flood_of_lengths_and_rules_neither(find: Callable[[str], object], unit: str) -> None:
    begin = process_time()
    find(unit * 100_000)
    assert process_time() - begin < 1
