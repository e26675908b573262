"""How hot a matter is, how fast it goes, and the charts of both."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.documents import charts
from handlers.rules.cases.board import platform_chart, topic_chart
from handlers.rules.opinion.heat import (
    FALLING,
    RISING,
    STEADY,
    Said,
    heat,
    heat_chart,
    moments,
    pace,
    spread_chart,
)

NOW = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)


def said(hours_ago: float, count: int = 0, platform: str = "抖音") -> Said:
    at = NOW - timedelta(hours=hours_ago)
    return Said(at=at, platform=platform, interactions=count)


def test_heat_halves_in_twelve_hours_and_counts_reach_and_place() -> None:
    assert heat([said(12)], NOW) == pytest.approx(heat([said(0)], NOW) / 2)
    assert heat([said(0, 20_000)], NOW) > heat([said(0, 10)], NOW) > heat([said(0)], NOW)
    assert heat([said(0, platform="人民网")], NOW) > heat([said(0, platform="论坛")], NOW)
    assert heat([said(-1)], NOW) == 0, "it was not there yet"


@pytest.mark.parametrize(
    ("hours_ago", "word"),
    [((), STEADY), ((1,), STEADY), ((1, 1, 2), RISING), ((5, 6, 7, 8, 9), FALLING)],
)
def test_pace_is_told_by_three_hours_beside_the_day_before(
    hours_ago: tuple[float, ...], word: str
) -> None:
    assert pace([said(one) for one in hours_ago], NOW).word == word


def test_a_curve_has_few_moments_and_ends_now() -> None:
    for days in (0, 1, 3, 7, 400):
        at = moments(NOW - timedelta(days=days), NOW)
        assert 2 <= len(at) <= 31
        assert at[-1] == NOW


def test_the_hottest_are_drawn_and_their_labels_are_escaped() -> None:
    curves = {f"{number}号": [said(number)] for number in range(1, 7)} | {"<8>": [said(0)]}
    chart = heat_chart(curves, NOW, "热度")
    assert chart is not None
    assert [each.name for each in chart.series] == ["<8>", "1号", "2号", "3号"]
    drawing = charts.svg(chart, "one")
    assert drawing.count("<polyline") == 4
    assert "<8>" not in drawing
    assert charts.png(chart).startswith(b"\x89PNG")
    assert heat_chart({"1号": [said(24 * 8)], "2号": []}, NOW, "热度") is None


def test_spread_only_grows_and_ends_with_all() -> None:
    chart = spread_chart([said(30), said(20), said(1)], NOW, "传播")
    assert chart is not None
    [series] = chart.series
    assert list(series.values) == sorted(series.values)
    assert series.values[-1] == 3
    assert spread_chart([], NOW, "传播") is None


def test_topics_and_platforms_are_counted_once_each() -> None:
    cases = [("物业、停水", NOW), ("物业", NOW - timedelta(days=20)), ("", NOW)]
    topics = topic_chart([*cases, ("物业", NOW - timedelta(days=31))], NOW)
    assert topics is not None
    assert topics.labels == ("物业", "未归类")
    assert [each.values for each in topics.series] == [(1, 1), (2, 1)]
    platforms = platform_chart({"抖音": 3, "": 1})
    assert platforms is not None
    assert platforms.said == "共4条：抖音75%、未注明25%"
    assert topic_chart([], NOW) is None
    assert platform_chart({}) is None
