"""The diary as text: written, read back, and played again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator import Phone, World
from bot.simulator.clockwork import Happening
from bot.simulator.diary import Entry, Way
from bot.simulator.placeholders import Placeholders
from bot.simulator.replay import Replay
from bot.simulator.transcript import HEAD, SHANGHAI, Transcript, TranscriptError, read, write

from .kit import PNG, Api, Clock, Heard, Webhook, button_card, text_reply

NAMES = {"zhangsan": "张三", "li.si-2@x": "李四"}
START = datetime(2026, 9, 21, 10, 0, tzinfo=SHANGHAI)


class Steps:
    """A clockwork of which nothing but the clock is real."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def advance(self, length: timedelta) -> list[Happening]:
        self.clock.moment += length
        return []

    def to_next_morning(self) -> list[Happening]:
        return self.advance(timedelta(hours=23))

    def to_next_due(self) -> list[Happening]:
        return []

    def upcoming(self) -> None:
        return None


def recorded(world: World) -> Transcript:
    """Return the conversation so far, by way of its text."""
    started_at, entries = world.diary.read()
    return read(write(Transcript(started_at=started_at, entries=entries), world.name_of))


def replayed(world: World, clock: Clock, transcript: Transcript) -> list[str]:
    return Replay(
        world=world, clockwork=Steps(clock), settle=lambda: None, transcript=transcript
    ).run()


lines = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30
).map(str.rstrip)
entries = st.builds(
    Entry,
    after=st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    way=st.sampled_from([Way.SAYS, Way.HEARS]),
    words=st.lists(lines, min_size=1, max_size=5).map("\n".join).map(str.rstrip),
    userid=st.sampled_from(sorted(NAMES)),
)


@given(st.lists(entries, max_size=6))
def test_what_is_written_is_read_back(said: list[Entry]) -> None:
    transcript = Transcript(started_at=START, entries=said)
    assert read(write(transcript, NAMES.__getitem__)) == transcript


@pytest.mark.parametrize(
    ("way", "words", "line"),
    [
        (Way.DOES, "点 通过 @ 1号 待您审核", "+1:00:05 张三(zhangsan) [点 通过 @ 1号 待您审核]"),
        (Way.DOES, "发图片 现场[1].png", "+1:00:05 张三(zhangsan) [发图片 现场[1].png]"),
        (Way.SEES, "卡片 1号 → 已通过", "+1:00:05 → 张三(zhangsan) [卡片 1号 → 已通过]"),
        (Way.CLOCK, "+1h", "+1:00:05 [时钟 +1h]"),
    ],
)
def test_each_act_is_one_line(way: Way, words: str, line: str) -> None:
    entry = Entry(
        after=timedelta(hours=1, seconds=5),
        way=way,
        words=words,
        userid="" if way is Way.CLOCK else "zhangsan",
    )
    text = write(Transcript(started_at=START, entries=[entry]), NAMES.__getitem__)
    assert text.splitlines()[-1] == line
    assert read(text).entries == [entry]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("你好", 1),
        (HEAD, 2),
        (f"{HEAD}\n# 开始 昨天", 2),
        (f"{HEAD}\n# 开始 2026-09-21 10:00:00\n    缩进", 3),
        (f"{HEAD}\n# 开始 2026-09-21 10:00:00\n\n张三(zhangsan): 在吗", 4),
        (f"{HEAD}\n# 开始 2026-09-21 10:00:00\n\n+0:00:01 张三: 在吗", 4),
    ],
)
def test_a_file_that_is_no_transcript_is_refused_by_line(text: str, line: int) -> None:
    with pytest.raises(TranscriptError, match=f"第{line}行"):
        read(text)


