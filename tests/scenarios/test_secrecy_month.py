"""保密汇总: what a month of secrecy reviews came to, and that there was nothing."""

import pytest

from tests.harness.service import Chat
from tests.harness.telling import hands_in, leap, passes, until

ROUTE = """\
[[route]]
name = "保密"
[[route.gate]]
role = "section_head"
[[route.gate]]
role = "secrecy_reviewer"
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_the_last_working_day_the_month_is_summed_up(bureau: Chat) -> None:
    """September ends on a working day; of a month with nothing in it that is said."""
    bureau.enrol("userid,name,unit,roles,aliases\nsec,韩洁,区住建局,secrecy_reviewer,\n")
    assert bureau.import_rules(ROUTE) == []
    alice, bob, sec, carol = bureau.phones("alice", "bob", "sec", "carol")
    for title in ("燃气检查", "物业整治"):
        number = hands_in(alice, title)
        passes(bob, number)
    passes(sec, 1)
    sec.hears("2号 待您审核").says("退回 2 有住户姓名")
    sec.hears("已退回")
    alice.says("机密★ 名单")
    alice.hears("已拦截")
    alice.says("保密汇总")
    alice.hears("只有办公室、保密审查人员和领导能看")

    leap(bureau, "2026-09-29 16:00")
    for phone in (alice, bob, carol, sec):
        phone.hears_all()
    until(bureau, "2026-09-30 15:00")
    for phone in (sec, carol):
        said = phone.hears("区住建局2026年9月保密审查汇总：审查2篇、2次，通过1次，退回1次").text
        assert "拦截涉密字样1次" in said
        assert "物业科：2次" in said
        assert "退回：2号《物业整治》，有住户姓名" in said
        assert "没有送审的科室：" in said
    bureau.nobody_hears_more()
    carol.says("保密汇总 8月")
    carol.hears("区住建局2026年8月保密审查汇总：无")
    carol.says("保密汇总 2026年12月")
    carol.hears("请写今年或往年的月份")
