"""范文: what was adopted is found again, with what was changed; what was taken down is not."""

from storage.queries.library import reindex
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import is_signed, leap

URL = "https://www.example.gov.cn/a/1.html"


def is_used(bureau: Chat, title: str, body: str, where: str) -> int:
    """Let a draft of alice's be signed and used; nobody is left with anything unheard."""
    number = is_signed(bureau, title, body)
    bureau.phone("carol").says(f"登记采用 {number} {where} 今天 {URL}")
    for phone in bureau.phones("alice", "bob", "carol"):
        phone.hears_all()
    return number


def test_what_was_adopted_is_found_by_words_kind_level_and_channel(bureau: Chat) -> None:
    mallory, carol = bureau.phones("mallory", "carol")
    lifts = is_used(bureau, "既有住宅加装电梯", "9月20日，区住建局推进加装电梯12部。", "市日报")
    gas = is_used(bureau, "燃气安全检查", "检查餐饮单位38家。电梯不在其内。", "省厅网站")
    is_signed(bureau, "电梯维保", "没有人采用过。")

    mallory.says("范文 电梯")
    found = mallory.hears("范文“电梯”，第1到2篇：").text
    assert found.index(f"{lifts}号") < found.index(f"{gas}号"), "a word in the title comes first"
    assert f"{lifts}号《既有住宅加装电梯》 物业科，市日报（市级）" in found
    mallory.says("有没有加装电梯方面的范文")
    assert f"{gas}号" not in mallory.hears(f"{lifts}号《既有住宅加装电梯》").text
    for narrower in ("范文 电梯 省级", "范文 电梯，省厅网站", "范文 查"):
        mallory.says(narrower)
        assert f"{lifts}号" not in mallory.hears(f"{gas}号《燃气安全检查》").text
    for hopeless in ("范文 梯电", "范文 电梯 调研", '范文 "电梯" OR 1=1 --'):
        mallory.says(hopeless)
        mallory.hears("没有找到范文“")
    mallory.says("范文 \"*'")
    mallory.hears("要找什么？")
    mallory.says("范文 " + "电梯" * 40)
    mallory.hears("最多写6个词")

    carol.says(f"刊用稿 {lifts}\n9月20日，区住建局推进既有住宅加装电梯15部。")
    carol.hears_all()
    mallory.says(f"范文 {lifts}")
    mallory.hears("市日报（市级）9月21日采用", "改动约", "[删：12][增：15]", "正文：9月20日")
    carol.says(f"登记批示 {gas} 王副市长 今天 批示：请推广")
    carol.hears("已登记")
    mallory.says("找几篇有批示的范文")
    assert f"{lifts}号" not in mallory.hears(f"{gas}号《燃气安全检查》", "批示").text


def test_what_counts_no_longer_or_was_taken_down_is_no_model(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    wrong = is_used(bureau, "燃气检查", "检查餐饮单位38家。", "市日报")
    void = is_used(bureau, "燃气演练", "组织演练一次。", "市日报")
    alice.says("范文 燃气")
    alice.hears("第1到2篇")
    carol.says(f"更正采用 {void} 作废")
    carol.says("是")
    carol.hears("已作废")
    carol.says(f"紧急撤下 {wrong} 数字有误")
    carol.hears("撤下")
    alice.hears_all()
    alice.says("范文 燃气")
    alice.hears("没有找到范文“燃气”")
    alice.says(f"范文 {wrong}号")
    alice.hears(f"范文里没有{wrong}号")


def test_the_index_is_made_again_from_the_facts(bureau: Chat) -> None:
    """By the look through the shelf, and at once where a backup was restored."""
    alice = bureau.phone("alice")
    number = is_used(bureau, "海绵城市", "建设下凹式绿地3处。", "市日报")
    engine = bureau.services.database.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM library_items")
    alice.says("范文 绿地")
    alice.hears("没有找到")
    leap(bureau, "2026-10-01 04:00")
    alice.hears_all()
    alice.says("范文 绿地")
    alice.hears(f"{number}号《海绵城市》")
    with engine.begin() as connection:
        reindex(connection)
    alice.says("范文 下凹")
    alice.hears(f"{number}号《海绵城市》")
    assert len(all_rows(bureau.services.database)["library_items"]) == 1
