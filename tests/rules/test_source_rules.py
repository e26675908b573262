"""When a feed is asked again, and for how long a source may be silent."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.rules.sources import (
    believed,
    host_of,
    is_broken,
    is_news,
    may_be_silent,
    next_question,
    pace,
    usual_gap,
)
from storage.vocabulary import SourceFault

NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)
MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("failures", "wished", "pause"),
    [
        (0, timedelta(0), QUARTER),
        (1, timedelta(0), 2 * QUARTER),
        (3, timedelta(0), 2 * HOUR),
        (99, timedelta(0), 16 * HOUR),
        (1, 3 * HOUR, 3 * HOUR),
        (1, 9 * DAY, DAY),
    ],
)
def test_failures_and_wishes_put_the_next_question_off(
    failures: int, wished: timedelta, pause: timedelta
) -> None:
    assert next_question(NOW, QUARTER, failures, wished) == NOW + pause


def test_a_sensitive_period_halves_the_pause_but_not_below_five_minutes() -> None:
    minutes = [pace(timedelta(minutes=every), sensitive=True) / MINUTE for every in (60, 15, 8, 3)]
    assert minutes == [30, 7.5, 5, 3]
    assert pace(QUARTER, sensitive=False) == QUARTER


def test_what_lasts_is_broken_at_once_and_the_rest_after_three_times() -> None:
    assert is_broken(SourceFault.NO_FEED, 1)
    assert not is_broken(SourceFault.TIME, 2)
    assert is_broken(SourceFault.TIME, 3)


def test_the_usual_time_is_learnt_and_forgotten_slowly() -> None:
    gap = usual_gap(0, 2 * DAY)
    assert gap == 2 * 86_400
    assert usual_gap(gap, HOUR) == pytest.approx(gap * 0.98, abs=1)
    assert may_be_silent(0, 4, gap) == 3 * DAY
    assert may_be_silent(0, 5, gap) == 4 * DAY
    assert may_be_silent(0, 99, 60) == 6 * HOUR
    assert may_be_silent(12, 99, gap) == 12 * HOUR


def test_a_post_of_the_future_was_posted_when_it_was_found() -> None:
    assert believed(NOW + DAY, NOW) == NOW
    assert believed(NOW - HOUR, NOW) == NOW - HOUR
    assert believed(None, NOW) is None
    assert is_news(None, NOW)
    assert not is_news(NOW - 31 * DAY, NOW)


def test_only_a_web_address_has_a_host() -> None:
    assert host_of("https://Example.CN:8080/rss") == "example.cn"
    for address in ("ftp://a.cn/", "http://u:p@a.cn/", "example.cn/rss", "http://[::1", ""):
        assert host_of(address) == "", address
