"""Routes as bureaus have them: each is imported and walked by its people, gate by gate."""

from pathlib import Path

import pytest

import handlers.reviews
from storage.vocabulary import Role, UserId
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in

EXAMPLES = Path(handlers.reviews.__file__).with_name("examples")
CAST = """\
userid,name,unit,roles,aliases,in_charge_of
peggy,林静,区住建局/物业科,officer,,
clerk,许明,区住建局/办公室,officer,,
head,沈岚,区住建局/办公室,section_head,,
sec,韩洁,区住建局/办公室,secrecy_reviewer,,
law,方正,区住建局/办公室,legal_reviewer,,
dora,杨雪,区住建局,deputy,,办公室
"""
PEOPLE = {"bob", "carol", "dan", "eve", "peggy", "clerk", "head", "sec", "law", "dora"}

ORDINARY, MAJOR = "物业整治", "【重大】物业整治"
WALKS = [
    ("three_reviews", ORDINARY, ["bob", "dan", "eve"]),
    ("editor_first", ORDINARY, ["peggy", "bob", "eve"]),
    ("clerk_head_leader", ORDINARY, ["clerk", "bob", "dan"]),
    ("secrecy_lead_third", ORDINARY, ["bob", "dan", "sec", "dora"]),
    ("secrecy_lead_third", MAJOR, ["bob", "dan", "sec", "dora", "eve"]),
    ("head_and_leader", ORDINARY, ["bob", "dan"]),
    ("secrecy_and_legal", ORDINARY, ["bob", "law", "sec", "dan"]),
    ("secrecy_and_legal", MAJOR, ["bob", "sec", "law", "eve"]),
    ("head_and_deputy", ORDINARY, ["bob", "dan"]),
    ("five_hands", ORDINARY, ["bob", "dan", "sec", "eve"]),
    ("one_reviewer", ORDINARY, ["bob"]),
    ("one_reviewer", MAJOR, ["bob", "dan", "eve"]),
]


