"""What messages ask of people: digests count once, evenings are seen, nothing is counted twice."""

from datetime import date, datetime

from handlers.rules.burden import Count, Counted, Sent, burden, day_counts
from handlers.rules.calendar import SHANGHAI, WorkCalendar
from storage.vocabulary import UserId

ALICE, BOB = UserId("alice"), UserId("bob")
CALENDAR = WorkCalendar(exceptions={})


def at(hour: int) -> datetime:
    return datetime(2026, 9, 21, hour, tzinfo=SHANGHAI)


def test_a_digest_is_one_message_and_spares_the_others() -> None:
    sent = [
        Sent(member=ALICE, kind="a", message="m1", at=at(10)),
        Sent(member=ALICE, kind="a", message="m1", at=at(10)),
        Sent(member=ALICE, kind="b", message="m1", at=at(10)),
        Sent(member=BOB, kind="a", message="m1", at=at(10)),
        Sent(member=BOB, kind="b", message="m2", at=at(19), parts=2),
    ]
    assert day_counts(sent, [(BOB, "c")], CALENDAR) == {
        (ALICE, "a"): Count(messages=1, spared=1),
        (ALICE, "b"): Count(spared=1),
        (BOB, "a"): Count(messages=1),
        (BOB, "b"): Count(messages=2, after_hours=2),
        (BOB, "c"): Count(spared=1),
    }


def test_a_month_is_summed_by_kind_person_and_week() -> None:
    rows = [
        Counted(day=date(2026, 9, day), member=who, kind=kind, messages=3, after_hours=1, spared=2)
        for day, who, kind in ((1, ALICE, "a"), (2, ALICE, "b"), (9, BOB, "a"))
    ]
    found = burden(rows, 14)
    assert (found.messages, found.after_hours, found.share, found.spared) == (9, 3, 33, 6)
    assert found.by_kind == [("a", 6), ("b", 3)]
    assert found.by_member == [(ALICE, 6), (BOB, 3)]
    assert found.each == 2.25
    assert found.by_week == [(date(2026, 8, 31), 6), (date(2026, 9, 7), 3)]
