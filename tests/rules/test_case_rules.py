"""Cases of public opinion: moves, rights, limits, what is told again, what is refused."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import WorkCalendar
from handlers.rules.cases.alerting import Because, Known, not_before, worth_telling
from handlers.rules.cases.flow import (
    ENDED,
    LIVE,
    MOVES,
    TRANSITIONS,
    UNDOABLE,
    IllegalCaseMoveError,
    after,
)
from handlers.rules.cases.limits import LIMITS, length, owed, time_used, warnings
from handlers.rules.cases.refusing import Refused, refused
from handlers.rules.cases.rights import MAY, Hat, may, may_assign, may_grade, may_see
from handlers.rules.cases.words import (
    demands_said,
    facts_said,
    outcome_said,
    plain_days,
    plan_said,
    short_title,
    truth_said,
)
from handlers.rules.escalation import rank
from storage.vocabulary import CaseMove, CaseState, CaseStep, Grade, Truth

MONDAY_TEN = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
CALENDAR = WorkCalendar(exceptions={})
BLUE, YELLOW, ORANGE, RED = Grade


@given(st.lists(st.sampled_from(CaseMove), max_size=30))
def test_whatever_is_done_a_case_is_live_or_ended_and_can_go_on(moves: list[CaseMove]) -> None:
    """Nothing leads out of the table; what has ended comes back by being reopened alone."""
    state = CaseState.REGISTERED
    for move in moves:
        try:
            reached = after(state, move)
        except IllegalCaseMoveError:
            assert (state, move) not in MOVES
            continue
        if state in ENDED:
            assert move is CaseMove.REOPEN or reached is state
        state = reached
    assert any((state, move) in MOVES for move in CaseMove)
    reachable = {row.target for row in TRANSITIONS}
    assert reachable == set(CaseState)
    assert set(MAY) >= UNDOABLE
    ends = {CaseMove.CLOSE, CaseMove.FALSE_ALARM, CaseMove.FORWARD, CaseMove.MERGE}
    assert all(after(one, move) in ENDED for one in LIVE for move in ends)


@given(st.frozensets(st.sampled_from(Hat)), st.sampled_from(Grade), st.sampled_from(Grade))
def test_a_graver_case_is_nobodys_more_to_decide_than_a_lighter_one(
    hats: frozenset[Hat], one: Grade, other: Grade
) -> None:
    lighter, graver = sorted((one, other), key=rank)
    for move in (CaseMove.GRADE, CaseMove.APPROVE, CaseMove.CLOSE):
        assert may(hats, move, lighter) or not may(hats, move, graver)
    assert may_see(hats, lighter) or not may_see(hats, graver)
    assert may_grade(hats, graver, lighter) == may_grade(hats, lighter, graver)


@pytest.mark.parametrize(
    ("hat", "grades", "closes", "assigns"),
    [
        (Hat.FINDER, "", "", False),
        (Hat.OFFICER, "", "", False),
        (Hat.HEAD, "", "", False),
        (Hat.HOLDER, "", "", False),
        (Hat.OFFICE, "by", "by", True),
        (Hat.LIAISON, "", "", False),
        (Hat.DUTY, "", "", False),
        (Hat.LEAD_DUTY, "", "", False),
        (Hat.DEPUTY, "byor", "byo", True),
        (Hat.LEADER, "", "", False),
        (Hat.PRINCIPAL, "byor", "byor", True),
    ],
)
def test_who_grades_closes_and_assigns(
    hat: Hat, grades: str, closes: str, *, assigns: bool
) -> None:
    """The matrix of domain-rules §2.3 and the last line of §6.4."""
    assert "".join(g.value[0] for g in Grade if may_grade({hat}, None, g)) == grades
    assert "".join(g.value[0] for g in Grade if may({hat}, CaseMove.CLOSE, g)) == closes
    assert may_assign({hat}, to_own=False, taken=True) is assigns
    first = {Hat.DUTY, Hat.LEAD_DUTY}
    assert may_assign({hat}, to_own=False, taken=False) is (assigns or hat in first)
    assert may_assign({hat}, to_own=True, taken=True) is (assigns or hat is Hat.HEAD)
    assert may_see({hat}, ORANGE) is (hat is not Hat.FINDER)


def standing(**facts: Any) -> Any:
    names = ("assigned_at", "graded_at", "acked_at", "facts_at", "plan_at", "answered_at", "due_at")
    known = dict.fromkeys(names) | {"state": CaseState.REGISTERED, "registered_at": MONDAY_TEN}
    return SimpleNamespace(**(known | {"clock_at": MONDAY_TEN} | facts))


@pytest.mark.parametrize(
    ("grade", "hours"),
    [
        (BLUE, {"grade": 2, "ack": 4 + 2, "facts": 24, "plan": 48, "answer": 48}),
        (YELLOW, {"grade": 1, "ack": 1, "facts": 6, "plan": 25, "answer": 24}),
        (ORANGE, {"grade": 0.5, "ack": 0.25, "facts": 1, "plan": 4, "answer": 5}),
        (RED, {"grade": 0.5, "ack": 1 / 6, "facts": 0.5, "plan": 2, "answer": 5}),
    ],
)
def test_limits_by_grade(grade: Grade, hours: dict[str, float]) -> None:
    """Of domain-rules §6.4: lighter ones in working hours (two of noon lie between), graver not."""
    found = {one.step: one.due_at for one in owed(standing(), LIMITS[grade], CALENDAR)}
    assert found == {
        CaseStep(step): MONDAY_TEN + timedelta(hours=wait) for step, wait in hours.items()
    }


def test_steps_that_are_done_are_owed_no_more_and_a_date_only_shortens() -> None:
    soon = MONDAY_TEN + timedelta(hours=3)
    case = standing(acked_at=MONDAY_TEN, graded_at=MONDAY_TEN, due_at=soon)
    found = {one.step: one for one in owed(case, LIMITS[YELLOW], CALENDAR)}
    assert set(found) == {CaseStep.FACTS, CaseStep.PLAN, CaseStep.ANSWER, CaseStep.PROGRESS}
    assert found[CaseStep.ANSWER].due_at == soon
    halves = [moment - MONDAY_TEN for _, moment in warnings(found[CaseStep.ANSWER])]
    assert halves == [timedelta(minutes=90), timedelta(minutes=144)]
    late = standing(due_at=MONDAY_TEN + timedelta(days=9))
    assert {one.due_at for one in owed(late, LIMITS[ORANGE], CALENDAR)} >= {
        MONDAY_TEN + timedelta(hours=5)
    }
    given = {one.step: one for one in owed(standing(assigned_at=soon), LIMITS[RED], CALENDAR)}
    assert given[CaseStep.ACK].due_at == soon + timedelta(minutes=10)
    for state in (*ENDED, CaseState.WATCHING, CaseState.CLUE):
        assert list(owed(standing(state=state), LIMITS[RED], CALENDAR)) == []
    five_hours = MONDAY_TEN, MONDAY_TEN + timedelta(hours=5)
    assert time_used(*five_hours, "4wh", CALENDAR) == (180, 240, True)
    assert time_used(*five_hours, "4h", CALENDAR) == (300, 240, False)
    assert [length(one) for one in ("15m", "2h", "1d", "4wh")] == [15, 120, 1440, 240]


@pytest.mark.parametrize(
    ("now", "because"),
    [
        (Known(grade=YELLOW, sources=3), None),
        (Known(grade=ORANGE), Because.GRAVER),
        (Known(grade=YELLOW, harmed=1), Because.CASUALTIES),
        (Known(grade=YELLOW, medium=1), Because.MEDIA),
        (Known(grade=YELLOW, sources=4), Because.SPREAD),
        (Known(grade=BLUE, sources=2), None),
    ],
)
def test_what_is_worth_telling_again(now: Known, because: Because | None) -> None:
    told = Known(grade=YELLOW, sources=2)
    assert worth_telling(told, now) is because
    assert Known.read(now.write()) == now
    soon = MONDAY_TEN + timedelta(minutes=5)
    when = not_before(because or Because.SPREAD, MONDAY_TEN, "30m", CALENDAR, soon)
    assert when == (soon if because is Because.GRAVER else MONDAY_TEN + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("抖音有人发视频说金色家园烂尾 点赞2万", "金色家园烂尾"),
        ("微博上网友反映：翠湖小区停水三天，阅读量破10万", "翠湖小区停水三天"),
        ("金色家园业主拉横幅", "金色家园业主拉横幅"),
        ("刚刷到抖音有个视频讲金色家园停工了，评论都炸了", "金色家园停工了"),
        ("微博热搜说翠湖小区外墙砖掉下来砸了车 转发3千", "翠湖小区外墙砖掉下来砸了车"),
        ("有人在12345投诉老城北街危房墙体开裂", "老城北街危房墙体开裂"),
        ("发现一条负面，小红书上说公积金提取排队两小时", "公积金提取排队两小时"),
        ("https://v.douyin.com/abc/ 塔吊倒了！现场有人", "塔吊倒了"),
        (
            "和平里老楼墙体开裂能伸进手指，住着二十多户老人，报了一个月没人来看",
            "和平里老楼墙体开裂能伸进手指，住着二十多户老人",
        ),
        (
            "金色家园三期五号楼二单元的业主们今天又都在问什么时候才能拿到房产证呢",
            "金色家园三期五号楼二单元的业主们今天又都在问什么时候才能拿…",
        ),
    ],
)
def test_titles_say_what_it_is_about(text: str, title: str) -> None:
    assert short_title(text) == title


def test_what_is_read_from_news() -> None:
    assert truth_said("经核实属实") is Truth.TRUE
    assert truth_said("部分属实，工期有出入") is Truth.PARTLY
    assert truth_said("不属实，是去年的旧闻") is Truth.UNTRUE
    assert truth_said("正在了解") is None
    assert facts_said("经核实，停工两个月")
    assert not facts_said("正在核实")
    assert plan_said("已责令整改")
    assert plain_days("两周 已复工") == (timedelta(days=14), "已复工")
    assert plain_days("已复工") == (None, "已复工")


REFUSED = {
    Refused.DELETION: """
        把那个帖子删了
        联系抖音把视频下架
        找人删帖
        找平台把热搜压下去
        想办法让平台删评论
        赶紧把负面清掉
        花钱把那条撤了
        能不能请网信办把帖子撤下来
        删掉网上那些差评
        把 帖 子 删 掉
        找人删-帖
        聯繫平台把帖子刪了
        让博主把视频弄没
        帖子都给我删掉
        删贴
        沉帖
        把评论区关了
        能不能把这条举报掉
        把热度降下来
        能否协调抖音限流
        帖子能不能隐藏
        把他拉黑
        把抖音那个视频处理一下，别让人看见
        大家一起去举报这个视频
    """,
    Refused.STEERING: """
        组织大家去评论区刷好评
        找点水军压一压
        安排网评员跟帖引导一下舆论
        每个人到底下留言说几句好话
        装成业主去留言夸一夸
        注册几个小号发正面评论
        让各科室去点赞
        找 水.军 控 评
        控一下评
        每个科室出两个人去跟帖
        评论区组织几个人说说好话
        用业主身份发几条澄清
        网评员上
    """,
    Refused.PROFILING: """
        查一下发帖的是谁
        查查是谁发的视频
        人肉一下这个博主
        把楼主的底细摸清，住哪、哪个单位
        看看举报人是谁
        打听一下拍视频的人住在哪
        建一份上访户黑名单
        查发帖人的手机号和真名
        他的IP在哪里
        找到这个人的真实身份
        查一下视频是哪个业主拍的
        看看是哪个职工爆料的
        这个网友叫什么名字
        匿名信是谁写的
        谁举报的
        发帖人的微信号是多少
        这个号的实名信息能查到吗
        请公安查一下造谣的人
        是谁在网上乱说
        这个视频是谁拍的
    """,
}
NOT_REFUSED = """
    帖子被平台删了，网友更不满
    发帖人已自行删除视频
    网友质疑物业删帖
    业主反映开发商在删评论
    发现有水军带节奏，请关注
    网友投诉物业刷好评
    已联系上发帖人，答应面谈
    业主担心被人肉
    第三段删掉
    不要组织刷评论
    已约谈开发商，责令整改
    自来水压力不够，已派人去看
    请物业科到现场核实
    请电力公司降低施工噪音
    有业主在视频里说房子漏水
    博主同意删除不实视频
    业主反映物业把评论区关了
    公安已查处造谣的人
    补贴还没发
    查一下稿子是谁发的
    问问哪个科室投诉最多
    看看哪个业主投诉漏水没处理
    摸排危房的底数
    请联系投诉人核实情况
    网友举报物业私拆承重墙
    在评论区置顶了官方回应
    把1号舆情关掉
