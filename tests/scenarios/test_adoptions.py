"""报送, 采用, 批示: what becomes of a signed draft, and who hears of it."""

import pytest

from tests.harness.databases import on_sqlite
from tests.harness.files import pdf, picture
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat
from tests.harness.telling import hands_in, is_signed, leap, until

URL = "https://www.example.gov.cn/a/1.html"


def test_the_office_dispatches_and_registers_and_the_author_and_his_head_hear(
    bureau: Chat,
) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "电梯维保检查")

    carol.says(f"{number}号报送市政府网站和区委信息")
    carol.hears(f"已登记：{number}号《电梯维保检查》报送市政府网站、区委信息，已告诉王芳。")
    alice.hears("您的", "已由周敏报送市政府网站、区委信息")
    bob.hears("本科室的", "已由周敏报送")
    alice.says("我的稿件")
    alice.hears(f"{number}号《电梯维保检查》 已报送")

    carol.says(f"{number}号被市政府网站采用")
    carol.hears("哪天？有链接或期号吗？")
    carol.says(URL)
    carol.hears("被市政府网站采用：是哪天？")
    carol.says("今天")
    carol.hears("已登记", "市政府网站（市级，单篇），9月21日采用，计入9月。已告诉王芳、李强。")
    alice.hears("您的", "被市政府网站（市级，单篇），9月21日采用，计入9月。", URL)
    bob.hears("本科室的", "被市政府网站")

    carol.says(f"刊用稿 {number}\n9月20日，区住建局组织专项检查。")
    carol.hears("已存", "改动约")
    alice.hears("在市政府网站刊用时改动", "[增：专项]")
    bob.hears("刊用时改动")

    alice.says(f"稿件 {number}")
    alice.hears(
        "报送：区委信息 9月21日（等结果）\n采用：市政府网站（市级，单篇），9月21日，计入9月"
    )
    alice.says("我有没有被采用的")
    alice.hears("已报送", "被市政府网站采用")
    alice.says("配额")
    alice.hears("签发1篇，被采用1次，还差1篇")
    bureau.nobody_hears_more()


def test_an_officer_proposes_and_the_office_confirms_by_the_card(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "危房改造")
    alice.says(f"我的{number}号被中国建设报刊发了 今天 头版头条 {URL}")
    alice.hears("已报", "中国建设报（国家级，头条）", "等周敏确认。")
    card = carol.hears(f"{number}号 采用待确认", "中国建设报（国家级，头条），9月21日", URL)

    alice.says(f"确认 {number}")
    alice.hears("您不能确认", "周敏可以")
    alice.says("配额")
    assert "采用" not in alice.hears("物业科9月任务").text, "what is proposed does not count"

    card.clicks("确认")
    carol.hears("已确认", "已告诉王芳、李强。")
    assert card.greyed == "已确认"
    alice.hears("您的", "中国建设报", "计入9月")
    bob.hears("本科室的", "中国建设报")
    carol.says(f"确认 {number}")
    carol.hears("没有等确认的采用或批示")
    bureau.nobody_hears_more()


def test_what_is_not_confirmed_goes_back_with_its_reason(bureau: Chat) -> None:
    bob, carol = bureau.phones("bob", "carol")
    number = is_signed(bureau, "雨污分流")
    bob.says(f"登记采用 {number} 省厅网站 今天 {URL}")
    bob.hears("已报", "省住建厅网站（省级，单篇）", "等周敏确认")
    card = carol.hears("采用待确认")
    card.clicks("不确认")
    carol.hears(f"请发送：不确认 {number} 理由")
    carol.says(f"不确认 {number} 链接打不开")
    carol.hears("没有确认", "理由：链接打不开。已告诉李强。")
    bob.hears("您报的", "没有确认：链接打不开")
    assert card.greyed == "未确认"
    bureau.nobody_hears_more()


def test_an_office_author_cannot_make_his_own_adoption_count(bureau: Chat) -> None:
    """Nobody else is in the office: it goes to the deputy, and says so."""
    bureau.enrol(
        "userid,name,unit,roles,aliases,in_charge_of\n"
        "alice,王芳,区住建局/物业科,officer|office,,\n"
        "carol,周敏,区住建局/办公室,officer,,\n"
        "grace,何静,区住建局/办公室,section_head,,\n"
        "judy,杨雪,区住建局,deputy,,\n"
    )
    alice, bob, dan, eve, judy = bureau.phones("alice", "bob", "dan", "eve", "judy")
    number = hands_in(alice, "办公室经验")
    for reviewer in (bob, dan, eve, judy, dan):
        if any("待您审核" in one.text for one in [*reviewer.unheard()]):
            reviewer.hears_all()
            reviewer.says(f"通过 {number}")
        bureau.settle()
    alice.says(f"稿件 {number}")
    assert "已签发" in alice.hears_all()[-1]
    alice.says(f"登记采用 {number} 市政府网站 今天 {URL}")
    alice.hears("已报", "等刘伟确认")
    dan.hears("采用待确认")


