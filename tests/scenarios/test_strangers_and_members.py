"""Who is known, who is not, and what an import changes."""

from bot.simulator.world import Account
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in

HEADER = "userid,name,unit,roles,aliases,in_charge_of"


def test_a_stranger_is_told_how_to_be_registered_and_nothing_else_happens(bureau: Chat) -> None:
    bureau.wecom.add_account(Account(userid="Trent", name="外人", department="区住建局"))
    trent = bureau.phone("Trent")
    before = all_rows(bureau.services.database)
    for said in ("投稿 标题\n正文", "通过 1", "帮助", "配额"):
        trent.says(said)
        trent.hears("还没有登记", "trent", "告诉本单位管理员")
    trent.simulated.sends_image(b"picture", "a.jpg")
    trent.hears("还没有登记")
    trent.simulated.enters()
    trent.simulated.opens_menu("say:待审")

    after = all_rows(bureau.services.database)
    assert [name for name in after if after[name] != before[name]] == ["inbound"]
    bureau.nobody_hears_more()


def test_an_import_moves_people_and_roles_from_the_next_draft_on(bureau: Chat) -> None:
    """What waits stays where it is; members who are not named stay as they are."""
    alice, bob, heidi, carol = bureau.phones("alice", "bob", "heidi", "carol")
    first = hands_in(alice, "物业整治")
    bob.hears("待您审核")
    bureau.enrol(
        f"{HEADER}\n"
        "ALICE,王芳芳,区住建局/燃气科,officer,小王,\n"
        "bob,李强,区住建局/物业科,officer,,\n"
        "heidi,赵磊,区住建局/燃气科,section_head|officer,,\n"
    )
    hands_in(alice, "燃气检查")
    heidi.hears("待您审核", "燃气科", "王芳芳")
    bob.says(f"通过 {first}")
    bob.hears("已通过")
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核", "物业整治", "物业科")
    bob.says("帮助")
    assert "通过" not in bob.hears("信使").text
    bureau.nobody_hears_more()


def test_who_left_is_a_stranger_and_is_asked_nothing(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    bureau.without("bob")
    bob.says("待审")
    bob.hears("还没有登记")
    alice.says("投稿 燃气检查\n正文")
    alice.hears("已开始")
    alice.says("完成")
    alice.hears("下一步：办公室周敏")
    bureau.phone("carol").hears("待您审核")
    bureau.nobody_hears_more()
