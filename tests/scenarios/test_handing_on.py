"""转审 and 会签: a reviewer gives his part away, or asks others to agree as well."""

import pytest

from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import hands_in, passes

MORE = """\
userid,name,unit,roles,aliases,in_charge_of
chris,何静,区住建局/办公室,office,,
lawyer,韩明,区住建局/法规科,section_head,,
judge,方正,区住建局/办公室,legal_reviewer,,
"""


@pytest.fixture
def number(bureau: Chat) -> int:
    bureau.enrol(MORE)
    number = hands_in(bureau.phone("alice"), "燃气检查")
    bureau.phone("bob").hears("待您审核")
    return number


def handed(bureau: Chat) -> list[tuple[str, str, str, str]]:
    rows = all_rows(bureau.services.database)["review_handovers"]
    return [(row["kind"], row["handed_by"], row["handed_to"], row["reason"]) for row in rows]


@pytest.mark.parametrize(
    "said",
    ["转审 {} 周敏 我在外地", "{}号转给周敏审", "转给周主任审"],
    ids=["exact", "free", "bare"],
)
def test_a_draft_is_handed_to_somebody_as_high(bureau: Chat, number: int, said: str) -> None:
    """His card, his clocks and his decision; the first can decide no more."""
    bureau.enrol("userid,name,unit,roles,aliases\ncarol,周敏,区住建局/办公室,office,周主任\n")
    alice, bob, carol, chris = bureau.phones("alice", "bob", "carol", "chris")
    bob.says(said.format(number))
    bob.hears("已把1号《燃气检查》转给周敏审核", "周敏审了这一级，后面的“办公室”一级就另请别人")
    alice.hears("已由李强转请周敏审核")
    card = carol.hears("待您审核", "（科室负责人转请您审核）")
    bob.says(f"通过 {number}")
    bob.hears("您不能审核1号《燃气检查》，现在由科室负责人周敏审核")
    (kind, by, to, reason) = handed(bureau)[0]
    assert (kind, by, to) == ("transfer", "bob", "carol")
    assert reason

    bureau.advance(hours=7)
    carol.hears("已等您审核4小时")
    card.clicks("通过")
    alice.hears("已由周敏（科室负责人转请）通过", "下一步：办公室何静审核")
    chris.hears("待您审核")
    bureau.nobody_hears_more()