def test_everything_on_the_phones_is_in_the_transcript(
    world: World, api: Api, zhang: Phone, webhook: Webhook, clock: Clock
) -> None:
    webhook.answer = lambda heard: text_reply("收到\n两行") if heard["MsgType"] == "text" else ""
    zhang.says("在吗")
    clock.advance(minutes=90)
    api.send("template_card", button_card())
    zhang.clicks(zhang.messages[-1], "通过")
    api.post(
        "message/update_template_card",
        {
            "userids": ["zhangsan"],
            "agentid": 1000002,
            "response_code": webhook.heard[-1]["ResponseCode"],
            "button": {"replace_name": "已通过"},
        },
    )
    msgid = api.text("打扰了")["msgid"]
    api.post("message/recall", {"msgid": msgid})
    zhang.sends_image(PNG, "现场.png")
    zhang.sends_file(b"x", "通知.pdf")
    zhang.sends_link("新闻", "", "https://example.gov.cn")
    zhang.opens_menu("help")
    zhang.enters()
    started_at, noted = world.diary.read()
    text = write(Transcript(started_at=started_at, entries=noted), world.name_of)
    assert text.split("\n\n", 1)[1] == (
        "+0:00:00 张三(zhangsan): 在吗\n"
        "+0:00:00 → 张三(zhangsan): 收到\n"
        "    两行\n"
        "+1:30:00 → 张三(zhangsan): 信使\n"
        "    12号稿件待审\n"
        "    老旧小区改造\n"
        "    作者：张三\n"
        "    [通过] [退回]\n"
        "+1:30:00 张三(zhangsan) [点 通过 @ 12号稿件待审]\n"
        "+1:30:00 → 张三(zhangsan) [卡片 12号稿件待审 → 已通过]\n"
        "+1:30:00 → 张三(zhangsan): 打扰了\n"
        "+1:30:00 → 张三(zhangsan) [撤回 打扰了]\n"
        "+1:30:00 张三(zhangsan) [发图片 现场.png]\n"
        "+1:30:00 张三(zhangsan) [发文件 通知.pdf]\n"
        "+1:30:00 张三(zhangsan) [发链接]\n"
        "    新闻\n"
        "    https://example.gov.cn\n"
        "+1:30:00 张三(zhangsan) [菜单 help]\n"
        "+1:30:00 张三(zhangsan) [进入]\n"
    )


def test_a_replay_says_everything_again(
    world: World, zhang: Phone, webhook: Webhook, clock: Clock
) -> None:
    webhook.answer = lambda heard: text_reply(f"收到{heard['MsgType']}")
    zhang.says("在吗")
    clock.advance(hours=2)
    zhang.sends_image(PNG, "现场.png")
    zhang.sends_file(b"x", "通知.pdf")
    zhang.sends_voice(b"#!AMR", "早.amr")
    zhang.sends_link("新闻", "", "https://example.gov.cn")
    zhang.opens_menu("help")
    zhang.enters()
    transcript = recorded(world)
    webhook.heard.clear()
    assert replayed(world, clock, transcript) == []
    assert len(webhook.heard) == 7
    assert recorded(world).entries == transcript.entries


def test_a_replay_presses_the_card_of_the_same_name_under_its_new_number(
    world: World, api: Api, zhang: Phone, webhook: Webhook, clock: Clock
) -> None:
    """Numbers are bound where they are first met, and typed as they are now."""
    counter = iter((7, 30))
    numbers = {"now": 0}

    def answer(heard: Heard) -> str:
        if heard["Content"] == "投稿":
            numbers["now"] = next(counter)
            api.send("template_card", card(numbers["now"]))
            return text_reply(f"已提交{numbers['now']}号，9月21日 10:00")
        if heard["Content"]:
            return text_reply(f"{heard['Content']}：好")
        return ""

    def card(number: int) -> dict[str, object]:
        title = {"title": f"{number}号 待您审核"}
        return button_card(task_id=f"task-{number}", main_title=title)

    webhook.answer = answer
    zhang.says("投稿")
    zhang.clicks(next(one for one in zhang.messages if one.kind == "template_card"), "通过")
    zhang.says("通过 7")
    zhang.says("7号怎么样")
    assert replayed(world, clock, recorded(world)) == []
    assert [one for one in webhook.texts if one][-2:] == ["通过 30", "30号怎么样"]


