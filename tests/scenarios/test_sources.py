"""来源: added, tried, broken, well again, silent; what they bring is handed on once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.config import Config
from bot.feeds.polling import ask_due, take_due
from handlers.feeds.capability import keeping
from storage.models import Source
from storage.vocabulary import SourceId, SourceKind, UserId
from tests.harness.databases import on_sqlite
from tests.harness.hostile import RSS, Stranger, stranger
from tests.harness.offline import offline
from tests.harness.phones import Phone
from tests.harness.rows import all_rows
from tests.harness.service import MONDAY_TEN, ROSTER, Chat, chat
from tests.harness.telling import leap

OLD_NEWS = "<item><title>塔吊倒塌</title><pubDate>Thu, 20 Aug 2026 09:30:00 +0800</pubDate></item>"


@pytest.fixture
def server() -> Iterator[Stranger]:
    with stranger() as running:
        yield running


@pytest.fixture
def bureau(config: Config, server: Stranger) -> Iterator[Chat]:
    inside = (f"127.0.0.1:{server.port}",)
    feeds = config.feeds.model_copy(update={"inside": inside, "seconds": 2.0})
    with chat(config.model_copy(update={"feeds": feeds})) as running:
        yield running


def asked(bureau: Chat, **later: float) -> int:
    """Let some time pass and the feeds be asked that are due then."""
    bureau.clock.advance(timedelta(**later))
    count = ask_due(bureau.services)
    bureau.settle()
    return count


def found(bureau: Chat) -> list[tuple[str, dict[str, object]]]:
    rows = all_rows(bureau.services.database)["found_items"]
    return [(row["status"], row["item"]) for row in rows]


def hears_the_paper(bureau: Chat, server: Stranger) -> Phone:
    """Let carol add a source that brings two posts; return her phone."""
    carol = bureau.phone("carol")
    server.serves(RSS.format(encoding="utf-8"))
    carol.says(f"添加来源 晚报 {server.address()}")
    carol.hears("已添加")
    asked(bureau)
    carol.hears("新的2条")
    return carol


@on_sqlite
def test_a_feed_is_added_by_who_keeps_them(bureau: Chat, server: Stranger) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says("来源")
    alice.hears("来源由办公室、舆情联络员和管理员管理")
    alice.says(f"添加来源 市政府网站 {server.address()}")
    alice.hears("来源由办公室、舆情联络员和管理员管理")
    carol.says("来源")
    carol.hears("还没有来源")
    carol.says("添加来源 市政府网站 ftp://example.cn/rss")
    carol.hears("网址要以 http:// 或 https:// 开头")
    carol.says(f"添加来源 市政府网站 {server.address()}")
    carol.hears("1号来源《市政府网站》已添加，马上试读一次")
    carol.says(f"添加来源 市政府网站 {server.address()}")
    carol.hears("已有同名来源：1号来源《市政府网站》")
    carol.says("试来源 2")
    carol.hears("没有2号来源")


@on_sqlite
def test_sources_are_kept_in_ones_own_words(bureau: Chat, server: Stranger) -> None:
    alice, carol = bureau.phones("alice", "carol")
    carol.says("加个来源")
    carol.hears("请写名称和网址")
    carol.says(f"加个来源 市政府网站 {server.address()}")
    carol.hears("1号来源《市政府网站》已添加")
    for question in ("来源有哪些", "哪个来源断了", "舆情来源都正常吗", "我们监测了哪些网站"):
        carol.says(question)
        carol.hears("舆情来源1个", "1. 市政府网站（订阅）")
    alice.says("来源有哪些")
    alice.hears("来源由办公室、舆情联络员和管理员管理")
    for said, heard in (
        ("试一下1号来源", "马上试读一次"),
        ("把1号来源停了", "已停用"),
        ("1号来源恢复", "已启用"),
        ("停掉来源1", "已停用"),
        ("把1号来源删了", "已删除"),
    ):
        alice.says(said)
        alice.hears("来源由办公室、舆情联络员和管理员管理")
        carol.says(said)
        carol.hears(heard)
    carol.says("把监测公司的表导进来")
    carol.hears("舆情表在网页上导入")


def test_a_feed_is_read_told_of_when_it_breaks_and_when_it_is_well(
    bureau: Chat, server: Stranger
) -> None:
    carol = bureau.phone("carol")
    carol.says(f"添加来源 市政府网站 {server.address()}")
    carol.hears("1号来源《市政府网站》已添加")
    server.serves(RSS.format(encoding="gbk").encode("gb18030"), 'ETag: "v1"')
    assert asked(bureau) == 1
    carol.hears("读到了：新的2条，共2条。最新：金色家园 延期交房")
    assert found(bureau) == [("taken", {}), ("taken", {})]
    assert asked(bureau, minutes=14) == 0
    assert asked(bureau, minutes=1) == 1
    assert server.asked[-1].headers["If-None-Match"] == '"v1"'
    assert len(found(bureau)) == 2
    carol.says("来源")
    carol.hears("1. 市政府网站（订阅）正常，7天2条")

    server.serves("", status="503 Service Unavailable")
    assert [asked(bureau, minutes=pause) for pause in (15, 30, 59)] == [1, 1, 0]
    carol.hears_nothing()
    assert asked(bureau, minutes=1) == 1
    carol.hears("1号来源《市政府网站》读不到了：对方网站出错（503）", "停用来源 1")
    assert asked(bureau, hours=2) == 1
    carol.hears_nothing()
    server.serves(RSS.format(encoding="utf-8").replace("</channel>", f"{OLD_NEWS}</channel>"))
    assert asked(bureau, hours=4) == 1
    carol.hears("1号来源《市政府网站》又能读到了")
    assert len(found(bureau)) == 2, "what is older than a month is no news"
    bureau.nobody_hears_more()


@on_sqlite
def test_feeds_of_one_host_are_asked_one_after_another(bureau: Chat, server: Stranger) -> None:
    """Ten seconds lie between two questions to it."""
    carol = bureau.phone("carol")
    server.serves(RSS.format(encoding="utf-8"))
    for name in ("news", "letters", "notices"):
        server.pages[f"/{name}"] = server.pages["/feed"]
        carol.says(f"添加来源 {name} {server.address(f'/{name}')}")
        carol.hears("已添加")
    assert [asked(bureau, seconds=pause) for pause in (0, 9, 1, 9, 1)] == [1, 0, 1, 0, 1]
    assert sorted(one.path for one in server.asked) == ["/letters", "/news", "/notices"]


@on_sqlite
def test_in_a_sensitive_period_feeds_are_asked_twice_as_often(
    bureau: Chat, server: Stranger
) -> None:
    carol = bureau.phone("carol")
    carol.says("重要时段 市两会 9月21日到23日")
    carol.hears("已定重要时段")
    server.serves(RSS.format(encoding="utf-8"))
    carol.says(f"添加来源 市政府网站 {server.address()}")
    assert [asked(bureau, minutes=pause) for pause in (0, 7, 1)] == [1, 0, 1]
    bureau.clock.advance(timedelta(minutes=8))
    assert len(take_due(bureau.services)) == 1, "and whoever asks it is killed"
    assert [asked(bureau, seconds=pause) for pause in (299, 1)] == [0, 1]


@on_sqlite
def test_what_cannot_mend_itself_is_told_at_once_and_a_stopped_source_is_left_alone(
    bureau: Chat,
) -> None:
    carol = bureau.phone("carol")
    carol.says("添加来源 内网 http://127.0.0.1:9/rss")
    carol.hears("1号来源《内网》已添加")
    assert asked(bureau) == 1
    carol.hears("1号来源《内网》没有读到：地址不能用（内网地址，或不是网址）（127.0.0.1）")
    assert asked(bureau, days=1) == 1
    carol.hears_nothing()
    carol.says("停用来源 1")
    carol.hears("1号来源《内网》已停用。恢复：启用来源 1")
    assert asked(bureau, days=1) == 0
    carol.says("试来源 1")
    carol.hears("已停用")
    carol.says("启用来源 1")
    carol.hears("已启用")
    carol.says("试来源 1")
    carol.hears("马上试读一次")
    assert asked(bureau) == 1
    carol.hears("没有读到")
    carol.says("停用来源 2")
    carol.hears("没有2号来源")


def test_a_silent_source_is_an_alert_that_ends_when_it_speaks(
    bureau: Chat, server: Stranger
) -> None:
    carol = hears_the_paper(bureau, server)
    leap(bureau, "2026-09-24 14:20")
    card = carol.hears("来源没有新内容：晚报", "已75小时没有新内容")
    assert card.greyed is None
    server.serves(RSS.format(encoding="utf-8").replace("one", "three"))
    assert asked(bureau) == 1
    assert card.greyed == "已办结"
    bureau.nobody_hears_more()


@on_sqlite
def test_a_source_that_is_silent_is_told_once_and_one_that_cannot_speak_as_broken(
    config: Config,
) -> None:
    long_ago = MONDAY_TEN - timedelta(days=9)
    sources: dict[str, dict[str, object]] = {
        "silent": {"well_at": long_ago},
        "told before": {"well_at": long_ago, "silent_at": long_ago},
        "broken": {"well_at": long_ago, "broken_at": long_ago},
        "never read": {},
        "never sent": {"kind": SourceKind.PUSH},
        "started again": {"well_at": long_ago, "last_item_at": long_ago, "active": False},
    }
    with offline(config, ROSTER) as services, services.database.begin() as uow:
        unit = uow.members.unit_at("区住建局")
        assert unit
        for number, (name, facts) in enumerate(sources.items(), 1):
            facts |= {"id": SourceId(name), "number": number, "name": name, "silence": 24}
            common = {"kind": SourceKind.FEED, "platform": "", "added_by": UserId("carol")}
            uow.sources.add(Source(bureau=unit.id, added_at=long_ago, **common | facts))  # type: ignore[arg-type]  # columns of a table, by name
        ctx = services.context(uow, me=uow.members.person(UserId("carol")))
        keeping.start(ctx, keeping.numbered(ctx, len(sources)))
        services.registry.cron["look_for_silent_sources"].run(services.context(uow))
        told = {one.source for one in uow.alerts.unended(unit.id)}
        assert told == {"silent", "never sent"}


@on_sqlite
def test_a_silence_of_the_weekend_is_told_when_people_work(bureau: Chat, server: Stranger) -> None:
    leap(bureau, "2026-09-22 15:00")
    carol = hears_the_paper(bureau, server)
    leap(bureau, "2026-09-26 14:30")
    carol.hears_nothing()
    leap(bureau, "2026-09-28 09:30")
    card = carol.hears("来源没有新内容：晚报", "已137小时没有新内容")
    carol.says("停用来源 1")
    carol.hears("1号来源《晚报》已停用")
    assert card.greyed == "已办结"
