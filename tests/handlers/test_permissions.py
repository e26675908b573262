"""Each role of the vocabulary tries each command on drafts near and far."""

from collections.abc import Callable, Iterator

import pytest

from bot.config import Config, Server
from bot.web.moves import UNDO, WITHDRAW
from handlers.recalls.capability import RecallAct
from handlers.reviews.capability import Act
from storage.vocabulary import Role
from tests.harness.offline import NO_PAGE, FillIn, Say, filling_in, hand_in, offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import import_rules

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Who may do what is decided before any table is asked: one database is enough."""

PEOPLE = """\
userid,name,unit,roles,aliases
author,作者甲,甲局/一科,officer,
near,作者乙,甲局/二科,officer,
far,作者丙,乙局/一科,officer,
first,负责人甲,甲局/一科,section_head,
second,负责人乙,甲局/二科,section_head,
third,负责人丙,乙局/一科,section_head,
"""
TRIERS = "".join(f"{role},{role},甲局/一科,{role},\n" for role in Role)

# What each role of 一科 hears about a draft (in review at its section head) of
#   own section, another section, another bureau
# when it says  通过, 退回, 撤稿, 稿件, 修改 ...
UNSEEN = "没有找到"
NOBODYS = dict.fromkeys(
    (
        "通过", "退回", "撤稿", "稿件", "修改", "暂放", "恢复", "转审", "会签", "撤下", "已撤下",
        "同意撤下", "更正", "已更正", "紧急撤下", "不同意撤下",
    ),
    UNSEEN,
)  # fmt: skip
MAY_READ = {
    "通过": "您不能审核", "退回": "您不能审核", "撤稿": "您不能撤回", "稿件": "审核",
    "修改": "不是您的稿件", "暂放": "您不能审核", "恢复": "您不能审核", "撤下": "还没有报送",
    "已撤下": "只有办公室能办", "同意撤下": "没有等您批准",
    "转审": "您不能审核", "会签": "您不能审核", "更正": "还没有报送", "已更正": "只有办公室能办",
    "紧急撤下": "只有办公室能办", "不同意撤下": "没有等您批准",
}  # fmt: skip
MAY_WITHDRAW = {**MAY_READ, "撤稿": "已撤回"}
HOLDS_THE_GATE = {
    **MAY_WITHDRAW, "通过": "已通过", "退回": "已退回", "暂放": "已暂放", "恢复": "没有暂放",
    "转审": "已把", "会签": "已请",
}  # fmt: skip
OFFICE = {
    **MAY_WITHDRAW, "已撤下": "没有撤下的申请", "已更正": "没有更正的申请",
    "紧急撤下": "还没有报送",
}  # fmt: skip
OWN, NEAR, FAR = "own section", "another section", "another bureau"
TABLE = {
    Role.OFFICER: {OWN: NOBODYS, NEAR: NOBODYS},
    Role.SECTION_HEAD: {OWN: HOLDS_THE_GATE, NEAR: NOBODYS},
    Role.OFFICE: {OWN: OFFICE, NEAR: OFFICE},
    Role.SECRECY_REVIEWER: {OWN: MAY_READ, NEAR: MAY_READ},
    Role.LEGAL_REVIEWER: {OWN: MAY_READ, NEAR: MAY_READ},
    Role.DEPUTY: {OWN: MAY_READ, NEAR: MAY_READ},
    Role.PRINCIPAL: {OWN: MAY_READ, NEAR: MAY_READ},
    Role.DUTY: {OWN: NOBODYS, NEAR: NOBODYS},
    Role.LEAD_DUTY: {OWN: NOBODYS, NEAR: NOBODYS},
    Role.OPINION_LIAISON: {OWN: NOBODYS, NEAR: NOBODYS},
    Role.ADMIN: {OWN: NOBODYS, NEAR: NOBODYS},
}
SAID = {
    "通过": "通过 {number}", "退回": "退回 {number} 缺数据", "撤稿": "撤稿 {number}",
    "稿件": "稿件 {number}", "修改": "修改 {number}\n新正文", "暂放": "暂放 {number} 明天",
    "恢复": "恢复 {number}", "撤下": "撤下 {number} 有误", "已撤下": "已撤下 {number}",
    "同意撤下": "同意撤下 {number}", "转审": "转审 {number} office", "会签": "会签 {number} deputy",
    "更正": "更正 {number} 有误", "已更正": "已更正 {number}\n新正文",
    "紧急撤下": "紧急撤下 {number} 有误", "不同意撤下": "不同意撤下 {number} 属实",
}  # fmt: skip
AUTHORS = {OWN: "author", NEAR: "near", FAR: "far"}


@pytest.fixture
def say(config: Config) -> Iterator[Say]:
    with offline(config, PEOPLE + TRIERS) as services:
        yield saying(services)


@pytest.mark.parametrize("where", [OWN, NEAR])
def test_each_role_may_what_the_table_says_and_nothing_else(say: Say, where: str) -> None:
    wrong = {}
    assert set(TABLE) == set(Role)
    number = hand_in(say, AUTHORS[where])
    for role, cells in TABLE.items():
        for act, expected in cells[where].items():
            answer = say(role, SAID[act].format(number=number))
            if expected.startswith("已"):
                number = hand_in(say, AUTHORS[where])
            if expected not in answer:
                wrong[role, act] = answer
    assert wrong == {}


def test_a_draft_of_another_bureau_does_not_exist_for_anybody(say: Say) -> None:
    """Its number may be that of an own draft; without one it is simply not found."""
    number = hand_in(say, AUTHORS[FAR])
    for role in Role:
        for act in SAID.values():
            assert say(role, act.format(number=number)).startswith(UNSEEN), (role, act)
    assert say("third", f"通过 {number}").startswith("已通过")


def test_nobody_reads_what_is_still_being_written(say: Say) -> None:
    say("author", "投稿 标题\n正文")
    for role in Role:
        for act in SAID.values():
            assert say(role, act.format(number=1)).startswith(UNSEEN), (role, act)
    assert "正文" in say("author", "稿件 1")


def test_a_refusal_changes_nothing(config: Config) -> None:
    """Only that it was said, and answered, is kept."""
    with offline(config, PEOPLE + TRIERS) as services:
        say = saying(services)
        number = hand_in(say, "author")
        for role in Role:
            say(role, "配额")  # a talk begins with the first word of all
        before = all_rows(services.database)
        for role, cells in TABLE.items():
            for act, expected in cells[OWN].items():
                if act != "稿件" and not expected.startswith("已"):
                    say(role, SAID[act].format(number=number))
        after = all_rows(services.database)
        assert [name for name in after if after[name] != before[name]] == ["inbound"]


# What each role of 一科 hears about a signed draft of its own section, when it registers something.
REGISTERS = ("报送", "登记采用", "未采用", "登记批示", "更正采用", "刊用稿", "批示办结")
NOT_THERE = dict.fromkeys(REGISTERS, UNSEEN)
PROPOSES = {
    "报送": "由办公室登记", "登记采用": "已报", "未采用": "由办公室登记", "登记批示": "已报",
    "更正采用": "由办公室更正", "刊用稿": "由办公室登记", "批示办结": "没有等办结的批示",
}  # fmt: skip
ENTERS = {
    "报送": "已登记", "登记采用": "已登记", "未采用": "已登记", "登记批示": "已登记",
    "更正采用": "已更正", "刊用稿": "已存", "批示办结": "已办结",
}  # fmt: skip
LOOKS_ON = {
    **PROPOSES, "登记采用": "您不能登记", "登记批示": "您不能登记", "批示办结": "您不能登记",
}  # fmt: skip
REGISTER = {
    Role.OFFICER: NOT_THERE,
    Role.SECTION_HEAD: PROPOSES,
    Role.OFFICE: ENTERS,
    Role.SECRECY_REVIEWER: LOOKS_ON,
    Role.LEGAL_REVIEWER: LOOKS_ON,
    Role.DEPUTY: LOOKS_ON,
    Role.PRINCIPAL: LOOKS_ON,
    Role.DUTY: NOT_THERE,
    Role.LEAD_DUTY: NOT_THERE,
    Role.OPINION_LIAISON: NOT_THERE,
    Role.ADMIN: NOT_THERE,
}
REGISTERING = {
    "报送": "报送 {number} 区政府网站", "登记采用": "登记采用 {number} 市日报 今天 第3期",
    "未采用": "未采用 {number} 重复", "登记批示": "登记批示 {number} 王副市长 今天",
    "更正采用": "更正采用 {number} 采用是市晚报", "刊用稿": "刊用稿 {number}\n新的正文",
    "批示办结": "批示办结 {number} 已推广",
}  # fmt: skip


def test_each_role_registers_what_the_table_says_and_nothing_else(say: Say) -> None:
    """The office's word counts; an author's and his head's is a proposal; others look on."""
    wrong = {}
    assert set(REGISTER) == set(Role)
    for role, cells in REGISTER.items():
        number = hand_in(say, "author")
        for reviewer in (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY):
            assert say(reviewer, f"通过 {number}").startswith("已通过"), reviewer
        for act in REGISTERS:
            answer = say(role, REGISTERING[act].format(number=number))
            if cells[act] not in answer:
                wrong[role, act] = answer
    assert wrong == {}


