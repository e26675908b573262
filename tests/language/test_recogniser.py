"""What counts as a command: its word and after it exactly its form, and nothing else."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.capabilities import all_capabilities
from bot.language.recogniser import Exact, FreeText, Misshapen, Recogniser
from handlers.kit.asked import Asked

NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai
RECOGNISER = Recogniser(all_capabilities().commands.values())

Result = Exact | Misshapen | FreeText


def understand(text: str, *, writing: bool = False) -> Result:
    return RECOGNISER.understand(text, NOW, writing=writing)


def asked(text: str, *, writing: bool = False) -> tuple[str, Asked] | None:
    """Return the command's name and slots, None if it was not understood."""
    match understand(text, writing=writing):
        case Exact(command=command, asked=slots):
            return command.name, slots
        case _:
            return None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("待审", "list_pending"),
        ("待审。", "list_pending"),
        (" 待审 ！", "list_pending"),
        ("　待审　", "list_pending"),
        ("完成", "finish_draft"),
        ("完成!", "finish_draft"),
        ("取消~", "cancel"),
        ("我的稿件", "my_drafts"),
        ("配额\n", "show_quota"),
    ],
)
def test_a_word_that_takes_nothing_stands_alone(text: str, name: str) -> None:
    assert asked(text) == (name, Asked())


@pytest.mark.parametrize(
    "text", ["待审批的材料", "完成了吗", "取消订单", "我的稿件呢", "配额是多少"]
)
def test_a_word_that_takes_nothing_and_more_is_free_text(text: str) -> None:
    assert isinstance(understand(text), FreeText)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("通过 12", (12,)),
        ("通过12", (12,)),
        ("通过12号", (12,)),
        ("通过 12号。", (12,)),
        ("通过:12", (12,)),
        ("通过　１２号", (12,)),
        ("通过１２", (12,)),
        ("通过 12 号", (12,)),
        ("通过12号稿件", (12,)),
        ("通过 12、13", (12, 13)),
        ("通过 12，13，14", (12, 13, 14)),
        ("通过 12 13号和14号", (12, 13, 14)),
        ("通过12号及13号", (12, 13)),
        ("通过 12\n13", (12, 13)),
        ("通过 12 12", (12,)),
        ("通过 000012", (12,)),
    ],
)
def test_numbers_are_read_however_they_are_set(text: str, numbers: tuple[int, ...]) -> None:
    assert asked(text) == ("approve", Asked(numbers=numbers))


@pytest.mark.parametrize(
    "text",
    [
        "通过",
        "通过 十二",
        "通过 12吗",
        "通过 12？",
        "通过12号没",
        "通过 12 标题太长",
        "通过 -12",
        "通过 1234567",
        "通过 99999999999999999999",
        "通过 12 到 14",
        "通过，可以",
        "通过 12%",
    ],
)
def test_what_follows_but_is_no_number_gets_the_usage(text: str) -> None:
    found = understand(text)
    assert isinstance(found, Misshapen)
    assert found.command.name == "approve"


@pytest.mark.parametrize(
    "text",
    ["通过率太低", "通过了吗", "通过吧", "不通过 12", "请通过 12", "12 通过", "可以", "同意12"],
)
def test_talk_about_approving_is_free_text(text: str) -> None:
    assert isinstance(understand(text), FreeText)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("稿件 12", "open_draft"),
        ("稿件１２号", "open_draft"),
        ("撤稿12号", "withdraw_draft"),
        ("继续 12。", "resume_draft"),
    ],
)
def test_one_number_is_one_draft(text: str, name: str) -> None:
    assert asked(text) == (name, Asked(numbers=(12,)))


