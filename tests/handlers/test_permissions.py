"""Each role of the vocabulary tries each command on drafts near and far."""

from collections.abc import Callable, Iterator

import pytest

from bot.config import Config, Server
from bot.web.moves import UNDO, WITHDRAW
from handlers.kit.events import AlertAsked
from handlers.recalls.capability import RecallAct
from handlers.reviews.capability import Act
from handlers.zero_reports.capability import ZeroReportPolicy
from storage.vocabulary import Grade, Role
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


def test_who_writes_for_a_section_or_heads_it_reports_that_it_has_nothing(config: Config) -> None:
    """零报告; who oversees all sections reads the list of them."""
    sends = {Role.OFFICER, Role.SECTION_HEAD}
    reads = {Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL}
    used = config.model_copy(update={"zero_reports": ZeroReportPolicy(on=True)})
    bureau_wide = "".join(f"{role}2,{role}2,甲局,{role},\n" for role in Role)
    wrong = {}
    with offline(used, PEOPLE + TRIERS + bureau_wide) as services:
        say = saying(services)
        for role in Role:
            for said, may in (("零报告", role in sends), ("二科零报告", False)):
                answer = say(role, said)
                if ("零报告已记下" if may else "由科室的信息员和负责人报") not in answer:
                    wrong[role, said] = answer
            if role in sends:
                say(role, "撤销")
            answer = say(f"{role}2", "零报告情况")
            if ("没有报也没有零报告" if role in reads else "由办公室和局领导看") not in answer:
                wrong[role, "零报告情况"] = answer
    assert wrong == {}


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


# What each role hears when it says that what a machine found was judged wrongly, or asks how well.
MARKS = {
    Role.OFFICE, Role.OPINION_LIAISON, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL,
}  # fmt: skip


def test_who_sees_all_cases_marks_items_and_nobody_else(say: Say) -> None:
    """An item of another bureau is not there, and neither is one that is not to be marked."""
    assert say("author", "报舆情 抖音有人发视频说金色家园烂尾 点赞2万").startswith("已登记")
    wrong = {}
    for role in (*Role, "first", "third"):
        may = role in MARKS
        for said, expected in (
            ("条目1", "条目1《" if may else "没有找到条目1"),
            ("条目1 误报 旧视频", "已标注条目1" if may else "没有找到条目1"),
            ("研判准不准", "2026年9月" if may else "由办公室、舆情联络员、值班和局领导"),
        ):
            if expected not in (answer := say(role, said)):
                wrong[role, said] = answer
    assert wrong == {}


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


# What each role of 一科 hears about an item of the year's plan that 一科 owes.
PLANNING = {
    "看计划": "看计划 {number}", "改计划": "改计划 {number} 明天", "完成计划": "完成计划 {number}",
    "计划不约稿": "计划不约稿 {number}", "取消计划": "取消计划 {number}",
}  # fmt: skip
PLAN_UNSEEN = dict.fromkeys(PLANNING, "没有找到")
READS_PLAN = {**dict.fromkeys(PLANNING, "年度计划由办公室维护"), "看计划": "节点"}
PLANS = {
    Role.OFFICER: READS_PLAN,
    Role.SECTION_HEAD: READS_PLAN,
    Role.DEPUTY: READS_PLAN,
    Role.PRINCIPAL: READS_PLAN,
    Role.OFFICE: {
        "看计划": "节点", "改计划": "的节点从", "完成计划": "已记为完成",
        "计划不约稿": "不再自动约稿", "取消计划": "已取消",
    },
}  # fmt: skip


def test_each_role_sees_and_keeps_the_plan_as_the_table_says(say: Say) -> None:
    """The office keeps it; the units that owe an item and their leaders read it; nobody else."""
    wrong = {}
    item = "加计划 秋季检查 9月28日、12月4日 一科"
    for who in (*Role, "near", "far"):
        kept = say(who, item) if who is not Role.OFFICE else ""
        assert not kept or "由办公室维护" in kept, who
    assert "已加" in say(Role.OFFICE, item)
    for who in (*Role, "near", "far", "third"):
        expected = PLANS.get(who, PLAN_UNSEEN)
        for act, words in PLANNING.items():
            answer = say(who, words.format(number=1))
            if expected[act] not in answer:
                wrong[who, act] = answer
            if who is Role.OFFICE and act in {"改计划", "完成计划"}:
                assert "已撤销" in say(who, "撤销")
    assert wrong == {}


