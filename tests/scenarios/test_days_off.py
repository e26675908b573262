"""What is not urgent leaves people alone at night and on days off."""

from datetime import timedelta

from bot import scheduler
from tests.harness.service import Chat


def test_a_reminder_that_was_late_waits_for_monday(bureau: Chat) -> None:
    """The scheduler was down from Monday to Saturday; nobody is reminded on a Saturday."""
    alice, bob = bureau.phones("alice", "bob")
    alice.says("投稿 春天来了\n正文")
    alice.says("完成")
    alice.hears("已开始")
    alice.hears("已提交")
    bob.hears("待您审核")

    bureau.clock.advance(timedelta(days=5))  # with nobody there to let the timers happen
    scheduler.tick(bureau.services)
    bob.hears_nothing()

    bureau.advance(days=1, hours=22, minutes=29)
    bob.hears_nothing()
    bureau.advance(minutes=1)
    assert bob.hears("已等您审核").message.at == bureau.clock()
