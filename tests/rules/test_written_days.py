"""Days and months as offices write them into cells."""

from datetime import date

import pytest

from handlers.rules.written_days import written_day, written_month

TODAY = date(2026, 9, 21)
TWENTIETH = date(2026, 9, 20)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-09-20", TWENTIETH),
        ("2026/9/20", TWENTIETH),
        ("2026.09.20", TWENTIETH),
        ("2026年9月20日", TWENTIETH),
        ("２０２６年９月２０日", TWENTIETH),
        ("二〇二六年九月二十日", TWENTIETH),
        ("20260920", TWENTIETH),
        ("46285", TWENTIETH),
        ("46285.5", TWENTIETH),
        ("2026-09-20 08:30:00", TWENTIETH),
        ("9月20日", TWENTIETH),
        ("9-20", TWENTIETH),
        ("12月3日", date(2025, 12, 3)),
        ("十二月三十一日", date(2025, 12, 31)),
        ("2026-13-01", None),
        ("2026-02-30", None),
        ("9月", None),
        ("昨天", None),
        ("12", None),
        ("第46285期", None),
        ("十十月一日", None),
    ],
)
def test_a_day_is_read_in_each_way_that_it_is_written(cell: str, day: date | None) -> None:
    assert written_day(cell, TODAY) == day


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2026-09", "2026-09"),
        ("2026年9月", "2026-09"),
        ("202609", "2026-09"),
        ("9月份", "2026-09"),
        ("十二月", "2025-12"),
        ("2026-09-20", "2026-09"),
        ("46285", "2026-09"),
        ("202613", None),
        ("上月", None),
    ],
)
def test_a_month_is_read_alike(cell: str, month: str | None) -> None:
    assert written_month(cell, TODAY) == month
