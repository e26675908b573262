"""One message instead of many: the next morning's digest, a day's share, and after an outage."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import scheduler
from bot.config import Config
from handlers.kit.messages import Text
from storage.vocabulary import UserId
from tests.harness.databases import on_sqlite
from tests.harness.phones import Phone
from tests.harness.service import Chat, chat
from tests.harness.telling import until

pytestmark = on_sqlite


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    """The service with its pages, to which digests lead."""
    with chat(config, pages=True) as running:
        yield running


def tell(bureau: Chat, member: str, *texts: str, kind: str = "quota_warning") -> None:
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        for text in texts:
            ctx.tell(kind, [UserId(member)], Text(text=text), subject=text)


def lines(phone: Phone) -> list[str]:
    (text,) = phone.hears_all()
    return text.split("\n")


def test_what_was_kept_overnight_comes_as_one_message_with_a_line_each(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    until(bureau, "2026-09-21 22:30")
    tell(bureau, "alice", *(f"{number}号《检查》还差一篇\n第二行" for number in range(1, 13)))
    bureau.nobody_hears_more()
    until(bureau, "2026-09-22 08:30")
    head, *named, more, page = lines(alice)
    assert head == "您有12条提醒："
    assert all(re.fullmatch(r"\d+\. \d+号《检查》还差一篇", line) for line in named)
    assert (len(named), more) == (10, "还有2条")
    assert page.startswith("全文：http://127.0.0.1")


def test_what_is_beyond_a_days_share_waits_for_the_next_morning(bureau: Chat) -> None:
    """Alerts and what is prompt are not counted, nor kept."""
    alice = bureau.phone("alice")
    for number in range(1, 9):
        tell(bureau, "alice", f"{number}号《检查》还差一篇")
        bureau.settle()
        bureau.advance(minutes=1)
    assert len(alice.hears_all()) == 6
    tell(bureau, "alice", "通过了", kind="review_result")
    tell(bureau, "alice", "没有人能审", kind="nobody_to_review")
    assert sorted(alice.hears_all()) == ["没有人能审", "通过了"]
    until(bureau, "2026-09-22 08:29")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-22 08:30")
    assert lines(alice)[:2] == ["您有2条提醒：", "1. 7号《检查》还差一篇"]
    bureau.nobody_hears_more()


def test_after_an_outage_one_message_says_so_and_what_is_due(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    for said in ("提醒我 11点 交稿", "提醒我 12点 开会", "提醒我 15点 打电话"):
        alice.says(said)
        alice.hears("好的")
    bureau.advance(minutes=1)
    bureau.clock.advance(timedelta(hours=3))  # and nobody looks at the clocks
    scheduler.tick(bureau.services)
    tell(bureau, "alice", "没有人能审", kind="nobody_to_review")
    bureau.settle()
    alert, caught_up = sorted(alice.hears_all(), key=len)
    assert alert == "没有人能审"
    assert caught_up.split("\n")[:3] == [
        "系统今天 10:01–13:01中断，期间有2条没能按时发给您，请看现在要办的：",
        "1. 提醒：交稿（原定今天 11:00）",
        "2. 提醒：开会（原定今天 12:00）",
    ]
    bureau.advance(hours=2)
    alice.hears("提醒：打电话")
    bob.hears_nothing()
    bureau.nobody_hears_more()
