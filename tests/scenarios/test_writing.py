"""投稿, 完成, 取消, 继续, 修改: a draft on its author's way to handing it in."""

from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in


def bodies(bureau: Chat) -> dict[tuple[str, int], str]:
    rows = all_rows(bureau.services.database)
    return {(row["title"], row["number"]): row["body"] for row in rows["draft_versions"]}


def test_a_draft_is_gone_on_with_after_the_talk_ran_out(bureau: Chat) -> None:
    """Half an hour without a word sets it aside; nothing of it is lost."""
    alice, bob = bureau.phones("alice", "bob")
    alice.says("投稿 燃气检查\n第一段。")
    number = alice.hears("已开始").draft_no
    bureau.advance(minutes=29)
    alice.says("第二段。")
    alice.hears("已收到第2段")
    bureau.advance(minutes=30)
    alice.says("第三段。")
    alice.hears("上次没写完的稿件已暂存", "继续 编号")
    alice.says("我的稿件")
    alice.hears(f"{number}号《燃气检查》 撰写中")
    alice.says("抖音有人拍到金色家园外墙掉砖 点赞2万")
    alice.hears("已登记1号舆情")  # what others have to hear of at once does not wait for it
    for phone in (bob, bureau.phone("carol"), bureau.phone("dan")):
        phone.hears_all()

    alice.says(f"继续 {number}")
    alice.hears("接着写1号《燃气检查》", "已有8字")
    alice.says("第三段。")
    alice.hears("已收到第3段")
    alice.says("完成。")
    alice.hears("已提交")
    bob.hears("待您审核")
    assert bodies(bureau) == {("燃气检查", 1): "第一段。\n第二段。\n第三段。"}
    bureau.nobody_hears_more()


def test_a_new_draft_sets_the_open_one_aside(bureau: Chat) -> None:
    """And so does taking up a third; each time it is said how to come back."""
    alice, bob = bureau.phones("alice", "bob")
    returned = hands_in(alice, "旧稿")
    bob.hears("待您审核").says(f"退回 {returned} 缺数据")
    bob.hears("已退回")
    alice.hears("被科室负责人李强退回")

    alice.says("投稿 燃气检查\n燃气正文")
    alice.hears("《燃气检查》已开始")
    alice.says("投稿 物业整治\n物业正文")
    alice.hears("《物业整治》已开始", "（2号《燃气检查》已暂存，发送 继续 2 可接着写）")
    alice.says("继续 2")
    alice.hears("接着写2号", "（3号《物业整治》已暂存，发送 继续 3 可接着写）")
    alice.says("继续 2")
    assert "暂存" not in alice.hears("接着写2号").text
    alice.says(f"修改 {returned}\n新正文")
    alice.hears("已提交1号《旧稿》（第2稿", "（2号《燃气检查》已暂存")
    bob.hears("待您审核", "新正文")

    for number, title in ((2, "燃气检查"), (3, "物业整治")):
        alice.says(f"继续 {number}")
        alice.hears("接着写", title)
        alice.says("完成")
        alice.hears("已提交", title)
        bob.hears("待您审核", title)
    bureau.nobody_hears_more()


def test_a_returned_draft_is_written_anew_in_pieces(bureau: Chat) -> None:
    """The old pieces are gone, the old version is kept; 取消 leaves it returned."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查", "第一稿")
    bob.hears("待您审核").says(f"退回 {number} 缺数据")
    bob.hears("已退回")
    alice.hears("退回：缺数据")

    alice.says("修改１号")
    alice.hears("请发送1号《燃气检查》修改后的全文")
    alice.says("写坏了")
    alice.hears("已收到第1段")
    alice.says("取消")
    alice.hears("先不改，发送 修改 1 可再改")
    alice.says("完成")
    alice.hears("没有正在写的稿件")

    alice.says(f"修改 {number}")
    alice.hears("请发送")
    alice.says("第二稿一。")
    alice.hears("已收到第1段", "共5字")
    alice.says("第二稿二。")
    alice.hears("已收到第2段")
    alice.says("完成")
    alice.hears("已提交1号《燃气检查》（第2稿，11字）")
    bob.hears("待您审核", "第二稿一")
    assert bodies(bureau) == {
        ("燃气检查", 1): "第一稿",
        ("燃气检查", 2): "第二稿一。\n第二稿二。",
    }
    bureau.nobody_hears_more()


def test_what_is_cancelled_is_gone_for_everybody(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("取消")
    alice.hears("没有正在写的稿件")
    alice.says("投稿 燃气检查\n正文")
    number = alice.hears("已开始").draft_no
    for other in (bob, carol):
        other.says(f"稿件 {number}")
        other.hears(f"没有找到{number}号稿件")
    alice.says("取消")
    alice.hears("已取消1号《燃气检查》")
    for said, answer in {
        "我的稿件": "还没有稿件",
        "继续 1": "已取消，不能接着写",
        "修改 1\n正文": "已取消，不能修改",
        "撤稿 1": "已取消，不用撤回",
        "完成": "没有正在写的稿件",
        "检查了十二家企业": "没听懂",
    }.items():
        alice.says(said)
        alice.hears(answer)
    carol.says(f"稿件 {number}")
    carol.hears("没有找到")
    assert hands_in(alice, "下一篇") == number + 1
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_what_cannot_be_handed_in_is_said_and_lost_is_nothing(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says("投稿")
    alice.hears("还没有标题")
    alice.says("投稿 【重大】")
    alice.hears("还没有标题")
    alice.says("投稿 " + "长" * 101)
    alice.hears("标题有101字", "最多100字")
    alice.says("投稿 燃气检查")
    alice.hears("1号《燃气检查》已开始")
    alice.says("完成")
    alice.hears("1号《燃气检查》还没有正文")
    alice.says("正文。")
    alice.hears("已收到第1段")
    alice.says("完成")
    alice.hears("已提交")
    alice.says("完成")
    alice.hears("已经提交，审核中")
    alice.says("修改 1\n再改")
    alice.hears("现在审核中，不能修改", "请审核人退回")
    alice.says("继续 1")
    alice.hears("不能接着写")
    bob.hears("待您审核")
    bureau.nobody_hears_more()


def test_my_drafts_are_the_latest_ten_of_my_own(bureau: Chat) -> None:
    alice, mallory = bureau.phones("alice", "mallory")
    alice.says("我的稿件")
    alice.hears("您还没有稿件")
    for number in range(1, 13):
        alice.says(f"投稿 第{number}篇\n正文")
        alice.hears("已开始")
        bureau.advance(minutes=1)
    mallory.says("投稿 别人的\n正文")
    mallory.hears("已开始")
    alice.says("我的稿件")
    *lines, more, _, _ = alice.hears("您最近的稿件").text.splitlines()[1:]
    assert more == "……发送 下一页 看更早的"
    assert [line.split("号")[0] for line in lines] == [str(number) for number in range(12, 2, -1)]
    assert lines[0] == "12号《第12篇》 撰写中 今天 10:11"
    bureau.nobody_hears_more()


@on_sqlite
def test_a_bare_word_of_the_list_of_cases_is_no_piece_of_the_draft(bureau: Chat) -> None:
    carol = bureau.phone("carol")
    carol.says("投稿 节前燃气检查")
    carol.says("局里检查了120个小区。")
    carol.hears_all()
    carol.says("舆情")
    carol.hears("没有", "“舆情”没有写进去")
    carol.says("完成")
    carol.hears("已提交1号《节前燃气检查》")
