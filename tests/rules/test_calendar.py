"""Working time, quiet time and the month, in Shanghai."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import (
    SHANGHAI,
    Season,
    WorkCalendar,
    add_working_days,
    add_working_hours,
    in_quiet_hours,
    local,
    minutes_in_words,
    month_bounds,
    next_convenient,
    next_opening,
    quiet_end,
    recounted,
    shifted,
    shifted_moment,
    short_time,
    working_days_before,
    working_time,
)
from handlers.rules.official_days import OFFICIAL_DAYS

CALENDAR = WorkCalendar(exceptions=OFFICIAL_DAYS)
NIGHT = (time(22), time(7))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(clock).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 21), True),
        (date(2026, 9, 20), True),  # the Sunday worked for Mid-Autumn
        (date(2026, 9, 25), False),
        (date(2026, 9, 26), False),
        (date(2026, 9, 28), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2027, 1, 1), True),  # a Friday of an unknown year
    ],
)
def test_a_workday_follows_the_official_list(day: date, *, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


def test_the_official_year_adds_up() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    listed = [OFFICIAL_DAYS[day] for day in days if day in OFFICIAL_DAYS]
    assert (listed.count(True), listed.count(False)) == (6, 33)
    assert sum(map(CALENDAR.is_workday, days)) == 248
    assert {day.year for day in OFFICIAL_DAYS} == {2024, 2025, 2026}
    assert all(day.weekday() > 4 for day, works in OFFICIAL_DAYS.items() if works)


def test_a_year_is_known_by_its_official_list_and_not_by_stray_days() -> None:
    stray = WorkCalendar(exceptions={**OFFICIAL_DAYS, date(2027, 1, 1): False})
    assert stray.knows(2026)
    assert not stray.knows(2027)
    assert not stray.knows(2023)


SUMMER = Season(
    first=(5, 1), last=(9, 30), office_hours=((time(8), time(12)), (time(15), time(18)))
)
WINTER = Season(first=(11, 15), last=(2, 28), office_hours=((time(9), time(16)),))
BY_SEASON = WorkCalendar(exceptions=OFFICIAL_DAYS, seasons=(SUMMER, WINTER))


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-09-30 17:00", 2, "2026-10-08 09:30"),  # the season ends over the holidays
        ("2026-05-06 12:30", 1, "2026-05-06 16:00"),
        ("2026-11-13 16:30", 2, "2026-11-16 10:00"),
        ("2026-01-05 15:00", 2, "2026-01-06 10:00"),  # a season over the turn of the year
        ("2026-03-02 08:00", 1, "2026-03-02 09:30"),
    ],
)
def test_working_hours_are_those_of_the_season(moment: str, hours: int, due: str) -> None:
    counted = add_working_hours(at(moment), hours, BY_SEASON)
    assert counted == at(due)


def test_two_seasons_share_no_day() -> None:
    again = Season(first=(9, 30), last=(10, 31), office_hours=((time(9), time(17)),))
    with pytest.raises(ValueError, match="share a day"):
        WorkCalendar(exceptions={}, seasons=(SUMMER, again))


@pytest.mark.parametrize(
    "hours",
    [
        (),
        ((time(9), time(9)),),
        ((time(17), time(9)),),
        ((time(14), time(17)), (time(8), time(12))),
        ((time(8), time(12)), (time(11), time(17))),
    ],
)
def test_an_office_without_sensible_hours_cannot_be(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="hours"):
        WorkCalendar(exceptions={}, office_hours=hours)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-09-21 10:00", "2026-09-21 10:00"),
        ("2026-09-21 07:00", "2026-09-21 08:30"),
        ("2026-09-21 12:00", "2026-09-21 12:00"),
        ("2026-09-21 12:01", "2026-09-21 14:00"),
        ("2026-09-21 17:31", "2026-09-22 08:30"),
        ("2026-09-24 18:00", "2026-09-28 08:30"),
        ("2026-09-30 18:00", "2026-10-08 08:30"),
    ],
)
def test_the_next_opening(moment: str, opening: str) -> None:
    assert next_opening(at(moment), CALENDAR) == at(opening)


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-09-21 10:00", 2, "2026-09-21 12:00"),
        ("2026-09-21 10:00", 4, "2026-09-21 16:00"),
        ("2026-09-21 10:00", 5.5, "2026-09-21 17:30"),
        ("2026-09-21 10:00", 7, "2026-09-22 10:00"),
        ("2026-09-20 13:00", 0.5, "2026-09-20 14:30"),
        ("2026-09-24 16:30", 2, "2026-09-28 09:30"),
        ("2026-09-26 03:00", 0, "2026-09-28 08:30"),
    ],
)
def test_working_hours_count_only_while_the_office_is_open(
    moment: str, hours: float, due: str
) -> None:
    assert add_working_hours(at(moment), hours, CALENDAR) == at(due)
    assert add_working_hours(at(moment), timedelta(hours=hours), CALENDAR) == at(due)


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        ("2026-09-21 10:00", 1, "2026-09-22 10:00"),
        ("2026-09-24 10:00", 1, "2026-09-28 10:00"),
        ("2026-09-30 15:00", 2, "2026-10-09 15:00"),
        ("2026-10-09 15:00", 1, "2026-10-10 15:00"),
        ("2026-09-25 10:00", 1, "2026-09-29 08:30"),
        ("2026-09-21 20:00", 1, "2026-09-23 08:30"),
        ("2026-09-26 10:00", 0, "2026-09-28 08:30"),
    ],
)
def test_working_days_count_from_the_next_workday(moment: str, days: int, due: str) -> None:
    assert add_working_days(at(moment), days, CALENDAR) == at(due)


def test_working_time_is_counted_forward_only() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_hours(at("2026-09-21 10:00"), -1, CALENDAR)
    with pytest.raises(ValueError, match="forward"):
        add_working_days(at("2026-09-21 10:00"), -1, CALENDAR)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2026, 9, 21, 10))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("moment", "quiet", "end"),
    [
        ("2026-09-21 21:59", NIGHT, None),
        ("2026-09-21 22:00", NIGHT, "2026-09-22 07:00"),
        ("2026-09-22 06:59", NIGHT, "2026-09-22 07:00"),
        ("2026-09-22 07:00", NIGHT, None),
        ("2026-09-22 12:30", (time(12), time(14)), "2026-09-22 14:00"),
        ("2026-09-22 22:30", (time(12), time(14)), None),
        ("2026-09-22 22:30", (time(22, 30), time(22, 30)), None),
    ],
)
def test_quiet_hours_may_run_over_midnight(
    moment: str, quiet: tuple[time, time], end: str | None
) -> None:
    assert in_quiet_hours(at(moment), quiet) is (end is not None)
    assert quiet_end(at(moment), quiet) == at(end or moment)


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        ("2026-09-21 10:00", "2026-09-01", "2026-10-01"),
        ("2026-10-01 00:00", "2026-10-01", "2026-11-01"),
        ("2026-09-30 23:59", "2026-09-01", "2026-10-01"),
        ("2026-12-31 23:59", "2026-12-01", "2027-01-01"),
        ("2028-02-29 12:00", "2028-02-01", "2028-03-01"),
    ],
)
def test_the_month_is_the_local_one(moment: str, start: str, end: str) -> None:
    assert month_bounds(at(moment)) == (at(start), at(end))


@pytest.mark.parametrize(
    ("moment", "now", "text"),
    [
        ("2026-09-21 15:04", "2026-09-21 10:00", "今天 15:04"),
        ("2026-09-22 09:00", "2026-09-21 10:00", "明天 09:00"),
        ("2026-09-20 23:59", "2026-09-21 00:01", "昨天 23:59"),
        ("2026-09-25 15:04", "2026-09-21 10:00", "9月25日 15:04"),
        ("2027-01-03 09:00", "2026-12-31 10:00", "2027年1月3日 09:00"),
        ("2027-01-01 09:00", "2026-12-31 10:00", "明天 09:00"),
    ],
)
def test_a_time_is_written_as_short_as_today_allows(moment: str, now: str, text: str) -> None:
    assert short_time(at(moment), at(now)) == text


MOMENTS = st.datetimes(datetime(2025, 6, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
HOURS = st.timedeltas(timedelta(0), timedelta(hours=80))


@given(moment=MOMENTS, hours=HOURS)
def test_a_due_time_is_never_early_and_always_in_office_hours(
    moment: datetime, hours: timedelta
) -> None:
    due = add_working_hours(moment, hours, CALENDAR)
    here = local(due)
    assert due >= moment + hours
    assert due.utcoffset() == timedelta(0)
    assert CALENDAR.is_workday(here.date())
    assert any(opens <= here.time() <= closes for opens, closes in CALENDAR.office_hours)


@given(moment=MOMENTS, first=HOURS, second=HOURS)
def test_working_hours_add_up(moment: datetime, first: timedelta, second: timedelta) -> None:
    halfway = add_working_hours(moment, first, CALENDAR)
    assert add_working_hours(halfway, second, CALENDAR) == add_working_hours(
        moment, first + second, CALENDAR
    )


@given(moments=st.tuples(MOMENTS, MOMENTS), hours=st.tuples(HOURS, HOURS))
def test_later_or_longer_is_never_due_sooner(
    moments: tuple[datetime, datetime], hours: tuple[timedelta, timedelta]
) -> None:
    sooner = add_working_hours(min(moments), min(hours), CALENDAR)
    assert sooner <= add_working_hours(max(moments), max(hours), CALENDAR)


@given(moment=MOMENTS, first=st.integers(0, 20), second=st.integers(0, 20))
def test_working_days_add_up(moment: datetime, first: int, second: int) -> None:
    halfway = add_working_days(moment, first, CALENDAR)
    due = add_working_days(moment, first + second, CALENDAR)
    assert add_working_days(halfway, second, CALENDAR) == due
    assert next_opening(due, CALENDAR) == due


@given(moment=MOMENTS)
def test_quiet_ends_when_it_is_no_longer_quiet(moment: datetime) -> None:
    end = quiet_end(moment, NIGHT)
    assert moment <= end <= moment + timedelta(hours=9)
    assert not in_quiet_hours(end, NIGHT)


@given(moment=MOMENTS)
def test_a_month_holds_its_moment_and_meets_the_next(moment: datetime) -> None:
    start, end = month_bounds(moment)
    assert start <= moment < end
    assert month_bounds(end)[0] == end


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        ("2026-09-21T10:00", "2026-09-21T10:00"),
        ("2026-09-21T13:00", "2026-09-21T13:00"),  # nobody is at his desk, but awake
        ("2026-09-21T21:59", "2026-09-21T21:59"),
        ("2026-09-21T22:00", "2026-09-22T08:30"),
        ("2026-09-22T06:59", "2026-09-22T08:30"),
        ("2026-09-24T23:00", "2026-09-28T08:30"),  # over the Mid-Autumn days off
        ("2026-09-26T12:00", "2026-09-28T08:30"),
        ("2026-09-20T12:00", "2026-09-20T12:00"),  # a Sunday that is worked
    ],
)
def test_what_is_not_urgent_waits_for_a_convenient_time(moment: str, later: str) -> None:
    assert next_convenient(at(moment), NIGHT, CALENDAR) == at(later)


def test_a_day_off_moves_what_falls_on_it_unless_it_is_an_emergency() -> None:
    """T-1 skips the days off; four working hours are counted by the season."""
    national = date(2026, 10, 1)
    assert shifted(national, "next", CALENDAR.is_workday) == date(2026, 10, 8)
    assert shifted(national, "previous", CALENDAR.is_workday) == date(2026, 9, 30)
    assert shifted(national, "none", CALENDAR.is_workday) == national
    noon = at("2026-10-01 12:00")
    assert shifted_moment(noon, "next", CALENDAR) == at("2026-10-08 12:00")
    assert shifted_moment(noon, "next", CALENDAR, emergency=True) == noon
    assert working_days_before(at("2026-10-08 15:00"), 1, CALENDAR) == at("2026-09-30 15:00")
    assert working_days_before(noon, 1, CALENDAR) == at("2026-09-30 12:00")


@given(
    due=st.integers(0, 30 * 24 * 60).map(lambda n: at("2026-09-01 00:00") + timedelta(minutes=n)),
    turned=st.sets(st.integers(1, 40).map(lambda n: date(2026, 9, 1) + timedelta(days=n))),
)
def test_a_clock_that_is_counted_anew_has_the_time_that_it_had(
    due: datetime, turned: set[date]
) -> None:
    """And the calendar that did not change moves nothing."""
    now = at("2026-09-01 09:00")
    due = add_working_hours(max(due, now), 0, CALENDAR)
    after = WorkCalendar(
        exceptions={**OFFICIAL_DAYS, **{day: not CALENDAR.is_workday(day) for day in turned}}
    )
    moved = recounted(due, now, CALENDAR, after)
    assert working_time(now, moved, after) == working_time(now, due, CALENDAR)
    assert after.is_workday(local(moved).date())
    assert recounted(due, now, CALENDAR, CALENDAR) == due


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "不到1分钟"), (45, "45分钟"), (60, "1小时"), (125, "2小时5分钟"), (1440, "24小时")],
)
def test_lengths_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert minutes_in_words(minutes) == said
