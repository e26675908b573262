"""Nobody decides: reminders, then somebody else is asked; and never at night."""

from datetime import time

from bot.config import Config
from handlers.kit.recounting import recount_clocks
from handlers.rules.calendar import short_time
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.vocabulary import Standing
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import hands_in, until


def test_a_reviewer_is_reminded_twice_and_then_the_next_role_is_asked(bureau: Chat) -> None:
    """Four working hours, a working day, and four working hours more. The one who was called in
    decides, and is barred from the gate of his own, which climbs in turn and says so."""
    alice, bob, carol, dan, eve = bureau.phones("alice", "bob", "carol", "dan", "eve")
    number = hands_in(alice, "燃气检查")
    card = bob.hears("待您审核")

    until(bureau, "2026-09-21 15:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-21 16:00")
    bob.hears("已等您审核4小时", f"通过 {number}")

    until(bureau, "2026-09-22 09:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-22 10:00")
    bob.hears("已等您审核1个工作日")

    until(bureau, "2026-09-22 15:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-22 16:00")
    bob.hears("已同时转请周敏审核", "您仍可处理")
    alice.hears("等候已久", "已转请周敏审核")
    carol.hears("待您审核", "科室负责人未能审核，转请您审核").clicks("通过")
    assert card.greyed == "周敏已通过"
    bob.says(f"通过 {number}")
    bob.hears("周敏已于今天 16:00通过了")

    alice.hears("已由周敏（科室负责人未能审核）通过", "办公室没有可审核的人，下一步：分管领导刘伟")
    carol.says(f"通过 {number}")
    carol.hears("您已于今天 16:00通过了")
    dan.hears("待您审核", "办公室未能审核，转请您审核").clicks("通过")
    alice.hears("已由刘伟（办公室未能审核）通过", "分管领导没有可审核的人，下一步：主要领导黄建国")
    eve.hears("待您审核").clicks("通过")
    alice.hears("签发，全部审核通过")
    bureau.advance(days=2)
    bureau.nobody_hears_more()


def test_the_substitute_is_asked_before_the_next_role(bureau: Chat) -> None:
    """A delegation made while the draft waited; the decision says on whose behalf it was made."""
    alice, bob, carol, heidi = bureau.phones("alice", "bob", "carol", "heidi")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    until(bureau, "2026-09-22 11:00")
    bob.hears("4小时")
    bob.hears("1个工作日")
    bureau.delegate("bob", "heidi")
    bureau.nobody_hears_more()

    until(bureau, "2026-09-22 16:00")
    bob.hears("已同时转请赵磊审核")
    alice.hears("已转请赵磊审核")
    heidi.hears("待您审核", "（代李强审核）").says(f"通过 {number}")
    heidi.hears("已通过", "办公室周敏")
    alice.hears("已由赵磊（代李强）通过")
    carol.hears("待您审核")
    alice.says(f"稿件 {number}")
    alice.hears("✓科室负责人：赵磊（代李强）通过")

    rows = all_rows(bureau.services.database)
    [decision] = rows["review_decisions"]
    assert (decision["decided_by"], decision["on_behalf_of"]) == ("heidi", "bob")
    [audited] = [row for row in rows["audit_entries"] if row["tag"] == "draft:approve"]
    assert (audited["actor"], audited["on_behalf_of"]) == ("heidi", "bob")
    bureau.nobody_hears_more()


def test_over_a_long_weekend_nobody_is_reminded(bureau: Chat) -> None:
    """Handed in on the eve of the Mid-Autumn holiday; the clocks stand still until Monday.

    The year's days off are brought in only after they were set: they are counted anew."""
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    until(bureau, "2026-09-24 17:00")
    hands_in(alice, "节前检查")
    bob.hears("待您审核")
    services = bureau.services
    with services.database.begin() as uow:
        ctx = services.context(uow)
        before = ctx.calendar()
        uow.timers.fill_calendar(OFFICIAL_DAYS)
        assert recount_clocks(ctx, services.registry.counted, before) == 4
    [task] = all_rows(services.database)["review_tasks"]
    assert short_time(task["due_at"], services.now()) == "9月28日 17:00"

    until(bureau, "2026-09-28 11:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-28 12:00")
    bob.hears("已等您审核4小时")
    until(bureau, "2026-09-28 17:00")
    bob.hears("1个工作日")
    until(bureau, "2026-09-29 11:59")
    bureau.nobody_hears_more()
    until(bureau, "2026-09-29 12:00")
    bob.hears("已同时转请周敏")
    alice.hears("已转请周敏")
    carol.hears("待您审核")
    bureau.nobody_hears_more()


def test_a_reminder_that_falls_into_the_quiet_hours_waits_until_the_office_opens(
    config: Config,
) -> None:
    late_shift = config.calendar.model_copy(update={"office_hours": ((time(9), time(23)),)})
    with chat(config.model_copy(update={"calendar": late_shift})) as bureau:
        alice, bob = bureau.phones("alice", "bob")
        until(bureau, "2026-09-21 18:30")
        hands_in(alice, "晚间检查")
        bob.hears("待您审核")
        until(bureau, "2026-09-22 08:59")
        bureau.nobody_hears_more()
        until(bureau, "2026-09-22 09:00")
        bob.hears("已等您审核4小时")
        bureau.nobody_hears_more()


def test_patience_is_as_long_as_the_bureau_set_it(config: Config) -> None:
    patience = config.reviews.model_copy(
        update={"first_reminder_hours": 1.5, "second_reminder_days": 2, "escalate_after_hours": 1}
    )
    with chat(config.model_copy(update={"reviews": patience})) as bureau:
        alice, bob, carol = bureau.phones("alice", "bob", "carol")
        hands_in(alice, "燃气检查")
        bob.hears("待您审核")
        until(bureau, "2026-09-21 11:30")
        bob.hears("已等您审核1.5小时")
        until(bureau, "2026-09-23 10:00")
        bob.hears("已等您审核2个工作日")
        until(bureau, "2026-09-23 11:00")
        bob.hears("已同时转请周敏")
        alice.hears("已转请周敏")
        carol.hears("待您审核")
        bureau.nobody_hears_more()


def test_as_long_as_there_is_nobody_the_administrator_hears_it_again(bureau: Chat) -> None:
    """And whoever comes back is asked."""
    alice, bob, root = bureau.phones("alice", "bob", "root")
    bureau.without("bob", "carol", "dan", "eve")
    alice.says("投稿 燃气检查\n正文")
    alice.hears("已开始")
    alice.says("完成")
    number = alice.hears("科室负责人没有可审核的人，已通知管理员").draft_no
    root.hears("等科室负责人审核，但没有人能审")

    until(bureau, "2026-09-22 16:00")
    root.hears("但没有人能审")
    bureau.enrol("userid,name,unit,roles,aliases\nbob,李强,区住建局/物业科,section_head,")
    until(bureau, "2026-09-23 11:00")
    alice.hears("已转请李强审核")
    bob.hears(f"{number}号 待您审核").says(f"退回 {number} 缺数据")
    bob.hears("已退回")
    alice.hears("被科室负责人李强退回")
    [holder] = all_rows(bureau.services.database)["review_holders"]
    assert holder["standing"] == Standing.HOLDER
    bureau.nobody_hears_more()
