"""An emergency and what is said of it in public: one of both or the two together, linked."""

from tests.harness.databases import on_sqlite
from tests.harness.files import picture
from tests.harness.finding import in_ledger
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import until

EITHER = "3号楼电梯困人，有人拍了视频"


def incidents(bureau: Chat) -> list[tuple[int, str]]:
    rows = all_rows(bureau.services.database)["incidents"]
    return sorted((row["number"], row["received_at"].isoformat()[11:16]) for row in rows)


@on_sqlite
def test_what_may_be_either_is_asked_and_its_clock_runs_from_the_report(bureau: Chat) -> None:
    """Not answered, it is an emergency: here another message came between."""
    alice, bob = bureau.phones("alice", "bob")
    alice.says(EITHER)
    alice.hears("这件按哪样报", "1. 紧急信息", "2. 网上舆情", "3. 两样都报")
    until(bureau, "2026-09-21 10:03")
    alice.says("1")
    alice.hears("已登记紧急1号", "10:00接报", "已告知李强、周敏、刘伟", "电话报告：10:30前")
    assert incidents(bureau) == [(1, "02:00")]
    bob.hears_all()

    bob.says("2号楼有人触电，路人在拍视频")
    bob.hears("这件按哪样报")
    bob.says("我的稿件")
    bob.hears("稿件")
    until(bureau, "2026-09-21 10:09")
    bob.hears("5分钟没有回复，已按紧急信息登记", "紧急2号", "10:03接报")
    assert incidents(bureau) == [(1, "02:00"), (2, "02:03")]

    bob.says("翠湖小区燃气泄漏，有人发到业主群")
    bob.hears("这件按哪样报")
    until(bureau, "2026-09-21 10:11")
    bob.says("2")
    bob.hears("已登记1号舆情")
    until(bureau, "2026-09-21 10:20")
    assert len(incidents(bureau)) == 2
    [item] = all_rows(bureau.services.database)["opinion_items"]
    assert item["found_at"].isoformat()[11:16] == "02:09"


def pictures(bureau: Chat) -> list[tuple[str, str]]:
    rows = all_rows(bureau.services.database)["sent_pictures"]
    return sorted((row["about"], row["subject"]) for row in rows)


@on_sqlite
def test_a_link_and_pictures_do_not_wait_for_the_answer(bureau: Chat) -> None:
    """They go to what it is answered to be, to both if it is both."""
    alice = bureau.phone("alice")
    alice.says("3号楼电梯困人 https://v.douyin.com/abc")
    alice.hears("这件按哪样报")
    alice.simulated.sends_image(picture(seed=1), "1.jpg")
    alice.hears("图片先收着，请回复上面的序号")
    alice.simulated.sends_image(picture(seed=2), "2.jpg")
    alice.hears("图片先收着")
    alice.says("3")
    alice.hears("已登记紧急1号", "已登记1号舆情", "图片已放进紧急1号", "现有2张",
                "图片已放进1号舆情")  # fmt: skip
    rows = all_rows(bureau.services.database)
    [case] = rows["cases"]
    assert case["url"] == "https://v.douyin.com/abc"
    assert (
        pictures(bureau)
        == [("case", case["id"])] * 2 + [("incident", rows["incidents"][0]["id"])] * 2
    )
    assert rows["incidents"][0]["case"] == case["id"]
    assert rows["incidents"][0]["title"] == "3号楼电梯困人"
    [row] = in_ledger(bureau)
    assert row["链接"] == "https://v.douyin.com/abc"
    assert row["关联紧急信息"] == "紧急1号《3号楼电梯困人》"
    assert len(str(row["截图哈希"]).split("；")) == 2


@on_sqlite
def test_pictures_before_the_answer_belong_to_the_emergency_that_it_becomes(
    bureau: Chat,
) -> None:
    """Whether that is answered, or nobody answers."""
    alice, bob = bureau.phones("alice", "bob")
    bob.says("城南工地围墙倒塌，2人受伤")
    bob.hears("这件按哪样报")
    bob.simulated.sends_file(b"PK", "1.docx")
    bob.hears("只收图片")
    bob.simulated.sends_image(picture(seed=3), "3.jpg")
    bob.hears("图片先收着")
    bob.says("1")
    bob.hears("已登记紧急1号", "图片已放进紧急1号《城南工地围墙倒塌》，现有1张")

    alice.says("2号楼有人触电，路人在拍视频")
    alice.hears("这件按哪样报")
    alice.simulated.sends_image(picture(seed=4), "4.jpg")
    alice.hears("图片先收着")
    until(bureau, "2026-09-21 10:06")
    alice.hears("没有回复，已按紧急信息登记", "图片已放进紧急2号", "现有1张")
    alice.simulated.sends_image(picture(seed=5), "5.jpg")
    alice.hears("图片已放进紧急2号", "现有2张")


def test_an_incident_and_its_case_are_shown_together_and_told_of_each_other(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, bob, carol, dan, mallory = bureau.phones("alice", "bob", "carol", "dan", "mallory")
    alice.says(EITHER)
    alice.says("3")
    alice.hears("已登记紧急1号", "已登记1号舆情")
    carol.says("舆情 1")
    carol.hears("紧急信息：紧急1号《", "一般，处置中")
    carol.says("看紧急1")
    carol.hears("关联：1号舆情《")
    for phone in (alice, bob, carol, dan):
        phone.hears_all()
    dan.says("定级 1 橙色")
    dan.hears("已定为橙色")
    alice.hears("1号舆情《", "（关联紧急1号《", "定为重大", "紧急定级1 级别")
    dan.says("紧急定级1 较大")
    dan.hears("已定为较大")
    carol.hears("紧急1号《", "（关联1号舆情《", "现在按黄色（较大）处置")

    mallory.says("关联舆情 1 紧急1")
    mallory.hears("没有找到1号舆情")
    carol.says("舆情1 关联 紧急信息1")
    carol.hears("紧急1号《", "已经关联了")
    carol.says("取消关联 1 紧急1")
    carol.hears("已取消1号舆情《", "和紧急1号《")
    carol.says("关联舆情 1 紧急9")
    carol.hears("没有找到紧急9号")
    carol.says("把1号舆情和紧急1号关联起来")
    carol.hears("已把1号舆情《", "和紧急1号《", "两边都看得到")
    moves = [row["words"] for row in all_rows(bureau.services.database)["case_events"]
             if row["move"] == "link"]  # fmt: skip
    assert [words[:4] for words in moves] == ["紧急1号", "取消紧急", "紧急1号"]
    alice.says("报舆情 翠湖小区停水三天没人管")
    carol.says("合并舆情 1 2")
    alice.hears_all()
    alice.says("看紧急1")
    alice.hears("关联：2号舆情《")
    carol.hears_all()
    carol.says("撤销")
    carol.hears("已撤销：1号舆情《")
    carol.says("舆情 2")
    assert "紧急信息：" not in "".join(carol.hears_all())
    alice.says("看紧急1")
    alice.hears("关联：1号舆情《")
    carol.says("合并舆情 1 2")
    for phone in (alice, bob, carol, dan):
        phone.hears_all()
    dan.says("误报紧急1 电梯是检修，没有人被困")
    dan.hears("已记为误报")
    carol.hears("紧急1号《", "（关联2号舆情《", "已办结：电梯是检修")
