"""What must never be heard: a decision in a question, a negation, a quotation, a date; and nothing
that anybody could send makes the understanding fail.
"""

import itertools
import json
import math
import random
from collections.abc import Iterable, Sequence
from time import process_time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cli.utterances import Utterance
from bot.language.contexts import parse_situation
from bot.language.understanding import Understood
from bot.meanings import understanding
from storage.vocabulary import Role
from tests.language.corpora import DECISIVE, understood

REVIEWERS = (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL)
ON_REVIEW = ("-", "review_card:12", "pending:[3,5,7,12]", "pending:[12]", "draft:12")
ANYWHERE = (
    *ON_REVIEW,
    "composing",
    "returned:12",
    "call:5",
    "calls:[2,5]",
    "alert:7",
    "opinion:7",
    "duty_swap_req:4",
    "duty_now",
    "ask:reason",
    "ask:deadline",
    "ask:title",
    "confirm:approve_all",
    "confirm:withdraw_draft",
    "report:2026-09",
    "group@bot",
    "group",
    "review_card:12 [menu:1=approve,2=return]",
)
NUMBERS = ("", "12号", "12号稿", "12号稿件", "第12号", "十二号", "3、5、7号", "这篇", "都")
AGREED = ("通过", "同意", "可以发", "签发", "批准", "过", "审核通过")
REFUSED = ("退回", "退稿", "打回", "驳回")
WITHDRAWN = ("撤稿", "撤回", "撤掉")
CLOSED = ("办结", "销号", "结案", "关闭")
DECIDED = (*AGREED, *REFUSED)
ASKED = (
    "吗",
    "吗？",
    "了吗",
    "了吗?",
    "没",
    "了没",
    "没有",
    "了没有",
    "没有？",
    "？",
    "?",
    "了吗谢谢？",
)
ASKING = (
    *("能不能", "可不可以", "是不是", "要不要", "该不该", "为什么", "凭什么", "谁", "是谁"),
    *("什么时候", "哪天", "几号", "怎么", "怎样", "如何", "咋"),
)
NOT_YET = ("先别", "还没", "没有", "还没有", "尚未", "暂时不要", "先不要", "没")
NOT = ("不要", "别", "不能", "不")
SAYERS = ("局长", "王局", "分管领导", "书记", "办公室主任", "他", "李科长")
SAYING = ("说", "刚才说", "问", "讲", "要求", "说过", "昨天说")
DUE = ("值班", "开会", "请假", "交稿", "之前交", "下午三点", "前报", "出差", "是周几", "晚上")

MOST = 1200
"""Texts that one test tries: all of a form that has not more, otherwise some of them."""


def texts(*parts: tuple[str, ...]) -> Sequence[str]:
    """Return texts of a form: one of each part after the other."""
    if math.prod(map(len, parts)) <= MOST:
        return ["".join(each) for each in itertools.product(*parts)]
    return ["".join(map(random.choice, parts)) for _ in range(MOST)]


def decisions(
    said: Iterable[str], contexts: Sequence[str], roles: Sequence[Role] = (Role.OFFICER,)
) -> list[tuple[str, str, Role, str]]:
    """Return which texts are heard as decisions, each tried in some context by some role."""
    tried = [(text, random.choice(contexts), random.choice(roles)) for text in said]
    heard = [(*each, hear(*each).intent) for each in tried]
    return [each for each in heard if each[-1] in DECISIVE]


def hear(text: str, context: str, *roles: Role) -> Understood:
    said = Utterance(text=text, situation=parse_situation(context), roles=frozenset(roles))
    return understood(said, understanding())


often = settings(max_examples=400)


def test_a_question_at_the_end_decides_nothing() -> None:
    assert not decisions(texts(NUMBERS, DECIDED, ASKED), ON_REVIEW, REVIEWERS)


def test_a_question_with_courtesy_around_it_decides_nothing() -> None:
    asked = texts(
        ("小宣，", "你好，", "麻烦", "请问", "不好意思，"),
        NUMBERS,
        DECIDED,
        ASKED,
        ("", "，谢谢", "，辛苦了", "哈", "🙏", "。谢谢啦~"),
    )
    assert not decisions(asked, ON_REVIEW, REVIEWERS)


