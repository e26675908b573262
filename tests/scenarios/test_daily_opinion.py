"""舆情日报: drafted at 16:30, sent at 17:30 after the liaison's word; a zero report is one too."""

from datetime import timedelta

from bot.capabilities import all_capabilities
from storage.vocabulary import Role
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.service import Chat
from tests.harness.telling import leap, until

LIAISON = (
    "userid,name,unit,roles,aliases,in_charge_of\nlena,林娜,区住建局/办公室,opinion_liaison,,\n"
)
ACTS = ("发日报", "先别发日报", "重拟日报", "日报关注 雨季")


def test_nothing_is_sent_without_the_liaisons_word_and_nothing_is_reported_too(
    bureau: Chat,
) -> None:
    carol = bureau.phone("carol")
    for asked in ("舆情日报", "舆情周报"):
        carol.says(asked)
        carol.hears("没有", asked, "没有舆情联络员", "请管理员定一名")
    bureau.enrol(LIAISON)
    alice, dan, eve, lena = bureau.phones("alice", "dan", "eve", "lena")
    lena.says("发日报")
    lena.hears("16:30起草")
    until(bureau, "2026-09-21 16:30")
    lena.hears("舆情日报（2026年9月21日）", "今日未监测到涉本局负面舆情（零报告）。", "审核：待审")
    for phone in (alice, carol, dan):
        for act in ACTS:
            phone.says(act)
            phone.hears("由舆情联络员审定")
    alice.says("舆情日报")
    alice.hears("发给办公室、局领导和舆情联络员")
    dan.says("日报")
    dan.hears("还没有舆情日报")
    until(bureau, "2026-09-21 17:29")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-21 17:30")
    lena.hears("17:30了，舆情日报还没发，等您同意")
    carol.hears("等林娜同意")
    until(bureau, "2026-09-21 18:00")
    bureau.nobody_hears_more()
    lena.says("发日报")
    lena.hears("舆情日报已发给4人")
    for phone in (carol, dan, eve, lena):
        phone.hears("今日未监测到涉本局负面舆情（零报告）。", "审核：林娜")
    lena.says("重拟日报")
    lena.hears("已经发了")
    bureau.nobody_hears_more()


def test_what_is_new_stands_in_it_with_what_the_liaison_adds(  # noqa: PLR0915 - one report
    bureau: Chat,
) -> None:
    bureau.enrol(LIAISON)
    alice, dan, lena = bureau.phones("alice", "dan", "lena")
    until(bureau, "2026-09-21 16:30")
    alice.says("报舆情 抖音有人发视频说金色家园烂尾 点赞2万")
    for phone in bureau.phones("alice", "bob", "carol", "dan", "eve", "lena"):
        phone.hears_all()
    for words in (
        "广州一小区燃气爆炸，3人死亡",
        "广州一小区燃气爆炸，3人死亡，求扩散",
        "广州天气不错",
    ):
        found(bureau, words, source="@路人甲")
    found(bureau, "翠湖小区电梯坠落，两名老人受伤", source="论坛")
    lena.says("重拟日报")
    lena.hears(
        "新增涉本局舆情1起，其中",
        "金色家园",
        "还没有交办",
        "另有1条线索待核",
        "外地同类：1件（燃气险情1），不计入本局，供参考：广州一小区燃气爆炸，3人死亡。",
    )
    lena.says("日报关注 翠湖小区新老物业交接。")
    lena.hears("已写进明日关注：翠湖小区新老物业交接")
    lena.says("发日报")
    lena.hears("17:30发出，给4人")
    lena.says("先别发日报")
    lena.hears("先不发")
    lena.says("日报没问题，发吧")
    lena.hears("17:30发出")
    lena.says("日报先压一下")
    lena.hears("先不发")
    lena.says("发日报")
    lena.hears("17:30发出")
    lena.says("日报明日关注加一条：翠湖小区新老物业交接")
    lena.hears("已写进明日关注：翠湖小区新老物业交接")
    dan.says("日报没问题，发吧")
    dan.hears("由舆情联络员审定")
    lena.says("发日报")
    lena.hears("17:30发出")
    until(bureau, "2026-09-21 17:30")
    dan.hears("、明日关注：翠湖小区新老物业交接。", "审核：林娜")
    dan.says("日报文件")
    dan.hears("文件马上发给您")
    assert any("舆情日报（2026年9月21日）.docx" in one for one in dan.hears_all())
    for asked in ("日报", "给我看今天的舆情日报"):
        dan.says(asked)
        dan.hears("新增涉本局舆情1起")
    dan.says("昨天的舆情日报发我")
    dan.hears("没有9月20日的舆情日报")
    alice.says("昨天的舆情日报发我")
    alice.hears("发给办公室、局领导和舆情联络员")


