"""线索：…: found by officers; merged, taken up or closed by the office; the finder hears of it."""

from bot.config import Config
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.service import Chat, chat


def test_what_officers_find_is_listed_merged_and_taken_up(bureau: Chat) -> None:
    alice, mallory, carol, dan = bureau.phones("alice", "mallory", "carol", "dan")
    alice.says("线索：某市燃气事故致3人受伤 https://example.cn/1")
    alice.hears("信息线索1已记下（外地突发）：某市燃气事故致3人受伤 https://example.cn/1")
    carol.hears("信息线索1（外地突发，王芳）", "线索成稿 1")
    mallory.says("线索：某市燃气爆燃三人伤")
    mallory.hears("信息线索2已记下（外地突发）：某市燃气爆燃三人伤（没有链接）")
    carol.hears("信息线索2")
    for phone in (alice, dan):
        for act in ("线索成稿 1", "线索约稿 1", "合并线索 2 1", "办结线索 1 重复"):
            phone.says(act)
            phone.hears("信息线索由办公室办理")
    dan.says("信息线索")
    dan.hears("待办的信息线索2条", "2. [外地突发] 某市燃气爆燃三人伤（陈静")

    carol.says("线索2不用了 已经写过")
    carol.hears("2号信息线索已经在了，没有另记", "办结线索 2 理由")
    carol.says("合并线索 2 1")
    carol.hears("信息线索2已并入1")
    mallory.hears("您报的信息线索2", "和信息线索1是一件事")
    carol.says("办结线索 2 重复")
    carol.hears("信息线索2已经合并办理")
    carol.says("办结线索 1")
    carol.hears("理由")
    carol.says("线索成稿 1")
    carol.hears("信息线索1采纳成稿，已告诉王芳", "1号《某市燃气事故致3人受伤》")
    alice.hears("您报的信息线索1", "被采纳，周敏在写稿")
    mallory.hears("您报的信息线索2", "被采纳")
    bureau.nobody_hears_more()


def test_a_slip_is_undone_and_what_was_merged_comes_along(bureau: Chat) -> None:
    alice, mallory, carol = bureau.phones("alice", "mallory", "carol")
    alice.says("线索：某市燃气事故致3人受伤")
    mallory.says("线索：某市燃气爆燃三人伤")
    carol.says("线索：某县燃气演练")
    carol.says("合并线索 1 2")
    carol.says("合并线索 2 3")
    carol.says("撤销")
    carol.hears("已撤销：信息线索2《某市燃气爆燃三人伤》重新待办")
    mallory.hears("您报的信息线索2", "刚才的办理已撤销，重新待办")
    carol.says("办结线索 2 已有同类信息")
    carol.hears("信息线索2已办结")
    mallory.hears("您报的信息线索2", "办结：已有同类信息")
    alice.hears("您报的信息线索1", "办结：已有同类信息")
    bureau.advance(minutes=3)
    carol.says("撤销")
    carol.hears("没有可撤销的")


@on_sqlite
def test_a_call_is_made_of_one_and_what_cannot_be_is_said(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("线索：")
    alice.hears("请写看到了什么")
    alice.says("线索：晚报曝光返工")
    alice.hears("信息线索1已记下（负面报道）")
    carol.hears("信息线索1")
    carol.says("合并线索 1 1")
    carol.hears("不能并入自己")
    carol.says("合并线索 1 9")
    carol.hears("没有信息线索9")
    carol.says("线索约稿 1")
    carol.hears("信息线索1采纳约稿，已告诉王芳", "《晚报曝光返工》")
    alice.hears("周敏在约稿")
    alice.says("信息线索")
    alice.hears("1. 晚报曝光返工：采纳约稿")
    bureau.nobody_hears_more()


@on_sqlite
def test_who_shall_write_of_a_clue_is_not_asked_once_it_was_said(bureau: Chat) -> None:
    """By the office that takes it up, or by the finder in the line itself, which is no title."""
    alice, carol = bureau.phones("alice", "carol")
    alice.says("线索：某市燃气事故致3人受伤")
    alice.says("线索：邻市推行电梯保险，让燃气科写一篇")
    alice.says("线索：邻市推行住宅体检，请街道办写")
    carol.hears_all()
    carol.says("1号线索采用了，让燃气科写一篇，周五下班前交")
    carol.hears(
        "信息线索1采纳约稿", "已下1号约稿《某市燃气事故致3人受伤》：燃气科", "9月25日 17:30前交"
    )
    carol.says("线索约稿 2 周五下班前")
    carol.hears("信息线索2采纳约稿", "已下2号约稿《邻市推行电梯保险》：燃气科")
    carol.says("线索约稿 3")
    carol.hears("《邻市推行住宅体检》什么时候交")
    carol.says("周五")
    carol.hears("科室")


@on_sqlite
def test_the_page_shows_officers_their_own_and_lets_the_office_act(config: Config) -> None:
    with chat(config, pages=True) as bureau:
        alice, mallory = bureau.phones("alice", "mallory")
        alice.says("线索：外地做法 邻市推行物业信用分")
        mallory.says("线索：晚报曝光返工")
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("alice", "/p/clues").text
            assert "邻市推行物业信用分" in page
            assert "晚报曝光返工" not in page
            assert "采纳成稿" not in page
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("carol", "/p/clues").text
            assert "邻市推行物业信用分" in page
            fields = {name: hidden(page, name) for name in ("csrf_token", "act", "clue")}
            answer = visitor.posts("/p/clues", **fields, do="close", words="已有同类信息")
            page = visitor.follows(answer).text
            assert "信息线索2已办结：已有同类信息" in page
            fields = {name: hidden(page, name) for name in ("csrf_token", "act", "clue")}
            answer = visitor.posts("/p/clues", **fields, do="call", words="")
            assert "信息线索1采纳约稿，已告诉王芳" in visitor.follows(answer).text
        alice.hears("您报的信息线索1", "周敏在约稿")
        mallory.hears("您报的信息线索2《晚报曝光返工》办结：已有同类信息。")


@on_sqlite
def test_clues_are_reported_and_settled_in_ones_own_words(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("报个线索，外地出了新的物业管理条例")
    alice.hears("信息线索1已记下", "外地出了新的物业管理条例")
    carol.hears("信息线索1")
    alice.says("报线索 某市燃气爆燃三人伤")
    alice.hears("信息线索2已记下")
    carol.hears("信息线索2")
    alice.says("信息线索：邻市爆燃三人受伤")
    alice.hears("信息线索3已记下")
    carol.hears("信息线索3")
    for question in ("今天有什么线索", "看看大家报的线索", "线索台账"):
        carol.says(question)
        carol.hears("待办的信息线索3条")
    alice.says("2号和3号线索是一回事")
    alice.hears("信息线索由办公室办理")
    carol.says("2号和3号线索是一回事")
    carol.hears("信息线索3已并入2")
    alice.hears("您报的信息线索3", "和信息线索2是一件事")
    alice.says("2号线索不用了，已有同类信息")
    alice.hears("信息线索由办公室办理")
    carol.says("2号线索不用了，已有同类信息")
    carol.hears("已有同类信息")
    alice.hears("您报的信息线索2", "已有同类信息")
    alice.hears("您报的信息线索3", "已有同类信息")
    carol.says("1号线索写成稿")
    carol.hears("信息线索1采纳成稿")
    alice.hears("您报的信息线索1", "被采纳")
    alice.says("我报的线索怎么样了")
    alice.hears("外地出了新的物业管理条例", "已有同类信息")
    bureau.nobody_hears_more()
