"""约稿: any course of a part, the ladder of its reminders, the inner deadline, and the terms."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.writers import unit_said
from handlers.rules.calendar import WorkCalendar, local
from handlers.rules.call_terms import FITS_FROM, fit, read_terms
from handlers.rules.calls import (
    DONE,
    MOVES,
    ORDERED,
    OUTCOMES,
    OWED,
    IllegalPartMoveError,
    PartMove,
    Rung,
    inner_deadline,
    ladder,
    moved,
)
from storage.vocabulary import CallOutcome, PartState

CALENDAR = WorkCalendar(exceptions={})
MONDAY = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


class Model:
    """What a unit, the office and the clock know of a part, written down anew and apart."""

    def __init__(self) -> None:
        self.owed, self.claimed, self.said_why = True, False, False
        self.end = ""

    def may(self, move: PartMove) -> bool:
        answered = self.end in {"done", "late"}
        return {
            "claim": (self.owed and (not self.claimed or self.said_why)) or self.end == "nothing",
            "decline": self.owed and not self.said_why,
            "extend": self.owed,
            "insist": (self.owed and self.said_why)
            or self.end in {"nothing", "excused", "passed on", "missed", "cancelled"},
            "answer": self.owed or self.end in {"nothing", "excused", "missed"},
            "answer_late": self.owed or self.end in {"nothing", "excused", "missed"},
            "take_back": answered,
            "excuse": self.owed or self.end in {"missed", "late"},
        }.get(move, self.owed)

    def do(self, move: PartMove) -> None:
        ends = {
            "nothing": "nothing", "answer": "done", "answer_late": "late", "reassign": "passed on",
            "miss": "missed", "cancel": "cancelled",
        }  # fmt: skip
        if move is PartMove.EXCUSE:
            self.owed, self.end = False, "done" if self.end == "late" else "excused"
        elif move in ends:
            self.owed, self.end = False, ends[move]
        else:
            claims = move in {PartMove.CLAIM, PartMove.TAKE_BACK}
            if move is PartMove.INSIST or (move is PartMove.EXTEND and self.said_why):
                self.claimed = False
            self.claimed = claims or (self.claimed and move is PartMove.EXTEND)
            self.owed, self.end, self.said_why = True, "", move is PartMove.DECLINE
            return
        self.claimed = self.said_why = False


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PartMove), max_size=14))
def test_any_course_of_a_part_is_what_the_model_says(moves: list[PartMove]) -> None:
    """A move is refused where the model refuses it, and owed, ended and counted agree with it."""
    state, model = PartState.RECEIVED, Model()
    for move in moves:
        if not model.may(move):
            with pytest.raises(IllegalPartMoveError):
                moved(state, move)
            continue
        state = moved(state, move)
        model.do(move)
        assert (state in OWED) == model.owed, (state, move)
        assert (state is PartState.CLAIMED) == (model.owed and model.claimed and not model.said_why)
        assert (state in DONE) == (model.end in {"done", "late"})
        assert (state in OUTCOMES) != (state in OWED)


def test_every_state_is_reached_and_what_ends_says_how_it_counts() -> None:
    reached = {PartState.RECEIVED, *MOVES.values()}
    assert reached == set(PartState)
    assert set(OUTCOMES) == set(PartState) - OWED
    counted = {OUTCOMES[state] for state in ORDERED - OWED}
    assert counted == {CallOutcome.DONE, CallOutcome.LATE, CallOutcome.MISSED}


@settings(max_examples=100)
@given(st.integers(1, 24 * 60), st.integers(0, 72), st.sampled_from([True, False]))
def test_reminders_come_in_order_in_time_and_not_in_a_heap(
    hours: int,
    later: int,
    urgent: bool,  # noqa: FBT001 - one example
) -> None:
    begin = MONDAY + timedelta(hours=later)
    due = begin + timedelta(hours=hours)
    rungs = list(ladder(begin, due, CALENDAR, urgent=urgent))
    assert rungs[-1].rung is Rung.OVERDUE
    assert rungs[-1].at == due
    for one, after in pairwise(rungs):
        assert begin + timedelta(hours=2) <= one.at <= after.at - timedelta(hours=2)


def test_a_week_has_all_rungs_and_a_night_has_none() -> None:
    friday = datetime(2026, 9, 25, 9, 30, tzinfo=UTC)
    said = [
        (one.rung, f"{local(one.at):%d %H:%M}")
        for one in ladder(MONDAY, friday, CALENDAR, urgent=False)
    ]
    assert said == [
        (Rung.HALF, "23 14:45"),
        (Rung.DAY, "24 17:30"),
        (Rung.HOURS, "25 15:30"),
        (Rung.OVERDUE, "25 17:30"),
    ]
    soon = [one.rung for one in ladder(MONDAY, MONDAY + timedelta(hours=3), CALENDAR, urgent=False)]
    assert soon == [Rung.OVERDUE]


@pytest.mark.parametrize(
    ("outward", "kind", "inner"),
    [
        ("2026-09-28T17:00+08:00", "ordinary", "25 17:00"),  # Monday: the Friday before
        ("2026-09-22T09:00+08:00", "ordinary", "22 08:00"),  # tomorrow morning: an hour
        ("2026-09-25T17:00+08:00", "urgent", "25 16:00"),
        ("2026-09-21T10:30+08:00", "ordinary", "21 10:30"),  # nothing is left for the review
    ],
)
def test_what_is_due_outside_is_due_inside_before(outward: str, kind: str, inner: str) -> None:
    urgent = kind == "urgent"
    due = inner_deadline(datetime.fromisoformat(outward), MONDAY, CALENDAR, urgent=urgent)
    assert f"{local(due):%d %H:%M}" == inner


def test_terms_are_read_and_the_rest_is_the_angle() -> None:
    terms = read_terms("紧急约稿 燃气检查 周五 物业科 各2篇\n角度：突出一户一档\n800字以内\n权重3")
    assert (terms.pieces, terms.weight, terms.length) == (2, 3, "800字以内")
    assert (terms.angle, terms.urgent) == ("突出一户一档", True)
    plain = read_terms("约稿 燃气检查 周五 物业科\n写清楚做法\n不超过1000字")
    assert (plain.angle, plain.length, plain.pieces) == ("写清楚做法", "不超过1000字", 1)


@pytest.mark.parametrize(
    ("title", "fits"),
    [("燃气检查的做法", "asked"), ("节前燃气安全检查做法", "asked"), ("业委会换届", "let be")],
)
def test_a_draft_fits_a_call_by_its_topic(title: str, fits: str) -> None:
    assert (fit("节前燃气检查做法", title) >= FITS_FROM) == (fits == "asked")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("物业科", "物业管理科"), ("房产科", None), ("燃气科", "燃气科"), ("管理科", None)],
)
def test_a_unit_may_be_called_by_its_short_name(said: str, meant: str | None) -> None:
    units = ("物业管理科", "房产市场科", "房产交易科", "燃气科", "燃气管理科")
    assert unit_said(said, units) == meant
