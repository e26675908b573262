"""Whose month a draft counts in: Shanghai's, by the minute it was handed in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import scheduler
from bot.config import Config
from bot.services import Services
from handlers.quotas.capability import QuotaPolicy
from handlers.rules.calendar import SHANGHAI
from tests.harness.offline import Say, hand_in, offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import import_rules

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


def tasks(say: Say, userid: str) -> str:
    """Return what 配额 says first: how far it is; where that leads has tests of its own."""
    return say(userid, "配额").splitlines()[0]


def test_a_minute_before_midnight_is_september_and_a_minute_after_is_october(
    services: Services, clock: Clock
) -> None:
    """16:00 UTC is the edge."""
    say = saying(services)
    hand_in(say, "alice")
    assert tasks(say, "alice") == "物业科9月任务3篇：已报1篇，签发0篇，还差2篇。"
    clock.set("2026-10-01 00:01")
    assert tasks(say, "alice") == "物业科10月任务3篇：已报0篇，签发0篇，还差3篇。"
    hand_in(say, "alice")
    assert tasks(say, "alice") == "物业科10月任务3篇：已报1篇，签发0篇，还差2篇。"
    assert tasks(say, "mallory") == "燃气科10月任务3篇：已报0篇，签发0篇，还差3篇。"


def test_a_draft_counts_in_the_month_that_it_was_first_handed_in(
    services: Services, clock: Clock
) -> None:
    """A return that comes later does not carry it over; a draft of the new year is 1号 again."""
    say = saying(services)
    number = hand_in(say, "alice")
    clock.set("2026-10-08 09:00")
    say("bob", f"退回 {number} 缺数据")
    say("alice", f"修改 {number}\n新正文")
    assert tasks(say, "alice") == "物业科10月任务3篇：已报0篇，签发0篇，还差3篇。"
    clock.set("2027-01-01 00:00")
    assert hand_in(say, "mallory") == 1
    assert tasks(say, "mallory") == "燃气科1月任务3篇：已报1篇，签发0篇，还差2篇。"


def test_a_month_counts_what_is_written_begun_and_withdrawn_as_nothing(
    services: Services,
) -> None:
    say = saying(services)
    number = hand_in(say, "alice")
    say("alice", "投稿 没写完\n正文")
    hand_in(say, "alice")
    say("alice", f"撤稿 {number}")
    assert tasks(say, "alice") == "物业科9月任务3篇：已报1篇，签发0篇，还差2篇。"
    say("bob", "退回 3 缺数据")
    assert tasks(say, "alice") == "物业科9月任务3篇：已报1篇，签发0篇，还差2篇。"


def test_the_office_sees_who_is_short_and_a_target_of_nought_is_met(services: Services) -> None:
    say = saying(services)
    for _ in range(3):
        hand_in(say, "alice")
    assert tasks(say, "alice") == "物业科9月任务3篇：已报3篇，签发0篇，已完成。"
    assert say("carol", "配额") == ("9月任务：3个科室中2个已完成。\n还没完成的：\n燃气科 0/3")
    for _ in range(3):
        hand_in(say, "mallory")
    assert say("carol", "配额") == "9月任务：3个科室全部完成。"


RULES = """\
[[rule_set]]
name = "bureau"
adoption = [{ level = "any", points = 4 }]

[[rule_set.quota]]
measure = "submitted"
name = "每人信息"
per = "person"
targets = { default = 2, "办公室" = 0 }

[[rule_set.quota]]
measure = "submitted"
name = "调研"
filter = { kind = ["research"] }
targets = { "物业科" = 1 }
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_rules_say_what_is_asked_of_whom_and_longer_times_are_rolled_up(
    services: Services, clock: Clock
) -> None:
    assert import_rules(services, RULES) == []
    clock.set("2026-09-15 10:00")
    say = saying(services)
    say("alice", "投稿 【调研】标题\n正文")
    say("alice", "完成")
    assert say("alice", "配额").splitlines() == [
        "每人信息（您本人9月）：1/2篇，还差1篇。",
        "每人信息（物业科9月）：1/2篇，还差1篇。",
        "调研（物业科9月）：1/1篇，已完成。",
        "照现在的进度，到9月底约2篇；还有11个工作日。",
    ]
    assert "每人信息（物业科9月）：1/2篇" in say("bob", "配额")
    assert say("alice", "本季度任务").splitlines()[:3] == [
        "每人信息（您本人三季度）：1/6篇，还差5篇。",
        "每人信息（物业科三季度）：1/6篇，还差5篇。",
        "调研（物业科三季度）：1/3篇，还差2篇。",
    ]
    assert say("carol", "今年任务").splitlines()[2:] == [
        "燃气科 每人信息0/24",
        "物业科 每人信息1/24，调研1/12",
    ]
    assert say("carol", "这个月哪些科室零报送").splitlines() == [
        "9月零报送：3个科室中有1个。",
        "燃气科 每人信息0/2",
    ]
    assert "按月、季度、半年或年查" in say("carol", "本周任务完成情况")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_who_is_short_is_warned_each_time_once_and_at_last_his_head_too(
    config: Config, clock: Clock
) -> None:
    quotas = QuotaPolicy(monthly=1)
    with offline(config.model_copy(update={"quotas": quotas}), PEOPLE) as built:
        services = replace(built, now=clock)
        say = saying(services)
        warned = []
        for day in ("09-10 09:00", "09-11 09:00", "09-21 09:00", "09-21 10:00", "09-28 09:00"):
            clock.set(f"2026-{day}")
            scheduler.run_cron(services)
            rows = all_rows(services.database)["outbox"]
            told = sorted(row["recipient"] for row in rows if row["kind"] == "quota_warning")
            warned.append(told)
            if day == "09-11 09:00":
                hand_in(say, "mallory")
        both = ["alice", "mallory"]
        once_more = ["alice", "alice", "mallory"]
        assert warned == [
            both,
            both,
            once_more,
            once_more,
            ["alice", "alice", "alice", "bob", "mallory"],
        ]
        texts = [
            row["content"]["text"]
            for row in all_rows(services.database)["outbox"]
            if row["recipient"] == "bob"
        ]
        assert texts[-1] == (
            "物业科9月任务1篇，已报0篇，还差1篇。照现在的进度，到9月底约0篇；还有2个工作日。\n"
            "离9月结束只剩2个工作日了，请安排。"
        )
