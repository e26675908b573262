"""What is due although nobody looked, or nobody is left: it is made up for once, or passed on."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from bot import scheduler
from bot.config import Config
from handlers.members.capability import apply_sync
from handlers.members.syncing import SyncPlan
from handlers.rules.calendar import SHANGHAI
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.vocabulary import UserId
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import hands_in, until


def sleeps_until(bureau: Chat, moment: str) -> None:
    """Let the service be away until *moment*, in Shanghai, and then look once."""
    bureau.clock.advance(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI) - bureau.clock())
    scheduler.tick(bureau.services)


@pytest.fixture
def warned(config: Config) -> Iterator[Chat]:
    quotas = config.quotas.model_copy(update={"warnings": True, "monthly_by_unit": {}})
    with chat(config.model_copy(update={"quotas": quotas})) as bureau:
        yield bureau


def test_a_warning_that_was_slept_through_comes_once(warned: Chat) -> None:
    """The 10th of October is a Saturday, so it is the 12th; the service is away until the 13th.

    On Wednesday nobody is told again.
    """
    alice, mallory = warned.phones("alice", "mallory")
    sleeps_until(warned, "2026-10-09 09:00")
    warned.nobody_hears_more()
    sleeps_until(warned, "2026-10-13 10:00")
    alice.hears("物业科10月", "还差2")
    mallory.hears("燃气科10月", "还差2")
    sleeps_until(warned, "2026-10-14 09:00")
    sleeps_until(warned, "2026-10-14 09:01")
    assert not [one for one in alice.hears_all() if "还差" in one]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_returned_draft_is_asked_for_half_a_day_before_its_date(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    first, second = hands_in(alice, "燃气检查"), hands_in(alice, "电梯检查")
    for number in (first, second):
        bob.hears(f"{number}号 待您审核").says(f"退回 {number} 没有数据")
        bob.hears("已退回")
        alice.hears("没有数据", "请在9月24日 10:00前重新提交")
    alice.says(f"修改 {second}\n9月20日，区住建局检查电梯20台。")
    alice.hears("已提交")
    bob.hears(f"{second}号 待您审核").says(f"通过 {second}")
    until(bureau, "2026-09-23 15:29")
    assert not [one for one in alice.hears_all() if "还没有重新提交" in one]
    until(bureau, "2026-09-23 15:30")
    alice.hears(f"{first}号", "第1稿退回后还没有重新提交", "应在明天 10:00前提交")
    until(bureau, "2026-09-25 12:00")
    assert not [one for one in alice.hears_all() if "还没有重新提交" in one]


def test_what_waits_for_somebody_who_leaves_is_passed_on_at_once(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    with bureau.services.database.begin() as uow:
        apply_sync(bureau.services.context(uow), SyncPlan(departed=(UserId("bob"),)), None)
    alice.hears("原来的审核人已离开，已转请周敏审核")
    carol.hears("待您审核").says(f"通过 {number}")
    carol.hears("已通过")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_promised_to_an_author_who_has_left(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    with bureau.services.database.begin() as uow:
        apply_sync(bureau.services.context(uow), SyncPlan(departed=(UserId("alice"),)), None)
    bob.hears(f"{number}号 待您审核").says(f"通过 {number}")
    bob.hears("已通过")
    told = all_rows(bureau.services.database)["outbox"]
    assert {row["kind"] for row in told if row["recipient"] == "bob"} >= {"review_request"}
    assert "review_result" not in {row["kind"] for row in told}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_quarterly_notice_is_recalled_once_in_its_ten_days(config: Config) -> None:
    """The 8th of October is the first working day; the 10th, a working Saturday, the last."""
    reports = config.reports.model_copy(update={"quarterly": True})
    with chat(config.model_copy(update={"reports": reports})) as bureau:
        with bureau.services.database.begin() as uow:
            uow.timers.fill_calendar(OFFICIAL_DAYS)
        alice, carol = bureau.phones("alice", "carol")
        hands_in(alice, "燃气检查")
        sleeps_until(bureau, "2026-10-02 09:00")
        assert not [one for one in carol.hears_all() if "季度" in one]
        for moment in ("2026-10-08 09:00", "2026-10-09 09:00"):
            sleeps_until(bureau, moment)
        told = [one for one in carol.hears_all() if "季度" in one]
        assert len(told) == 1
        assert "2026年三季度的通报请在10月10日前发出" in told[0]
        assert "考核表 三季度" in told[0]
