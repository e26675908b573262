"""What a draft is and where it is to go, said before its title; its route goes by both."""

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes


@pytest.mark.parametrize(
    ("said", "title", "kind", "channel"),
    [
        ("投稿 加装电梯惠民生", "加装电梯惠民生", "dynamic", ""),
        ("投稿 经验做法 学习强国 加装电梯", "加装电梯", "practice", "学习强国"),
        ("投稿 【调研】【区政府网站】加装电梯", "加装电梯", "research", "区政府网站"),
        ("投稿 报学习强国 加装电梯", "加装电梯", "dynamic", "学习强国"),
        ("我要投一篇党建信息，标题《主题党日》", "主题党日", "party_building", ""),
    ],
)
def test_kind_and_channel_are_heard_and_repeated(
    bureau: Chat, said: str, title: str, kind: str, channel: str
) -> None:
    alice = bureau.phone("alice")
    alice.says(said)
    answer = alice.hears(f"1号《{title}》", "已开始").text
    assert (f"【报{channel}】" in answer) == bool(channel)
    (draft,) = all_rows(bureau.services.database)["drafts"]
    assert (draft["title"], draft["kind"], draft["channel"]) == (title, kind, channel)


def test_what_the_public_reads_passes_secrecy_review(bureau: Chat) -> None:
    """By the routes that ship; what goes to the offices above does not."""
    bureau.enrol("userid,name,unit,roles,aliases\nsec,韩洁,区住建局/办公室,secrecy_reviewer,\n")
    alice, bob, carol, sec = bureau.phones("alice", "bob", "carol", "sec")
    outward = hands_in(alice, "学习强国 加装电梯")
    inward = hands_in(alice, "区政府信息 加装电梯")
    for number in (outward, inward):
        passes(bob, number)
        passes(carol, number)
    alice.hears("已由办公室周敏通过", "下一步：保密审查韩洁审核")
    alice.hears("已由办公室周敏通过", "下一步：分管领导刘伟审核")
    bureau.phone("dan").hears(f"{inward}号 待您审核")
    passes(sec, outward)
    bureau.phone("dan").hears(f"{outward}号 待您审核")
    alice.says(f"稿件 {outward}")
    alice.hears("《加装电梯》【报学习强国】", "✓保密审查")
    alice.hears_all()
    bureau.nobody_hears_more()


def test_a_route_is_chosen_by_kind(bureau: Chat) -> None:
    assert bureau.import_rules(
        '[[route]]\nname = "急"\nkinds = ["emergency"]\n[[route.gate]]\nrole = "deputy"\n'
        '[[route]]\nname = "常"\n[[route.gate]]\nrole = "section_head"\n'
    ) == []  # fmt: skip
    alice, bob, dan = bureau.phones("alice", "bob", "dan")
    passes(dan, hands_in(alice, "紧急 燃气泄漏已处置"))
    passes(bob, hands_in(alice, "燃气检查"))
    alice.hears("分管领导刘伟签发")
    alice.hears("科室负责人李强签发")
    bureau.nobody_hears_more()