def test_only_who_neither_proposes_nor_benefits_confirms(say: Say) -> None:
    number = hand_in(say, "author")
    for reviewer in (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY):
        say(reviewer, f"通过 {number}")
    assert say("author", f"登记采用 {number} 市日报 今天 第3期").startswith("已报")
    for role in ("author", *(role for role in Role if role is not Role.OFFICE)):
        answer = say(role, f"确认 {number}")
        assert answer.startswith((UNSEEN, "您不能确认")), role
        answer = say(role, f"不确认 {number} 没有佐证")
        assert answer.startswith((UNSEEN, "您不能确认")), role
    assert say("third", f"确认 {number}").startswith(UNSEEN)
    assert say(Role.OFFICE, f"确认 {number}").startswith("已确认")


def test_everybody_of_the_bureau_reads_its_models_and_nobody_else(say: Say) -> None:
    number = hand_in(say, "author")
    for reviewer in (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY):
        say(reviewer, f"通过 {number}")
    assert "没有找到" in say("near", "范文 标题"), "signed is not used yet"
    say(Role.OFFICE, f"登记采用 {number} 市日报 今天 第3期")
    for role in (*Role, "author", "near", "second"):
        assert f"{number}号《标题》" in say(role, "范文 标题"), role
        assert "正文：正文" in say(role, f"范文 {number}号"), role
    for other in ("far", "third"):
        assert "没有找到" in say(other, "范文 标题"), other
        assert "范文里没有" in say(other, f"范文 {number}号"), other


