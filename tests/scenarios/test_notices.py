"""通报: drafted after the cut-off, read and changed by the office, released once to everybody."""

from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from tests.harness.databases import on_sqlite
from tests.harness.phones import Phone
from tests.harness.service import Chat
from tests.harness.telling import is_signed, leap, until

URL = "https://www.example.gov.cn/a/1.html"
RULES = """\
[[rule_set]]
name = "bureau"
title = "区住建局信息宣传考核办法"
base = 6
adoption = [{ level = "city", points = 8 }]
notice = [{ when = "no_submission >= 1 month", text = "零报送" }]
cutoff = { day = 5, workday_shift = "next" }
penalty = { late_submit = -1 }

[[rule_set.quota]]
measure = "submitted"
targets = { default = 2, "办公室" = 0 }
on_short = { mode = "per_missing", points = -0.5 }
"""
SUMMARY = (
    "9月，各科室（单位）共报送信息1条，被采用1条，采用率100.0%；其中市级采用1条。"
    "有报送任务的2个单位中，完成任务的0个，未完成的2个。\n"
    "较好的单位：物业科。\n"
    "通报的单位：燃气科。"
)


def file_of(phone: Phone, bureau: Chat, name: str) -> bytes:
    """The file of that name which a phone got."""
    stored = bureau.wecom.media.get(phone.hears(name).message.payload["media_id"])
    assert stored
    return stored.content


def words_of(file: bytes) -> str:
    paper = Document(BytesIO(file))
    said = [paragraph.text for paragraph in paper.paragraphs]
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    return "\n".join([*said, *("|".join(row) for row in rows)])


def september(bureau: Chat) -> None:
    """One draft was handed in and used by the city; then the cut-off of September has passed."""
    assert bureau.import_rules(RULES) == []
    number = is_signed(bureau, "=电梯维保检查")
    bureau.phone("carol").says(f"{number}号被市政府网站采用 今天 {URL}")
    leap(bureau, "2026-10-06 08:20")
    for userid in ("alice", "bob", "carol", "dan", "eve", "mallory", "heidi"):
        bureau.phone(userid).hears_all()


@on_sqlite
def test_of_a_month_before_the_first_draft_there_is_no_notice(bureau: Chat) -> None:
    assert bureau.import_rules(RULES) == []
    leap(bureau, "2026-10-06 08:40")
    told = bureau.phone("carol").hears_all()
    assert [said for said in told if "通报" in said] == []


def test_a_notice_from_the_cut_off_to_everybodys_phone(bureau: Chat) -> None:
    september(bureau)
    alice, carol, eve, mallory = bureau.phones("alice", "carol", "eve", "mallory")
    until(bureau, "2026-10-06 08:40")
    carol.hears(f"2026年9月通报已起草，请核对：\n{SUMMARY}")
    said = words_of(file_of(carol, bureau, "2026年9月信息宣传工作通报（第1稿，未发布）.docx"))
    assert said.startswith(
        "（草稿，未发布）\n关于2026年9月信息宣传工作情况的通报\n各科室、各单位：\n"
    )
    assert "零报送的有：燃气科。" in said
    assert "10月采用情况的佐证，请于11月5日前报办公室。" in said
    assert "物业科|2|1|1|100.0%|0|1|0|0|差1条" in said
    assert "1|=电梯维保检查|物业科|王芳|市政府网站|市级|9月21日|有链接" in said

    carol.says("通报 改 下月 围绕冬季供暖做好选题。")
    carol.hears("已改2026年9月通报的“下月”（第2稿）", "发布通报 9月")
    carol.says("发布通报")
    carol.hears("发布2026年9月通报（第2稿）？发布后不能撤回", "将推送给7人")
    carol.says("不")
    carol.hears("2026年9月通报没有发布")
    carol.says("发布通报 9月")
    carol.hears("回复 是 发布")
    carol.says("是")
    carol.hears("已发布2026年9月通报，正在推送给7人。")
    alice.hears(
        "【通报】关于2026年9月信息宣传工作情况的通报",
        "物业科9月报送1条、采用1条，任务2条差1条，得分13.5分，居第1位（共3个）",
    )
    mallory.hears("燃气科9月报送0条、采用0条，任务2条差2条，得分5分，居第3位（共3个）")
    for phone in (alice, mallory, eve):
        phone.hears("2026年9月信息报送采用情况.png")
    said = words_of(file_of(alice, bureau, "2026年9月信息宣传工作通报.docx"))
    assert said.startswith("关于2026年9月信息宣传工作情况的通报\n")
    assert "围绕冬季供暖做好选题。" in said
    assert "2026年10月6日" in said
    assert "13.5" not in said, "points are told to each unit only"
    for words in ("发布通报 9月", "通报 重算"):
        carol.says(words)
        carol.hears("2026年9月通报已于今天 08:40由周敏发布，不能再改。")


