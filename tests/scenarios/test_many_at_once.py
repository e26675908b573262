"""A busy morning: everybody hands in at the same moment."""

import threading
from collections import Counter

from tests.harness.phones import Phone
from tests.harness.rows import all_rows
from tests.harness.service import Chat

OFFICERS = [f"officer{number}" for number in range(10)]
EACH = 5


def test_fifty_drafts_by_ten_officers_at_once(bureau: Chat) -> None:
    """Nothing is lost, doubled or numbered twice, and each author hears of his own."""
    lines = [f"{name},信息员{name[-1]},区住建局/物业科,officer,," for name in OFFICERS]
    bureau.enrol("\n".join(["userid,name,unit,roles,aliases,in_charge_of", *lines]))
    phones, bob = bureau.phones(*OFFICERS), bureau.phone("bob")
    barrier = threading.Barrier(len(phones))

    def write(name: str, phone: Phone) -> None:
        barrier.wait()
        for number in range(EACH):
            phone.says(f"投稿 {name}的第{number}篇\n{name}写的正文{number}")
            phone.says("完成")

    threads = [
        threading.Thread(target=write, args=pair) for pair in zip(OFFICERS, phones, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bureau.advance(minutes=5)  # so many cards to one member are over his budget for a minute

    rows = all_rows(bureau.services.database)
    drafts = {draft["id"]: draft for draft in rows["drafts"]}
    assert sorted(draft["number"] for draft in drafts.values()) == list(range(1, 51))
    assert Counter(draft["author"] for draft in drafts.values()) == dict.fromkeys(OFFICERS, EACH)
    assert {version["body"] for version in rows["draft_versions"]} == {
        f"{name}写的正文{number}" for name in OFFICERS for number in range(EACH)
    }
    for version in rows["draft_versions"]:
        author = drafts[version["draft"]]["author"]
        assert version["body"].startswith(author)
        assert version["title"].startswith(author)
    assert len(rows["review_tasks"]) == len(rows["review_holders"]) == 50

    for name, phone in zip(OFFICERS, phones, strict=True):
        own = sorted(draft["number"] for draft in drafts.values() if draft["author"] == name)
        heard = [phone.hears("已提交", name).draft_no for _ in range(EACH)]
        assert heard == own
        assert [phone.hears("已开始", name).draft_no for _ in range(EACH)] == own
    cards = bob.hears_all()
    assert sorted(Counter(cards).values()) == [1] * 50
    bureau.nobody_hears_more()
