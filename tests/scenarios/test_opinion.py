"""舆情: what members and machines find is judged, kept, and known again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.kit.events import ItemFound
from handlers.opinion.trying import try_topics
from storage.vocabulary import Grade
from tests.harness.administrator import administrator
from tests.harness.databases import on_sqlite
from tests.harness.finding import found, in_ledger
from tests.harness.rows import all_rows
from tests.harness.service import Chat


def test_what_is_found_is_judged_and_kept(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.says("报舆情 有网友在微博 https://weibo.com/1 说翠湖小区停水两天")
    found(
        bureau, "本地论坛：路灯不亮", source="本地论坛", posted_at=datetime(2026, 9, 20, tzinfo=UTC)
    )
    reported, said, forum = all_rows(bureau.services.database)["opinion_items"]
    assert reported["number"] == 1
    assert reported["finder"] == "alice"
    assert reported["platform"] == "抖音"
    assert reported["place"] == "金色家园"
    assert reported["topics"] == ["烂尾断供"]
    assert reported["suggested"] is Grade.YELLOW
    assert reported["why"] == ["涉及烂尾断供+3", "热度2万+2"]
    assert reported["alarming"]
    assert said["url"] == "https://weibo.com/1"
    assert (forum["number"], forum["source"]) == (3, "本地论坛")
    assert not forum["alarming"]
    assert reported["words_hit"] == ["烂尾"]


def test_reposts_are_counted_and_the_same_matter_is_one_case(bureau: Chat) -> None:
    """A report, its repost, another's words for it; and two that are something else."""
    alice = bureau.phone("alice")
    alice.says("抖音有人发视频说金色家园烂尾，停工半年，开发商跑路，业主要求退房")
    found(
        bureau,
        "【转载】抖音有人發視頻說金色家園爛尾，停工半年，開發商跑路，業主要求退房！#民生#",
        source="本地论坛",
    )
    found(bureau, "金色家园停工半年没人管，业主说开发商跑路了，要求退房退款", source="都市网")
    found(bureau, "翠湖花园停水两天没人管，业主说物业跑路了", source="都市网")
    found(bureau, "杭州一楼盘烂尾，停工半年，业主要求退房", source="都市网")
    first, copy, other, water, abroad = all_rows(bureau.services.database)["opinion_items"]
    assert (copy["repost_of"], copy["thread"], first["copies"]) == (first["id"], first["id"], 1)
    assert (other["repost_of"], other["thread"]) == (None, first["id"])
    assert copy["case_id"] == other["case_id"] == first["case_id"]
    assert sorted(first["voices"]) == ["抖音", "本地论坛", "都市网"]
    assert other["parts"]["扩散"] > first["parts"]["扩散"]
    assert water["thread"] is None
    assert (abroad["relevance"], abroad["alarming"], abroad["thread"]) == (0, False, None)
    assert "外地（杭州）" in abroad["why"][-1]


@on_sqlite
@pytest.mark.parametrize("first", [True, False])
def test_what_is_about_another_place_counts_but_makes_no_case_of_ours_graver(
    bureau: Chat, *, first: bool
) -> None:
    """Before our case or after it, and also where it reads almost like ours."""
    ours = "房子烂尾，停工半年没人管，开发商跑路了，业主要求退房退款，打电话给销售也不接"
    abroad = f"杭州业主说{ours}，3人死亡，人民日报，阅读300万"
    if first:
        found(bureau, abroad, source="都市网")
    posted = {"url": "https://bbs.example.cn/1", "posted_at": bureau.clock()}
    found(bureau, f"金色家园业主说{ours}", source="本地论坛", **posted)
    if not first:
        found(bureau, abroad, source="都市网")
    [case] = all_rows(bureau.services.database)["cases"]
    items = all_rows(bureau.services.database)["opinion_items"]
    assert [one["case_id"] for one in items] == [case["id"]] * 2
    assert Grade.RED in {one["suggested"] for one in items}
    known = case["alerted"]["now"]
    assert (case["suggested"], known["grade"]) == (Grade.YELLOW, Grade.YELLOW)
    assert (known["harmed"], known["medium"]) == (0, 0)
    assert case["state"] == "clue", "until a person says something of it"
    assert case["heat_peak"] == ""
    [row] = in_ledger(bureau)
    facts = {name: row[name] for name in ("发现人/来源", "链接", "发布时间", "诉求", "来源条数")}
    assert facts == {
        "发现人/来源": "本地论坛",
        "链接": "https://bbs.example.cn/1",
        "发布时间": "2026-09-21 10:00",
        "诉求": "退房退款",
        "来源条数": 2,
    }
    more = {"url": "https://wb.example.cn/2"}
    found(bureau, f"金色家园业主说{ours}，致3人死亡", source="晚报", **more)
    rows = all_rows(bureau.services.database)
    assert rows["cases"][0]["alerted"]["now"]["harmed"] == 3
    evidence = [row["evidence"] for row in rows["case_events"] if row["evidence"]]
    assert evidence == [posted["url"], more["url"]]


@on_sqlite
def test_a_trial_names_the_lines_that_hit_more_than_one_post_in_five(bureau: Chat) -> None:
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局")
        assert unit
        ctx = bureau.services.context(uow)
        for day in range(21):
            words = f"翠湖小区停水第{day + 1}天"
            ctx.emit(ItemFound(bureau=unit.id, words=words, found_at=ctx.now))
        trial = try_topics(ctx, unit.id, "[水]\n停水\n断水\n", 7)
    assert (trial.often, trial.never) == (((2, "停水"),), ((3, "断水"),))


@on_sqlite
def test_a_report_without_words_is_asked_for(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("报舆情")
    alice.hears("报什么舆情", "例如")
    assert all_rows(bureau.services.database)["opinion_items"] == []


def test_a_bureau_tries_its_topics_on_what_was_found_and_puts_them_in_force(
    bureau: Chat, tmp_path: Path
) -> None:
    """Its own names decide from then on whose a post is."""
    admin = administrator(bureau.config, tmp_path)
    eight_days_ago = bureau.clock() - timedelta(days=8)
    found(bureau, "翠湖小区断供停工", source="论坛", found_at=eight_days_ago)
    found(bureau, "金色家园楼盘烂尾", source="论坛")
    file = tmp_path / "own.topics"
    file.write_text("[词表 小区]\n金色家园\n[烂尾] @级别:3\n烂尾\n断供\n", encoding="utf-8")
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局")
        assert unit
        trial = try_topics(bureau.services.context(uow), unit.id, file.read_text("utf-8"), 7)
    assert (trial.items, trial.hit, trial.topics) == (1, 1, (("烂尾", 1),))
    assert trial.never == ((5, "断供"),)
    assert all_rows(bureau.services.database)["opinion_topics"] == []
    for _ in ("first", "and the same once more"):
        assert "version 1 is in force" in admin.runs("topics", "import", str(file)).out
    found(bureau, "金色家园业主说楼盘又烂尾了，谁来管", source="晚报")
    _, before, after = all_rows(bureau.services.database)["opinion_items"]
    assert (before["relevance"], before["topics"]) == (0.3, ["烂尾断供"])
    assert (after["relevance"], after["topics"]) == (1, ["烂尾"])
    file.write_text("[烂尾]\n(烂尾\n", encoding="utf-8")
    assert f"{file}:2:" in admin.runs("topics", "import", str(file)).err
