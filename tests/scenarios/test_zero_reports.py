"""零报告: a unit says that it has nothing; who says nothing is asked, and the office told."""

from datetime import timedelta

from bot.config import Config
from handlers.zero_reports.capability import ZeroReportPolicy
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden
from tests.harness.service import OTHER_BUREAU, Chat, chat
from tests.harness.telling import hands_in, leap

USED = ZeroReportPolicy(on=True)
LAST_DAY, NEXT_DAY = "2026-09-30 08:50", "2026-10-08 08:50"
"""The last working day of a month, and one of the next on which nobody has looked before."""


def using(config: Config) -> Config:
    return config.model_copy(update={"zero_reports": USED})


def test_who_has_nothing_says_so_and_who_says_nothing_is_asked(config: Config) -> None:
    with chat(using(config)) as bureau:
        bureau.enrol(OTHER_BUREAU)
        alice, bob, carol, mallory, heidi = bureau.phones(
            "alice", "bob", "carol", "mallory", "heidi"
        )
        mallory.says("零报告")
        mallory.hears("燃气科9月的零报告已记下", "撤销")
        heidi.says("燃气科本月零报告")
        heidi.hears("燃气科9月已经零报告了（陈静 今天 10:00），不用再报")
        mallory.says("撤销")
        mallory.hears("已撤销燃气科9月的零报告")
        heidi.says("无信息，零报告")
        heidi.hears("燃气科9月的零报告已记下")

        leap(bureau, LAST_DAY)
        bureau.advance(minutes=15)
        alice.hears("物业科9月还没有报信息，今天是本月最后一个工作日", "请回复：本月零报告")
        bureau.phone("olga").hears("供水科9月还没有报信息")
        carol.says("零报告情况")
        carol.hears("9月零报告情况", "零报告1个：燃气科", "没有报也没有零报告1个：物业科")

        leap(bureau, NEXT_DAY)
        bureau.advance(minutes=15)
        carol.hears("9月零报告情况：\n零报告1个：燃气科\n没有报也没有零报告1个：物业科")
        bureau.phone("otto").hears("没有报也没有零报告1个：供水科")
        bob.says("上月零报告")
        bob.hears("物业科9月的零报告已记下")
        bureau.advance(days=1)
        bureau.nobody_hears_more()


@on_sqlite
def test_who_handed_in_is_not_asked_and_nobody_is_told_of_nothing(config: Config) -> None:
    with chat(using(config)) as bureau:
        alice, bob, mallory, heidi, carol = bureau.phones(
            "alice", "bob", "mallory", "heidi", "carol"
        )
        mallory.says("零报告")
        mallory.hears("燃气科9月的零报告已记下")
        for author, head in ((alice, bob), (mallory, heidi)):
            hands_in(author, "节前检查")
            head.hears("节前检查")
        alice.says("零报告")
        alice.hears("物业科9月已报1篇，不用零报告")
        alice.says("7月零报告")
        alice.hears("只能报本月和上个月的")
        carol.says("零报告情况")
        carol.hears("9月零报告情况：\n报了信息2个")
        leap(bureau, LAST_DAY)
        bureau.advance(minutes=15)
        leap(bureau, NEXT_DAY)
        bureau.advance(minutes=15)
        for phone in bureau.phones("alice", "bob", "mallory", "heidi", "carol"):
            assert not [one for one in phone.hears_all() if "零报告" in one]


@on_sqlite
def test_a_call_that_waits_is_answered_first(config: Config) -> None:
    with chat(using(config)) as bureau:
        alice, carol = bureau.phones("alice", "carol")
        carol.says("约稿 燃气检查 周五下班前 物业科 1篇")
        carol.hears("已下1号约稿")
        alice.hears("1号约稿")
        alice.says("零报告")
        alice.hears("物业科对1号约稿《燃气检查》没有内容可报", "请再发送 本月零报告")
        carol.hears("物业科（王芳）对1号约稿《燃气检查》没有内容可报")
        bureau.clock.advance(timedelta(seconds=20))
        alice.says("本月零报告")
        alice.hears("物业科9月的零报告已记下")
        alice.says("撤销")
        alice.hears("已撤销物业科9月的零报告")

        carol.says("约稿 电梯检查 周五下班前 物业科 1篇")
        carol.hears("已下2号约稿")
        alice.hears("2号约稿")
        alice.says("认领 2")
        alice.hears("已认领2号约稿")
        alice.says("零报告")
        alice.hears("2号约稿《电梯检查》还没交", "无内容 2", "本月零报告")
        bureau.nobody_hears_more()


@on_sqlite
def test_a_bureau_without_zero_reports_asks_nobody(config: Config) -> None:
    with chat(using(config)) as bureau:
        assert bureau.import_rules("[[zero_reports]]\nof = false\n") == [
            "2: of: Extra inputs are not permitted"
        ]
        assert bureau.import_rules("[[zero_reports]]\non = false\n") == []
        bureau.enrol(OTHER_BUREAU)
        _nobody_is_asked(bureau)
        bureau.phone("olga").hears("供水科9月还没有报信息")


@on_sqlite
def test_who_was_not_there_in_a_month_is_not_named_for_it(config: Config) -> None:
    """A new bureau hears of the next month first; of the old one the new unit is not named."""
    with chat(using(config)) as bureau:
        leap(bureau, LAST_DAY)
        bureau.advance(minutes=15)
        bureau.phone("alice").hears("物业科9月还没有报信息")
        bureau.phone("mallory").hears("燃气科9月还没有报信息")
        bureau.clock.advance(timedelta(days=3))
        new = "nora,钱悦,区住建局/征收科,officer,,\n"
        bureau.enrol(OTHER_BUREAU + new)
        leap(bureau, NEXT_DAY)
        bureau.advance(minutes=15)
        carol = bureau.phone("carol")
        carol.hears("9月零报告情况：\n没有报也没有零报告2个：燃气科、物业科")
        bureau.phone("otto").hears_nothing()
        carol.says("零报告情况")
        carol.hears("10月零报告情况", "没有报也没有零报告3个：", "征收科")


def _nobody_is_asked(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("零报告")
    alice.hears("本局没有用零报告")
    carol.says("零报告情况")
    carol.hears("本局没有用零报告")
    leap(bureau, LAST_DAY)
    bureau.advance(minutes=15)
    alice.hears_nothing()


@on_sqlite
def test_the_page_of_tasks_takes_a_zero_report(config: Config) -> None:
    with chat(using(config), pages=True) as bureau:
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("alice", "/p/quotas").text
            assert "零报告情况" not in page
            fields = {name: hidden(page, name) for name in ("csrf_token", "act", "month")}
            answer = visitor.posts("/p/quotas", **fields)
            shown = visitor.follows(answer).text
            assert "物业科9月的零报告已记下" in shown
            assert "<button>本月零报告" not in shown
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("carol", "/p/quotas").text
            assert "<dt>零报告</dt><dd>物业科</dd>" in page
            assert "<dd>燃气科</dd>" in page
