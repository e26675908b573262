"""查重: a draft that is nearly the same as an older one is named to its author, and goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.models import DraftMark, DraftPrint
from storage.queries.similarity import MOST_HOLDERS
from tests.harness.service import OTHER_BUREAU, Chat

BODY = (
    "9月20日，区住建局物业科到幸福里小区检查消防通道。\n"
    "检查组逐栋查看，发现占用通道的车辆12辆，当场劝离9辆，对其余3辆张贴了告知单。\n"
    "物业公司表示，将在月底前施划标线，并安排专人值守。"
)


def test_the_report_of_last_month_with_other_figures(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    alice.hears("已开始")
    alice.hears("已提交1号")
    bob.hears("1号 待您审核")

    bureau.clock.advance(timedelta(days=30))
    alice.hears_all()
    bob.hears_all()
    newer = BODY.replace("9月20日", "10月20日").replace("12辆", "15辆")
    alice.says(f"投稿 幸福里消防通道检查\n{newer}")
    alice.says("完成")
    alice.hears("已开始")
    told = alice.hears("已提交2号", "查重提示", "与1号《幸福里消防通道检查》相似")
    assert "[删：12][增：15]" in told.text
    assert "9月21日" in told.text  # when the older one was handed in
    assert "撤稿 2" in told.text
    card = bob.hears("2号 待您审核")
    assert "与1号相似" in card.text


def test_nothing_is_said_of_drafts_that_are_not_alike(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    alice.says("投稿 电梯维保培训\n全区电梯维保单位参加了培训，考试合格率为九成。")
    alice.says("完成")
    assert "查重" not in "".join(alice.hears_all())


def test_a_text_that_was_handed_in_again_is_not_compared_with_itself(bureau: Chat) -> None:
    alice, bob = bureau.phones("alice", "bob")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    bob.says("退回 1 写上地点")
    alice.says(f"修改 1\n{BODY}地点在城东街道。")
    alice.hears("已提交1号", "第2稿")
    assert "查重" not in "".join(alice.hears_all())

    alice.says("投稿 城东街道消防\n地点在城东街道。")
    alice.says("完成")
    alice.hears("已提交2号", "已在1号")  # by the marks of its second version


def test_what_was_withdrawn_may_be_handed_in_anew(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    alice.says("撤稿 1")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    alice.hears("已提交2号")
    assert "查重" not in "".join(alice.hears_all())


def test_another_section_is_named_without_title_or_text(bureau: Chat) -> None:
    alice, mallory = bureau.phones("alice", "mallory")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    mallory.says(f"投稿 消防通道联合检查\n{BODY.replace('12辆', '17辆')}")
    mallory.says("完成")
    told = mallory.hears("已提交2号", "与1号稿件相似", "可与物业科联系")
    assert "幸福里" not in told.text
    assert "[删" not in told.text
    mallory.says("稿件 1")
    mallory.hears("没有找到1号稿件")


def test_another_bureau_is_not_looked_at(bureau: Chat) -> None:
    bureau.enrol(OTHER_BUREAU)
    alice, olga = bureau.phones("alice", "olga")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    olga.says(f"投稿 幸福里消防通道检查\n{BODY}")
    olga.says("完成")
    olga.hears("已提交1号")
    assert "查重" not in "".join(olga.hears_all())


@pytest.mark.parametrize(("days", "told"), [(729, True), (731, False)])
def test_two_years_are_looked_back(bureau: Chat, days: int, told: bool) -> None:  # noqa: FBT001
    alice = bureau.phone("alice")
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    with bureau.services.database.begin() as uow:
        since = bureau.clock() - timedelta(days=days)
        uow._session.execute(update(DraftPrint).values(handed_in_at=since))
    alice.says(f"投稿 幸福里消防通道检查\n{BODY}")
    alice.says("完成")
    assert ("完全相同" in "".join(alice.hears_all())) is told


def test_no_mark_is_kept_for_more_than_the_newest(bureau: Chat) -> None:
    """However often the same is handed in, a search reads no more."""
    alice = bureau.phone("alice")
    for month in range(MOST_HOLDERS + 3):
        alice.says(f"投稿 例行通报\n本局坚持问题导向开展检查，发现问题{month}个。")
        alice.says("完成")
    with bureau.services.database.begin() as uow:
        marks = uow._session.scalars(select(DraftMark.mark)).all()
        assert max(map(marks.count, marks)) == MOST_HOLDERS
