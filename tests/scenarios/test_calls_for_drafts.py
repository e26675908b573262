"""约稿: units are called upon to write, answer in one word, and hand in."""

import pytest

from handlers.reports.figures import figures_of
from tests.harness.rows import all_rows
from tests.harness.service import Chat

ORDER = "约稿 节前燃气检查做法 周五下班前 物业科 燃气科 各1篇\n角度：突出一户一档\n800字以内"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_call_is_ordered_claimed_answered_and_closed(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    alice, carol, mallory = bureau.phones("alice", "carol", "mallory")
    alice.says("约稿")
    alice.hears("现在没有要交的约稿")
    carol.says(ORDER)
    carol.hears(
        "已下1号约稿《节前燃气检查做法》：物业科、燃气科各1篇，9月25日 17:30前交。"
        "已通知王芳、陈静。",
        "两分钟内发送 撤销",
    )
    card = alice.hears("1号约稿", "节前燃气检查做法", "9月25日 17:30", "突出一户一档", "800字以内")
    mallory.hears("1号约稿").clicks("认领")
    mallory.hears("已认领1号约稿《节前燃气检查做法》，9月25日 17:30前交1篇")
    card.clicks("认领")
    alice.hears("已认领")
    alice.says("投稿 燃气检查的做法\n节前，物业科联合燃气公司入户检查。")
    alice.hears("已开始")
    alice.says("应约 1")
    alice.hears("1号《燃气检查的做法》写好提交后就算1号约稿《节前燃气检查做法》的交稿")
    alice.says("完成")
    alice.hears("已提交1号", "已算1号约稿《节前燃气检查做法》按时交稿")
    carol.says("约稿")
    carol.hears("没办结的约稿（1个）", "交1/2：物业科已交、燃气科已认领")

    mallory.says("投稿 节前燃气检查做法\n燃气科检查了30家。")
    mallory.hears("已开始")
    mallory.says("完成")
    mallory.hears("您科室的1号约稿《节前燃气检查做法》还没交，这篇是应约的吗")
    mallory.says("是")
    mallory.hears("已算1号约稿《节前燃气检查做法》按时交稿")
    carol.hears("1号约稿《节前燃气检查做法》都有结果了：物业科已交、燃气科已交")
    alice.says("撤稿 1")
    alice.hears("已撤回1号")
    alice.says("1号约稿")
    alice.hears("物业科：已认领", "燃气科：已交 2号《节前燃气检查做法》")
    with bureau.services.database.reading() as uow:
        unit = uow.members.unit_at("区住建局")
        assert unit
        figures = figures_of(bureau.services.context(uow), unit.id, "2026-09")
    assert (figures.answered, figures.called_for) == (1, 2), "of one the draft was withdrawn"
    rows = all_rows(bureau.services.database)
    assert [call["status"] for call in rows["calls"]] == ["open"]