# What each role of 一科 hears about a draft of its own section that is out, when it says 撤下, 更正
# (asked for), 同意撤下, 不同意撤下 (of what the author asked for), 紧急撤下, 已撤下, 已更正.
OUT_ACTS = ("撤下", "更正", "同意撤下", "不同意撤下", "紧急撤下", "已撤下", "已更正")
OUT_UNSEEN = dict.fromkeys(OUT_ACTS, UNSEEN)
LOOKS_ON_OUT = {
    **dict.fromkeys(("撤下", "更正"), "您不能申请"),
    **dict.fromkeys(("同意撤下", "不同意撤下"), "您不能批准"),
    **dict.fromkeys(("紧急撤下", "已撤下", "已更正"), "只有办公室能办"),
}
ASKS = {**LOOKS_ON_OUT, "撤下": "已申请撤下", "更正": "已申请更正"}
OUT = {
    Role.OFFICER: OUT_UNSEEN,
    Role.SECTION_HEAD: ASKS,
    Role.OFFICE: {
        **ASKS,
        "紧急撤下": "已紧急撤下",
        "已撤下": "没有批准",
        "已更正": "没有更正的申请",
    },
    Role.SECRECY_REVIEWER: LOOKS_ON_OUT,
    Role.LEGAL_REVIEWER: LOOKS_ON_OUT,
    Role.DEPUTY: {**ASKS, "同意撤下": "已同意撤下", "不同意撤下": "已回复：不同意撤下"},
    Role.PRINCIPAL: ASKS,
    Role.DUTY: OUT_UNSEEN,
    Role.LEAD_DUTY: OUT_UNSEEN,
    Role.OPINION_LIAISON: OUT_UNSEEN,
    Role.ADMIN: OUT_UNSEEN,
}


def is_out(say: Say) -> int:
    """Let a draft pass its gates and be sent to a channel; return its number."""
    number = hand_in(say, "author")
    for reviewer in (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY):
        assert say(reviewer, f"通过 {number}").startswith("已通过"), reviewer
    assert say(Role.OFFICE, f"报送 {number} 区政府网站").startswith("已登记")
    return number