# What each role of 一科 hears of the duty, of a gathering of the office, and of alerts.
ON_DUTY_AND_MEETINGS = {
    "排班": "排班 12月1日到2日", "不排班": "不排班 12月5日 检修",
    "重要时段": "重要时段 {role}会 12月7日到8日", "值班记录": "值班记录 14:20 停水",
    "会议通知": "会议通知 12月3日下午两点 {role}培训 作者乙",
    "会议改期": "会议改期 1 12月4日下午三点", "参会名单": "参会名单 1",
    "紧急通知": "紧急通知 局领导 停水", "静默": "静默 12345 4小时 演练", "解除": "解除 01 已办",
}  # fmt: skip
ROSTER_KEPT, LOG_KEPT = "值班表由办公室排", "值班记录由当班的人和办公室记"
NOT_HIS_MEETING, NO_ALERT = "只有通知人和办公室可以办", "没有找到警报01"
HAS_NO_PART = {
    "排班": ROSTER_KEPT, "不排班": ROSTER_KEPT, "重要时段": "重要时段由办公室",
    "值班记录": LOG_KEPT, "会议通知": "只有办公室和领导可以发", "会议改期": NOT_HIS_MEETING,
    "参会名单": NOT_HIS_MEETING, "紧急通知": "您不能发紧急通知", "静默": "您不能静默警报",
    "解除": NO_ALERT,
}  # fmt: skip
CALLS_OUT = {"紧急通知": "现在发吗"}
HEARS_OF_ALERTS = {"静默": "已静默", "解除": "还没有人接"}
LEADS_THE_BUREAU = {
    **HAS_NO_PART, **CALLS_OUT, **HEARS_OF_ALERTS, "重要时段": "已定重要时段",
    "值班记录": "记下了", "会议通知": "已通知1人",
}  # fmt: skip
DUTY_ROLES = {
    Role.SECTION_HEAD: {**HAS_NO_PART, "解除": "还没有人接"},
    Role.OFFICE: {
        **LEADS_THE_BUREAU, "排班": "有2个班没人可排", "不排班": "记下了", "会议改期": "改到",
        "参会名单": "没回复",
    },
    Role.DEPUTY: LEADS_THE_BUREAU,
    Role.PRINCIPAL: LEADS_THE_BUREAU,
    Role.DUTY: {**HAS_NO_PART, **CALLS_OUT, "解除": "还没有人接"},
    Role.LEAD_DUTY: {**HAS_NO_PART, **CALLS_OUT, **HEARS_OF_ALERTS},
    Role.OPINION_LIAISON: {**HAS_NO_PART, **HEARS_OF_ALERTS},
    Role.ADMIN: {**HAS_NO_PART, **CALLS_OUT},
}  # fmt: skip


def test_each_role_does_of_duty_meetings_and_alerts_what_the_table_says(config: Config) -> None:
    people = PEOPLE + "clerk,周敏,甲局/办公室,office,\n"
    wrong = {}
    with offline(config, people + TRIERS) as services:
        say = saying(services)
        assert "1号会" in say("clerk", "会议通知 12月3日下午两点 选题会 作者乙")
        with services.database.begin() as uow:
            unit = uow.members.unit_at("甲局/一科")
            assert unit
            services.context(uow).emit(
                AlertAsked(
                    unit=unit.id,
                    kind="incident",
                    key="1",
                    grade=Grade.RED,
                    source="12345",
                    title="停水",
                    text="停水",
                )
            )
        for role in (*Role, "far", "third"):
            for act, words in ON_DUTY_AND_MEETINGS.items():
                expected = DUTY_ROLES.get(role, HAS_NO_PART)[act]
                if role in {"far", "third"} and act in {"会议改期", "参会名单"}:
                    expected = "没有1号会"
                if expected not in (answer := say(role, words.format(role=role))):
                    wrong[role, act] = answer
                if "现在发吗" in answer:
                    say(role, "不是")
    assert wrong == {}


