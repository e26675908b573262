"""What one look makes of the service, and when that is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.troubles import CHANNEL, Facts, Move, Overdue, Standing, move, signs
from handlers.troubles.capability import length
from storage.vocabulary import TroubleKind, TroubleStatus

NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)
FIVE = timedelta(minutes=5)
GOOD = Facts(now=NOW, redis=True)
LATE = [
    Overdue(kind="催办审核", count=2, first=LONG_AGO),
    Overdue(kind="个人提醒", count=1, first=NOW - FIVE),
]


def seen(facts: Facts) -> dict[TroubleKind, str]:
    return {kind: sign for kind, sign in signs(facts).items() if sign is not None}


def test_of_a_service_at_work_everything_is_judged_and_good() -> None:
    assert set(signs(GOOD)) == set(TroubleKind)
    assert seen(GOOD) == {}


@pytest.mark.parametrize(
    ("facts", "kind", "detail"),
    [
        (replace(GOOD, asked_at=LONG_AGO), TroubleKind.WORKER, ""),
        (replace(GOOD, first_message=LONG_AGO), TroubleKind.WORKER, "最早的消息已等了60分钟"),
        (replace(GOOD, scheduler_at=LONG_AGO), TroubleKind.SCHEDULER, ""),
        (replace(GOOD, first_timer=LONG_AGO), TroubleKind.SCHEDULER, ""),
        (replace(GOOD, scheduler_at=NOW, overdue=LATE), TroubleKind.TIMERS, "催办审核2个、"),
        (replace(GOOD, scheduler_at=NOW, overdue=LATE), TroubleKind.TIMERS, "最早的应在今天 09:"),
        (replace(GOOD, scheduler_at=LONG_AGO, overdue=LATE), TroubleKind.SCHEDULER, "催办审核2个"),
        (replace(GOOD, first_file=LONG_AGO, files=2), TroubleKind.MEDIA, "2个文件"),
        (replace(GOOD, low_mib=512), TroubleKind.DISK, "512 MiB"),
        (replace(GOOD, sent=80, limit=100, near=0.8), TroubleKind.DAILY_CAP, "80条"),
        (replace(GOOD, canary="卡在投稿"), TroubleKind.CANARY, "卡在投稿"),
        (replace(GOOD, redis=False), TroubleKind.REDIS, ""),
    ],
)
def test_each_thing_that_can_be_wrong_is_one_trouble(
    facts: Facts, kind: TroubleKind, detail: str
) -> None:
    [(found, said)] = seen(facts).items()
    assert found is kind
    assert detail in said


@pytest.mark.parametrize(
    "facts",
    [
        replace(GOOD, first_timer=NOW + timedelta(hours=1)),
        replace(GOOD, asked_at=NOW - timedelta(seconds=20)),
        replace(GOOD, first_message=NOW - timedelta(minutes=10)),
        replace(GOOD, first_file=NOW - timedelta(minutes=5), files=1),
        replace(GOOD, sent=79, limit=100, near=0.8),
        replace(GOOD, sent=79, limit=0),
    ],
)
def test_what_is_not_late_yet_is_no_trouble(facts: Facts) -> None:
    assert seen(facts) == {}


def test_what_follows_from_another_trouble_is_not_judged() -> None:
    """While WeCom refuses us messages and files have to wait; without Redis much is hidden."""
    waiting = replace(GOOD, first_message=LONG_AGO, first_file=LONG_AGO, files=1)
    refused = replace(waiting, refusal=(TroubleKind.ADDRESS, "60020"))
    assert seen(refused) == {TroubleKind.ADDRESS: "60020"}
    assert TroubleKind.MEDIA not in signs(refused)
    gone = replace(waiting, asked_at=LONG_AGO)
    assert seen(gone) == {TroubleKind.WORKER: ""}
    assert TroubleKind.MEDIA not in signs(gone)
    no_scheduler = replace(GOOD, scheduler_at=LONG_AGO, overdue=LATE)
    assert TroubleKind.TIMERS not in signs(no_scheduler), "late timers are what follows"
    hidden = set(TroubleKind) - set(signs(replace(waiting, redis=False)))
    assert hidden == {*CHANNEL, TroubleKind.WORKER, TroubleKind.MEDIA}


def standing(status: TroubleStatus, began: int, last: int) -> Standing:
    return Standing(
        status=status,
        began_at=NOW - timedelta(minutes=began),
        seen_at=NOW - timedelta(minutes=last),
    )


SUSPECTED, OPEN = TroubleStatus.SUSPECTED, TroubleStatus.OPEN


@pytest.mark.parametrize(
    ("kind", "sign", "now", "expected"),
    [
        (TroubleKind.WORKER, None, None, Move.NONE),
        (TroubleKind.WORKER, "", None, Move.SUSPECT),
        (TroubleKind.WORKER, "", standing(SUSPECTED, 4, 4), Move.NONE),
        (TroubleKind.WORKER, None, standing(SUSPECTED, 4, 4), Move.FORGET),
        (TroubleKind.WORKER, "", standing(SUSPECTED, 5, 5), Move.BEGIN),
        (TroubleKind.ADDRESS, "", standing(SUSPECTED, 1, 1), Move.BEGIN),
        (TroubleKind.WORKER, "", standing(OPEN, 9, 0), Move.NONE),
        (TroubleKind.WORKER, "", standing(OPEN, 9, 1), Move.SEE),
        (TroubleKind.WORKER, None, standing(OPEN, 9, 4), Move.NONE),
        (TroubleKind.WORKER, None, standing(OPEN, 9, 5), Move.END),
    ],
)
def test_a_trouble_is_told_when_it_lasted_and_over_when_it_was_good_for_as_long(
    kind: TroubleKind, sign: str | None, now: Standing | None, expected: Move
) -> None:
    assert move(kind, sign, now, NOW, FIVE) is expected


@given(st.lists(st.booleans(), max_size=60))
def test_what_flickers_is_told_no_more_often_than_patience_allows(looks: list[bool]) -> None:
    """One look a minute, whatever it sees: between two edges lie at least five minutes."""
    now, held, edges = NOW, None, []
    for bad in looks:
        now += timedelta(minutes=1)
        match move(TroubleKind.WORKER, "" if bad else None, held, now, FIVE):
            case Move.SUSPECT:
                held = Standing(status=SUSPECTED, began_at=now, seen_at=now)
            case Move.FORGET:
                held = None
            case Move.BEGIN if held:
                held = replace(held, status=OPEN, seen_at=now)
                edges.append(now)
            case Move.SEE if held:
                held = replace(held, seen_at=now)
            case Move.END:
                held = None
                edges.append(now)
            case _:
                pass
    assert all(b - a >= FIVE for a, b in pairwise(edges))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "不到1分钟"), (12, "12分钟"), (185, "3小时5分钟"), (60, "1小时"), (3125, "2天4小时")],
)
def test_how_long_it_lasted_is_said_briefly(minutes: int, said: str) -> None:
    assert length(timedelta(minutes=minutes, seconds=30)) == said
