"""The sample bureau's office: what it dispatches and registers, by its own phones."""

from bot.demo import hints, members_csv
from bot.demo.publishing import Publishing
from storage.models import Draft
from storage.vocabulary import DraftStatus, UserId
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in

GATES = ("liqiang", "zhoumin", "liuwei")


def signed(bureau: Chat, title: str) -> None:
    number = hands_in(bureau.phone("wangfang"), title)
    for userid in GATES:
        phone = bureau.phone(userid)
        phone.hears(f"{number}号 待您审核")
        phone.says(f"通过 {number}")
    bureau.settle()


def drafts(bureau: Chat) -> list[Draft]:
    with bureau.services.database.begin() as uow:
        return list(uow.drafts.of_author(UserId("wangfang"), 10))


def test_signed_drafts_are_dispatched_used_or_not_and_one_waits_for_a_yes(bureau: Chat) -> None:
    bureau.enrol(members_csv())
    for title in ("电梯维保检查", "物业服务提升", "业主电子投票", "停车整治"):
        signed(bureau, title)
    office = Publishing(services=bureau.services, world=bureau.wecom)
    for _ in range(60):
        office.go_on(drafts(bureau))
    assert all(draft.status is DraftStatus.DISPATCHED for draft in drafts(bureau))
    assert office.remarked

    signed(bureau, "消防通道整治")
    bureau.phone("zhoumin").says("报送 5 市政府网站")
    said = [text for _, text in hints(bureau.services)]
    assert "5号被市政府网站采用，今天 https://www.example.gov.cn/news/5.html" in said
    office.leave_open(drafts(bureau))
    bureau.phone("zhoumin").hears("5号 采用待确认")
    rows = all_rows(bureau.services.database)
    assert {"confirmed", "proposed"} <= {row["status"] for row in rows["adoptions"]}
    assert [row["leader"] for row in rows["instructions"]] == ["王副市长"]


def test_the_sample_bureau_has_somebody_who_releases_reports_of_opinion(bureau: Chat) -> None:
    bureau.enrol(members_csv())
    sunyu = bureau.phone("sunyu")
    sunyu.says("发日报")
    sunyu.hears("今天的舆情日报还没有起草")


def test_a_bureau_without_anything_sent_has_its_hints_too(bureau: Chat) -> None:
    bureau.enrol(members_csv())
    said = [text for _, text in hints(bureau.services)]
    assert "可以" in said
    assert not [text for text in said if "{" in text]
