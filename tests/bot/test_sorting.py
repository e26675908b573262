"""What becomes of rows that are due: who ends, who waits, who goes first and with which others."""

from datetime import time, timedelta
from typing import Any

from bot.sorting import CROWDED, DAILY, OVER_BUDGET, SENDING, Facts, Plan, sort
from handlers.kit.messages import Button, ButtonCard, CardUpdate, Content, MessageKind, Text
from handlers.rules.calendar import WorkCalendar
from handlers.rules.peace import Peace
from storage.models import OutboxMessage
from storage.queries.mailbox import AlertsHad
from storage.vocabulary import OutboxId, OutboxStatus, Outcome, Topic, Urgency, UserId
from tests.harness.service import MONDAY_TEN

KINDS = {
    kind.name: kind
    for kind in (
        MessageKind(name="alert", urgency=Urgency.ALERT, topic=Topic.OPINION),
        MessageKind(name="news", urgency=Urgency.PROMPT, topic=Topic.OPINION),
        MessageKind(name="routine", urgency=Urgency.ROUTINE),
        MessageKind(name="once", urgency=Urgency.PROMPT, resend_when_unsure=False),
        MessageKind(name="update", urgency=Urgency.PROMPT),
    )
}
NIGHT = (time(22), time(7))
DAN, EVE = UserId("dan"), UserId("eve")


def row(number: int, kind: str, content: Content, to: UserId = DAN, **more: Any) -> OutboxMessage:
    """Return a row that is due now, made a moment ago."""
    facts = {
        "id": OutboxId(f"row {number}"),
        "kind": kind,
        "subject": str(number),
        "stage": "",
        "recipient": to,
        "dedup_key": f"{number} {to}",
        "urgency": KINDS[kind].urgency,
        "content": content.model_dump(mode="json"),
        "digest": content.model_dump_json(),
        "created_at": MONDAY_TEN - timedelta(minutes=1) + timedelta(seconds=number),
        "due_at": MONDAY_TEN,
        "expires_at": MONDAY_TEN + timedelta(days=1),
        **more,
    }
    return OutboxMessage(**facts)


def alert(number: int, rank: int, **more: Any) -> OutboxMessage:
    card = ButtonCard(
        card_id=str(number),
        source="",
        title=f"警报{number:02}",
        description="塔吊倒塌",
        buttons=(Button(label="收到", key="ack", style="primary"),),
        rank=rank,
    )
    return row(number, "alert", card, **more)


def sorted_by(*rows: OutboxMessage, **more: Any) -> Plan:
    facts = {
        "now": MONDAY_TEN,
        "kinds": KINDS,
        "peace_of": lambda _: Peace(quiet=NIGHT, calendar=WorkCalendar(exceptions={})),
        "off": {},
        "routine_of": {},
        "routine_limit": 0,
        "morning": MONDAY_TEN + timedelta(hours=22),
        "alerts_of": {},
        "alert_limit": 0,
        "outages": (),
        "page_of": lambda _: "",
        "cards": {},
        "reserve": lambda _: {},
        **more,
    }
    return sort(rows, Facts(**facts))


def words(plan: Plan) -> list[str]:
    """Return what would be said, call by call."""
    return [getattr(one.content, "text", "") or one.content.title for one in plan.calls]  # type: ignore[union-attr]  # a text or a card


def ends(plan: Plan) -> list[tuple[str, Outcome]]:
    return [(one.subject, outcome) for one, outcome, _ in plan.ended]


def test_what_came_too_late_is_unwanted_or_perhaps_sent_ends() -> None:
    late = row(1, "news", Text(text="过时"), expires_at=MONDAY_TEN)
    unwanted = row(2, "news", Text(text="舆情消息"))
    unsure = row(3, "once", Text(text="一次"), note=SENDING)
    grave = alert(4, 4)
    plan = sorted_by(late, unwanted, unsure, grave, off={DAN: frozenset({Topic.OPINION})})
    assert ends(plan) == [
        ("1", Outcome.EXPIRED),
        ("2", Outcome.MUTED),
        ("3", Outcome.UNCONFIRMED),
    ]
    assert words(plan) == ["警报04"]  # an alert is never unwanted


