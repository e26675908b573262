"""我的资料, 信息员换人, 调岗: who somebody is to the bot, who says so, and what follows from it."""

import pytest

from storage.vocabulary import Role
from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat
from tests.harness.telling import hands_in

NEWCOMERS = """\
userid,name,unit,roles,aliases,in_charge_of
nina,李娜,区住建局/物业科,duty,,
anna,李娜,区住建局/燃气科,duty,,
vera,何静,区住建局/物业科,duty,,
"""


@pytest.fixture
def bureau(bureau: Chat) -> Chat:
    bureau.enrol(NEWCOMERS)
    return bureau


def test_a_section_names_another_officer_and_reminders_follow_him(bureau: Chat) -> None:
    alice, bob, carol, vera = bureau.phones("alice", "bob", "carol", "vera")
    number = hands_in(alice, "物业检查")
    bob.hears("待您审核")
    bob.says("我们科信息员换成何静")
    bob.hears("物业科信息员已由王芳换成何静，已告诉他们", "撤销")
    vera.hears("李强已把物业科信息员由王芳换成何静。", "新的提醒发给何静")
    alice.hears("没办完的稿件仍归原作者")

    alice.says(f"稿件 {number}")
    alice.hears(f"{number}号《物业检查》")
    alice.says("零报告")
    alice.hears("零报告由科室的信息员和负责人报")
    carol.says("约稿 节前检查 周五下班前 物业科 1篇")
    carol.hears("已下")
    vera.hears("节前检查")
    bob.hears_all()
    bureau.nobody_hears_more()


@on_sqlite
def test_a_slip_is_undone_and_what_changed_since_is_not(bureau: Chat) -> None:
    alice, bob, carol, vera = bureau.phones("alice", "bob", "carol", "vera")
    bob.says("物业科信息员由何静担任")
    bob.hears("已由王芳换成何静")
    bob.says("撤销")
    bob.hears("已撤销：物业科信息员还是王芳")
    for who in (alice, vera):
        who.hears("已把物业科信息员由王芳换成何静")
        who.hears("已撤销：物业科信息员还是王芳")
    bob.says("物业科信息员由何静担任")
    bob.hears("已由王芳换成何静")
    carol.says("物业科信息员换成王芳")
    carol.hears("已由何静换成王芳")
    bob.says("撤销")
    bob.hears("后来又有变动，不能撤销")
    carol.says("物业科信息员换成王芳")
    carol.hears("王芳已经是物业科信息员，不用改")


@on_sqlite
def test_who_moved_says_so_and_the_office_makes_it_true(bureau: Chat) -> None:
    alice, bob, carol, heidi = bureau.phones("alice", "bob", "carol", "heidi")
    alice.says("我调到燃气科了")
    alice.hears("已报办公室核对：王芳从物业科调到燃气科", "之前仍按物业科办")
    alice.says("我调到燃气科了")
    alice.hears("已报办公室核对")
    carol.hears("王芳说自己从物业科调到了燃气科。属实请回复：王芳调到燃气科")
    alice.says("我的资料")
    alice.hears("您是王芳，物业科，信息员。您的稿件先由李强审核。", "信息员换成某某")

    carol.says("王芳调到燃气科")
    carol.hears("已把王芳从物业科调到燃气科。", "信息员身份随之取消", "物业科现在没有信息员")
    for who in (alice, bob, heidi):
        who.hears("周敏已把王芳从物业科调到燃气科")
    alice.says("看一下我的信息")
    alice.hears("您是王芳，燃气科，还没有身份")
    carol.says("撤销")
    carol.hears("已撤销：王芳还在物业科")
    for who in (alice, bob, heidi):
        who.hears("已撤销：王芳还在物业科")
    alice.says("我的资料")
    alice.hears("您是王芳，物业科，信息员")
    bureau.nobody_hears_more()


@on_sqlite
def test_of_two_of_one_name_it_is_asked_which(bureau: Chat) -> None:
    carol, nina = bureau.phones("carol", "nina")
    carol.says("李娜调到办公室")
    carol.hears("有2个李娜，是哪一个？", "李娜（燃气科）", "李娜（物业科）")
    carol.says("李娜（物业科）")
    carol.hears("已把李娜从物业科调到办公室")
    nina.hears("周敏已把李娜从物业科调到办公室")
    carol.says("办公室信息员换成李娜")
    carol.hears("办公室信息员现在是李娜，已告诉本人")
    nina.hears("周敏请李娜任办公室信息员", "帮助")


@on_sqlite
def test_the_register_is_not_what_somebody_says_of_himself(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("我是物业科王芳")
    alice.hears("您是王芳，物业科，信息员")
    alice.says("我是物业科何静")
    alice.hears("名单上这个账号是王芳，不是何静", "请联系办公室")
    alice.says("绑定 燃气科 王芳 13811112222")
    alice.hears("名单上您在物业科。已报办公室核对", "以企业微信通讯录为准")
    carol.hears("王芳说自己从物业科调到了燃气科")
    alice.says("我手机号换了，13733334444")
    alice.hears("手机、姓名、职务以企业微信通讯录为准")
    assert "13733334444" not in str(all_rows(bureau.services.database)["audit_entries"])


@on_sqlite
def test_what_is_not_known_or_not_said_is_asked_back(bureau: Chat) -> None:
    carol = bureau.phone("carol")
    for said, heard in (
        ("物业科信息员换成赵敏", "名单里没有赵敏"),
        ("档案馆信息员换成何静", "本局没有档案馆"),
        ("燃气科信息员换成何静", "何静在物业科，不在燃气科"),
        ("换一下信息员", "信息员换成"),
        ("李强调到物业科", "李强已经在物业科，不用改"),
    ):
        carol.says(said)
        carol.hears(heard)


SAYS = {"names": "物业科信息员换成何静", "moves": "何静调到燃气科"}
MAY = {
    Role.SECTION_HEAD: {"names": "信息员已由", "moves": "由办公室来改"},
    Role.OFFICE: {"names": "信息员已由", "moves": "已把何静从物业科调到燃气科"},
    Role.ADMIN: {"names": "信息员已由", "moves": "已把何静从物业科调到燃气科"},
}
NOBODY_ELSE = {"names": "由本科室负责人或办公室来换", "moves": "由办公室来改"}


@on_sqlite
def test_who_may_name_an_officer_and_move_a_member(bureau: Chat) -> None:
    tried = "".join(f"{role},试者,区住建局/物业科,{role},,\n" for role in Role)
    bureau.enrol(f"userid,name,unit,roles,aliases,in_charge_of\n{tried}")
    for role in Role:
        trier = bureau.phone(role)
        for act, said in SAYS.items():
            trier.says(said)
            trier.hears(MAY.get(role, NOBODY_ELSE)[act])
            if role in MAY and "由办公室" not in MAY[role][act]:
                trier.says("撤销")
                trier.hears("已撤销")


@on_sqlite
def test_neither_another_section_s_head_nor_another_bureau_may(bureau: Chat) -> None:
    bureau.enrol(OTHER_BUREAU)
    heidi, otto = bureau.phones("heidi", "otto")
    heidi.says("物业科信息员换成何静")
    heidi.hears("物业科的信息员由本科室负责人或办公室来换")
    otto.says("物业科信息员换成何静")
    otto.hears("本局没有物业科")
    otto.says("何静调到供水科")
    otto.hears("名单里没有何静")
    bureau.nobody_hears_more()
