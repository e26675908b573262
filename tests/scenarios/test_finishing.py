"""The office edits what is signed: a version of its own, shown to the author and the signer."""

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes


def test_the_office_edits_what_is_signed(bureau: Chat) -> None:
    alice, bob, carol, dan = bureau.phones("alice", "bob", "carol", "dan")
    number = hands_in(alice, "燃气检查", "检查场所12处，发现隐患3处，当场整改完毕。")
    carol.says(f"修改 {number}\n检查场所15处。")
    carol.hears("不是您的稿件")
    for reviewer in (bob, carol, dan):
        passes(reviewer, number)
    alice.hears_all()
    bob.says(f"修改 {number}\n检查场所15处。")
    bob.hears("不是您的稿件")
    carol.says(f"修改 {number}")
    carol.hears("没有改动", f"修改 {number}，换行写定稿全文")
    carol.says(f"{number}号把12处改成15处")
    carol.hears("已改好1号《燃气检查》（第2稿，改动")
    told = "签发后由办公室周敏改过（第2稿"
    assert "[删：12][增：15]" in alice.hears(told).text
    dan.hears(told, "[增：15]")
    carol.says(f"修改 {number}\n区住建局开展燃气安全大检查，全区二十个小区全部完成。")
    carol.hears("第3稿", "改动超过一半，可按办法共同署名")
    alice.hears("第3稿")
    dan.hears("第3稿")
    rows = all_rows(bureau.services.database)
    assert [draft["status"] for draft in rows["drafts"]] == ["edited"]
    edits = [row["after"] for row in rows["audit_entries"] if row["tag"] == "draft:edit"]
    assert [edit["version"] for edit in edits] == [2, 3]
    assert edits[0]["share"] < 0.2
    assert edits[1]["share"] >= 0.5
    bureau.nobody_hears_more()
