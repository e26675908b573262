"""The main job, as the people in it see it."""

from tests.harness.service import Chat


def test_a_draft_is_returned_once_and_signed_at_the_third_gate(bureau: Chat) -> None:
    """By replies and by buttons: three gates, one return, one revision."""
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")

    alice.says("投稿 全区燃气安全大检查启动\n9月20日，区住建局组织6个检查组开展检查。")
    alice.hears("已开始", "已收到正文")
    alice.says("完成")
    number = alice.hears("已提交", "科室负责人李强").draft_no

    card = bob.hears("待您审核", "全区燃气安全大检查启动", "王芳")
    card.says(f"通过 {number}")
    bob.hears("已通过", "办公室周敏")
    assert card.greyed == "已通过"
    alice.hears("第1稿已由科室负责人李强通过", "办公室周敏")

    carol.hears("待您审核").clicks("退回")
    carol.hears("理由是什么").says("缺少检查结果")
    carol.hears("已退回", "缺少检查结果", "王芳")
    alice.hears("被办公室周敏退回：缺少检查结果", f"修改 {number}")

    alice.says(f"修改 {number}\n9月20日，区住建局组织6个检查组，检查38家，整改隐患9处。")
    alice.hears("第2稿", "科室负责人李强")

    first = bob.hears("待您审核")
    first.clicks("通过")
    assert first.greyed == "已通过"
    alice.hears("已由科室负责人李强通过")
    carol.hears("待您审核").clicks("通过")
    alice.hears("已由办公室周敏通过", "分管领导刘伟")
    dan.hears("待您审核").clicks("通过")
    alice.hears("已由分管领导刘伟签发")

    alice.says(f"稿件 {number}")
    alice.hears("全区燃气安全大检查启动", "第2稿", "✓科室负责人", "✓分管领导", "已签发", "38家")
    bureau.nobody_hears_more()