# What each role of 一科 hears about reminders and silence: all are everybody's own, except that the
# office may let officers be reminded, and what messages ask of people is for few.
OWN_TALK = {
    "提醒我 明天9点 交稿": "提醒您：交稿",
    "我的提醒": "您设的提醒（1个）",
    "取消提醒 1": "已取消提醒：交稿",
    "稍后提醒": "最近没有提醒过您什么",
    "免打扰": "不再主动给您发消息",
    "恢复提醒": "已恢复",
    "安静时段 21:00-08:00": "每天21:00-08:00不主动给您发消息",
    "安静时段 取消": "已取消您的安静时段",
}
TELLS_OFFICERS = {Role.OFFICE}
READS_BURDEN = {Role.OFFICE, Role.ADMIN, Role.DEPUTY, Role.PRINCIPAL}


def test_reminders_and_silence_are_everybodys_own(say: Say) -> None:
    """Another's reminder has the same number, and is not there for anybody else."""
    say("near", "提醒我 明天9点 报表")
    wrong = {}
    for role in Role:
        for said, expected in OWN_TALK.items():
            answer = say(role, said)
            if expected not in answer:
                wrong[role, said] = answer
        assert "您没有设提醒" in say(role, "取消提醒 1"), role
    assert wrong == {}
    assert "报表" in say("near", "我的提醒")


def test_only_the_office_lets_officers_be_reminded_and_few_read_the_burden(say: Say) -> None:
    wrong = {}
    for role in Role:
        answer = say(role, "每月25号提醒各科室报信息")
        if ("好的" in answer) is not (role in TELLS_OFFICERS):
            wrong[role, "各科室"] = answer
        answer = say(role, "减负报告 8月")
        if ("只有" in answer) is (role in READS_BURDEN):
            wrong[role, "减负报告"] = answer
    assert wrong == {}


# What each role of 一科 hears about a case of its own section: 舆情 1, 定级 1 红色, 办结舆情 1.
LOOKS = "1号舆情《"
OPINION = {
    Role.OFFICER: (LOOKS, "您不能定级", "已申请办结"),
    Role.SECTION_HEAD: (LOOKS, "要由", "已申请办结"),
    Role.OFFICE: (LOOKS, "要由", "已申请办结"),
    Role.SECRECY_REVIEWER: (UNSEEN, UNSEEN, UNSEEN),
    Role.LEGAL_REVIEWER: (UNSEEN, UNSEEN, UNSEEN),
    Role.DUTY: (LOOKS, "要由", "已申请办结"),
    Role.LEAD_DUTY: (LOOKS, "要由", "已申请办结"),
    Role.OPINION_LIAISON: (LOOKS, "要由", "已申请办结"),
    Role.ADMIN: (UNSEEN, UNSEEN, UNSEEN),
    Role.DEPUTY: (LOOKS, "已定为红色", "已申请办结"),
    Role.PRINCIPAL: (LOOKS, "已经是红色", "已办结"),
}


def test_each_role_may_do_to_a_case_what_the_table_says(say: Say) -> None:
    """The rights by grade are in tests/rules/test_case_rules.py; this is whose hat a role wears."""
    assert set(OPINION) == set(Role)
    assert "已登记1号舆情" in say("author", "网上有人说塔吊倒塌致3人死亡，上百人聚集，已上全国热搜")
    for far in ("far", "third"):
        assert UNSEEN in say(far, "舆情 1")
    wrong = {}
    for role, expected in OPINION.items():
        said = ("舆情 1", "定级 1 红色", "办结舆情 1 已处置")
        answers = [say(role, words) for words in said]
        if not all(want in got for want, got in zip(expected, answers, strict=True)):
            wrong[role] = answers
    assert wrong == {}


