"""年度计划: an item in one line, when a node is reminded of, and how much of a plan is done."""

from datetime import UTC, date, datetime

import pytest

from handlers.rules.calendar import WorkCalendar
from handlers.rules.plans import Wish, days_in, moments, read_wish, tally, workdays_until
from storage.vocabulary import NodeStatus

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "冬季供热 12月4日 物业科 燃气科",
            Wish(topic="冬季供热", days=[date(2026, 12, 4)], names=["物业科", "燃气科"]),
        ),
        (
            "《元旦 慰问》 1月5日、2027-01-20 物业科 渠道：市日报 类型：图文 责任人：王芳、李强",
            Wish(
                topic="元旦 慰问",
                days=[date(2027, 1, 5), date(2027, 1, 20)],
                names=["物业科"],
                people=("王芳", "李强"),
                kind="图文",
                channel="市日报",
            ),
        ),
        (
            "消防月小结，12月1日，质安科，权重2，不自动约稿",
            Wish(
                topic="消防月小结",
                days=[date(2026, 12, 1)],
                names=["质安科"],
                weight=2,
                opens_calls=False,
            ),
        ),
        (
            "消防月小结 2月30日 质安科",
            Wish(topic="消防月小结", days=[], names=["质安科"], unread=("2月30日",)),
        ),
        ("2026年12月4日 物业科", None),
    ],
)
def test_an_item_is_read_from_one_line(said: str, read: Wish | None) -> None:
    assert read_wish(said, TODAY) == read


def test_days_of_a_cell_are_read_and_what_is_none_is_named() -> None:
    days = days_in("2026-12-05、9月28日；下旬", date(2026, 12, 31))
    assert days == ([date(2026, 9, 28), date(2026, 12, 5)], ["下旬"])


def test_working_days_are_counted_back_over_days_off() -> None:
    calendar = WorkCalendar(exceptions={date(2026, 11, 30): False, date(2026, 11, 28): True})
    found = moments(date(2026, 12, 4), {10, 3}, calendar)
    assert found[3] == datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
    assert found[10] == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert workdays_until(date(2026, 12, 1), date(2026, 12, 4), calendar.is_workday) == 3


def test_a_plan_is_counted_without_what_was_cancelled() -> None:
    nodes = [
        (NodeStatus.DONE, date(2026, 11, 1)),
        (NodeStatus.CALLED, date(2026, 11, 2)),
        (NodeStatus.CALLED, date(2026, 11, 22)),
        (NodeStatus.PLANNED, date(2026, 12, 2)),
        (NodeStatus.CANCELLED, date(2026, 11, 3)),
        (NodeStatus.DONE, date(2026, 12, 3)),
    ]
    counted = tally(nodes, TODAY)
    assert (counted.planned, counted.done, counted.overdue) == (5, 2, 1)
    assert (counted.called, counted.ahead) == (1, 1)
    assert (counted.due, counted.due_done) == (3, 1)