def test_each_role_takes_down_and_puts_right_what_the_table_says(say: Say) -> None:
    def in_words(role: str, act: str, number: int) -> str:
        return say(role, SAID.get(act, f"{act} {{number}} 有误").format(number=number))

    assert taking_down(say, in_words) == {}


def taking_down(say: Say, do: Callable[[str, str, int], str]) -> dict[tuple[Role, str], str]:
    """Let each role do each act with a draft that is out; return the answers that are wrong.

    What was asked for is refused again, so that the next one may ask.
    """
    wrong = {}
    assert set(OUT) == set(Role)
    number = is_out(say)
    refuser = {Role.DEPUTY: Role.PRINCIPAL}
    for role, cells in OUT.items():
        for act in OUT_ACTS:
            if cells is OUT_UNSEEN:  # whatever was asked for
                if (answer := do(role, act, number)) and cells[act] not in answer:
                    wrong[role, act] = answer
                continue
            of_the_author = act not in {"撤下", "更正", "紧急撤下"}
            if of_the_author:
                assert say("author", f"撤下 {number} 有误").startswith("已申请")
            answer = do(role, act, number)
            if cells[act] not in answer:
                wrong[role, act] = answer
            by = refuser.get(role, Role.DEPUTY) if not of_the_author else Role.DEPUTY
            say(by, f"不同意{'更正' if act == '更正' else '撤下'} {number} 不必")
            if answer.startswith(("已同意", "已记录")):
                number = is_out(say)
    return wrong


SUBSTITUTE = (
    "all,替补,甲局/一科,section_head|office|secrecy_reviewer|legal_reviewer|deputy|principal,\n"
)
MAY_DELEGATE = frozenset(
    {
        Role.SECTION_HEAD,
        Role.OFFICE,
        Role.SECRECY_REVIEWER,
        Role.LEGAL_REVIEWER,
        Role.DEPUTY,
        Role.PRINCIPAL,
    }
)


def test_who_reviews_lets_a_colleague_stand_in_and_nobody_else_does(config: Config) -> None:
    """代审, 结束代审: of the own bureau, as high as oneself, and only for oneself."""
    wrong = {}
    with offline(config, PEOPLE + TRIERS + SUBSTITUTE) as services:
        say = saying(services)
        for role in Role:
            may = role in MAY_DELEGATE
            for said, expected in (
                ("结束代审", "您没有委托别人代审"),
                ("代审 负责人丙 明天", "没有找到" if may else "您没有审核权限"),
                ("代审 作者乙 明天", "作者乙不能代审" if may else "您没有审核权限"),
                ("代审 替补 明天", "已委托替补代审" if may else "您没有审核权限"),
                ("结束代审", "代审已结束" if may else "您没有委托别人代审"),
            ):
                answer = say(role, said)
                if expected not in answer:
                    wrong[role, said] = answer
    assert wrong == {}


# What stands on the form of a draft's page for each word of the tables above.
FORMS = {
    "通过": {"verdict": "approve"},
    "退回": {"verdict": "return", "reason": "缺数据"},
    "暂放": {"verdict": "hold"},
    "恢复": {"verdict": "resume"},
    "转审": {"verdict": "transfer", "whom": "office"},
    "会签": {"verdict": "countersign", "whom": "deputy"},
    "撤稿": {"move": "withdraw", "sure": "y"},
    "撤下": {"move": "retract", "words": "有误"},
    "更正": {"move": "correct", "words": "有误"},
    "同意撤下": {"move": "agree"},
    "不同意撤下": {"move": "refuse", "words": "属实"},
    "紧急撤下": {"move": "down_first", "words": "有误"},
    "已撤下": {"move": "down"},
    "已更正": {"move": "right", "words": "新正文"},
}
ONLY_THERE = (
    ("通过", {"verdict": "condition", "reason": "请办公室再核数字"}),
    ("通过", {"verdict": "edit", "title": "改后的标题", "body": "改后的正文"}),
    ("撤销", {"move": "undo"}),
)
"""What has no word of its own in the tables: as may approve, and for who has just decided."""


