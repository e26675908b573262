"""待审 and the list at nine: the most urgent first, and only for whom something waits."""

from collections.abc import Iterator

import pytest

from bot.config import Config
from storage.vocabulary import DraftKind
from tests.harness.service import Chat, chat
from tests.harness.telling import hands_in, passes, until


@pytest.fixture
def morning(config: Config) -> Iterator[Chat]:
    """A bureau in which what waits is told every morning."""
    reviews = config.reviews.model_copy(update={"morning_digest": True})
    with chat(config.model_copy(update={"reviews": reviews})) as bureau:
        yield bureau


def test_the_list_puts_what_is_urgent_first_with_age_and_due_time(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    first = hands_in(alice, "燃气检查")
    until(bureau, "2026-09-21 11:00")
    second = hands_in(alice, "【重大】防汛部署")
    third = hands_in(alice, "道路塌陷")
    with bureau.services.database.begin() as uow:
        [latest] = uow.drafts.of_author("alice", 1)  # type: ignore[arg-type]  # a plain string does
        latest.kind = DraftKind.EMERGENCY
    until(bureau, "2026-09-21 11:30")
    bob.says(f"暂放 {first} 周三")
    bob.says("待审")
    answer = bob.hears("等您审核的有3篇").text
    lines = answer.splitlines()[1:4]
    assert lines[0].startswith(f"【紧急】{third}号《道路塌陷》")
    assert lines[1].startswith(
        f"【重大】{second}号《防汛部署》 物业科 王芳，今天 11:00起（已等30分钟）"
    )
    assert lines[1].endswith("明天 11:00前审")
    assert lines[2].startswith(f"{first}号《燃气检查》")
    assert lines[2].endswith("已暂放")
    bob.says("都过")
    assert bob.hears("要通过这3篇吗").text.count("号《") == 3


def test_the_list_says_how_much_one_has_done_and_how_long_it_took(bureau: Chat) -> None:
    """In working time: from 11:00 to 15:00 the office was open for two hours."""
    alice, bob = bureau.phones("alice", "bob")
    until(bureau, "2026-09-21 11:00")
    number = hands_in(alice, "燃气检查")
    until(bureau, "2026-09-21 15:00")
    passes(bob, number)
    hands_in(alice, "物业整治")
    bob.hears("待您审核")
    bob.says("待审")
    bob.hears("近30天您审了1次，平均用时2小时（按办公时间）")


def test_at_nine_on_a_working_day_it_is_told_to_whom_something_waits(morning: Chat) -> None:
    """To nobody else, not on a holiday, and not of what he has done already."""
    alice, bob, carol = morning.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    hands_in(alice, "物业整治")
    bob.hears("待您审核")
    bob.hears("待您审核")
    bob.says(f"通过 {number}")
    bob.hears("已通过")
    carol.hears("待您审核")
    alice.hears("通过")
    until(morning, "2026-09-22 08:59")
    bob.hears_all()
    carol.hears_all()
    until(morning, "2026-09-22 09:00")
    digest = bob.hears("早上好，等您审核的有1篇：", "2号《物业整治》", "今天 10:00前审").text
    assert "燃气检查" not in digest
    assert "燃气检查" in carol.hears("早上好，等您审核的有1篇：").text
    alice.hears_nothing()
    morning.phone("dan").hears_nothing()
    until(morning, "2026-09-23 09:00")
    assert [text for text in bob.hears_all() if "早上好" in text and "（1篇已过时限）" in text]
    until(morning, "2026-09-25 20:00")
    bob.hears_all()
    until(morning, "2026-09-27 20:00")
    assert not [text for text in bob.hears_all() if "早上好" in text], "a weekend"


def test_reminders_come_before_at_and_after_the_limit(bureau: Chat) -> None:
    """And the author reads who has it, since when, and until when he should be done."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    alice.says(f"{number}号卡在谁那里")
    alice.hears("等李强审核，今天 10:00起，时限明天 10:00")
    until(bureau, "2026-09-21 16:00")
    bob.hears("已等您审核4小时")
    until(bureau, "2026-09-22 10:00")
    bob.hears("已等您审核1个工作日")
    until(bureau, "2026-09-23 09:59")
    assert not [text for text in bob.hears_all() if "已过审核时限" in text]
    until(bureau, "2026-09-23 10:00")
    bob.hears("1号《燃气检查》已过审核时限（昨天 10:00），还等您审核")