def test_what_was_not_used_comes_with_the_reason_and_what_was_used(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    used = is_signed(bureau, "老旧小区改造")
    other = is_signed(bureau, "物业检查")
    carol.says(f"登记采用 {used} 市日报 今天 {URL}")
    carol.hears("已登记")
    carol.says(f"{other}号没被采用")
    carol.hears("没被采用，原因是什么？")
    carol.says("选题重复")
    carol.hears("没有等结果的报送", f"未采用 {other} 市政府网站")
    carol.says(f"报送 {other} 市政府网站")
    carol.hears("已登记")
    for phone in (alice, bob):
        phone.hears_all()
    bureau.advance(minutes=1)
    carol.says(f"{other}号没被采用 选题重复")
    carol.hears("没被市政府网站采用，原因：选题重复。已告诉王芳。")
    alice.hears(
        "您的",
        "原因：选题重复。\n本周采用的，可以看看",
        f"{used}号《老旧小区改造》 物业科，市日报",
        URL,
    )
    bob.hears("本科室的", "选题重复")
    carol.says("撤销")
    carol.hears("没被市政府网站采用不算数了，还等结果")
    alice.hears("周敏撤销了")
    bob.hears("周敏撤销了")
    bureau.nobody_hears_more()


def test_a_leaders_remark_is_told_up_to_the_principal_and_followed_up(bureau: Chat) -> None:
    alice, bob, carol, eve = bureau.phones("alice", "bob", "carol", "eve")
    number = is_signed(bureau, "加装电梯")
    carol.says(f"{number}号获王副市长批示：请住建局总结推广")
    carol.hears("王副市长是哪天批的？")
    carol.says("今天")
    carol.hears("获王副市长（市级其他领导）批示，9月21日，计入9月。", "王芳、李强、黄建国")
    alice.hears("您的", "“请住建局总结推广”", "前反馈落实情况")
    bob.hears("本科室的", "王副市长")
    eve.hears("物业科的", "王副市长")
    carol.says(f"书记圈阅了{number}号，今天")
    carol.hears("书记是哪一级的领导？")
    carol.says("市级")
    carol.hears("获书记（市级主要领导）圈阅")
    for phone in (alice, bob, eve):
        phone.hears("书记（市级主要领导）圈阅")
    leap(bureau, "2026-10-09 10:00")
    for phone in (bob, carol):
        phone.hears("王副市长的批示今天该反馈落实情况了：“请住建局总结推广”")
    bureau.nobody_hears_more()


def test_an_unknown_channel_is_asked_about_and_never_guessed(bureau: Chat) -> None:
    carol = bureau.phone("carol")
    number = is_signed(bureau, "口袋公园")
    carol.says(f"{number}号被学习强国采用，今天 {URL}")
    carol.hears("是哪一个？", "1. 学习强国", "都不是")
    carol.says("学习强国省平台")
    carol.hears("学习强国省平台（省级，单篇）")
    carol.says(f"登记采用 {number} 鬼谷子专栏 今天 {URL}")
    carol.hears("渠道名单里没有“鬼谷子专栏”，没有登记")
    carol.says(f"登记采用 {number} 省报 今天 {URL}")
    carol.hears("渠道名单里没有“省报”。是这几个里的哪一个？", "1. 省日报")
    carol.says("都不是")
    carol.hears("没有登记。请管理员")
    carol.says(f"采用 {number}月")
    carol.hears_all()
    carol.says("采用")
    carol.hears("全局9月采用1篇次：", "学习强国省平台")


def test_a_mistake_is_corrected_with_its_trace(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "燃气检查")
    carol.says(f"登记采用 {number} 市政府网站 今天 {URL}")
    carol.hears("已登记")
    alice.hears("市政府网站")
    bob.hears("市政府网站")

    carol.says(f"{number}号采用登记错了")
    carol.hears("登记的是：市政府网站（市级，单篇），9月21日。哪里错了？")
    carol.says("是省厅网站")
    carol.hears(
        "已更正", "原 市政府网站（市级，单篇），9月21日；现 省住建厅网站（省级，单篇），9月21日"
    )
    alice.hears("更正了")
    bob.hears("更正了")
    statuses = [row["status"] for row in all_rows(bureau.services.database)["adoptions"]]
    assert sorted(statuses) == ["confirmed", "replaced"]

    carol.says("撤销")
    carol.hears("已撤销", "省住建厅网站")
    alice.hears("周敏撤销了")
    bob.hears("周敏撤销了")
    alice.says("采用")
    alice.hears("您9月采用1篇次：", "市政府网站（市级")

    bureau.nobody_hears_more()


def test_an_entry_is_voided_after_a_yes_and_kept(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "燃气检查")
    carol.says(f"登记采用 {number} 市政府网站 今天 {URL}")
    carol.hears("已登记")
    alice.hears("市政府网站")
    bob.hears("市政府网站")
    carol.says(f"更正采用 {number} 作废")
    carol.hears("作废", "请回复 是 或 不是")
    carol.says("是")
    carol.hears("已作废", "记录留着备查")
    alice.hears("作废了")
    bob.hears("作废了")
    alice.says("采用")
    alice.hears("您9月还没有登记的采用")
    alice.says(f"{number}号采用登记错了，应该是省级")
    alice.hears("登记的内容由办公室更正")
    bureau.nobody_hears_more()


def test_late_counts_in_its_own_month_and_says_so(bureau: Chat) -> None:
    carol = bureau.phone("carol")
    number = is_signed(bureau, "秋季检查")
    leap(bureau, "2026-10-09 10:00")  # the cut-off of September was the 5th
    carol.hears_all()
    carol.says(f"登记采用 {number} 市政府网站 9月22日 {URL}")
    carol.hears("9月22日采用，计入9月（10月5日已截止，算迟登记，仍计入9月）")
    carol.says("采用")
    carol.hears("全局10月还没有登记的采用")
    carol.says("采用 9月")
    carol.hears("全局9月采用1篇次：")
    carol.says(f"登记采用 {number} 市政府网站 今天 {URL}")
    carol.hears("已登记过被市政府网站采用（9月22日）。这是另一次采用吗？")
    carol.says("不是")
    carol.hears("没有办")
    carol.says(f"登记采用 {number} 市日报 9月1日 {URL}")
    carol.hears("9月21日才签发，9月1日不会已被采用")
    carol.says("9月23日")
    carol.hears("市日报（市级，单篇），9月23日采用")


def test_where_the_sign_off_said_it_may_not_go_it_does_not_go(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, "内部经验")
    for reviewer in (bob, carol):
        reviewer.hears("待您审核")
        reviewer.says(f"通过 {number}")
        reviewer.hears("已通过")
    dan.hears("待您审核")
    dan.says("可以，只发市政府网站")
    dan.hears("已通过", "只发市政府网站")
    carol.says(f"报送 {number} 中国建设报")
    carol.hears("签发时注明“只发市政府网站”，不能报送中国建设报")
    carol.says(f"报送 {number} 市政府网站")
    carol.hears("已登记")
    carol.says(f"登记采用 {number} 中国建设报 今天 {URL}")
    carol.hears("已登记", "注意：签发时注明“只发市政府网站”，但被中国建设报采用了")


def test_authors_share_an_adoption(bureau: Chat) -> None:
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    number = is_signed(bureau, "联合检查")
    carol.says(f"登记采用 {number} 市日报 今天 {URL} 署名 王芳、陈静 3:2")
    carol.hears("已登记", "已告诉王芳、陈静、李强")
    alice.hears("王芳占60%、陈静占40%")
    mallory.hears("王芳占60%、陈静占40%")
    mallory.says("采用")
    mallory.hears("您9月采用1篇次：", "联合检查")
    carol.says(f"登记采用 {number} 市晚报 今天 {URL} 署名 王芳、张三")
    carol.hears("没有找到“张三”")


def test_a_screenshot_is_evidence(bureau: Chat) -> None:
    carol = bureau.phone("carol")
    number = is_signed(bureau, "现场会")
    carol.says(f"登记采用 {number} 市电视台 今天")
    carol.hears("请补佐证，发链接、期号、截图或 PDF")
    carol.simulated.sends_image(picture("PNG"), "tv.png")
    carol.hears("已登记", "市电视台（市级，单篇）")
    [row] = all_rows(bureau.services.database)["adoptions"]
    [scan] = all_rows(bureau.services.database)["attachments"]
    assert row["scan"] == scan["id"]
    assert scan["sha256"], "it was fetched while WeCom still had it"


@on_sqlite
def test_a_pdf_is_evidence_and_one_that_is_none_is_told_to_who_sent_it(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    number = is_signed(bureau, "现场会")
    alice.hears_all()
    alice.says(f"登记采用 {number} 市电视台 今天")
    alice.hears("请补佐证")
    alice.simulated.sends_file(b"none", "证明.xlsx")
    alice.hears("收不了")
    alice.simulated.sends_file(pdf("市电视台采用证明"), "证明.pdf")
    alice.hears("已报", "等周敏确认")
    [scan] = all_rows(bureau.services.database)["attachments"]
    assert (scan["filename"], scan["text"]) == ("证明.pdf", "市电视台采用证明")
    carol.says(f"确认 {number}")
    carol.hears("已确认")
    for sent, why in (
        (b"%PDF-1.7 torn", "的佐证《证明.pdf》已损坏，打不开"),
        (pdf("机密★一年"), "的佐证有“机密”字样，没有保存"),
    ):
        carol.says(f"登记采用 {number} 市日报 今天")
        carol.simulated.sends_file(sent, "证明.pdf")
        carol.hears("已登记")
        carol.hears(why, "但没有佐证了", f"更正采用 {number}")
        carol.says("撤销")
        carol.hears("不算数了")
    rows = all_rows(bureau.services.database)
    assert [row["id"] for row in rows["attachments"]] == [scan["id"]]
    assert {row["scan"] for row in rows["adoptions"]} == {scan["id"], ""}
    assert [row["tag"] for row in rows["audit_entries"]].count("secrecy:stop") == 1


def test_nothing_is_registered_of_what_was_not_signed_or_is_not_theirs(bureau: Chat) -> None:
    alice, carol, mallory, dan = bureau.phones("alice", "carol", "mallory", "dan")
    waiting = hands_in(alice, "还在审核")
    carol.says(f"报送 {waiting} 市政府网站")
    carol.hears("还没签发（审核中），不能登记报送、采用和批示")
    number = is_signed(bureau, "已签发的")
    mallory.says(f"登记采用 {number} 市日报 今天 {URL}")
    mallory.hears("没有找到")
    dan.says(f"登记采用 {number} 市日报 今天 {URL}")
    dan.hears("您不能登记", "作者、科室负责人或办公室可以")
    alice.says(f"报送 {number} 市日报")
    alice.hears("由办公室登记")
    bureau.enrol(OTHER_BUREAU)
    otto = bureau.phone("otto")
    otto.says(f"登记采用 {number} 市日报 今天 {URL}")
    otto.hears("没有找到")
    otto.says("采用")
    otto.hears("9月还没有登记的采用")
    assert all_rows(bureau.services.database)["adoptions"] == []


def test_two_dispatches_of_one_draft_are_taken_back_to_signed(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = is_signed(bureau, "自建房排查")
    carol.says(f"报送 {number} 市政府网站、市日报")
    carol.hears("已登记")
    carol.says(f"报送 {number} 市政府网站")
    carol.hears("已于今天 10:00报送市政府网站，不用再登记")
    carol.says("撤销")
    carol.hears("报送市政府网站、市日报不算数了")
    for phone in (alice, bob):
        phone.hears("已由周敏报送")
        phone.hears("周敏撤销了")
    alice.says("我的稿件")
    alice.hears("已签发")
    bureau.nobody_hears_more()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_before_the_cutoff_what_has_no_result_is_asked_for_once(bureau: Chat) -> None:
    """September closes on the 5th of October, a Monday: it is asked for from Wednesday on."""
    alice, carol = bureau.phones("alice", "carol")
    sent, used = is_signed(bureau, "电梯检查"), is_signed(bureau, "燃气检查")
    carol.says(f"报送 {sent} 市政府网站")
    carol.says(f"登记采用 {used} 市日报 今天 第3版")
    alice.hears_all()
    carol.hears_all()
    leap(bureau, "2026-09-29 10:00")
    bureau.advance(hours=23)
    for phone in (alice, carol):
        phone.hears_all()
    bureau.advance(hours=1)
    asked = carol.hears("9月的采用和批示登记到10月5日截止，再晚算迟登记。", "没有结果的有1篇次")
    assert f"{sent}号《电梯检查》 市政府网站" in asked.text
    assert "燃气检查" not in asked.text
    alice.hears(f"登记采用 {sent} 市政府网站 日期 链接")
    bureau.advance(days=1)
    carol.hears("保密审查汇总")
    carol.hears("9月减负报告")
    carol.hears_nothing()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_sent_after_the_month_is_not_asked_for_before_its_cutoff(bureau: Chat) -> None:
    """October closes on Thursday the 5th of November: it is asked for from Monday on."""
    carol = bureau.phone("carol")
    sent, later = is_signed(bureau, "电梯检查"), is_signed(bureau, "燃气检查")
    leap(bureau, "2026-10-20 10:00")
    carol.says(f"报送 {sent} 市政府网站")
    leap(bureau, "2026-11-01 20:00")
    until(bureau, "2026-11-02 09:05")
    carol.says(f"报送 {later} 市政府网站")
    carol.hears_all()
    bureau.advance(minutes=10)
    asked = carol.hears("10月的采用和批示登记到11月5日截止", "没有结果的有1篇次")
    assert f"{sent}号《电梯检查》" in asked.text
    assert "燃气检查" not in asked.text
