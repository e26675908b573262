"""校对: what the machine sees is told to the author and noted for reviewers; it stops nothing."""

from bot.config import Config
from handlers.drafts.capability import ProofPolicy
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import hands_in

TEXT = """\
9月10日，区住建局布署检查，副局长黄建国到幸福小区。
发现隐患23处，其中一般隐患18处、重大隐患2处。"""


def test_findings_stand_in_the_answer_and_on_the_card(config: Config) -> None:
    leaders = {"区住建局": [{"name": "黄建国", "titles": ["党组书记", "局长"]}]}
    proof = ProofPolicy.model_validate({"leaders": leaders, "slips": {"幸福小区": "幸福里小区"}})
    with chat(config.model_copy(update={"proof": proof})) as bureau:
        alice, bob = bureau.phones("alice", "bob")
        alice.says(f"投稿 燃气检查\n{TEXT}")
        alice.hears("已开始")
        alice.says("完成")
        answer = alice.hears("已提交1号《燃气检查》", "校对提示（供参考，不影响提交）")
        assert answer.text.partition("校对提示（供参考，不影响提交）：\n")[2].split("\n") == [
            "· “9月10日”的事报送晚了（应在1个工作日内）（第1段）",
            "· 错别字：布署→部署（第1段）",
            "· “副局长黄建国”职务不对，应为“党组书记、局长黄建国”（第1段）",
            "· 错别字：幸福小区→幸福里小区（第1段）",
            "· 数字对不上：写的23处，分项相加是20处（第2段）",
        ]
        card = bob.hears("1号 待您审核")
        assert "校对5处：时效、错别字、领导称谓、数字" in str(card.message.payload)
        bob.says("稿件 1")
        bob.hears("校对提示：\n· “9月10日”的事报送晚了", "区住建局布署检查")
        bob.says("通过 1")
        bob.hears("已通过")
        alice.hears("已由")
        bureau.phone("carol").hears("1号 待您审核")
        [version] = all_rows(bureau.services.database)["draft_versions"]
        assert [one["code"] for one in version["findings"]] == [
            "stale.days",
            "slip.word",
            "leader.title",
            "slip.word",
            "numbers.sum",
        ]
        bureau.nobody_hears_more()


def test_a_text_without_faults_is_answered_as_before(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    body = (
        "9月21日，区住建局在幸福小区检查燃气企业12家，发现隐患23处，已整改20处，"
        "其余3处限期整改，并向居民讲解用气知识。"
    )
    hands_in(alice, "燃气检查", body)
    assert "校对" not in alice.received()[-1].text
    assert "校对" not in str(bob.hears("待您审核").message.payload)
    bureau.nobody_hears_more()


def test_a_mended_version_is_proved_anew(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查", "9月21日，区住建局在幸福小区布署检查。")
    bob.hears("待您审核").says(f"退回 {number} 错别字")
    bob.hears("已退回")
    alice.hears("错别字")
    alice.says("把布署改成部署")
    alice.hears("已提交", "偏短")
    versions = all_rows(bureau.services.database)["draft_versions"]
    slips = [
        [one["words"] for one in row["findings"] if one["code"] == "slip.word"] for row in versions
    ]
    assert slips == [["布署"], []]
    bob.hears("待您审核")
    bureau.nobody_hears_more()