@often
@given(
    numbers=st.permutations([3, 5, 7, 12]),
    agreed=st.sampled_from(("同意", "通过", "可以", "过", "没问题", "行", "发吧", "准了")),
    refused=st.sampled_from(("退回", "退", "打回", "不行", "不通过", "退了", "退稿")),
    between=st.sampled_from(("，", " ", "", "；", "，但", "，另外", "。", "、", "\n")),
    context=st.sampled_from(("-", "pending:[3,5,7,12]")),
    swapped=st.booleans(),
)
def test_of_two_decisions_neither_takes_the_others_draft(
    numbers: list[int], agreed: str, refused: str, between: str, context: str, *, swapped: bool
) -> None:
    first, second = numbers[:2]
    said = (agreed, refused) if not swapped else (refused, agreed)
    found = hear(f"{first}号{said[0]}{between}{second}号{said[1]}", context, Role.DEPUTY)
    meant = dict(zip(said, (first, second), strict=True))
    decided = {found.intent: found.slots, **found.slots.get("also", {})}
    assert set(decided.get("approve", {}).get("ids", ())) <= {meant[agreed]}
    assert set(decided.get("return", {}).get("ids", ())) <= {meant[refused]}


@often
@given(
    left=st.lists(st.sampled_from([3, 5, 7, 12]), min_size=1, max_size=2, unique=True),
    written=st.sampled_from(("{}号", "{}", "第{}号", "{}号稿")),
    whole=st.sampled_from(("都同意", "其他都同意", "统统放行", "剩下的过", "全部通过", "其余照发")),
    apart=st.sampled_from(
        ("先不动", "留下", "别动", "先放着", "缓一缓", "再看看", "除外", "另说", "退回", "退一下")
    ),
    only=st.sampled_from(("", "唯独", "就", "单单", "只有", "但")),
    between=st.sampled_from(("，", " ", "。", "；")),
    swapped=st.booleans(),
)
def test_what_is_left_out_of_a_whole_is_not_approved(
    left: list[int], written: str, whole: str, apart: str, only: str, between: str, *, swapped: bool
) -> None:
    said = [whole, only + "、".join(map(written.format, left)) + apart]
    found = hear(between.join(said[::-1] if swapped else said), "pending:[3,5,7,12]", Role.DEPUTY)
    decided = {found.intent: found.slots, **found.slots.get("also", {})}
    assert not set(decided.get("approve", {}).get("ids", ())) & set(left)
    assert set(decided.get("return", {}).get("ids", ())) <= set(left)


def test_a_question_before_the_verb_decides_nothing() -> None:
    asked = texts(NUMBERS, ASKING, DECIDED, ("", "？", "了"))
    assert not decisions(asked, ON_REVIEW, REVIEWERS)


def test_what_is_not_yet_agreed_is_no_decision() -> None:
    said = texts(NUMBERS, NOT_YET, AGREED, ("", "。", "呢"))
    assert not decisions(said, ON_REVIEW, REVIEWERS)


def test_a_refusal_is_never_an_approval() -> None:
    said = texts(NUMBERS, NOT, AGREED, ("", "。", "吧"))
    heard = decisions(said, ON_REVIEW, REVIEWERS)
    assert not [each for each in heard if each[-1] == "approve"]


def test_what_is_not_to_be_returned_is_not_returned() -> None:
    said = texts(NUMBERS, (*NOT_YET, "不要", "别"), REFUSED)
    assert not decisions(said, ON_REVIEW, REVIEWERS)


def test_what_is_not_to_be_withdrawn_stays() -> None:
    said = texts(NUMBERS, (*NOT_YET, "不要", "别"), WITHDRAWN)
    assert not decisions(said, ("-", "draft:12", "returned:12"))


