"""@去, @限: a topic says whose its cases are, who is told of them, and how many a day."""

from handlers.opinion.trying import take_topics
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.rows import all_rows
from tests.harness.service import Chat

TOPICS = """\
[词表 小区]
翠湖小区|金色家园

[燃气管网]  @级别:2  @去:燃气科,王芳  @限:1/日
燃气~6~停了|燃气漏

[物业收费]  @级别:2
物业费涨
"""


@on_sqlite
def test_a_topic_says_whose_its_cases_are_who_is_told_and_how_many(bureau: Chat) -> None:
    alice, carol, heidi = bureau.phones("alice", "carol", "heidi")
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局")
        assert unit
        assert take_topics(bureau.services.context(uow), unit.id, TOPICS) == 1
    found(bureau, "翠湖小区燃气又停了三天，没人管，业主怒了")
    alice.hears("1号舆情《翠湖小区燃气又停了三天", "主题：燃气管网，按主题设置告知您")
    carol.says("舆情 1")
    carol.hears("承办：燃气科")
    found(bureau, "金色家园物业费涨了一倍，业主不满")
    carol.says("舆情 2")
    assert "承办：" not in carol.hears("2号舆情《金色家园物业费涨了一倍").text
    found(bureau, "金色家园燃气停了两天，老人没法做饭，物业推诿")
    assert len(all_rows(bureau.services.database)["cases"]) == 2, "one a day of that topic"
    found(bureau, "金色家园燃气漏了，爆炸致2人死亡")
    carol.says("报舆情 桂花苑燃气漏了没人理")
    carol.hears("已登记4号舆情")
    rows = all_rows(bureau.services.database)
    assert len(rows["opinion_items"]) == 5, "none is dropped"
    cases = {row["number"]: row for row in rows["cases"]}
    assert cases[3]["suggested"] == "orange", "what is grave is told all the same"
    assert cases[1]["unit"] == cases[3]["unit"] == cases[4]["unit"] != cases[2]["unit"]
    assert "橙色警报" in "".join(heidi.hears_all())
