"""Whose month a draft counts in: Shanghai's, by the minute it was handed in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.config import Config
from bot.services import Services
from handlers.quotas import QuotaPolicy
from handlers.rules.calendar import SHANGHAI
from tests.harness.offline import hand_in, offline, saying

PEOPLE = """\
userid,name,unit,roles,aliases
alice,王芳,区住建局/物业科,officer,
bob,李强,区住建局/物业科,section_head,
carol,周敏,区住建局/办公室,office,
mallory,陈静,区住建局/燃气科,officer,
"""


class Clock:
    def __init__(self, moment: str) -> None:
        self.set(moment)

    def set(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-09-30 23:59")


@pytest.fixture
def services(config: Config, clock: Clock) -> Iterator[Services]:
    quotas = QuotaPolicy(monthly=3, monthly_by_unit={"区住建局/办公室": 0})
    with offline(config.model_copy(update={"quotas": quotas}), PEOPLE) as built:
        yield replace(built, now=clock)


def test_a_minute_before_midnight_is_september_and_a_minute_after_is_october(
    services: Services, clock: Clock
) -> None:
    """16:00 UTC is the edge."""
    say = saying(services)
    hand_in(say, "alice")
    assert say("alice", "配额") == "物业科9月任务3篇：已报1篇，签发0篇，还差2篇。"
    clock.set("2026-10-01 00:01")
    assert say("alice", "配额") == "物业科10月任务3篇：已报0篇，签发0篇，还差3篇。"
    hand_in(say, "alice")
    assert say("alice", "配额") == "物业科10月任务3篇：已报1篇，签发0篇，还差2篇。"
    assert say("mallory", "配额") == "燃气科10月任务3篇：已报0篇，签发0篇，还差3篇。"


def test_a_draft_counts_in_the_month_that_it_was_first_handed_in(
    services: Services, clock: Clock
) -> None:
    """A return that comes later does not carry it over; a draft of the new year is 1号 again."""
    say = saying(services)
    number = hand_in(say, "alice")
    clock.set("2026-10-08 09:00")
    say("bob", f"退回 {number} 缺数据")
    say("alice", f"修改 {number}\n新正文")
    assert say("alice", "配额") == "物业科10月任务3篇：已报0篇，签发0篇，还差3篇。"
    clock.set("2027-01-01 00:00")
    assert hand_in(say, "mallory") == 1
    assert say("mallory", "配额") == "燃气科1月任务3篇：已报1篇，签发0篇，还差2篇。"


def test_a_month_counts_what_is_written_begun_and_withdrawn_as_nothing(
    services: Services,
) -> None:
    say = saying(services)
    number = hand_in(say, "alice")
    say("alice", "投稿 没写完\n正文")
    hand_in(say, "alice")
    say("alice", f"撤稿 {number}")
    assert say("alice", "配额") == "物业科9月任务3篇：已报1篇，签发0篇，还差2篇。"
    say("bob", "退回 3 缺数据")
    assert say("alice", "配额") == "物业科9月任务3篇：已报1篇，签发0篇，还差2篇。"


def test_the_office_sees_who_is_short_and_a_target_of_nought_is_met(services: Services) -> None:
    say = saying(services)
    for _ in range(3):
        hand_in(say, "alice")
    assert say("alice", "配额") == "物业科9月任务3篇：已报3篇，签发0篇，已完成。"
    assert say("carol", "配额") == ("9月任务：3个科室中2个已完成。\n还没完成的：\n燃气科 0/3")
    for _ in range(3):
        hand_in(say, "mallory")
    assert say("carol", "配额") == "9月任务：3个科室全部完成。"