def test_the_card_of_who_handed_it_on_is_greyed(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    number = hands_in(alice, "燃气检查")
    card = bob.hears("待您审核")
    bob.says(f"转审 {number} 周敏")
    bob.hears("已把")
    assert card.greyed == "已转审"
    carol.hears("待您审核")
    alice.hears("转请")
    bureau.nobody_hears_more()


def test_what_is_handed_back_comes_with_a_fresh_card(bureau: Chat, number: int) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    cards = []
    for giver, taker, name in ((bob, carol, "周敏"), (carol, bob, "李强")):
        giver.says(f"转审 {number} {name}")
        giver.hears("已把1号《燃气检查》转给")
        cards.append(taker.hears("待您审核", "转请您审核"))
        alice.hears(f"转请{name}审核")
    assert cards[0].greyed == "已转审"
    cards[1].clicks("通过")
    alice.hears("已由李强（科室负责人转请）通过")
    carol.hears("待您审核")
    bureau.phone("chris").hears("待您审核")
    bureau.nobody_hears_more()


@pytest.mark.parametrize(
    ("whom", "why"),
    [
        ("陈静", "陈静不能审这一级：要是科室负责人、办公室、分管领导、主要领导"),
        ("赵磊", "赵磊不能审这一级"),
        ("王芳", "王芳不能审这一级"),
        ("李四", "本单位没有找到“李四”"),
        ("", "要转给谁审"),
    ],
    ids=["an officer", "head of another section", "the author", "nobody", "unsaid"],
)
def test_who_may_not_decide_is_not_handed_a_draft(
    bureau: Chat, number: int, whom: str, why: str
) -> None:
    bob = bureau.phone("bob")
    bob.says(f"转审 {number} {whom}")
    bob.hears(why)
    assert handed(bureau) == []
    bureau.nobody_hears_more()


def test_nobody_is_handed_a_draft_who_acted_at_another_gate(bureau: Chat, number: int) -> None:
    """Not the one who passed it before, not a colleague who is asked anyway, and by nobody else."""
    alice, bob, carol, chris, dan = bureau.phones("alice", "bob", "carol", "chris", "dan")
    bob.says(f"转审 {number} 周敏")
    bob.hears("已把")
    carol.hears("待您审核").says(f"通过 {number}")
    carol.hears("办公室何静审核")
    chris.hears("待您审核").says(f"转审 {number} 周敏")
    chris.hears("周敏已审过1号《燃气检查》的另一级")
    bob.says(f"转审 {number} 刘伟")
    bob.hears("您不能审核1号《燃气检查》，现在由办公室何静审核")
    chris.says("先别发，等刘局看")
    chris.hears("已把1号《燃气检查》转给刘伟审核", "“分管领导”一级就另请别人")
    passes(dan, number)
    assert "主要领导黄建国" in alice.hears("已由刘伟（办公室转请）通过").text
    alice.hears_all()
    bureau.phone("eve").hears("待您审核")
    bureau.nobody_hears_more()


@pytest.mark.parametrize(
    "said", ["会签 {} 法规科 涉及处罚", "涉及处罚，请法规科会签", "{}号转法规科把关"]
)
def test_a_section_countersigns_before_the_gate_is_passed(
    bureau: Chat, number: int, said: str
) -> None:
    alice, bob, carol, lawyer = bureau.phones("alice", "bob", "carol", "lawyer")
    bob.says(said.format(number))
    bob.hears("已请韩明会签1号《燃气检查》，都同意后才算过这一级", f"通过 {number}")
    alice.hears("李强已请韩明会签您的1号")
    bob.says(f"通过 {number}")
    bob.hears("已通过", "还等韩明")
    alice.hears("已由科室负责人李强通过", "还等韩明")
    carol.hears_nothing()
    lawyer.hears("待您审核", "（请您会签）").clicks("通过")
    alice.hears("已由韩明（会签）通过", "下一步：办公室周敏、何静审核")
    carol.hears("待您审核")
    bureau.phone("chris").hears("待您审核")
    assert handed(bureau)[0][:3] == ("countersign", "bob", "lawyer")
    bureau.nobody_hears_more()


def test_one_who_does_not_agree_returns_it_and_is_asked_again(bureau: Chat, number: int) -> None:
    alice, bob, lawyer, heidi = bureau.phones("alice", "bob", "lawyer", "heidi")
    bob.says(f"会签 {number} 法规科、赵磊")
    bob.hears("已请", "韩明", "赵磊", "会签")
    alice.hears("会签您的")
    lawyer.hears("请您会签").says(f"退回 {number} 依据不对")
    lawyer.hears("已退回")
    card = heidi.hears("请您会签")
    assert card.greyed == "韩明已退回"
    alice.hears("被韩明（会签）退回：依据不对").says(f"修改 {number}\n9月21日，检查36户，整改2户。")
    alice.hears("第2稿", "都要同意")
    for reviewer in (bob, lawyer, heidi):
        reviewer.hears("待您审核").clicks("通过")
    assert "办公室" in alice.hears("已由赵磊（会签）通过").text
    alice.hears_all()
    bureau.phone("carol").hears("待您审核")
    bureau.phone("chris").hears("待您审核")
    bureau.nobody_hears_more()


@pytest.mark.parametrize(
    ("whom", "why"),
    [
        ("档案馆", "本单位没有找到“档案馆”"),
        ("王芳", "是王芳自己的稿件"),
        ("", "要请谁会签"),
        ("法规科、档案馆", "没有找到“档案馆”"),
    ],
)
def test_a_countersignature_that_cannot_be_had_asks_nobody(
    bureau: Chat, number: int, whom: str, why: str
) -> None:
    bob = bureau.phone("bob")
    bob.says(f"会签 {number} {whom}")
    bob.hears(why)
    bureau.phone("lawyer").hears_nothing()
    assert handed(bureau) == []
    bureau.nobody_hears_more()


def test_the_same_is_not_asked_twice_and_of_several_it_is_asked_which(bureau: Chat) -> None:
    bureau.enrol(MORE)
    alice, bob, lawyer = bureau.phones("alice", "bob", "lawyer")
    first, second = hands_in(alice, "燃气检查"), hands_in(alice, "物业整治")
    bob.hears_all()
    bob.says("请法规科会签")
    bob.hears("您要会签哪一篇？").says("2")
    bob.hears("已请韩明会签2号《物业整治》")
    bob.says(f"会签 {second} 法规科")
    bob.hears("2号《物业整治》已经请过法规科会签")
    bob.says(f"会签 {first} 方正 引用了条例")
    bob.hears("已请方正会签1号")
    lawyer.hears("物业整治")
    bureau.phone("judge").hears("燃气检查")
    alice.hears_all()
    bureau.nobody_hears_more()
