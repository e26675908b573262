"""When somebody may be spoken to: never too early, never never, and an alert always."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import SHANGHAI, WorkCalendar, in_quiet_hours, local
from handlers.rules.peace import Peace, Why, free_from, muted_until
from handlers.rules.recurring import next_time, said
from storage.vocabulary import Urgency

NIGHT = (time(22), time(7))
CALENDAR = WorkCalendar(exceptions={datetime(2026, 9, 25, tzinfo=UTC).date(): False})

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them naive
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@st.composite
def peaces(draw: st.DrawFn) -> Peace:
    begins = draw(clocks)
    longest = draw(st.integers(1, 12 * 60))
    ends = (datetime.combine(date(2026, 1, 1), begins) + timedelta(minutes=longest)).time()
    return Peace(
        quiet=NIGHT,
        calendar=CALENDAR,
        muted_until=draw(st.none() | moments),
        own_quiet=draw(st.none() | st.just((begins, ends))),
    )


@given(moments, peaces(), st.sampled_from(Urgency), st.booleans())
def test_what_is_kept_goes_once_nothing_keeps_it(
    now: datetime,
    peace: Peace,
    urgency: Urgency,
    mutable: bool,  # noqa: FBT001 - drawn
) -> None:
    until, why = free_from(now, urgency, peace, mutable=mutable)
    assert until >= now
    assert (why is None) == (until == now)
    assert free_from(until, urgency, peace, mutable=mutable) == (until, None)
    if urgency is Urgency.ALERT:
        assert until == now
    if mutable and urgency is not Urgency.ALERT:
        assert peace.muted_until is None or until >= peace.muted_until or until == now
        assert peace.own_quiet is None or not in_quiet_hours(until, peace.own_quiet)
    if urgency is Urgency.ROUTINE:
        assert CALENDAR.is_workday(local(until).date())
        assert not in_quiet_hours(until, NIGHT)


def test_his_own_quiet_hours_give_way_where_nothing_would_ever_be_said() -> None:
    peace = Peace(quiet=(time(18), time(9)), calendar=CALENDAR, own_quiet=(time(9), time(18)))
    until, why = free_from(at("2026-09-21T20:00"), Urgency.ROUTINE, peace, mutable=True)
    assert (local(until).isoformat(), why) == ("2026-09-22T09:00:00+08:00", Why.QUIET)


@pytest.mark.parametrize(
    ("said_at", "scope", "until"),
    [
        ("2026-09-21T20:00", "tonight", "2026-09-22T07:00"),
        ("2026-09-22T01:00", "tonight", "2026-09-22T07:00"),
        ("2026-09-21T10:00", "afternoon", "2026-09-21T18:00"),
        ("2026-09-21T15:00", "afternoon", "2026-09-21T18:00"),
        ("2026-09-21T19:00", "afternoon", "2026-09-22T18:00"),
        ("2026-09-21T20:00", "today", "2026-09-22T00:00"),
        ("2026-09-24T20:00", "weekend", "2026-09-28T07:00"),
        ("2026-09-21T20:00", "", "2026-09-22T08:30"),
        ("2026-09-24T20:00", "", "2026-09-28T08:30"),  # over a day off and the weekend
    ],
)
def test_a_silence_in_words_has_an_end(said_at: str, scope: str, until: str) -> None:
    assert muted_until(scope, at(said_at), CALENDAR) == at(until)


def test_a_mute_that_ends_at_night_leaves_routine_to_the_morning() -> None:
    peace = Peace(quiet=NIGHT, calendar=CALENDAR, muted_until=at("2026-09-21T23:00"))
    now = at("2026-09-21T21:00")
    assert free_from(now, Urgency.ROUTINE, peace, mutable=True) == (
        at("2026-09-22T08:30"),
        Why.QUIET,
    )
    assert free_from(now, Urgency.PROMPT, peace, mutable=True) == (
        at("2026-09-21T23:00"),
        Why.MUTED,
    )


# After Monday 2026-09-21 10:00: the rule, when it falls next, how it is said.
RULES = [
    ("dailyT17:00", "2026-09-21T17:00", "每天 17:00"),
    ("daily", "2026-09-22T09:00", "每天 09:00"),
    ("workdaysT16:30", "2026-09-21T16:30", "每个工作日 16:30"),
    ("weekly:5T09:00", "2026-09-25T09:00", "每周五 09:00"),
    ("weekly:1,3", "2026-09-23T09:00", "每周一、三 09:00"),
    ("weekly", "2026-09-28T09:00", "每周一 09:00"),
    ("monthly:20", "2026-10-20T09:00", "每月20日 09:00"),
    ("monthly:31", "2026-09-30T09:00", "每月31日 09:00"),
    ("monthly:last", "2026-09-30T09:00", "每月最后一天 09:00"),
    ("monthly:last_workday", "2026-09-30T09:00", "每月最后一个工作日 09:00"),
    ("quarterly:last", "2026-09-30T09:00", "每季度最后一天 09:00"),
    ("quarterly", "2026-10-01T09:00", "每季度第一天 09:00"),
    ("yearly:02-29", "2027-02-28T09:00", "每年2月29日 09:00"),
]


@pytest.mark.parametrize(("rule", "then", "words"), RULES)
def test_a_rule_falls_next_when_it_says(rule: str, then: str, words: str) -> None:
    assert next_time(rule, at("2026-09-21T10:00"), CALENDAR) == at(then)
    assert said(rule) == words


@given(moments, st.sampled_from([rule for rule, _, _ in RULES]))
def test_a_rule_goes_on_for_ever_and_never_stands_still(now: datetime, rule: str) -> None:
    then = next_time(rule, now, CALENDAR)
    assert then > now
    assert next_time(rule, then, CALENDAR) > then