@pytest.fixture
def fill_in(config: Config) -> Iterator[tuple[Say, FillIn]]:
    server = Server(public_url="http://127.0.0.1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), PEOPLE + TRIERS) as services:
        yield saying(services), filling_in(services)


@pytest.mark.parametrize("where", [OWN, NEAR, FAR])
def test_each_role_does_on_a_page_what_it_may_do_in_words(
    fill_in: tuple[Say, FillIn], where: str
) -> None:
    """Over HTTP: what is refused in the chat is refused here, in the same words."""
    say, on_page = fill_in
    wrong = {}
    forms = [*FORMS.items(), *ONLY_THERE]
    acts = {form.get("verdict", form.get("move")) for _, form in forms}
    assert acts == {*Act, *RecallAct, UNDO, WITHDRAW}
    author = AUTHORS[where]
    number = hand_in(say, author)
    for role, cells in TABLE.items():
        for act, form in forms:
            answer = on_page(role, author, number, form)
            expected = cells.get(where, NOBODYS).get(act, "没有可撤销的")
            if cells.get(where, NOBODYS)["稿件"] == UNSEEN:
                expected = NO_PAGE
            if expected not in answer:
                wrong[role, *form.values()] = answer
            if expected.startswith("已"):
                number = hand_in(say, author)
    assert wrong == {}


def test_each_role_takes_down_on_a_page_what_the_table_says(fill_in: tuple[Say, FillIn]) -> None:
    say, on_page = fill_in
    wrong = taking_down(say, lambda role, act, number: on_page(role, "author", number, FORMS[act]))
    assert {cell: said for cell, said in wrong.items() if said != NO_PAGE} == {}
    unseen = {role for role, cells in OUT.items() if cells is OUT_UNSEEN}
    assert {role for role, _ in wrong} == unseen


LEADERS = {Role.PRINCIPAL, Role.DEPUTY}

# What each role of 一科 hears about last month's notice, which is drafted and not released.
READS, MAY_NOT = "（第1稿，未发布）", "还没有发布"
NOTICES = {
    Role.OFFICE: ("发布2026年8月通报", "考核表（Word）", "一科2026年8月的一页纸", READS),
    Role.PRINCIPAL: ("由办公室", "考核表（Word）", "一科2026年8月的一页纸", READS),
    Role.DEPUTY: ("由办公室", "考核表（Word）", "一科2026年8月的一页纸", MAY_NOT),
    Role.SECTION_HEAD: ("由办公室", "由办公室和主要领导查看", "一科2026年8月的一页纸", MAY_NOT),
}
ELSE = ("由办公室", "由办公室和主要领导查看", "一科2026年8月的一页纸", MAY_NOT)


def test_each_role_reads_makes_and_releases_notices_as_the_table_says(say: Say) -> None:
    """Another section's page only its overseers see; another bureau has a notice of its own."""
    assert READS in say(Role.OFFICE, "通报 8月")
    wrong = {}
    for role in Role:
        said = ("发布通报 8月", "考核表 8月", "一页纸 一科 8月", "通报 8月")
        for words, expected in zip(said, NOTICES.get(role, ELSE), strict=True):
            if expected not in (answer := say(role, words)):
                wrong[role, words] = answer
        say(role, "不")
        if ("看不到" in say(role, "一页纸 二科")) is (role in {Role.OFFICE, *LEADERS}):
            wrong[role, "二科"] = "another section"
    assert wrong == {}
    assert MAY_NOT in say("third", "通报 8月")


# What each role hears that says the word about an issue with one item, offered for signature.
ISSUE = ("编入", "第", "简报", "移出", "预览", "送签", "签发", "退签", "印发")
SAYING_OF_AN_ISSUE = {
    "编入": "编入第1期 {number}号", "第": "第1期", "移出": "移出第1期 99号", "预览": "预览第1期",
    "送签": "送签第1期", "签发": "签发第1期", "退签": "退签第1期", "印发": "印发第1期 给 各科室",
    "简报": "简报",
}  # fmt: skip
COMPILES = {
    "编入": "原来就在", "第": "待签发", "移出": "里没有99号", "预览": "预览稍后发给您",
    "送签": "已经送签", "签发": "您参与了", "退签": "原因是什么", "印发": "还没签发",
    "简报": "待签发",
}  # fmt: skip
SIGNS = {
    "编入": "简报由办公室编", "第": "待签发", "移出": "简报由办公室编", "预览": "预览稍后发给您",
    "送签": "简报由办公室编", "签发": "已签发", "退签": "原因是什么", "印发": "简报由办公室编",
    "简报": "待签发",
}  # fmt: skip
SEES_NO_ISSUE = {
    "编入": "简报由办公室编", "第": "没有找到第1期", "移出": "简报由办公室编",
    "预览": "没有找到第1期",
    "送签": "没有找到第1期", "签发": "没有找到第1期", "退签": "没有找到第1期",
    "印发": "没有找到第1期", "简报": "还没有简报",
}  # fmt: skip


def test_each_role_does_with_an_issue_what_the_table_says(config: Config) -> None:
    """The office compiles, the leader over it signs; nobody else learns that there is one."""
    people = PEOPLE + "clerk,周敏,甲局/办公室,office,\n"
    cells = dict.fromkeys((*Role, "third", "far"), SEES_NO_ISSUE)
    cells |= {"clerk": COMPILES, Role.OFFICE: COMPILES | {"签发": "您不能签发"}}
    cells |= {Role.DEPUTY: SIGNS, Role.PRINCIPAL: SIGNS}
    wrong = {}
    with offline(config, people + TRIERS) as services:
        say = saying(services)
        number = hand_in(say, "author")
        for reviewer in (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY):
            say(reviewer, f"通过 {number}")
        assert "新建" in say("clerk", f"编入第1期 {number}号")
        say("clerk", "送签第1期")
        for who, expected in cells.items():
            for act in ISSUE:
                answer = say(who, SAYING_OF_AN_ISSUE[act].format(number=number))
                if expected[act] not in answer:
                    wrong[who, act] = answer
            if expected is SIGNS:
                say("clerk", "退签第1期 再看")
                say("clerk", "送签第1期")
    assert wrong == {}


# What each role of 一科 hears of tasks, points and places: 配额, 得分 一科, 得分 二科, 排名.
OF_HIS_OWN = (
    "一科9月任务",
    "一科9月得分",
    "您看不到二科的得分",
    "一科9月得分0分，在2个单位中排并列第1名",
)
WHOLE = ("9月任务：2个科室", "一科9月得分", "二科9月得分", "9月得分排名（2个单位")
SEES = {
    Role.OFFICE: WHOLE,
    Role.PRINCIPAL: WHOLE,
    Role.DEPUTY: WHOLE,
    Role.ADMIN: ("9月任务：2个科室", *OF_HIS_OWN[1:]),
}
LOOKS_UP = ("配额", "得分 一科", "得分 二科", "排名")
RULES = '[[rule_set]]\nname = "bureau"\nbase = 6\n'


def test_each_role_sees_the_tasks_points_and_places_that_are_its_own_to_see(config: Config) -> None:
    with offline(config, PEOPLE + TRIERS) as services:
        import_rules(services, RULES, "甲局")
        say = saying(services)
        wrong = {}
        for role in Role:
            for asks, expected in zip(LOOKS_UP, SEES.get(role, OF_HIS_OWN), strict=True):
                if not (answer := say(role, asks)).startswith(expected):
                    wrong[role, asks] = answer
        assert wrong == {}
        assert say("far", "排名").startswith("9月还没有计分规则")


# What each role of 一科 hears of a call for drafts (约稿) to 一科, and of one to 二科.
ON_A_CALL = {
    "看约稿": "看约稿 {number}", "认领": "认领 {number}", "无内容": "无内容 {number}",
    "催约稿": "催约稿 {number}", "取消约稿": "取消约稿 {number} 不要了",
    "应约": "应约 {number} {draft}",
}  # fmt: skip
SEES_NO_CALL = dict.fromkeys(ON_A_CALL, UNSEEN)
WRITES = {
    "看约稿": "一科：", "认领": "已认领", "无内容": "已登记", "催约稿": "由办公室和局领导安排",
    "取消约稿": "由办公室和局领导安排", "应约": "已算",
}  # fmt: skip
STEERS = {
    "看约稿": "科：", "认领": "没有派给您科室", "无内容": "没有派给您科室", "催约稿": "已催",
    "取消约稿": "已取消", "应约": "没有派给您科室",
}  # fmt: skip
ORDERS = STEERS | {"认领": "已认领", "无内容": "已登记"}
WITH_A_CALL = {
    Role.OFFICER: {OWN: WRITES | {"应约": UNSEEN}, NEAR: SEES_NO_CALL},
    Role.SECTION_HEAD: {OWN: WRITES, NEAR: SEES_NO_CALL},
    Role.OFFICE: {OWN: ORDERS | {"应约": "已算"}, NEAR: ORDERS},
    Role.DEPUTY: {OWN: STEERS, NEAR: STEERS},
    Role.PRINCIPAL: {OWN: STEERS, NEAR: STEERS},
}


@pytest.mark.parametrize(("where", "unit"), [(OWN, "一科"), (NEAR, "二科")])
def test_each_role_does_with_a_call_what_the_table_says(say: Say, where: str, unit: str) -> None:
    wrong = {}
    draft, ordered, touched = hand_in(say, "author"), 0, True
    for role in Role:
        for act, expected in WITH_A_CALL.get(role, {}).get(where, SEES_NO_CALL).items():
            if touched:
                assert say(Role.OFFICE, f"约稿 燃气检查 周五前 {unit}").startswith("已下")
                ordered += 1
            answer = say(role, ON_A_CALL[act].format(number=ordered, draft=draft))
            if expected not in answer:
                wrong[role, act] = answer
            touched = answer.startswith("已")
    assert wrong == {}
    may = {role for role in Role if say(role, "约稿 燃气检查 周五前 一科").startswith("已下")}
    assert may == {Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL}
    urgent = {
        role for role in Role if say(role, "紧急约稿 燃气检查 周五前 一科").startswith("已下")
    }
    assert urgent == may | {Role.DUTY, Role.LEAD_DUTY}
    assert say("far", "看约稿 1").startswith(UNSEEN)


# What each role of 一科 (and others) hears when it takes points off 二科, takes that back, answers
# an objection of 一科, and objects to its own score. In the other bureau there is no 二科.
ON_A_SCORE = {
    "扣分": "扣分 二科 迟报 今天 晚了两天", "作废扣分": "作废扣分 二科 核实按时",
    "采纳申诉": "采纳申诉 一科 8月 查实漏了一条", "驳回申诉": "驳回申诉 一科 8月 没有登记",
    "申诉": "申诉 8月 得分 {who}少算了一条",
}  # fmt: skip
OFFICES, UNITS = "扣分由办公室登记和作废", "申诉由科室的信息员或负责人提出"
HAS_NO_SAY = {**dict.fromkeys(ON_A_SCORE, OFFICES), "申诉": UNITS}
OBJECTS = HAS_NO_SAY | {"申诉": "已提交一科8月得分的申诉"}
ON_SCORES = {
    Role.OFFICER: OBJECTS,
    Role.SECTION_HEAD: OBJECTS,
    "author": OBJECTS,
    Role.OFFICE: {
        "扣分": "已登记扣分：二科", "作废扣分": "已作废扣分：二科", "申诉": UNITS,
        "采纳申诉": "已采纳一科8月得分的申诉", "驳回申诉": "未采纳一科8月得分的申诉",
    },
    "near": HAS_NO_SAY | {"申诉": "已提交二科8月得分的申诉"},
    "far": HAS_NO_SAY | {"申诉": "8月通报还没有发布"},
    "other": {
        "扣分": "请写明科室或稿号", "作废扣分": "没有找到这条扣分", "申诉": UNITS,
        "采纳申诉": "没有等答复的申诉", "驳回申诉": "没有等答复的申诉",
    },
}  # fmt: skip


def test_each_role_takes_off_and_objects_and_answers_as_the_table_says(config: Config) -> None:
    """The office alone takes off and answers; each unit objects to its own; no bureau to others."""
    rules = RULES + "appeal_days = 3\npenalty = { late_submit = -1 }\n"
    wrong = {}
    with offline(config, PEOPLE + TRIERS + "other,办公室乙,乙局/一科,office,\n") as services:
        import_rules(services, rules, "甲局")
        say = saying(services)
        say(Role.OFFICE, "通报 8月")
        say(Role.OFFICE, "发布通报 8月")
        assert say(Role.OFFICE, "是").startswith("已发布")
        say(Role.OFFICER, "申诉 8月 得分 少算了一条")
        for act, words in ON_A_SCORE.items():
            for who in (*Role, "author", "near", "far", "other"):
                answer = say(who, words.format(who=who))
                if not answer.startswith(ON_SCORES.get(who, HAS_NO_SAY)[act]):
                    wrong[who, act] = answer
                if answer.startswith(("已采纳", "未采纳")):
                    say(Role.OFFICER, f"申诉 8月 得分 {act}以后还是少算了一条")
    assert wrong == {}