def test_only_a_liaison_is_offered_what_only_he_may_do() -> None:
    commands = all_capabilities().commands
    for name in ("release", "hold_back", "draft_anew", "add_note"):
        assert commands[name].shown_to == {Role.OPINION_LIAISON}


@on_sqlite
def test_on_a_day_off_it_is_drafted_in_a_sensitive_period_only(bureau: Chat) -> None:
    bureau.enrol(LIAISON)
    carol, lena = bureau.phones("carol", "lena")
    leap(bureau, "2026-09-26 16:31")
    lena.hears_nothing()
    carol.says("重要时段 市两会 10月3日到4日")
    carol.hears("重要时段")
    leap(bureau, "2026-10-03 16:31")
    lena.hears("舆情日报（2026年10月3日）", "审核：待审")


@on_sqlite
def test_each_begins_where_the_last_one_ended_and_is_drafted_once(  # noqa: PLR0915 - three days
    bureau: Chat,
) -> None:
    """The second is written by hand before its time, that of the third day is slept through."""
    bureau.enrol(LIAISON)
    alice, lena = bureau.phones("alice", "lena")
    leap(bureau, "2026-09-21 16:30")
    alice.says("报舆情 抖音网友说金色家园烂尾，业主要求退房，请打13812345678找张三 点赞2万")
    until(bureau, "2026-09-21 16:50")
    for phone in bureau.phones("alice", "bob", "carol", "dan", "eve", "lena"):
        phone.hears_all()
    lena.says("重拟日报")
    first = lena.hears("监测时段：9月20日16:50—9月21日16:50").text
    assert "新增涉本局舆情1起" in first
    assert "13812345678" not in first
    leap(bureau, "2026-09-22 15:00")
    alice.says("报舆情 微博网友投诉翠湖小区电梯困人")
    lena.hears_all()
    lena.says("重拟日报")
    lena.hears(
        "监测时段：9月21日16:50—9月22日15:00",
        "新增涉本局舆情1起（较上期持平）",
        "在办2，超时1，办结0",
        "找张三（抖音，互动2万）",
    )
    bureau.phone("carol").says("办结舆情 1 已复工")
    bureau.clock.advance(timedelta(minutes=1))
    for _ in ("first", "and again, for it was written anew"):
        lena.says("发日报")
        lena.hears("17:30发出")
        lena.says("重拟日报")
        lena.hears("监测时段", "在办1，超时0，办结1")
    lena.says("发日报")
    lena.hears("17:30发出")
    until(bureau, "2026-09-22 17:29")
    assert not any("舆情日报" in one for one in lena.hears_all())
    until(bureau, "2026-09-22 17:30")
    lena.hears("舆情日报（2026年9月22日）", "审核：林娜")
    leap(bureau, "2026-09-24 09:30")
    assert not any("舆情日报" in one for one in lena.hears_all())
    until(bureau, "2026-09-24 16:30")
    lena.hears("舆情日报（2026年9月24日）", "监测时段：9月22日15:01—9月24日16:30")