def test_a_replay_shows_what_is_said_otherwise(
    world: World, zhang: Phone, webhook: Webhook, clock: Clock
) -> None:
    webhook.answer = lambda _heard: text_reply("好的")
    zhang.says("在吗")
    zhang.says("再见")
    transcript = recorded(world)
    webhook.answer = lambda heard: text_reply("好的" if heard["Content"] == "在吗" else "您好")
    assert replayed(world, clock, transcript) == [
        "--- 记录",
        "+++ 重放",
        "@@ -1,4 +1,4 @@",
        " 张三(zhangsan): 在吗",
        " → 张三(zhangsan): 好的",
        " 张三(zhangsan): 再见",
        "-→ 张三(zhangsan): 好的",
        "+→ 张三(zhangsan): 您好",
    ]


def test_what_comes_at_another_time_is_a_difference(world: World, clock: Clock) -> None:
    """A reminder that was heard after an hour and now comes at once."""
    text = (
        f"{HEAD}\n# 开始 2026-03-02 09:00:00\n\n"
        "+0:00:00 张三(zhangsan): 在吗\n+1:00:00 [时钟 +1h]\n+2:00:00 → 张三(zhangsan): 提醒\n"
    )
    transcript = read(text)
    assert any(line.startswith("-→") for line in replayed(world, clock, transcript))


def test_what_is_heard_before_anything_was_said_is_a_difference(
    world: World, zhang: Phone, webhook: Webhook, api: Api, clock: Clock
) -> None:
    """A reminder comes on the way to the first thing that was said; there was none then."""
    webhook.answer = lambda _heard: text_reply("好的")
    clock.advance(hours=1)
    zhang.says("在吗")
    transcript = recorded(world)

    class Reminding(Steps):
        def advance(self, length: timedelta) -> list[Happening]:
            api.text("提醒：交稿")
            return super().advance(length)

    play = Replay(
        world=world, clockwork=Reminding(clock), settle=lambda: None, transcript=transcript
    )
    assert play.run()[3:] == [
        "+→ 张三(zhangsan): 提醒：交稿",
        " 张三(zhangsan): 在吗",
        " → 张三(zhangsan): 好的",
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("张三(zhangsan) [点 通过 @ 1号]", "没有可以点“通过”的卡片"),
        ("张三(zhangsan) [跳舞]", "不认识的动作"),
        ("无名(ghost): 在吗", "ghost"),
        ("[时钟 明年]", "明年"),
    ],
)
def test_what_cannot_be_done_again_is_a_difference(
    world: World, clock: Clock, line: str, why: str
) -> None:
    text = f"{HEAD}\n# 开始 2026-03-02 09:00:00（北京时间）\n\n+0:00:00 {line}\n"
    differing = replayed(world, clock, read(text))
    assert any("✗" in one and why in one for one in differing)


@pytest.mark.parametrize(
    ("then", "now", "same"),
    [
        ("1号已提交", "5号已提交", True),
        ("1号和1号", "5号和6号", False),
        ("9月21日 10:00", "9月28日 10:03", True),
        ("9月21日 10:00", "9月28日 10:30", False),
        ("9月21日", "9月21日", True),
        ("9月21日", "9月22日", False),
        ("2026年12月31日", "2027年1月7日", True),
        ("剩2篇", "剩3篇", False),
        ("1号：回复 通过 1", "5号：回复 通过 5", True),
        ("1号：回复 通过 1", "5号：回复 通过 4", False),
        ("3号楼", "4号楼", False),
    ],
)
def test_numbers_dates_and_minutes_may_differ_and_nothing_else(
    then: str, now: str, *, same: bool
) -> None:
    assert Placeholders(START.date(), 7).match(then, now) is same


def test_a_kept_transcript_names_its_times(tmp_path: Path) -> None:
    """A file saved with Windows line ends and a mark at its beginning is still a transcript."""
    text = write(Transcript(started_at=START, entries=[]), str)
    path = tmp_path / "对话.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read(path.read_text(encoding="utf-8")).started_at == START