# What each role of 一科 hears about sources, clues and the daily report; in this order, so that
# whoever may do something finds it as the one before has left it.
SOURCES_KEPT, CLUES_KEPT = "来源由办公室、舆情联络员和管理员管理", "信息线索由办公室办理"
REPORT_KEPT, REPORT_SEEN = "舆情日报由舆情联络员审定", "舆情日报发给办公室、局领导和舆情联络员"
ON_OPINION = {
    "来源": (SOURCES_KEPT, "舆情来源1个"),
    "添加来源 晚报 https://example.cn/rss": (SOURCES_KEPT, "已有同名来源"),
    "试来源 1": (SOURCES_KEPT, "马上试读"),
    "停用来源 1": (SOURCES_KEPT, "已停用"),
    "启用来源 1": (SOURCES_KEPT, "已启用"),
    "删除来源 1": (SOURCES_KEPT, "先停用再删除"),
    "合并线索 1 9": (CLUES_KEPT, "没有信息线索9"),
    "线索成稿 9": (CLUES_KEPT, "没有信息线索9"),
    "线索约稿 9": (CLUES_KEPT, "没有信息线索9"),
    "办结线索 9 重复": (CLUES_KEPT, "没有信息线索9"),
    "舆情日报": (REPORT_SEEN, "还没有舆情日报"),
    "日报文件": (REPORT_SEEN, "还没有舆情日报"),
    "发日报": (REPORT_KEPT, "今天的舆情日报还没有起草"),
    "先别发日报": (REPORT_KEPT, "今天的舆情日报还没有起草"),
    "重拟日报": (REPORT_KEPT, "已按现在的情况重拟"),
    "日报关注 物业交接": (REPORT_KEPT, "已写进明日关注"),
}
MAY_ON_OPINION = {
    Role.OFFICE: {SOURCES_KEPT, CLUES_KEPT, REPORT_SEEN},
    Role.OPINION_LIAISON: {SOURCES_KEPT, REPORT_KEPT, REPORT_SEEN},
    Role.ADMIN: {SOURCES_KEPT},
    Role.DEPUTY: {REPORT_SEEN},
    Role.PRINCIPAL: {REPORT_SEEN},
}


def test_each_role_keeps_sources_clues_and_reports_as_the_table_says(config: Config) -> None:
    """In another bureau nobody finds them: its own numbers begin anew."""
    keepers = "clerk,周敏,甲局/办公室,office,\nelsewhere,吴丹,乙局/办公室,office,\n"
    wrong = {}
    with offline(config, PEOPLE + keepers + TRIERS) as services:
        say = saying(services)
        assert "1号来源" in say("clerk", "添加来源 晚报 https://example.cn/rss")
        assert "信息线索1已记下" in say("author", "线索：某市燃气爆燃三人伤")
        for role in (*Role, "far", "third"):
            may = MAY_ON_OPINION.get(role, set())
            for words, (refused, done) in ON_OPINION.items():
                answer = say(role, words)
                if (done if refused in may else refused) not in answer:
                    wrong[role, words] = answer
        assert "还没有来源" in say("elsewhere", "来源")
        assert "没有1号来源" in say("elsewhere", "停用来源 1")
    assert wrong == {}


HANDLES_BOTH = {
    Role.SECTION_HEAD, Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL,
}  # fmt: skip
LINKING = dict.fromkeys(HANDLES_BOTH, "已把1号舆情") | {
    Role.OFFICER: "没有找到紧急1号",
    Role.OPINION_LIAISON: "由报告人、值班、办公室",
}


def test_only_who_handles_both_links_a_case_and_an_incident(say: Say) -> None:
    assert "已登记1号舆情" in say("author", "网上有人说塔吊倒塌致3人死亡，上百人聚集，已上全国热搜")
    assert "已登记紧急1号" in say("author", "紧急信息：城南工地塔吊倒塌")
    wrong = {}
    for role in (*Role, "far", "third"):
        answer = say(role, "关联舆情 1 紧急1")
        if LINKING.get(role, UNSEEN) not in answer:
            wrong[role] = answer
        undone = say(role, "取消关联 1 紧急1")
        if ("已取消" in undone) is not (role in HANDLES_BOTH):
            wrong[role] = undone
    assert wrong == {}


