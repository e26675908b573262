"""条目12 误报: what people decide stands beside what was suggested; weights are made from it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.config import Config
from handlers.kit.events import MonthSummedUp
from handlers.opinion.weighing import refit_opinion_models, take_refit, try_refit, undo_refit
from handlers.rules.opinion.top import SHIPPED
from storage.vocabulary import Grade, ItemVerdict, UserId
from tests.harness.administrator import administrator
from tests.harness.databases import on_sqlite
from tests.harness.finding import found, ours
from tests.harness.pages import Visitor, hidden
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat

DULL = "邻市物业服务经验交流会召开"


def marks(bureau: Chat) -> list[tuple[int, str, str | None, str | None, bool]]:
    return [
        (row["item"], row["verdict"], row["suggested"], row["grade"], row["of_case"])
        for row in all_rows(bureau.services.database)["opinion_marks"]
    ]


def test_marks_and_decisions_stand_beside_suggestions(bureau: Chat) -> None:  # noqa: PLR0915 - one talk
    alice, carol, dan, eve = bureau.phones("alice", "carol", "dan", "eve")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    found(bureau, DULL)
    for phone in (alice, carol, dan, eve):
        phone.hears_all()
    alice.says("条目2 误报")
    alice.hears("没有找到条目2")
    carol.says("条目2")
    carol.hears("条目2《邻市物业服务经验交流会召开》", "建议：不预警", "标注发送：条目2 误报")
    carol.says("条目2 误报")
    carol.hears("机器没有预警，不用标误报")
    carol.says("条目2 请看看")
    carol.hears("条目2怎么标？")
    carol.says("条目1 漏报 黄色")
    carol.hears("机器已建议黄色（较大），不算漏报")

    carol.says("条目2 漏报 橙色 会上有人闹事")
    carol.hears(
        "已标注条目2《邻市物业服务经验交流会召开》：漏报，橙色（重大）（机器建议不预警）",
        "已登记2号舆情《邻市物业服务经验交流会召开》，建议橙色（重大）",
        "周敏标为漏报",
    )
    eve.hears("橙色警报", "2号舆情")
    carol.says("撤销")
    carol.hears("已撤销条目2", "的标注“漏报”", "2号舆情已经告警，还在")
    assert marks(bureau) == []
    carol.says("条目1 调级 橙色 记者已到")
    carol.hears(
        "级别不对，橙色（重大）（机器建议黄色）", "1号舆情的级别没有变，要改发送 定级 1 颜色"
    )
    carol.says("条目1 调级 橙色")
    carol.hears("您已经这样标过了")
    carol.says("定级 1 黄色")
    carol.hears("已定为黄色")
    dan.says("误报 2 是培训会")
    dan.hears("已按误报办结")
    decided = [
        (1, ItemVerdict.REGRADED, Grade.YELLOW, Grade.ORANGE, False),
        (1, ItemVerdict.RIGHT, Grade.YELLOW, Grade.YELLOW, True),
        (2, ItemVerdict.FALSE_ALARM, Grade.ORANGE, None, True),
    ]
    assert marks(bureau) == decided

    carol.says("研判准不准")
    carol.hears("2026年9月研判：人定了3件，与机器建议一致1件（33%）", "偏高1件、偏低1件", "误报1件")
    carol.says("上月研判情况")
    carol.hears("2026年8月还没有人定过级")
    alice.says("研判准不准")
    alice.hears("研判情况由办公室")
    with bureau.services.database.begin() as uow:
        event = MonthSummedUp(bureau=ours(bureau), month="2026-09")
        said = bureau.services.context(uow).emit(event)
    assert any(line.startswith("舆情研判：9月人定了3件") for line in said)

    carol.says("重开舆情 2 又有人闹事")
    carol.hears("已重新打开")
    assert marks(bureau) == decided[:2]
    dan.says("定级 2 黄色")
    dan.hears("已定为黄色")
    assert marks(bureau)[2] == (2, ItemVerdict.REGRADED, Grade.ORANGE, Grade.YELLOW, True)
    dan.says("撤销")
    dan.hears("已撤销：2号舆情")
    assert marks(bureau) == decided[:2]
    tags = [row["tag"] for row in all_rows(bureau.services.database)["audit_entries"]]
    assert (tags.count("opinion_item:mark"), tags.count("opinion_item:unmark")) == (2, 1)


def decide(bureau: Chat, *, count: int, first: int = 1) -> None:
    """Let four people have decided what the machine finds: what has spread is graver than it says.

    Each is a case of its own, judged as `seen` says.
    """
    unit = ours(bureau)
    with bureau.services.database.begin() as uow:
        for number in range(first, first + count):
            spread = number % 10 / 10
            parts = {"严重程度": 0.3, "语气": 0.2, "来源": 0.4, "扩散": spread, "增速": 0.0}
            weighed = {"model": 0, "points": 1 + number % 4, "floor": "blue", "eligible": True}
            graded = Grade.YELLOW if weighed["points"] > 2 or spread >= 0.5 else Grade.BLUE  # type: ignore[operator]  # an int
            ((item, *_),) = uow.opinion.reserve(unit, [2020])
            row = (
                {
                    "id": item,
                    "bureau": unit,
                    "year": 2020,
                    "number": number,
                    "title": f"第{number}条",
                    "words": "",
                    "found_at": bureau.clock(),
                    "topics": [],
                    "relevance": 1.0,
                    "risk": 40.0,
                    "parts": parts,
                    "suggested": Grade.BLUE,
                    "why": [],
                    "alarming": True,
                    "weighed": weighed,
                }
                | dict.fromkeys(("finder", "source", "platform", "url", "place"), "")
                | {"media": [], "heat": {}, "copies": 0, "voices": [], "words_hit": []}
            )
            uow.opinion.add_all([row])
            uow.opinion_marks.add(
                [
                    {
                        "bureau": unit,
                        "item": item,
                        "case_id": None,
                        "of_case": False,
                        "verdict": ItemVerdict.REGRADED,
                        "grade": graded,
                        "suggested": Grade.BLUE,
                        "seen": {"relevance": 1.0, "reported": False, "parts": parts, **weighed},
                        "rules": 0,
                        "model": 0,
                        "reason": "",
                        "by": UserId(("carol", "dan", "eve", "bob")[number % 4]),
                        "at": bureau.clock(),
                    }
                ]
            )


def test_weights_are_made_from_decisions_shown_and_taken_back(  # noqa: PLR0915 - one life
    bureau: Chat, tmp_path: Path
) -> None:
    alice, carol = bureau.phones("alice", "carol")
    admin = administrator(bureau.config, tmp_path)
    decide(bureau, count=60)
    tried = admin.runs("topics", "refit", "--dry-run").out
    assert "60 decided" in tried
    assert "it would be kept" in tried
    assert all_rows(bureau.services.database)["opinion_models"] == []
    with bureau.services.database.begin() as uow:
        refit_opinion_models(bureau.services.context(uow))
    [model] = all_rows(bureau.services.database)["opinion_models"]
    assert model["figures"]["after"]["exact"] > model["figures"]["before"]["exact"]
    with bureau.services.database.begin() as uow:
        refit_opinion_models(bureau.services.context(uow))
    assert all_rows(bureau.services.database)["opinion_models"] == [model]

    alice.says("抖音有人发视频说翠湖小区停水两天没人管 点赞8万")
    alice.hears("已登记1号舆情")
    carol.hears_all()
    carol.says("1号舆情为什么是这个级别")
    carol.hears("权重第1版：风险=严重程度", "级别按分值，扩散加", "本条")
    carol.says("研判准不准")
    carol.hears("按第1版权重研判（9月21日由60件决定重算）")
    item = all_rows(bureau.services.database)["opinion_items"][-1]
    assert item["weighed"]["model"] == 1
    assert any(why.startswith("按本单位标注调整+") for why in item["why"])

    assert "version 1 is taken back, by version 2" in admin.runs("topics", "refit", "--undo").out
    found(bureau, "翠湖小区又停水，业主投诉没人管")
    assert all_rows(bureau.services.database)["opinion_items"][-1]["weighed"]["model"] == 2
    with bureau.services.database.begin() as uow:
        refit_opinion_models(bureau.services.context(uow))
    assert len(all_rows(bureau.services.database)["opinion_models"]) == 2

    unit = ours(bureau)
    bureau.clock.advance(timedelta(days=1))
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        remade = try_refit(ctx, unit)
        take_refit(ctx, unit, remade)
    bureau.clock.advance(timedelta(days=1))
    decide(bureau, count=60, first=61)
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        refit_opinion_models(ctx)  # as much again that says the same
        assert take_refit(ctx, unit, replace(remade, top=SHIPPED)) == 4
        assert undo_refit(ctx, unit) == (4, 5)
    kept, _, back = all_rows(bureau.services.database)["opinion_models"][2:]
    assert back["weights"] == kept["weights"] != SHIPPED.write()


@on_sqlite
def test_an_item_is_marked_on_pages(config: Config) -> None:
    with chat(config, pages=True) as bureau:
        alice = bureau.phone("alice")
        alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
        [case] = all_rows(bureau.services.database)["cases"]
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("carol", f"/p/cases/{case['id']}").text
            form = page.partition('action="/p/items/1"')[2].partition("</form>")[0]
            sent = {name: hidden(form, name) for name in ("csrf_token", "act")}
            wrong = visitor.posts("/p/items/1", **sent, do="approve", grade="", words="")
            assert wrong.status_code == 422
            answer = visitor.posts(
                "/p/items/1", **sent, do="regraded", grade="橙色", words="有记者"
            )
            shown = visitor.follows(answer).text
            assert (
                "已标注条目1《抖音有人发视频说金色家园烂尾 点赞2万》：级别不对，橙色（重大）"
                in shown
            )
            assert "周敏标级别不对，橙色：有记者" in shown
            month = visitor.follows(visitor.gets("/p/marks")).text
            assert "人定了1件" in month
            assert '<th scope="col">橙色</th>' in month
            assert visitor.gets("/p/marks/x").status_code == 404
        with Visitor(bureau) as visitor:
            page = visitor.logs_in("alice", f"/p/cases/{case['id']}").text
            assert "/p/items/1" not in page
            assert visitor.gets("/p/items/1").status_code == 404
            assert visitor.gets("/p/marks/2026-09").status_code == 404