def test_a_case_is_closed_by_plain_words_only() -> None:
    case = ("", "7号", "7号舆情", "这件")
    said = [
        *texts(case, (*NOT_YET, "不要", "别"), CLOSED),
        *texts(case, CLOSED, ASKED),
        *texts(case, ASKING, CLOSED, ("", "的", "的？", "了")),
    ]
    roles = (Role.OFFICE, Role.OPINION_LIAISON, Role.DEPUTY, Role.LEAD_DUTY)
    assert not decisions(said, ("-", "opinion:7", "alert:7"), roles)


def test_a_question_about_what_was_ordered_orders_nothing() -> None:
    said = (
        *("5号约稿{}取消", "{}把12号编进第12期简报", "{}把12号撤出第12期", "{}把条目12标为误报"),
        *("{}登记12号采用", "12号{}登记批示", "3号计划{}取消", "3号线索{}约稿", "{}停用3号来源"),
    )
    asked = [form.format(word) for form in said for word in ("为什么", "谁", "怎么", "凭什么")]
    heard = {text: hear(text, "-", Role.OFFICE, Role.OPINION_LIAISON) for text in asked}
    changes = {
        *("steer_call", "compile_issue", "drop_from_issue", "mark_item", "record_adoption"),
        *("cancel_plan", "clue_to_call", "stop_source"),
    }
    assert not [text for text, of in heard.items() if of.intent in changes and of.strength >= 8]


def test_words_of_others_decide_nothing() -> None:
    said = texts(SAYERS, SAYING, NUMBERS, DECIDED, ("", "吗", "？", "了"))
    assert not decisions(said, ON_REVIEW, REVIEWERS)


def test_a_day_is_no_draft() -> None:
    said = texts(("", "9月", "本月", "这个月", "我"), ("12号", "3号", "25日", "十二号"), DUE)
    assert not decisions(said, ON_REVIEW, REVIEWERS)


def test_an_officer_decides_nothing_about_others_work() -> None:
    said = texts(
        ("", "我", "局长让我"),
        NUMBERS,
        (*DECIDED, *CLOSED, "处置", "1", "2"),
        ("", "吧", "了", "！"),
    )
    heard = decisions(said, [each for each in ANYWHERE if each != "ask:reason"])
    own = {"withdraw_draft"}
    assert not [
        each
        for each in heard
        if each[-1] not in own | {each[1].removeprefix("confirm:").removesuffix("_all")}
    ]


@settings(max_examples=600)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
    | st.lists(
        st.sampled_from("通过退回12号、，吗 \n\x00\u202e\u200f😀ＡⅣ①時間約稿把改成除了@"),
        max_size=60,
    ).map("".join),
    context=st.sampled_from(ANYWHERE),
    roles=st.sets(st.sampled_from(Role)),
)
@example(text="", context="-", roles=set())
@example(text="\u202e过通\u202c号21", context="review_card:12", roles={Role.DEPUTY})
def test_any_text_is_answered(text: str, context: str, roles: set[Role]) -> None:
    found = hear(text, context, *roles)
    assert found.intent
    json.dumps(found.slots, ensure_ascii=False, allow_nan=False)


@settings(max_examples=40)
@given(
    piece=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
    | st.sampled_from(
        [
            "通过",
            "12号",
            "3、",
            "把甲改成乙，",
            " ",
            "\n",
            "一",
            "除了5号其他",
            "1",
            "9月",
            "@",
            "(",
            "请王局",
            "每周",
        ]
    ),
    context=st.sampled_from(ANYWHERE),
    role=st.sampled_from(Role),
)
def test_the_longest_text_takes_no_longer(piece: str, context: str, role: Role) -> None:
    understanding().prepare()  # as a service does: its first text pays for no pattern
    text = piece * (100_000 // len(piece.encode()))
    before = process_time()
    found = hear(text, context, role)
    assert process_time() - before < 0.5
    assert found.intent


def test_a_question_is_no_answer_to_what_was_asked() -> None:
    """The bot asked until when; another question is answered, and the deadline stays asked."""
    assert hear("这个月谁垫底", "ask:deadline", Role.OFFICE).intent == "ranking"
    assert hear("这个月底", "ask:deadline", Role.OFFICE).answers