def test_alerts_beyond_an_hours_share_become_one_message_the_gravest_first() -> None:
    rows = [alert(number, rank) for number, rank in enumerate((2, 4, 1, 3, 2), 1)]
    plan = sorted_by(*rows, alert_limit=2)
    *single, whole = words(plan)
    assert single == ["警报02", "警报04"]
    assert [line[:7] for line in whole.splitlines()[1:]] == ["1. 警报01", "2. 警报05", "3. 警报03"]
    assert [one.outcome for one in plan.calls].count(Outcome.DIGESTED) == 1
    just_told = {DAN: AlertsHad(cards=2, together_at=MONDAY_TEN - timedelta(minutes=1))}
    waits = sorted_by(*rows, alert_limit=2, alerts_of=just_told)
    assert waits.calls == []
    assert {(at - MONDAY_TEN, why) for _, at, why in waits.put_off} == {
        (timedelta(minutes=4), CROWDED)
    }


def test_a_burst_of_a_minute_is_one_message_within_the_hours_share_as_well() -> None:
    rows = [alert(number, 4) for number in (1, 2, 3)]
    plan = sorted_by(*rows, alert_limit=20, alerts_of={DAN: AlertsHad(cards=7, lately=7)})
    single, many = words(plan)
    assert (single, many.splitlines()[0][:14]) == ("警报01", "刚才警报较多，另有2个，重的")


def test_an_outage_is_told_in_one_message_but_for_alerts() -> None:
    outage = (MONDAY_TEN - timedelta(hours=2), MONDAY_TEN - timedelta(hours=1))
    due = MONDAY_TEN - timedelta(minutes=90)
    kept = [row(one, "news", Text(text=f"消息{one}"), due_at=due) for one in (1, 2)]
    grave = (row(3, "alert", Text(text="还在处理吗"), due_at=due), alert(4, 4, due_at=due))
    plan = sorted_by(*kept, *grave, outages=(outage,))
    assert words(plan)[:2] == ["还在处理吗", "警报04"]
    assert "期间有2条没能按时发给您" in words(plan)[2]


def test_the_same_is_said_once_to_each_in_one_call() -> None:
    same = Text(text="会议改到下午")
    plan = sorted_by(row(1, "news", same), row(2, "news", same), row(3, "news", same, EVE))
    [call] = plan.calls
    assert call.recipients == [DAN, EVE]
    assert ends(plan) == [("2", Outcome.MERGED)]


def test_routine_messages_beyond_a_days_share_wait_for_the_morning() -> None:
    morning = MONDAY_TEN + timedelta(hours=22)
    rows = [row(1, "routine", Text(text="甲")), row(2, "routine", Text(text="乙"))]
    plan = sorted_by(*rows, routine_limit=5, routine_of={DAN: 4}, morning=morning)
    assert words(plan) == ["甲"]
    assert [(one.subject, at, why) for one, at, why in plan.put_off] == [("2", morning, DAILY)]


def test_a_digest_counts_as_one_message_and_what_is_over_budget_waits() -> None:
    counted: list[str] = []
    later = MONDAY_TEN + timedelta(minutes=1)

    def reserve(rows: list[OutboxMessage]) -> dict[OutboxId, Any]:
        counted.extend(one.subject for one in rows)
        return {one.id: later for one in rows if one.recipient == EVE}

    routine = [row(one, "routine", Text(text=f"第{one}条")) for one in (1, 2, 3)]
    plan = sorted_by(*routine, row(4, "news", Text(text="丁"), EVE), reserve=reserve)
    assert sorted(counted) == ["1", "4"]
    assert [call.outcome for call in plan.calls] == [Outcome.DIGESTED]
    assert [(one.subject, at, why) for one, at, why in plan.put_off] == [("4", later, OVER_BUDGET)]


def test_a_cards_update_waits_for_its_card_and_ends_with_one_that_was_never_shown() -> None:
    update = CardUpdate(label="已办结", card="row 1")
    under_way, shown, never = (alert(1, 4, status=OutboxStatus.ENDED) for _ in range(3))
    under_way.status, shown.response_code = OutboxStatus.WAITING, "code"

    def with_card(card: OutboxMessage) -> Plan:
        return sorted_by(row(2, "update", update), cards={OutboxId("row 1"): card})

    assert [at - MONDAY_TEN for _, at, _ in with_card(under_way).put_off] == [timedelta(seconds=2)]
    assert [call.response_code for call in with_card(shown).calls] == ["code"]
    assert ends(with_card(never)) == [("2", Outcome.OBSOLETE)]