def takes_route(bureau: Chat, name: str) -> None:
    text = (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")
    assert bureau.import_rules(text) == []


def asked(bureau: Chat) -> set[str]:
    """Return who may decide at this moment."""
    rows = all_rows(bureau.services.database)
    waiting = {row["id"] for row in rows["review_tasks"] if row["status"] == "open"}
    return {row["member"] for row in rows["review_holders"] if row["task"] in waiting}


def test_every_example_is_walked_here() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.toml")} == {name for name, *_ in WALKS}


@pytest.mark.parametrize(
    ("name", "title", "walkers"), WALKS, ids=[f"{name}-{title[1:3]}" for name, title, _ in WALKS]
)
def test_an_observed_route_is_walked_to_its_signature(
    bureau: Chat, name: str, title: str, walkers: list[str]
) -> None:
    """Nobody out of turn, and nothing is signed before the last of them."""
    bureau.enrol(CAST)
    takes_route(bureau, name)
    number = hands_in(bureau.phone("alice"), title)
    for walker in walkers:
        drafts = all_rows(bureau.services.database)["drafts"]
        assert [draft["status"] for draft in drafts] == ["in_review"]
        for other in PEOPLE - asked(bureau):
            bureau.phone(other).says(f"通过 {number}")
            assert not bureau.phone(other).hears("").text.startswith("已通过"), other
        card = bureau.phone(walker).hears(f"{number}号 待您审核")
        card.clicks("通过")
    (draft,) = all_rows(bureau.services.database)["drafts"]
    assert draft["status"] == "signed"
    assert draft["route_version"] == 1
    decided = all_rows(bureau.services.database)["review_decisions"]
    assert sorted(row["decided_by"] for row in decided) == sorted(walkers)


def test_all_of_a_gate_must_agree_and_one_return_returns(bureau: Chat) -> None:
    """Secrecy and legal review side by side: each has a card, the slower is waited for."""
    bureau.enrol(CAST)
    takes_route(bureau, "secrecy_and_legal")
    alice, bob, sec, law, dan = bureau.phones("alice", "bob", "sec", "law", "dan")
    number = hands_in(alice, ORDINARY)
    bob.hears("待您审核").says(f"通过 {number}")
    bob.hears("下一步：保密与合法性审查，", "都要同意")
    alice.hears("下一步：保密与合法性审查，", "都要同意")
    law_card = law.hears("待您审核")
    sec.hears("待您审核").clicks("通过")
    alice.hears("已由保密与合法性审查韩洁通过", "还等方正")
    dan.hears_nothing()
    alice.says(f"稿件 {number}")
    alice.hears("✓保密与合法性审查：韩洁通过", "…保密与合法性审查：等方正审核")

    law.says(f"退回 {number} 引用的条款已废止")
    law.hears("已退回")
    assert law_card.greyed == "已退回"
    alice.hears("被保密与合法性审查方正退回：引用的条款已废止").says(
        f"修改 {number}\n9月20日，区住建局组织检查，共36户。"
    )
    alice.hears("第2稿", "科室负责人李强再看改动")
    bob.hears("待您审核").clicks("通过")
    alice.hears("通过")
    sec.hears("第1稿您处已通过", "[增：")
    law.hears("待您审核").clicks("通过")
    alice.hears("方正通过", "还等韩洁")
    sec.says(f"退回 {number} 地址写细了")
    sec.hears("已退回")
    alice.hears("韩洁退回")
    bureau.nobody_hears_more()


def test_a_gate_of_all_waits_for_everybody_who_holds_it(bureau: Chat) -> None:
    bureau.enrol("userid,name,unit,roles,aliases\nchris,何静,区住建局/办公室,office,")
    gate = 'name = "办公室会签"\nrole = "office"\nmode = "all"\n'
    assert bureau.import_rules(f'[[route]]\nname = "会签"\n[[route.gate]]\n{gate}') == []
    alice, carol, chris = bureau.phones("alice", "carol", "chris")
    number = hands_in(alice, ORDINARY)
    carol.hears("待您审核").clicks("通过")
    alice.hears("周敏通过", "还等何静")
    carol.says("撤销")
    carol.hears("已撤销")
    alice.hears("撤销了")
    carol.hears("待您审核")
    chris.hears("待您审核").clicks("通过")
    alice.hears("何静通过", "还等周敏")
    carol.says(f"通过 {number}")
    carol.hears("已签发")
    alice.hears("签发")
    bureau.nobody_hears_more()


def test_a_single_gate_asks_the_one_for_whom_least_waits(bureau: Chat) -> None:
    bureau.enrol("userid,name,unit,roles,aliases\nchris,何静,区住建局/办公室,office,")
    assert (
        bureau.import_rules(
            '[[route]]\nname = "一审"\n[[route.gate]]\nrole = "office"\nmode = "single"\n'
        )
        == []
    )
    alice = bureau.phone("alice")
    asked = []
    for title in ("第一篇", "第二篇", "第三篇"):
        alice.says(f"投稿 {title}\n正文")
        alice.says("完成")
        asked.append("周敏" if "下一步：办公室周敏审核" in alice.hears("已提交").text else "何静")
    assert sorted(asked[:2]) == ["何静", "周敏"]
    bureau.phone("carol").hears_all()
    bureau.phone("chris").hears_all()
    alice.hears_all()


def test_a_gate_that_cannot_be_staffed_is_skipped_only_if_it_may_be(bureau: Chat) -> None:
    """And that is said to whoever passed the gate before it, to the author, and in the progress."""
    route = (
        '[[route]]\nname = "一"\n[[route.gate]]\nrole = "section_head"\n'
        '[[route.gate]]\nrole = "secrecy_reviewer"\n{more}[[route.gate]]\nrole = "deputy"\n'
    )
    faults = bureau.import_rules(route.format(more=""))
    assert "5: 一, gate 2: nobody is secrecy_reviewer for 区住建局/物业科" in faults
    assert bureau.import_rules(route.format(more="skippable = true\n")) == []
    alice, bob, dan = bureau.phones("alice", "bob", "dan")
    number = hands_in(alice, ORDINARY)
    bob.hears("待您审核").says(f"通过 {number}")
    bob.hears("保密审查没有可审核的人，按规定跳过。下一步：分管领导刘伟审核")
    alice.hears("按规定跳过")
    alice.says(f"稿件 {number}")
    alice.hears("–保密审查：没有可审核的人，已跳过", "…分管领导")
    dan.hears("待您审核").clicks("通过")
    alice.hears("签发")
    passes = all_rows(bureau.services.database)["gate_passes"]
    assert [row["how"] for row in passes] == ["decided", "skipped", "decided"]
    bureau.nobody_hears_more()


def test_a_time_limit_reminds_before_it_and_at_it_then_asks_the_next(bureau: Chat) -> None:
    assert (
        bureau.import_rules(
            '[[route]]\nname = "急"\n[[route.gate]]\nrole = "section_head"\nhours = 2\n'
            'checklist = ["时间地点", "数字"]\n[[route.gate]]\nrole = "deputy"\n'
        )
        == []
    )
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, ORDINARY)
    bob.hears("待您审核", "请核：时间地点；数字", "今天 12:00")
    bureau.advance(minutes=89)
    bureau.nobody_hears_more()
    bureau.advance(minutes=1)
    bob.hears(f"{number}号《物业整治》等您审核，时限是今天 12:00")
    bureau.advance(hours=3)
    bob.hears("的审核时限（今天 12:00）已到")
    bureau.advance(hours=20)
    carol.hears("待您审核", "科室负责人未能审核")
    bob.hears("转请周敏审核")
    alice.hears("转请周敏审核")
    bureau.nobody_hears_more()


def test_a_draft_keeps_the_route_of_its_submission(bureau: Chat) -> None:
    """A new set is for drafts that are handed in from then on."""
    alice, bob, dan = bureau.phones("alice", "bob", "dan")
    first = hands_in(alice, "第一篇")
    assert (
        bureau.import_rules('[[route]]\nname = "新"\n[[route.gate]]\nrole = "section_head"\n') == []
    )
    second = hands_in(alice, "第二篇")
    for number in (first, second):
        bob.hears(f"{number}号 待您审核").says(f"通过 {number}")
    bob.hears("第一篇", "下一步：办公室周敏审核")
    bob.hears("第二篇", "已签发")
    rows = all_rows(bureau.services.database)
    assert [(row["route_name"], row["route_version"]) for row in rows["drafts"]] in (
        [("一般稿件", 0), ("新", 1)],
        [("新", 1), ("一般稿件", 0)],
    )
    alice.hears_all()
    bureau.phone("carol").hears_all()
    dan.hears_nothing()


def test_at_run_time_a_gate_that_nobody_can_decide_is_shouted_about(bureau: Chat) -> None:
    assert (
        bureau.import_rules(
            '[[route]]\nname = "一"\n[[route.gate]]\nname = "终审"\nrole = "principal"\n'
        )
        == []
    )
    with bureau.services.database.begin() as uow:
        uow.members.set_roles(UserId("eve"), set())
        assert not uow.members.anywhere(Role.PRINCIPAL)
    alice, root = bureau.phones("alice", "root")
    alice.says("投稿 物业整治\n正文")
    alice.hears("已开始")
    alice.says("完成")
    alice.hears("终审没有可审核的人，已通知管理员")
    root.hears("物业整治", "等终审审核，但没有人能审")
    bureau.nobody_hears_more()