"""


def test_what_is_never_done_is_refused_and_news_of_it_is_not() -> None:
    wrong = [
        (kind, line)
        for kind, lines in REFUSED.items()
        for line in lines.strip().splitlines()
        if refused(line.strip()) is not kind
    ]
    assert wrong == []
    assert [one for one in NOT_REFUSED.strip().splitlines() if refused(one.strip())] == []


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("业主聚集，强烈要求更换电梯", "更换电梯"),
        ("希望尽快复工，呼吁公布资金监管账户", "尽快复工；公布资金监管账户"),
        ("农民工在项目部门口讨工资", "讨工资"),
        ("停水三天了，什么时候能来水", "什么时候能来水"),
        ("区住建局要求施工单位停工整改", ""),
        ("经查不符合规范要求", ""),
        ("3号楼电梯困人", ""),
    ],
)
def test_demands(text: str, demands: str) -> None:
    assert demands_said(text) == demands


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("误报，是旧视频", "是旧视频"),
        ("误报是旧视频。", "是旧视频"),
        ("误报：旧视频", "旧视频"),
        ("虚惊一场，谣言，误报结掉", "虚惊一场，谣言"),
        ("核实是误报，关闭", "核实是误报"),
        ("是误报。", ""),
        ("办结，业主认可，已复工", "业主认可，已复工"),
        ("可以结了，再观察三天", ""),
        ("热度降了，办结，继续关注一周", "热度降了"),
        ("搞定了 销号吧", "搞定了"),
        ("结案，复盘：以后先打电话", "复盘：以后先打电话"),
        ("同意办结", ""),
        ("关闭了阀门，结了", "关闭了阀门"),
        ("3.5万元已退，结了吧", "3.5万元已退"),
        ("非本地，转邻区住建局", "转邻区住建局"),
        ("不是我们区的，关掉", "不是我们区的"),
        ("銷號", ""),
    ],
)
def test_how_it_came_to_its_end_is_said_apart_from_that_it_did(said: str, outcome: str) -> None:
    assert outcome_said(said) == outcome
