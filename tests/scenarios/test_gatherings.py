"""会议通知: asked in one line, answered by a word or a button, reminded, moved, called off."""

from bot.config import Config
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import until

pytestmark = on_sqlite


def test_a_training_is_announced_answered_and_reminded_of(bureau: Chat) -> None:
    alice, mallory, carol, bob = bureau.phones("alice", "mallory", "carol", "bob")
    alice.says("会议通知 周三下午两点 三楼会议室 信息员培训 全体信息员")
    alice.hears("只有办公室和领导可以发")
    carol.says("会议通知 昨天下午两点 三楼会议室 信息员培训 全体信息员")
    carol.hears("已经过去了")
    carol.says("会议通知 周三下午两点 三楼会议室 信息员培训 王老五")
    carol.hears("没有找到“王老五”，通知没有发")
    carol.says("会议通知 周三下午两点 三楼会议室 信息员培训 全体信息员")
    carol.hears("1号会《信息员培训》已通知2人：9月23日 14:00，三楼会议室")

    card = alice.hears("1号会 信息员培训", "三楼会议室")
    card.clicks("参加")
    assert card.greyed == "已回复参加"
    mallory.hears("1号会 信息员培训")
    mallory.says("请假 出差")
    mallory.hears("您请假：出差，已记下，周敏看得到")
    bob.says("参加")
    bob.hears("没有等您回复的会议")
    carol.says("参会名单 1")
    carol.hears("参加1人：王芳", "请假1人：陈静（出差）", "没回复0人")

    until(bureau, "2026-09-22 17:00")
    alice.hears("提醒：1号会《信息员培训》，明天 14:00，三楼会议室")
    carol.hears("参加1人：王芳")
    until(bureau, "2026-09-23 13:00")
    alice.hears("提醒：1号会《信息员培训》，今天 14:00")
    bureau.nobody_hears_more()


def test_who_was_told_hears_of_a_change(config: Config) -> None:  # noqa: PLR0915 - one talk
    with chat(config, pages=True) as bureau:
        bob, carol, dan = bureau.phones("bob", "carol", "dan")
        carol.says("开个选题会，周三下午两点，李强、刘伟")
        carol.hears("1号会《选题会》已通知2人：9月23日 14:00")
        bob.hears("1号会 选题会")
        dan.hears("1号会 选题会")
        bob.says("会议改期 1 周四下午三点")
        bob.hears("只有通知人和办公室可以办")
        carol.says("会议改期 1 周四下午三点 二楼")
        carol.hears("改到9月24日 15:00，二楼，已告诉2人")
        bob.hears("改时间了：9月24日 15:00，二楼（原来9月23日 14:00）")
        dan.hears("改时间了")
        until(bureau, "2026-09-23 16:59")
        bureau.nobody_hears_more()
        until(bureau, "2026-09-23 17:00")
        bob.hears("提醒", "您还没回复")
        dan.hears("提醒")
        carol.hears("没回复2人")
        carol.says("会议改期 1 周五上午九点")
        for one in (carol, bob, dan):
            one.hears("9月25日 09:00，二楼")
        carol.says("撤销")
        carol.hears("已撤销，1号会《选题会》还是明天 15:00，二楼，已告诉2人")
        for one in (bob, dan):
            one.hears("改时间了：明天 15:00，二楼（原来9月25日 09:00）")
        carol.says("取消会议 1 场地有变")
        carol.hears("已取消，已告诉2人")
        bob.hears("不开了：场地有变")
        dan.hears("不开了")
        bob.says("参加 1")
        bob.hears("没有通知您，或已经开过、取消了")
        with Visitor(bureau) as browser:
            [gathering] = all_rows(bureau.services.database)["gatherings"]
            shown = browser.logs_in("bob", f"/p/gatherings/{gathering['id']}").text
            assert "已取消" in shown
            calendar = browser.gets(f"/p/gatherings/{gathering['id']}.ics").text
            assert "SUMMARY:选题会" in calendar
            assert "DTSTART:20260924T070000Z" in calendar
            assert "谁参加" not in shown, "who comes is the organiser's to see"
        until(bureau, "2026-09-24 16:00")
        bureau.nobody_hears_more()


def test_a_guest_answers_on_the_page(config: Config) -> None:
    with chat(config, pages=True) as bureau:
        bureau.phone("carol").says("会议通知 周三下午两点 三楼会议室 选题会 李强")
        [gathering] = all_rows(bureau.services.database)["gatherings"]
        address = f"/p/gatherings/{gathering['id']}"
        with Visitor(bureau) as bob:
            assert "9月23日 14:00，三楼会议室" in bob.logs_in("bob", "/p/gatherings").text

            def answers(do: str, words: str = "") -> str:
                page = bob.gets(address).text
                named = {name: hidden(page, name) for name in ("csrf_token", "act")}
                return bob.follows(bob.posts(address, **named, do=do, words=words)).text

            assert "还没回复" in bob.gets(address).text
            assert "您请假：出差" in answers("excuse", "出差")
            assert "已请假" in bob.gets(address).text
            assert "《选题会》（9月23日 14:00，三楼会议室）您参加" in answers("come")
        with Visitor(bureau) as carol:
            assert "参加1人：李强" in carol.logs_in("carol", address).text
            assert "您来吗" not in carol.gets(address).text
        with Visitor(bureau) as mallory:
            assert mallory.logs_in("mallory", address).status_code == 404
            assert "近期没有会议" in mallory.gets("/p/gatherings").text


def test_people_answer_and_ask_in_their_own_words(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    """Nobody need know a number or a command where only one gathering can be meant."""
    alice, mallory, carol = bureau.phones("alice", "mallory", "carol")
    carol.says("参会名单")
    carol.hears("近期没有会议、培训")
    carol.says("通知全体信息员周五下午三点到三楼会议室培训")
    carol.hears("1号会《培训》已通知2人：9月25日 15:00，三楼会议室")
    alice.hears("1号会 培训")
    mallory.hears("1号会 培训")
    alice.says("收到")
    alice.hears("1号会《培训》（9月25日 15:00，三楼会议室）您参加吗？回复 参加，或 请假 1 原因")
    alice.says("好的，准时参加")
    alice.hears("您参加")
    mallory.says("去不了，出差了")
    mallory.hears("您请假：去不了，出差了，已记下")
    alice.says("收到")
    assert "您参加吗" not in alice.hears_all()[-1], "he has answered"
    carol.says("谁来开会")
    carol.hears("参加1人：王芳", "请假1人：陈静（去不了，出差了）")
    alice.says("我这周有会吗")
    alice.hears("1号会《培训》 9月25日 15:00")
    carol.says("会改到周四上午九点，二楼会议室")
    carol.hears("1号会《培训》改到9月24日 09:00，二楼会议室，已告诉1人")
    alice.hears("改时间了")
    carol.says("明早九点在二楼会议室开选题会，各科室信息员参加")
    carol.hears("2号会《选题会》已通知2人：明天 09:00，二楼会议室")
    alice.hears("2号会 选题会")
    mallory.hears("2号会 选题会")
    carol.says("会议取消")
    carol.hears("是哪一个？请带上编号", "1号会《培训》", "2号会《选题会》")
    carol.says("1号会取消，讲师来不了")
    carol.hears("1号会《培训》已取消，已告诉1人")
    alice.hears("1号会《培训》（原定9月24日 09:00）不开了：讲师来不了")
    bureau.nobody_hears_more()
