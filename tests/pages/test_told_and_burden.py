"""收到的消息 and 减负报告 on their pages: each reads his own, and few read what all were sent."""

from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes, until
from tests.pages.conftest import LogIn


@on_sqlite
def test_a_member_reads_whole_what_he_was_sent_and_nobody_else_does(
    bureau: Chat, log_in: LogIn
) -> None:
    alice, bob = bureau.phones("alice", "bob")
    assert "这7天没有主动发给您的消息" in log_in("bob").gets("/p/told").text
    number = hands_in(alice, "燃气检查")
    passes(bob, number)
    alice.hears("已由科室负责人")

    mine = log_in("alice").gets("/p/told").text
    assert "1号《燃气检查》第1稿已由科室负责人李强通过" in mine
    assert "待您审核" not in mine
    card = log_in("bob").gets("/p/told").text
    assert "1号 待您审核" in card
    assert "已由科室负责人" not in card
    assert "燃气检查" not in log_in("mallory").gets("/p/told").text

    until(bureau, "2026-09-29 10:00")
    assert "已由科室负责人" not in log_in("alice").gets("/p/told").text, "a week is shown"


@on_sqlite
def test_the_office_and_leaders_read_what_messages_ask_of_people(
    bureau: Chat, log_in: LogIn
) -> None:
    alice, bob = bureau.phones("alice", "bob")
    assert "这个月还没有数" in log_in("carol").gets("/p/burden/2026-09").text
    passes(bob, hands_in(alice, "燃气检查"))
    until(bureau, "2026-09-22 04:00")

    office = log_in("carol")
    page = office.follows(office.gets("/p/burden")).text
    assert "9月减负报告" in page
    assert "机器人主动发了4条" in page
    for person in ("王芳", "李强", "周敏"):
        assert person in page
    assert "请审核" in page
    assert log_in("eve").gets("/p/burden/2026-09").status_code == 200
    for reader in ("alice", "bob", "mallory"):
        assert log_in(reader).gets("/p/burden/2026-09").status_code == 404, reader
    for address in ("/p/burden/2026-13", "/p/burden/all"):
        assert office.gets(address).status_code == 404, address