@pytest.mark.parametrize(
    "text", ["稿件 12 13", "撤稿", "撤稿 12吗", "撤稿 12？", "继续 12 第三段写不下去"]
)
def test_more_or_less_than_one_number_is_misshapen(text: str) -> None:
    assert isinstance(understand(text), Misshapen)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("退回 12 标题太长", "标题太长"),
        ("退回12号，理由：缺数据", "理由：缺数据"),
        ("退回12号标题太长", "标题太长"),
        ("退回　１２号：Ａ段 重复", "Ａ段 重复"),
        ("退回 12\n1. 标题太长\n2. 缺数据", "1. 标题太长\n2. 缺数据"),
        ("退回 12 3处错别字", "3处错别字"),
        ("退回 12 第3段的数据和第5段对不上", "第3段的数据和第5段对不上"),
        ("退回12号稿件，缺数据", "缺数据"),
        ("退回 12", ""),
        ("退回12号", ""),
        ("退回12号稿件", ""),
    ],
)
def test_a_reason_follows_the_number_word_for_word(text: str, reason: str) -> None:
    assert asked(text) == ("return_draft", Asked(numbers=(12,), text=reason))


@pytest.mark.parametrize(
    "text", ["退回 12 13 标题太长", "退回 12 13", "退回12号 13号", "退回", "退回 标题太长"]
)
def test_a_return_of_none_or_of_two_is_misshapen(text: str) -> None:
    assert isinstance(understand(text), Misshapen)


@pytest.mark.parametrize(
    "text",
    [
        "退回12号了吗",
        "退回 12 了吗？",
        "退回12号没有",
        "退回 12 了没有？",
        "退回12号?",
        "退回 12 行不行？",
        "退回12号的原因是什么",
        "退回 12 为什么",
        "退回12号怎么办呢",
        "退回12号吧",
        "退回12号之前先问我",
        "退回 12 吗",
    ],
)
def test_a_question_is_not_taken_for_a_reason(text: str) -> None:
    """It gets as far as being asked for the reason; nothing is decided by it."""
    assert asked(text) == ("return_draft", Asked(numbers=(12,)))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("修改 12\n新的正文\n第二段", "新的正文\n第二段"),
        ("修改12号：\n\n  新的正文", "新的正文"),
        ("修改　１２\n全角Ａ", "全角Ａ"),
        ("修改 12", ""),
        ("修改 12\n", ""),
    ],
)
def test_a_new_body_begins_on_the_next_line(text: str, body: str) -> None:
    assert asked(text) == ("revise_draft", Asked(numbers=(12,), text=body))


@pytest.mark.parametrize("text", ["修改 12 标题", "修改", "修改意见已收到", "修改 12和13\n正文"])
def test_a_body_on_the_same_line_is_not_guessed_at(text: str) -> None:
    assert not isinstance(understand(text), Exact)


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("投稿 春季养护\n正文", "春季养护", "正文"),
        ("投稿：春季养护", "春季养护", ""),
        ("投稿\n春季养护\n第一段\n\n第二段\n", "春季养护", "第一段\n\n第二段"),
        ("投稿　【重大】防汛", "【重大】防汛", ""),
        ("投稿", "", ""),
        ("投稿 １２号楼", "１２号楼", ""),
    ],
)
def test_the_first_line_is_the_title_and_the_rest_the_body(
    text: str, title: str, body: str
) -> None:
    assert asked(text) == ("submit_draft", Asked(title=title, text=body))


def test_a_longer_word_is_not_the_command_in_it() -> None:
    assert isinstance(understand("投稿须知"), FreeText)


@pytest.mark.parametrize(
    ("text", "words"), [("帮助", ""), ("帮助 通过", "通过"), ("帮助：退回 12", "：退回 12")]
)
def test_help_takes_any_words(text: str, words: str) -> None:
    assert asked(text) == ("show_help", Asked(text=words))
    assert isinstance(understand("帮助企业复工"), FreeText)


@pytest.mark.parametrize(
    ("text", "what"),
    [("提醒我 明天9点 交稿", "交稿"), ("提醒我，明早九点交稿", "交稿"), ("提醒我:明天9:00", "")],
)
def test_a_reminder_begins_with_its_moment(text: str, what: str) -> None:
    assert asked(text) == (
        "set_reminder",
        Asked(at=datetime(2026, 9, 22, 1, 0, tzinfo=UTC), text=what),
    )


