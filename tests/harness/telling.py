"""What scenarios say again and again."""

from datetime import datetime, timedelta

from handlers.rules.calendar import SHANGHAI
from tests.harness.phones import Phone
from tests.harness.service import Chat


def hands_in(author: Phone, title: str, body: str = "9月20日，区住建局组织检查。") -> int:
    """Write a draft and hand it in; return its number."""
    author.says(f"投稿 {title}\n{body}")
    author.hears("已开始")
    author.says("完成")
    return author.hears("已提交").draft_no


def passes(reviewer: Phone, number: int) -> None:
    """Read the card of a draft and approve it in words."""
    reviewer.hears(f"{number}号 待您审核")
    reviewer.says(f"通过 {number}")
    reviewer.hears("已通过", f"{number}号")


def hears_of_each_gate(author: Phone, *gates: str) -> None:
    """Hear of each gate in turn that it was passed, of the last that it was signed."""
    for gate in gates[:-1]:
        author.hears(f"已由{gate}", "通过。")
    author.hears(f"已由{gates[-1]}", "签发")


def until(bureau: Chat, moment: str) -> None:
    """Let the clock run to *moment*, in Shanghai."""
    ahead = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI) - bureau.clock()
    bureau.advance(seconds=ahead.total_seconds())


def leap(bureau: Chat, moment: str) -> None:
    """Let nobody work until an hour before *moment*, in Shanghai, and the clock run from there.

    For what happens in between does not matter: a day that is lived through costs as much as ten
    messages.
    """
    before = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI) - timedelta(hours=1)
    bureau.clock.advance(before - bureau.clock())
    until(bureau, moment)


def is_signed(bureau: Chat, title: str, body: str = "9月20日，区住建局组织检查。") -> int:
    """Take a draft of alice's through all its gates, and everybody's ears with it."""
    alice, *gates = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, title, body)
    for reviewer in gates:
        passes(reviewer, number)
    hears_of_each_gate(alice, "科室负责人", "办公室", "分管领导")
    return number