# What each role hears of reports of public opinion: 舆情日报, 发日报, 专报 1, 重拟专报 1, 舆情周报,
# 发舆情周报, 舆情图.
REPORT_WORDS = (
    "舆情日报", "发日报", "专报 1", "重拟专报 1", "舆情周报", "发舆情周报", "舆情图"
)  # fmt: skip
NO_REPORTS = (
    "发给办公室、局领导和舆情联络员", "由舆情联络员审定", "舆情报告发给", "由舆情联络员和办公室",
    "舆情报告发给", "由舆情联络员审定", "舆情图发给",
)  # fmt: skip
READS_REPORTS = (
    "还没有舆情日报", "由舆情联络员审定", "还没有专报", "由舆情联络员和办公室", "没有2026年",
    "由舆情联络员审定", "图马上发给您",
)  # fmt: skip
WRITES_SPECIALS = (
    *READS_REPORTS[:2], "专报初稿", "专报初稿", "没有2026年", "由舆情联络员审定", "图马上发给您",
)  # fmt: skip
RELEASES = (
    "还没有舆情日报", "16:30起草", "专报初稿", "专报初稿", "没有2026年", "没有2026年",
    "图马上发给您",
)  # fmt: skip
REPORTS_OF_OPINION = {
    Role.DEPUTY: READS_REPORTS,
    Role.PRINCIPAL: READS_REPORTS,
    Role.DUTY: (*NO_REPORTS[:-1], "图马上发给您"),
    Role.LEAD_DUTY: (*NO_REPORTS[:-1], "图马上发给您"),
    Role.OFFICE: WRITES_SPECIALS,
    Role.OPINION_LIAISON: RELEASES,
}


def test_each_role_reads_writes_and_releases_reports_of_opinion_as_the_table_says(say: Say) -> None:
    say("author", "抖音有人发视频说金色家园烂尾 点赞2万")
    wrong = {}
    leaders_first = sorted(Role, key=lambda role: role in {Role.OFFICE, Role.OPINION_LIAISON})
    for role in leaders_first:
        for words, expected in zip(
            REPORT_WORDS, REPORTS_OF_OPINION.get(role, NO_REPORTS), strict=True
        ):
            if expected not in (answer := say(role, words)):
                wrong[role, words] = answer
    assert wrong == {}
    for words, expected in (("专报 1", "舆情报告发给"), ("舆情图 1", "舆情图发给")):
        assert expected in say("third", words), "another bureau"


RUNS_PLANS = {Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL}
SEES_PLANS = RUNS_PLANS | {Role.SECTION_HEAD, Role.OPINION_LIAISON}
CASE_PLAN = """\
[[contingency]]
name = "停工楼盘预案"
words = ["塔吊"]
of = ["case"]
at_least = "red"
task = [{ words = "派人到现场", tell = ["section_head"], within = "30m" }]
"""


def test_each_role_sees_and_runs_emergency_plans_as_the_table_says(config: Config) -> None:
    """One that started by itself, with the grade of a case, and exercises."""
    with offline(config, PEOPLE + TRIERS) as services:
        assert import_rules(services, CASE_PLAN, "甲局") == []
        say = saying(services)
        assert "已登记1号舆情" in say(
            "author", "网上有人说塔吊倒塌致3人死亡，上百人聚集，已上全国热搜"
        )
        assert "已定为橙色" in say(Role.DEPUTY, "定级 1 橙色")
        assert "没有找到1号预案" in say(Role.OFFICE, "看预案 1")
        assert "已定为红色" in say(Role.DEPUTY, "定级 1 红色")
        wrong, number = {}, 1
        for role in (*Role, "far"):
            seen = "派人到现场" in say(role, "看预案 1")
            exercised = "已启动【演练】" in say(role, "演练 停工楼盘预案")
            number += exercised
            ended = "已结束" in say(role, f"结束演练 {number}") if number > 1 else exercised
            if (seen, exercised) != (role in SEES_PLANS, role in RUNS_PLANS) or ended > exercised:
                wrong[role] = (seen, exercised, ended)
        assert wrong == {}