@on_sqlite
def test_figures_that_changed_are_read_before_they_are_released(bureau: Chat) -> None:
    september(bureau)
    carol = bureau.phone("carol")
    until(bureau, "2026-10-06 08:40")
    carol.hears("已起草")
    carol.says(f"1号被市日报采用 9月22日 {URL}")
    bureau.advance(minutes=1)
    carol.hears_all()
    carol.says("发布通报")
    carol.hears("起草后数字有变化：物业科13.5分→21.5分。请先发送 通报 重算 9月")
    carol.says("通报 重算")
    carol.hears("正在按最新数字重算2026年9月通报，好了告诉您。")
    bureau.advance(seconds=5)
    carol.hears("已按最新数字更新（第2稿）：物业科13.5分→21.5分")
    carol.says("通报 9月 excel")
    book = load_workbook(BytesIO(file_of(carol, bureau, "第2稿，未发布）.xlsx")))
    assert book.sheetnames == ["各单位信息报送采用情况", "采用情况一览"]
    cell = book["采用情况一览"]["B3"]
    assert (cell.value, cell.data_type) == ("=电梯维保检查", "s")
    assert book["采用情况一览"]["I3"].value == URL


@on_sqlite
def test_before_its_release_a_notice_is_for_the_office_and_the_principal(bureau: Chat) -> None:
    september(bureau)
    until(bureau, "2026-10-06 08:40")
    eve = bureau.phone("eve")
    for phone in bureau.phones("alice", "mallory", "bob", "dan"):
        phone.says("上月通报")
        phone.hears("2026年9月通报还没有发布。")
        phone.says("发布通报")
        phone.hears("通报由办公室起草和发布。")
    eve.says("通报 改 下月 多写")
    eve.hears("通报由办公室起草和发布。")
    eve.says("上月通报")
    eve.hears("2026年9月通报（第1稿，未发布）", "文件随后发来。")
    eve.hears("未发布）.docx")


@on_sqlite
def test_sheets_and_pages_are_for_those_whom_they_concern(bureau: Chat) -> None:
    september(bureau)
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    carol.says("扣分 物业科 迟报 9月18日 晚了两天")
    bureau.advance(seconds=5)
    carol.says("考核表 三季度")
    carol.hears("正在算2026年三季度信息宣传工作考核表（Word），算好发给您")
    bureau.advance(seconds=5)
    carol.hears("考核表算好了，文件随后发来", "三季度")
    said = words_of(file_of(carol, bureau, "2026年三季度信息宣传工作考核表.docx"))
    assert "物业科|—|18|-2.5|8|-1|22.5|1|" in said
    assert "8月|物业科|报送0条，任务2条，差2条，每条扣0.5分|规则任务第1行|-1|系统" in said
    assert "9月18日|物业科|迟报（9月18日，晚了两天），扣1分|规则扣分“迟报”|-1|周敏" in said
    alice.says("考核表 三季度")
    alice.hears("考核表由办公室和主要领导查看")
    alice.says("一页纸 9月")
    alice.hears("正在做物业科2026年9月的一页纸，做好发给您。")
    bureau.advance(seconds=5)
    alice.hears("物业科2026年9月的一页纸做好了", "9月得分12.5分，今年累计")
    said = words_of(file_of(alice, bureau, "物业科2026年9月信息宣传工作情况.docx"))
    assert "物业科|8|稿件1：市政府网站采用（单篇），8分|规则采用第1行" in said
    mallory.says("一页纸 物业科")
    mallory.hears("您看不到物业科的数字，或没有这个科室。")
    carol.says("一页纸 物业科 9月")
    carol.hears("正在做物业科2026年9月的一页纸")
    carol.says("通报 重算 三季度")
    carol.hears("正在算2026年三季度信息宣传工作考核表")
    carol.says("通报 12月")
    carol.hears("2025年12月通报（第1稿，未发布）")
    carol.says("本月通报")
    carol.hears(
        "2026年10月还没有结束，截至今天", "通报在截止日（11月5日）后的第一个工作日自动起草。"
    )
