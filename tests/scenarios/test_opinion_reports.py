"""专报, 周报, 月报: drafted by the machine, read by a person, taken back for two minutes, sent."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from docx import Document

from bot import making
from bot.services import Services
from storage.vocabulary import PaperKind
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.rows import all_rows
from tests.harness.service import Chat
from tests.harness.telling import leap

LIAISON = (
    "userid,name,unit,roles,aliases,in_charge_of\nlena,林娜,区住建局/办公室,opinion_liaison,,\n"
)


def is_found(bureau: Chat, words: str, posted_at: datetime | None = None) -> None:
    """Let a machine find a post that some like."""
    more = {"platform": "微博", "source": "吃瓜号", "posted_at": posted_at}
    found(bureau, words, heat={"点赞": 300}, **more)


def docx_of(services: Services, briefing: str) -> tuple[str, int]:
    """Return all words of a report's document, and how many pictures are in it."""
    with services.database.reading() as uow:
        ctx = services.context(uow)
        write = making.writer(ctx, PaperKind.OPINION_REPORT, briefing)
    paper = Document(BytesIO(making.written(services, write)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    words = [one.text for one in paper.paragraphs]
    return "\n".join([*words, *cells]), len(paper.inline_shapes)


STATEMENT = (
    "我局已到现场接待业主，今天下午约谈开发企业和总包单位，复工安排今晚公布；"
    "预售监管资金账户由我局和银行共同监管，余额足够完成主体工程。"
)


@on_sqlite
def test_a_special_report_is_read_changed_taken_back_and_sent(  # noqa: PLR0915 - one report
    bureau: Chat,
) -> None:
    bureau.enrol(LIAISON)
    alice, bob, carol, dan, eve, lena = bureau.phones("alice", "bob", "carol", "dan", "eve", "lena")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    bureau.advance(minutes=40)
    is_found(bureau, "网友“小明爱吃瓜”：金色家园烂尾为什么没人管")
    before = datetime(2026, 9, 21, 1, 30, tzinfo=UTC)
    is_found(bureau, "金色家园烂尾 吃瓜号说业主要求给个说法 13812345678", posted_at=before)
    carol.says("交办 1 物业科")
    bob.says(f"口径 1 {STATEMENT}")
    dan.says("同意口径 1")
    for phone in (alice, bob, carol, dan, eve, lena):
        phone.hears_all()
    bob.says("舆情1 专报")
    bob.hears("发给办公室、局领导和舆情联络员")
    dan.says("专报 1")
    dan.hears("1号舆情还没有专报")
    dan.says("重拟专报 1")
    dan.hears("由舆情联络员和办公室起草")
    carol.says("舆情1 专报")
    carol.hears("【关于金色家园烂尾的舆情专报（第1期）】", "建议定为黄色", "专报初稿")
    assert any("舆情专报2026年第1期.docx" in one for one in carol.hears_all())
    dan.says("专报 1")
    dan.hears("还没有专报")
    [row] = all_rows(bureau.services.database)["briefings"]
    words, pictures = docx_of(bureau.services, row["id"])
    for said in (
        "〔2026〕第1期　　　　审核：待审（拟稿，未审定）", "一、风险研判", "四、主要观点",
        "最早9月21日09:30",
        "质疑责任（1条，33%）",
        "要求解决（1条，33%）", "五、处置情况", "交办：物业科", STATEMENT,
        "六、工作建议（拟，请审改）",
        "物业科到现场核实", "附件：信息清单",
    ):  # fmt: skip
        assert said in words, said
    for hidden in ("小明", "吃瓜", "13812345678"):
        assert hidden not in words, hidden
    assert pictures == 1
    lena.says("专报建议 1 一是由物业科24日前公布节点计划。")
    lena.hears("工作建议已改为：一是由物业科24日前公布节点计划。")
    lena.says("重拟专报 1")
    lena.hears("建议：一是由物业科24日前公布节点计划")
    lena.says("专报建议 1 联系平台把帖子删了")
    lena.hears("不能办")
    lena.says("把1号专报发给局长")
    lena.hears("2分钟后发给4人", "发错了发送 撤销")
    lena.says("撤销")
    lena.hears("先不发")
    bureau.advance(minutes=5)
    for phone in (dan, eve):
        assert phone.hears_all() == []
    lena.says("发专报 1")
    lena.hears("2分钟后发给4人")
    bureau.advance(seconds=90)
    assert dan.hears_all() == []
    bureau.advance(seconds=60)
    dan.hears("关于金色家园烂尾的舆情专报", "建议：一是由物业科24日前公布节点计划")
    pushed = dan.hears_all()
    assert [one for one in pushed if "舆情图" in one]
    assert [one for one in pushed if "舆情专报2026年第1期.docx" in one]
    words, _ = docx_of(bureau.services, row["id"])
    assert "未审定" not in words
    assert "拟，请审改" not in words
    assert "审核：林娜" in words
    lena.says("撤销")
    assert "先不发" not in lena.hears_all()[-1]
    eve.says("3号舆情的专报发我")
    eve.hears("没有找到3号舆情")
    for asked in ("舆情图", "看看1号舆情的走势图"):
        eve.says(asked)
        eve.hears("图马上发给您")
    eve.says("看看3号舆情的走势图")
    eve.hears("没有找到3号舆情")
    carol.says("重拟专报 1")
    carol.hears_all()
    numbers = {one["number"] for one in all_rows(bureau.services.database)["briefings"]}
    assert numbers == {1, 2}


@on_sqlite
def test_weeks_and_months_are_drafted_by_themselves(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    bureau.enrol(LIAISON)
    alice, carol, dan, lena = bureau.phones("alice", "carol", "dan", "lena")
    dan.says("舆情周报")
    dan.hears("没有2026年9月14日—20日的舆情周报", "头一个工作日8:30起草")
    alice.says("舆情周报")
    alice.hears("发给办公室、局领导和舆情联络员")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    carol.says("定级 1 黄色")
    carol.says("交办 1 物业科")
    leap(bureau, "2026-09-28 09:00")
    for phone in bureau.phones("alice", "bob", "carol", "dan", "eve"):
        phone.hears_all()
    said = "\n".join(lena.hears_all())
    assert "舆情周报（2026年9月21日—27日）" in said
    assert "本期登记舆情1起（上期0起，+1）" in said
    dan.says("发舆情周报")
    dan.hears("由舆情联络员审定")
    lena.says("发舆情周报")
    lena.hears("舆情周报（2026年9月21日—27日）》2分钟后发给4人")
    bureau.advance(minutes=3)
    assert any("舆情周报2026年9月21日.docx" in one for one in dan.hears_all())
    dan.says("把上周的舆情周报给我")
    dan.hears("舆情周报（2026年9月21日—27日）", "限时环节")
    dan.says("舆情周报 本周")
    dan.hears("还没过完")
    dan.says("舆情月报 9月")
    dan.hears("还没过完")
    [week] = [
        one for one in all_rows(bureau.services.database)["briefings"] if one["kind"] == "weekly"
    ]
    words, pictures = docx_of(bureau.services, week["id"])
    assert "人定了1件，与机器建议一致1件（100%）" in words
    assert pictures == 3
    assert "物业科\n1\n0\n1\n1\n" in words  # 在办1, 超时1
    leap(bureau, "2026-10-20 09:00")
    said = "\n".join(lena.hears_all())
    assert "舆情周报（2026年10月12日—18日）" in said  # Monday was slept through
    assert "舆情月报" not in said  # and the month's first days long ago
    leap(bureau, "2026-11-02 09:00")
    said = "\n".join(lena.hears_all())
    assert "舆情月报（2026年10月）" in said
    assert "本期没有登记涉本局舆情（零报告），上期1起" in said
    leap(bureau, "2026-11-03 10:30")
    assert "舆情月报还没发，等您同意" in "\n".join(lena.hears_all())


@on_sqlite
def test_a_special_report_of_a_false_alarm_says_so_and_advises_no_answer(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    carol.says("1号误报，是旧视频")
    carol.hears_all()
    carol.says("专报 1")
    carol.hears("经核实不属实，已按误报办结（是旧视频）。", "建议：留存核实依据")


@on_sqlite
def test_what_happens_the_moment_that_a_period_ends_is_counted_in_the_next(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    carol.says("定级 1 黄色")
    carol.says("1号办结，业主认可")
    now, day = bureau.clock(), timedelta(days=1)
    [case] = all_rows(bureau.services.database)["cases"]
    with bureau.services.database.reading() as uow:
        for span, platforms, closed in (
            ((now - day, now), {}, 0),
            ((now, now + day), {"抖音": 1}, 1),
        ):
            assert uow.opinion.platforms([case["id"]], *span) == platforms
            assert uow.briefings.closed(case["bureau"], *span) == closed
            assert bool(uow.briefings.steps(case["bureau"], *span)) == bool(closed)