@pytest.mark.parametrize("text", ["提醒我", "提醒我 25点 交稿", "提醒我 2月30日 交稿"])
def test_a_reminder_without_a_moment_is_misshapen(text: str) -> None:
    found = understand(text)
    assert isinstance(found, Misshapen | FreeText)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("完成", "finish_draft"),
        ("取消", "cancel"),
        ("稿件 12", "open_draft"),
        ("通过 12", "approve"),
        ("投稿 另一篇", "submit_draft"),
        ("修改 12\n正文", "revise_draft"),
    ],
)
def test_a_whole_command_is_heard_in_the_middle_of_a_draft(text: str, name: str) -> None:
    found = asked(text, writing=True)
    assert found
    assert found[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "退回 12 户的申请材料",
        "帮助企业3家",
        "提醒我 明天9点 交稿",
        "完成率达98%",
        "通过 12 项措施",
        "修改 12 处",
        "通过",
        "稿件 3 篇",
        "撤稿",
        "投稿人张三",
    ],
)
def test_other_words_belong_to_the_text_that_is_being_written(text: str) -> None:
    assert isinstance(understand(text, writing=True), FreeText)


@pytest.mark.parametrize(
    ("text", "purpose"),
    [("待申", "待审"), ("投告 春季养护", "投稿"), ("我的稿子", "我的稿件"), ("配額", "配额")],
)
def test_a_slip_of_the_finger_gets_the_nearest_command(text: str, purpose: str) -> None:
    found = understand(text)
    assert isinstance(found, FreeText)
    assert found.nearest
    assert purpose in found.nearest.words


def test_what_is_like_no_command_has_no_nearest() -> None:
    assert understand("今天天气不错") == FreeText(nearest=None)


DECISIONS = {"approve", "return_draft", "withdraw_draft"}
words = [word for command in all_capabilities().commands.values() for word in command.words]
texts = st.one_of(
    st.text(),
    st.builds(
        "".join,
        st.lists(st.sampled_from([*words, "12", "号", " ", "，", "\n", "吗", "？", "明天"])),
    ),
)


@given(texts, st.booleans())
@example("", False)  # noqa: FBT003 - drawn
@example("\x00", True)  # noqa: FBT003
@example("通过" + "1 " * 500, False)  # noqa: FBT003
@example("通过 " + "9" * 5000, False)  # noqa: FBT003
@example("通过 1" + " " * 2000 + "x", False)  # noqa: FBT003
def test_any_text_has_a_result(text: str, writing: bool) -> None:  # noqa: FBT001 - drawn
    assert isinstance(understand(text, writing=writing), Exact | Misshapen | FreeText)


ACTS = st.sampled_from(["通过", "退回", "撤稿"])
BEFORE = st.sampled_from(
    [
        "不",
        "别",
        "先别",
        "不要",
        "没",
        "是否",
        "要不要",
        "能不能",
        "请问",
        "谁",
        "为什么",
        "已经",
        "昨天",
        "“",
    ]
)
AFTER = st.sampled_from(
    [
        "吗",
        "？",
        "?",
        "吗？",
        "了吗",
        "了没有",
        "没有",
        "没",
        "呢？",
        "行不行？",
        "好不好？",
        "么",
        "不？",
        "是谁的",
    ]
)
NUMBER = st.sampled_from(["", "12", " 12", "12号", " 12 号", "　１２号"])


@given(BEFORE, ACTS, NUMBER, st.just("") | AFTER)
def test_a_denial_or_question_before_the_word_decides_nothing(
    before: str, act: str, number: str, after: str
) -> None:
    assert asked(before + act + number + after) is None


@given(ACTS, st.sampled_from(["", "了", "率", "的"]), NUMBER, st.sampled_from(["", " "]), AFTER)
def test_a_question_after_the_number_decides_nothing(
    act: str, between: str, number: str, gap: str, after: str
) -> None:
    """A return goes no further than the question for its reason."""
    found = asked(act + between + number + gap + after)
    assert found is None or found == ("return_draft", Asked(numbers=(12,)))
