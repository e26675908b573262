"""What came together is judged together, as if one had come after the other."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import scheduler
from bot.feeds import taking
from handlers.cases.capability import GRAVE
from handlers.feeds.arriving import LANES, Found, bring
from handlers.feeds.looking import ranked
from handlers.kit.events import ItemFound, ItemsAwaited, ItemsFound
from handlers.opinion.coming import read_words
from handlers.opinion.knowing import WINDOW, look_at
from handlers.rules.opinion.judging import read_signs
from storage.models import Source
from storage.unit_of_work import UnitOfWork, open_database
from storage.vocabulary import ItemId, SourceId, SourceKind, UserId
from tests.harness.databases import on_sqlite
from tests.harness.finding import ours
from tests.harness.rows import all_rows
from tests.harness.service import Chat

WATER = "江北和兴苑停水三天没人管，业主说物业跑路了"
HOUSE = "抖音有人发视频说金色家园烂尾，停工半年，开发商跑路，业主要求退房"
DEAD = "翠湖小区一栋自建房倒塌，2人被埋"
POSTS = (
    (HOUSE, "抖音", 900),
    (f"【转载】{HOUSE}！#民生#", "本地论坛", 3000),
    ("金色家园停工半年没人管，业主说开发商跑路了，要求退房退款", "都市网", 0),
    (WATER, "都市网", 0),
    ("公园的荷花开了，周末适合散步", "本地论坛", 0),
    (f"网传：{WATER}", "微博", 0),
)
READERS = (read_words, read_signs, look_at)
NAMES = ("id", "risk", "why", "thread", "copies", "voices", "place", "topics")


def posts(bureau: Chat) -> tuple[ItemFound, ...]:
    return tuple(
        ItemFound(
            bureau=ours(bureau),
            words=words,
            source=source,
            heat={"likes": likes},
            found_at=bureau.clock(),
        )
        for words, source, likes in POSTS
    )


def kept(bureau: Chat) -> list[dict[str, Any]]:
    """Return items without what differs from one run to another: numbers, and which case."""
    cases: dict[str, int] = {}
    rows = all_rows(bureau.services.database)["opinion_items"]
    first = rows[0]["id"] - 1
    names = ("id", "repost_of", "thread")
    return [
        {name: value for name, value in row.items() if name not in {"number", "found_at"}}
        | {name: row[name] and row[name] - first for name in names}
        | {"case_id": row["case_id"] and cases.setdefault(row["case_id"], len(cases))}
        for row in rows
    ]


def test_a_batch_is_judged_as_one_after_another(bureau: Chat) -> None:
    """Two batches of the same posts: the second says again what the first has said."""
    database = bureau.services.database
    with database.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)))
    first, copy, other, water, nobody, again = kept(bureau)
    assert (copy["repost_of"], copy["thread"], first["copies"]) == (1, 1, 1)
    assert (other["repost_of"], other["thread"]) == (None, 1)
    assert (first["voices"], first["case_id"]) == (["抖音", "本地论坛", "都市网"], 0)
    assert copy["case_id"] == other["case_id"] == 0
    assert "热度两小时翻倍+1" in copy["why"]
    assert (again["repost_of"], nobody["thread"], nobody["relevance"]) == (4, None, 0)
    assert water["case_id"] == again["case_id"]
    with database.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)))
    rows = all_rows(database)
    assert [row["number"] for row in rows["opinion_items"]] == list(range(1, 13))
    assert [row["copies"] for row in rows["opinion_items"]][:4] == [3, 0, 1, 3]
    assert len(rows["cases"]) == len({row["case_id"] for row in rows["opinion_items"][:4]} - {None})


@on_sqlite
def test_posts_of_a_batch_find_the_case_that_the_one_before_them_opened_again(
    bureau: Chat,
) -> None:
    """It was merged into another one, which was closed since then."""
    alice, carol = bureau.phones("alice", "carol")
    alice.says(f"报舆情 {WATER}")
    alice.says(f"报舆情 {HOUSE}")
    carol.says("合并舆情 1 2")
    carol.hears("已并入2号舆情")
    carol.says("办结舆情 2 已复工")
    carol.hears("2号舆情", "已办结，已告诉")
    with bureau.services.database.begin() as uow:
        again = tuple(replace(one, words=f"网传：{WATER}") for one in posts(bureau)[:2])
        bureau.services.context(uow).emit(ItemsFound(items=again))
    rows = all_rows(bureau.services.database)
    [into] = [row for row in rows["cases"] if row["number"] == 2]
    assert {row["case_id"] for row in rows["opinion_items"]} == {into["id"]}
    lines = [row["move"] for row in rows["case_events"] if row["case"] == into["id"]]
    assert lines[-3:] == ["reopen", "add", "add"]
    assert (into["state"], into["alerted"]["now"]["sources"]) == ("reopened", 2)


@on_sqlite
def test_one_by_one_and_together_come_to_the_same(bureau: Chat) -> None:
    database = bureau.services.database
    with database.begin() as uow, suppress(_UndoneError), uow.attempt():
        bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)))
        items = uow.opinion.some([ItemId(number) for number in range(1, 7)])
        together = [tuple(getattr(one, name) for name in NAMES) for one in items]
        [opened] = uow.cases.open_of(ours(bureau))
        life = opened.alerted["now"], [line.words for line in uow.cases.log(opened.id, 9)]
        raise _UndoneError
    for one in posts(bureau):
        with database.begin() as uow:
            bureau.services.context(uow).emit(one)
    rows = all_rows(database)
    assert [tuple(row[name] for name in NAMES) for row in rows["opinion_items"]] == together
    [case] = rows["cases"]
    assert (case["alerted"]["now"], [line["words"] for line in rows["case_events"]]) == life


class _UndoneError(Exception):
    """What was done is undone."""


def pushed(bureau: Chat, uow: UnitOfWork, *posts: str) -> None:
    """Let a monitoring service have pushed posts, which nobody has judged yet."""
    ctx = bureau.services.context(uow)
    source = Source(
        id=SourceId("s"),
        bureau=ours(bureau),
        number=1,
        name="监测",
        kind=SourceKind.PUSH,
        platform="",
        added_by=UserId("carol"),
        added_at=ctx.now,
    )
    uow.sources.add(source)
    found = [Found(key=words, title="", words=words) for words in posts]
    bring(ctx, source, ranked(ctx, source.bureau, found))


def test_one_that_cannot_be_judged_holds_up_no_other(bureau: Chat) -> None:
    """The whole batch is undone, each is tried by itself, and nothing is taken twice."""
    services = bureau.services
    with services.database.begin() as uow:
        pushed(bureau, uow, *(words for words, _, _ in POSTS))
        broken = uow.sources.take([one.id for one in uow.sources.waiting(9)])[4]
        broken.item = {"words": "没有别的"}
    for _ in range(3):
        for lane in LANES:
            taking.work(services, lane)
    rows = all_rows(services.database)
    statuses = Counter(row["status"] for row in rows["found_items"])
    assert statuses == {"taken": 5, "failed": 1}
    assert [row["number"] for row in rows["opinion_items"]] == [1, 2, 3, 4, 5]


def test_what_is_found_by_prints_stands_by_days_and_ends_after_thirty(bureau: Chat) -> None:
    services = bureau.services
    for _ in range(3):
        for _ in range(2):
            with services.database.begin() as uow:
                services.context(uow).emit(ItemsFound(items=posts(bureau)))
        bureau.clock.advance(timedelta(days=1))

    def tidied() -> list[tuple[int, int]]:
        for _ in range(2):
            with services.database.begin() as uow:
                services.registry.cron["tidy_prints"].run(services.context(uow))
        rows = all_rows(services.database)["opinion_prints"]
        return [(row["place"], row["day"]) for row in rows]

    first = bureau.clock().toordinal() - 3
    newest = [many * len(posts(bureau)) for many in range(7)]
    assert tidied() == [
        (newest[2], first),
        (newest[4], first + 1),
        (newest[5], first + 2),
        (newest[6], first + 2),
    ]
    with services.database.begin() as uow:
        services.context(uow).emit(ItemsFound(items=posts(bureau)[:1]))
    assert all_rows(services.database)["opinion_items"][-1]["repost_of"]
    bureau.clock.advance(WINDOW - timedelta(days=1))
    assert tidied() == [(newest[6], first + 2), (newest[6] + 1, first + 3)]
    bureau.clock.advance(timedelta(days=2))
    assert tidied() == []


def found(bureau: Chat, *said: ItemFound, times: int = 1) -> None:
    with bureau.services.database.begin() as uow:
        for _ in range(times):
            bureau.services.context(uow).emit(ItemsFound(items=said))


def copies(bureau: Chat) -> list[int | None]:
    return [row["repost_of"] for row in all_rows(bureau.services.database)["opinion_items"]]


@on_sqlite
def test_what_was_undone_is_not_found_again_and_what_came_instead_is(bureau: Chat) -> None:
    """Two crowds in one transaction: the second reads what the first wrote, and both are undone."""
    water = posts(bureau)[3]
    with suppress(_UndoneError), bureau.services.database.begin() as uow:
        for _ in range(2):
            bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)))
        raise _UndoneError
    for _ in range(3):
        found(bureau, water, times=2)
    assert copies(bureau) == [None, 1, 1, 1, 1, 1]


@on_sqlite
def test_a_process_finds_what_another_took_in(bureau: Chat) -> None:
    water, mine = posts(bureau)[3], bureau.services.database
    found(bureau, water)
    other = open_database(str(mine.engine.url))
    with other.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=(water, water)))
    other.close()
    found(bureau, water)
    assert copies(bureau) == [None, 1, 1, 1]


@on_sqlite
def test_what_is_older_than_thirty_days_is_not_said_again(bureau: Chat) -> None:
    for days in (0, 29, 31):
        bureau.clock.advance(timedelta(days=days))
        with bureau.services.database.begin() as uow:
            bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)[:1]))
    rows = all_rows(bureau.services.database)["opinion_items"]
    assert [row["repost_of"] for row in rows] == [None, 1, None]


def test_what_is_read_ahead_of_the_transaction_is_not_read_again(bureau: Chat) -> None:
    database, found = bureau.services.database, posts(bureau)
    with database.reading() as uow:
        bureau.services.context(uow).emit(ItemsAwaited(items=found))
    before = [each.cache_info() for each in READERS]
    with database.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=found))
    after = [each.cache_info() for each in READERS]
    assert [one.misses for one in before] == [one.misses for one in after]
    assert all(one.hits < other.hits for one, other in zip(before, after, strict=True))
    assert len(all_rows(database)["opinion_items"]) == len(found)


def test_two_workers_take_each_its_own_lane(bureau: Chat) -> None:
    services = bureau.services
    with services.database.begin() as uow:
        pushed(bureau, uow, *(words for words, _, _ in POSTS))
    with services.database.reading() as uow:
        lanes = [
            {one.id for one in uow.sources.waiting(9, lane, len(LANES))}
            for lane in range(len(LANES))
        ]
        assert set().union(*lanes) == {one.id for one in uow.sources.waiting(9)}
    assert not set.intersection(*lanes)
    taking.work(services, LANES[1])
    rows = all_rows(services.database)["found_items"]
    assert {row["id"] for row in rows if row["status"] == "taken"} == lanes[1]


def test_the_case_of_a_crowd_is_alerted_once_though_no_worker_hears_of_it(bureau: Chat) -> None:
    """Whoever judged the posts dies right after the commit, and the ring is lost."""
    with bureau.services.database.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)))
    assert not all_rows(bureau.services.database)["alerts"]
    bureau.restart()
    for _ in range(2):
        bureau.advance(seconds=5)
        rows = all_rows(bureau.services.database)
        [case], [alert] = rows["cases"], rows["alerts"]
        assert (alert["subject"], alert["count"]) == (f"case:{case['id']}", 1)
        assert "共2条、2个来源" in alert["text"]


@on_sqlite
def test_the_gravest_of_a_crowd_is_alerted_before_the_others_are_judged(bureau: Chat) -> None:
    dan, database = bureau.phone("dan"), bureau.services.database
    with database.begin() as uow:
        pushed(bureau, uow, *(words for words, _, _ in POSTS), DEAD)
    taking.work(bureau.services, LANES[1])
    rows = all_rows(database)
    assert [alert["grade"] for alert in rows["alerts"]] == ["orange"]
    assert Counter(row["status"] for row in rows["found_items"]) == {"waiting": 6, "taken": 1}
    bureau.settle()
    dan.hears("橙色警报").clicks("收到")
    assert {row["status"] for row in all_rows(database)["found_items"]} == {"taken"}


@on_sqlite
def test_of_posts_of_several_days_those_of_a_sensitive_period_are_graver(bureau: Chat) -> None:
    bureau.phone("carol").says("重要时段 市两会 9月22日到23日")
    found = tuple(
        replace(posts(bureau)[0], found_at=bureau.clock() + timedelta(days=day)) for day in range(4)
    )
    with bureau.services.database.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=found))
    rows = all_rows(bureau.services.database)["opinion_items"]
    assert ["重要时段+1" in row["why"] for row in rows] == [False, True, True, False]


@on_sqlite
def test_a_case_that_becomes_grave_before_its_alert_is_alerted_as_grave_and_once(
    bureau: Chat,
) -> None:
    services = bureau.services
    now = bureau.clock()
    for words in (HOUSE, f"{HOUSE}，有业主跳楼，1人死亡"):
        with services.database.begin() as uow:
            one = ItemFound(bureau=ours(bureau), words=words, source="抖音", found_at=now)
            services.context(uow).emit(one)
    assert scheduler.hurry(services, GRAVE)
    bureau.advance(seconds=5)
    [case], [alert] = (all_rows(services.database)[name] for name in ("cases", "alerts"))
    assert (alert["subject"], alert["grade"], alert["count"]) == (f"case:{case['id']}", "red", 1)


def test_nobody_is_alerted_of_a_case_that_is_over_before(bureau: Chat) -> None:
    carol = bureau.phone("carol")
    database = bureau.services.database
    with database.begin() as uow:
        bureau.services.context(uow).emit(ItemsFound(items=posts(bureau)[:1]))
    carol.says("误报 1 是旧视频")
    bureau.advance(minutes=1)
    assert [row["state"] for row in all_rows(database)["cases"]] == ["false_alarm"]
    assert not all_rows(database)["alerts"]


@on_sqlite
def test_common_words_are_counted_beside_and_a_lost_ring_is_rung_again(bureau: Chat) -> None:
    def find(count: int) -> None:
        one = ItemFound(bureau=ours(bureau), words="公园的荷花开了", found_at=bureau.clock())
        with bureau.services.database.begin() as uow:
            bureau.services.context(uow).emit(ItemsFound(items=(one,) * count))

    def counted() -> list[int]:
        return [one["counted_at"] for one in all_rows(bureau.services.database)["opinion_rarities"]]

    find(100)
    bureau.restart()
    bureau.settle()
    assert counted() == []
    find(1)
    bureau.settle()
    assert counted() == [100]
