"""申诉: after the notice a unit objects within the days; the office answers and puts it right."""

import pytest

from bot.config import Config
from tests.harness.pages import Visitor, hidden, link_in
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import until
from tests.scenarios.test_notices import RULES, file_of, words_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

APPEALED = RULES.replace("base = 6", "base = 6\nappeal_days = 3")


def announced(bureau: Chat) -> None:
    """August's notice is out, with a deduction of 物业科; objections are taken for 3 days."""
    assert bureau.import_rules(APPEALED) == []
    carol = bureau.phone("carol")
    for words in ("扣分 物业科 迟报 8月18日 超过时限两天", "通报 8月", "发布通报 8月", "是"):
        carol.says(words)
    carol.hears("已发布2026年8月通报")
    bureau.advance(seconds=10)


def test_an_objection_is_answered_and_what_was_wrong_is_put_right(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    alice.says("申诉 8月 得分 少算了12号")
    alice.hears("8月通报还没有发布")
    announced(bureau)
    alice.hears("【通报】", "对得分有异议，请在9月24日前发送：申诉 8月 得分 理由")
    paper = words_of(file_of(alice, bureau, "2026年8月信息宣传工作通报.docx"))
    assert "请在本通报发布之日起3个工作日内（9月24日前）由信息员或负责人" in paper
    for phone in (bob, carol, dan):
        phone.hears_all()
    dan.says("申诉 8月 得分 太低")
    dan.hears("申诉由科室的信息员或负责人提出")

    alice.says("对8月的得分有异议，8月18日那次迟报扣错了，是按时报的")
    alice.hears("已提交物业科8月得分的申诉", "提交时得分4分")
    carol.hears("物业科8月得分的申诉", "现得分4分", "采纳申诉 物业科 8月 理由")
    carol.says("采纳申诉 物业科 8月")
    carol.hears("请写明答复的理由")
    carol.says("查系统记录确实按时")
    carol.hears("已采纳物业科8月得分的申诉", "理由：查系统记录确实按时", "这条扣分已作废")
    bureau.advance(seconds=10)
    alice.hears("办公室采纳了", "查系统记录确实按时")
    alice.hears("扣分已作废", "采纳申诉：查系统记录确实按时")
    bob.says("得分 8月")
    bob.hears("得分5分")


def test_an_answer_is_undone_and_given_again(bureau: Chat) -> None:
    announced(bureau)
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("申诉 8月 得分 8月18日那次迟报扣错了")
    alice.hears("已提交")
    carol.says("同意物业科的申诉，理由是查系统记录确实按时")
    carol.hears("已采纳物业科8月得分的申诉", "理由：查系统记录确实按时")
    carol.says("撤销")
    carol.hears("答复已撤销，等办公室重新答复")
    carol.says("驳回申诉 物业科 系统记录是9月20日")
    carol.hears("未采纳物业科8月得分的申诉", "理由：系统记录是9月20日")
    bureau.advance(hours=24)  # today he has had his share of messages
    bob.hears("办公室没有采纳", "系统记录是9月20日")
    alice.says("得分 8月")
    alice.hears("得分4分")
    alice.says("申诉")
    alice.hears("未采纳：系统记录是9月20日")
    traced = [row["tag"] for row in all_rows(bureau.services.database)["audit_entries"]]
    assert [tag for tag in traced if tag.startswith("appeal:")] == [
        "appeal:file",
        *["appeal:answer"] * 3,
    ]


def test_the_office_answers_on_the_page_and_a_section_reads_its_own_there(config: Config) -> None:
    with chat(config, pages=True) as bureau:
        announced(bureau)
        alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
        alice.says("申诉 8月 得分 少算了一篇市日报")
        carol.says("申诉")
        address = link_in(carol.hears("等答复的申诉1条").text)
        with Visitor(bureau) as office, Visitor(bureau) as other:
            page = office.logs_in("carol", address)
            assert "少算了一篇市日报" in page.text
            assert "提出时4分，现在4分" in page.text
            assert "迟报，超过时限两天</td><td>周敏" in page.text
            path = page.url.path
            elsewhere = other.logs_in("mallory", path).text
            assert "市日报" not in elsewhere
            assert "迟报" not in elsewhere
            fields = {name: hidden(page.text, name) for name in ("csrf_token", "act", "appeal")}
            empty = office.posts(path, **fields, verdict="refused", why=" ")
            assert (empty.status_code, "请写明答复的理由" in empty.text) == (422, True)
            sent = {**fields, "verdict": "refused", "why": "<b>8月</b>没有刊发"}
            done = office.follows(office.posts(path, **sent))
            assert "未采纳物业科8月得分的申诉" in done.text
            assert "周敏" in done.text
            assert "&lt;b&gt;8月&lt;/b&gt;没有刊发" in done.text
            assert 'name="verdict"' not in done.text
        alice.hears("办公室没有采纳")
        mallory.hears_all()


def test_an_objection_that_comes_late_is_told_so(bureau: Chat) -> None:
    announced(bureau)
    bob, carol = bureau.phones("bob", "carol")
    bob.says("申诉")
    bob.hears("通报发布后对得分有异议，可发送")
    bob.says("申诉 8月")
    bob.hears("对8月得分有什么异议")
    bob.says("少算了一篇市日报")
    bob.hears("已提交物业科8月得分的申诉（少算了一篇市日报）")
    bob.says("撤销")
    bob.hears("已撤回物业科8月得分的申诉")
    carol.hears("已撤回")
    until(bureau, "2026-09-25 09:00")
    bob.says("申诉 得分 少算了一篇市日报")
    bob.hears("8月通报的申诉期到9月24日为止，已过")
    carol.says("申诉")
    carol.hears("没有等答复的申诉")
