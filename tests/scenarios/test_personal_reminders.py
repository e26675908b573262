"""提醒我: at the time that was said, to him who said it."""

from tests.harness.service import Chat
from tests.harness.telling import hands_in

# What is said on Monday 2026-09-21 at 10:00; what is answered; hours from then.
FORMS = [
    ("提醒我 半小时后 开会", "今天 10:30", 0.5, "开会"),
    ("提醒我 今天下午3点 交稿", "今天 15:00", 5, "交稿"),
    ("提醒我，晚上十一点 看舆情", "今天 23:00", 13, "看舆情"),
    ("提醒我 明天9点 送审", "明天 09:00", 23, "送审"),
    ("提醒我 明早八点半，发通知", "明天 08:30", 22.5, "发通知"),
    ("提醒我　后天　１４：３０　例会", "9月23日 14:30", 52.5, "例会"),
    ("提醒我周五上午九点 交月报", "9月25日 09:00", 95, "交月报"),
    ("提醒我下周一14:30 小结", "9月28日 14:30", 172.5, "小结"),
    ("提醒我 9月30日下班前 汇总", "9月30日 17:30", 223.5, "汇总"),
    ("提醒我 25号 约稿", "9月25日 09:00", 95, "约稿"),
    ("提醒我 3天后 回访", "9月24日 10:00", 72, "回访"),
]


def test_a_reminder_comes_at_its_time(bureau: Chat) -> None:
    """Also at night and on a holiday: it is what its author asked for."""
    alice = bureau.phone("alice")
    bureau.without("carol")  # who would hear the summary of the month on its last day
    for said, when, _, what in FORMS:
        alice.says(said)
        alice.hears(f"好的，{when}提醒您：{what}")
    passed = 0.0
    for _, _, hours, what in sorted(FORMS, key=lambda form: form[2]):
        if hours > passed:
            bureau.advance(hours=hours - passed, minutes=-1)
            bureau.nobody_hears_more()
            bureau.advance(minutes=1)
            passed = hours
        assert alice.hears(what).text.startswith(f"信使\n提醒：{what}\n")
    bureau.nobody_hears_more()


def test_what_cannot_be_reminded_of_is_said(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    for said, answer in {
        "提醒我 今天9点 交稿": "今天 09:00已经过去了",
        "提醒我 2028年1月1日 交稿": "只能提醒一年以内的事",
        "提醒我 明天9点": "要提醒什么事",
        "提醒我 25点 交稿": "什么时候提醒您",
        "提醒我交稿": "什么时候提醒您交稿",
    }.items():
        alice.says(said)
        alice.hears(answer)
    bureau.advance(days=2)
    bureau.nobody_hears_more()


def test_a_reminder_can_be_set_while_a_review_is_asked_about(bureau: Chat) -> None:
    """The question stays open: the next words are still the reason."""
    alice, bob = bureau.phones("alice", "bob")
    number = hands_in(alice, "燃气检查")
    bob.hears("待您审核")
    bob.says(f"退回 {number}")
    bob.hears("理由是什么")
    bob.says("提醒我 10分钟后 打电话")
    bob.hears("好的")
    bob.says("缺少数据")
    bob.hears("已退回", "缺少数据")
    alice.hears("退回：缺少数据")
    bureau.advance(minutes=10)
    bob.hears("提醒：打电话")
    bureau.nobody_hears_more()
