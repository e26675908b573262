"""简报: the office compiles an issue, a leader without a hand in it signs, and it is printed."""

from io import BytesIO

import pytest
from docx import Document

from bot import making
from bot.media import path_of
from handlers.kit.messages import Paper
from storage.vocabulary import PaperKind
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, is_signed

SERIES = "《工作简报》第12期"


def test_an_issue_from_the_first_item_to_the_post(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, bob, carol, dan, eve = bureau.phones("alice", "bob", "carol", "dan", "eve")
    lifts = is_signed(bureau, "电梯检查", "9月20日，区住建局检查电梯12部。\n下一步继续检查。")
    gas = is_signed(bureau, "燃气检查", "检查餐饮单位38家。")
    unsigned = hands_in(alice, "还没审的稿")
    bob.hears_all()

    alice.says(f"编入第12期 {lifts}号")
    alice.hears("简报由办公室编")
    carol.says(f"编入第12期 {lifts}号 {unsigned}号")
    carol.hears(f"{unsigned}号《还没审的稿》还在审核，签发了的稿件才能编入，这次都没有编入")
    carol.says(f"编入第12期 {lifts}号 {gas}号")
    carol.hears(
        "新建《工作简报》第12期（总第12期）。已编入",
        f"共2篇：\n1. {lifts}号《电梯检查》 物业科\n2. {gas}号《燃气检查》 物业科\n",
    )
    carol.says(f"第12期 {gas}号 提到最前")
    carol.hears("放到第1", f"1. {gas}号《燃气检查》 物业科\n2. {lifts}号")
    carol.says(f"第十二期 {lifts}号 把12部改成15部")
    carol.hears("已改", "[删：12][增：15]", "原稿不变")
    carol.says(f"第12期 {lifts}号 把绝无此语改成别的")
    carol.hears("没有“绝无此语”")
    carol.says("编入第22期 99号")
    carol.hears("《工作简报》第22期还没有，上一期是第12期。要新编第22期吗？")
    carol.says("不是")
    carol.hears("没有办")

    eve.says("签发第12期")
    eve.hears("还没有送签")
    carol.says("送签第12期")
    carol.hears("已把《工作简报》第12期送黄建国签发")
    card = eve.hears("《工作简报》第12期 待您签发", "燃气检查；电梯检查", "周敏")
    carol.says("签发第12期")
    carol.hears("您参与了《工作简报》第12期的编辑，不能自己签发，黄建国可以")
    carol.says(f"第12期 {lifts}号 标题改成《电梯安全检查》")
    carol.hears("送签的内容变了，请重新送签")
    assert card.greyed == "周敏已改动"
    eve.says("签发第12期")
    eve.hears("还没有送签")
    carol.says("送签第12期")
    carol.hears("已把")
    eve.says("第12期退回，头条不合适")
    eve.hears("已退回", "原因：头条不合适")
    carol.hears("被黄建国退回：头条不合适")
    carol.says("送签第12期")
    carol.hears("已把")
    eve.hears_all()
    carol.says("印发第12期 给 各科室")
    carol.hears("还没签发，不能印发")
    eve.says("签发第12期")
    eve.hears("已签发《工作简报》第12期，共2篇。已告诉周敏。")
    carol.hears("已由黄建国签发")
    carol.says(f"移出第12期 {gas}号")
    carol.hears("《工作简报》第12期已签发，不能再改。要改请先发送：退签第12期")

    carol.says("第12期已印发给局领导、各科室")
    carol.hears("印发给局领导、各科室。2篇按本局简报采用登记")
    alice.hears(f"{gas}号", "被本局简报（本级，单篇，《工作简报》2026年第12期）")
    alice.hears(f"{lifts}号", "刊用时改动", "[删：12][增：15]")
    carol.says("印发第12期 给 各科室")
    carol.hears("已于今天 10:00印发给局领导、各科室")
    alice.says(f"范文 {lifts}")
    alice.hears("本局简报（本级）9月21日采用", "电梯15部")
    issue = all_rows(bureau.services.database)["bulletin_issues"][0]
    text = printed(bureau, issue["id"])
    assert "工作简报\n第12期（总第12期）\n区住建局办公室\t2026年9月21日\n目　　录" in text
    assert "1．燃气检查\n2．电梯安全检查\n" in text
    assert "区住建局检查电梯15部。\n下一步继续检查。\n（物业科供稿）" in text
    assert "编辑：周敏　　签发：黄建国" in text

    carol.says(f"编入第13期 {lifts}号")
    carol.hears("已编在《工作简报》第12期里")
    dan.says("第12期")
    dan.hears("没有找到第12期")


def printed(bureau: Chat, issue: str) -> str:
    """Return the words of the issue's file, a line to a paragraph."""
    paper = Paper(paper=PaperKind.BULLETIN, subject=issue, filename="x.docx")
    made = making.made(bureau.services, paper)
    file = path_of(bureau.services.media_dir, made.sha256)
    return "\n".join(one.text for one in Document(BytesIO(file.read_bytes())).paragraphs)


def test_what_is_taken_down_leaves_an_unsigned_issue_and_is_told_of_a_signed_one(
    bureau: Chat,
) -> None:
    carol, eve = bureau.phones("carol", "eve")
    first, second = is_signed(bureau, "电梯检查"), is_signed(bureau, "燃气检查")
    third = is_signed(bureau, "供热检查")
    for number in (first, second, third):
        carol.says(f"报送 {number} 市政府网站")
    carol.says(f"编入第1期 {first}号 {second}号 {third}号")
    carol.says("送签第1期")
    carol.hears_all()
    carol.says(f"紧急撤下 {first} 数字有误")
    carol.hears(f"{first}号《电梯检查》已撤下，已从《工作简报》第1期移出，请重新送签。")
    carol.says("送签第1期")
    eve.hears_all()
    eve.says("签发第1期")
    eve.hears("已签发")
    carol.says(f"紧急撤下 {second} 数字有误")
    carol.hears("已撤下，但《工作简报》第1期已签发，里面有这一篇", "退签第1期 原因，再移出")
    eve.hears("已撤下，但《工作简报》第1期已签发")
    carol.says("印发第1期 给 各科室")
    carol.hears(f"{second}号的原稿已撤下，请先移出")
    carol.says("退签第1期 有撤稿")
    carol.hears("已退回")
    eve.hears_all()
    carol.says(f"移出第1期 {second}号")
    carol.hears("已从《工作简报》第1期移出", f"共1篇：\n1. {third}号")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_stands_in_for_the_signer_signs_in_his_name_and_may_take_it_back(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    bob, carol, dan, eve = bureau.phones("bob", "carol", "dan", "eve")
    first, second = is_signed(bureau, "电梯检查"), is_signed(bureau, "燃气检查")
    for phone in (bob, carol, dan, eve):
        phone.hears_all()
    carol.says(f"编入第12期 {first}号")
    carol.hears("新建")
    bureau.advance(seconds=30)
    carol.says("撤销")
    carol.hears("刚才新建的《工作简报》第12期不要了")
    carol.says(f"编入第3期 {first}号 {second}号")
    carol.hears("新建《工作简报》第3期（总第3期）")
    bureau.advance(seconds=30)
    carol.says(f"移出第3期 {first}号")
    carol.hears("已从", f"1. {second}号")
    bureau.advance(seconds=30)
    carol.says("撤销")
    carol.hears("已放回《工作简报》第3期", f"1. {first}号《电梯检查》 物业科\n2. {second}号")
    carol.says(f"第3期 {second}号 提到最前")
    carol.hears("放到第1")
    carol.says("撤销")
    carol.hears("顺序不能撤销")

    dan.says("第3期")
    dan.hears("没有找到第3期")
    bureau.delegate("eve", "dan", days=3)
    bureau.delegate("eve", "carol", days=3)
    carol.says("送签第3期")
    carol.hears("送黄建国、刘伟签发")
    dan.hears("《工作简报》第3期 待您签发")
    carol.says("签发第3期")
    carol.hears("您参与了《工作简报》第3期的编辑，不能自己签发")
    bob.says("签发第3期")
    bob.hears("没有找到第3期")
    dan.says("签发第3期")
    dan.hears("已签发《工作简报》第3期，共2篇。已告诉周敏、黄建国。")
    eve.hears_all()
    bureau.advance(seconds=30)
    dan.says("撤销")
    dan.hears("《工作简报》第3期还没签发，仍等签发")
    eve.hears("待您签发")
    carol.says("印发第3期 给 各科室")
    carol.hears("还没签发，不能印发")
    dan.says("签发第3期")
    dan.hears("已签发")
    carol.says("第3期")
    carol.hears("刘伟（代黄建国）")
    rows = all_rows(bureau.services.database)
    signed = [row for row in rows["audit_entries"] if row["tag"] == "bulletin:sign"]
    assert [(row["actor"], row["on_behalf_of"]) for row in signed] == [("dan", "eve")] * 2
    assert "签发：刘伟（代黄建国）" in printed(bureau, rows["bulletin_issues"][0]["id"])
    carol.says("印发第3期 给 各科室")
    carol.hears("印发给各科室")
    dan.says("撤销")
    dan.hears("后来又由周敏动过，撤销不了")
    carol.says("撤销")
    carol.hears("已印发，撤销不了")
