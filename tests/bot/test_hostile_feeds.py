"""Feeds of strangers: each harm is named, costs at most its bounds, and hides nothing."""

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.feeds.errors import FeedError
from bot.feeds.network import Bounds, Fetched, _unpacked, checked, fetch, is_public
from bot.feeds.reading import Post, read_feed
from storage.vocabulary import SourceFault
from tests.harness.hostile import RSS, Answer, Stranger, stranger, vouched_for_by_nobody

MIB = 1024 * 1024
URL = "http://example.cn/news/rss.xml"
LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><title>&x;</title></rss>'
BOMB = gzip.compress(bytes(16 * MIB), 1)
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def server() -> Iterator[Stranger]:
    with stranger() as running:
        yield running


def ask(server: Stranger, path: str = "/feed", **more: str) -> Fetched:
    bounds = Bounds(seconds=0.6, largest=MIB, inside=frozenset({f"127.0.0.1:{server.port}"}))
    return fetch(server.address(path), bounds, **more)  # type: ignore[arg-type]  # marks only


HARM: dict[str, tuple[Answer, SourceFault]] = {
    "hangs": (lambda asked: asked.drip(b"", seconds=5), SourceFault.TIME),
    "headers that drip": (lambda asked: asked.drip(HEAD, b"a: b\r\n"), SourceFault.TIME),
    "a body that drips": (lambda asked: asked.drip(HEAD + b"\r\n", b"<"), SourceFault.TIME),
    "five gigabytes": (
        lambda asked: asked.drip(HEAD + b"Content-Length: 5368709120\r\n\r\n", bytes(4096)),
        SourceFault.SIZE,
    ),
    "no end": (
        lambda asked: asked.drip(HEAD + b"\r\n", bytes(65_536), seconds=0.001),
        SourceFault.SIZE,
    ),
    "a bomb": (
        lambda asked: asked.answer(BOMB, "Content-Encoding: gzip"),
        SourceFault.SIZE,
    ),
    "half a packing": (
        lambda asked: asked.answer(gzip.compress(b"x" * 999)[:-9], "Content-Encoding: gzip"),
        SourceFault.PACKING,
    ),
    "no packing": (
        lambda asked: asked.answer(b"x", "Content-Encoding: gzip"),
        SourceFault.PACKING,
    ),
    "unasked packing": (
        lambda asked: asked.answer(b"x", "Content-Encoding: br"),
        SourceFault.PACKING,
    ),
    "to the cloud's secrets": (
        lambda asked: moved(asked, "http://169.254.169.254/latest/meta-data/"),
        SourceFault.ADDRESS,
    ),
    "to this machine": (lambda asked: moved(asked, "http://127.0.0.1:1/"), SourceFault.ADDRESS),
    "to this machine by another name": (
        lambda asked: moved(asked, "http://2130706433/"),
        SourceFault.ADDRESS,
    ),
    "to a file": (lambda asked: moved(asked, "file:///etc/passwd"), SourceFault.ADDRESS),
    "in a circle": (lambda asked: moved(asked, "/feed"), SourceFault.REDIRECTS),
    "not there": (lambda asked: asked.answer(b"", status="404 Not Found"), SourceFault.STATUS),
    "no answer": (lambda _asked: None, SourceFault.UNREACHABLE),
    "no HTTP": (lambda asked: asked.drip(b"SSH-2.0-x\r\n\r\n", b"x"), SourceFault.UNREACHABLE),
}


def moved(asked: object, where: str) -> None:
    asked.answer(b"", f"Location: {where}", status="302 Found")  # type: ignore[attr-defined]


@pytest.mark.parametrize("harm", HARM)
def test_what_harms_is_named_within_its_time(server: Stranger, harm: str) -> None:
    server.pages["/feed"], fault = HARM[harm]
    began = time.monotonic()
    with pytest.raises(FeedError) as told:
        ask(server)
    assert told.value.fault is fault
    assert time.monotonic() - began < 5


def test_what_is_packed_is_unpacked_a_little_at_a_time() -> None:
    assert max(map(len, _unpacked([BOMB], 4096))) <= 4096


def test_a_certificate_that_nobody_vouches_for_is_told_from_a_dead_server(
    tmp_path: Path,
) -> None:
    bounds = Bounds(seconds=5, inside=frozenset({"feeds.example.cn"}))
    with vouched_for_by_nobody(tmp_path) as url, pytest.raises(FeedError) as told:
        fetch(url, bounds, resolve=lambda *_: ["127.0.0.1"])
    assert told.value.fault is SourceFault.CERTIFICATE


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(server: Stranger) -> None:
    server.serves(b"", "Retry-After: 120", status="429 Too Many Requests")
    with pytest.raises(FeedError) as told:
        ask(server)
    assert told.value.wished == timedelta(minutes=2)
    assert told.value.detail == "429"


def test_what_has_not_changed_is_not_sent_again(server: Stranger) -> None:
    server.serves("<rss/>", 'ETag: "v1"', "Last-Modified: Mon, 21 Sep 2026 01:00:00 GMT")
    first = ask(server)
    server.serves(b"", status="304 Not Modified")
    assert ask(server, etag=first.etag, modified=first.modified).body is None
    assert server.asked[-1].headers["If-None-Match"] == '"v1"'
    assert server.asked[-1].headers["If-Modified-Since"] == first.modified


def test_the_connection_goes_to_the_address_that_was_looked_at(server: Stranger) -> None:
    """A name that leads elsewhere the second time it is asked is asked once."""
    server.serves("<rss/>")
    answers = iter([["127.0.0.1"]])
    url = f"http://feeds.example.cn:{server.port}/feed"
    inside = Bounds(seconds=2, inside=frozenset({"feeds.example.cn"}))
    assert fetch(url, inside, resolve=lambda *_: next(answers)).body == b"<rss/>"
    assert server.asked[0].headers["Host"] == f"feeds.example.cn:{server.port}"
    for addresses in (["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"]):
        with pytest.raises(FeedError) as told:
            fetch(url, Bounds(seconds=2), resolve=lambda *_, found=addresses: found)
        assert told.value.fault is SourceFault.ADDRESS
    assert len(server.asked) == 1


PRIVATE = """\
127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.100.100.200 224.0.0.1
255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 2002:7f00:1::
::ffff:100.100.100.200 64:ff9b::7f00:1 2001::1 rubbish"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_an_address_that_is_not_the_internets_is_refused(address: str) -> None:
    assert not is_public(address)
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")
    assert is_public("::ffff:93.184.216.34")


@pytest.mark.parametrize(
    "url", ["http://me:secret@example.cn/", "http://169.254.169.254@example.cn/", "gopher://a/"]
)
def test_an_address_that_names_a_user_or_another_way_is_refused(url: str) -> None:
    with pytest.raises(FeedError) as told:
        checked(url)
    assert told.value.fault is SourceFault.ADDRESS


def test_a_feed_is_read_whatever_its_letters_are_in() -> None:
    posts: list[Post] = []
    for encoding in ("utf-8", "gb2312", "gbk", "gb18030", "utf-16"):
        body = RSS.format(encoding=encoding).encode(encoding.replace("gb2312", "gb18030"))
        posts = read_feed(body, "text/xml", URL)
        assert [post.title for post in posts] == ["金色家园 延期交房", "翠湖小区换物业"], encoding
    told_wrong = RSS.format(encoding="utf-8").encode("gb18030")
    said_by_header = read_feed(told_wrong, "text/xml; charset=GBK", URL)
    assert read_feed(told_wrong, "text/xml; charset=utf-8", URL) == said_by_header == posts
    assert posts[0] == Post(
        key=posts[0].key,
        title="金色家园 延期交房",
        words="业主 反映 停工",
        url="http://example.cn/a?x=1&y=2",
        author="王记者",
        posted_at=datetime(2026, 9, 21, 1, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("encoding", "written", "title"),
    [("big5", "big5", "電梯故障"), ("gb2312", "gb18030", "王堃㐂说漏水")],
)
def test_letters_are_those_that_were_said_by_either_way(
    encoding: str, written: str, title: str
) -> None:
    rss = f"<rss><channel><item><title>{title}</title></item></channel></rss>"
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{rss}'.encode(written)
    for body, said in ((declared, ""), (rss.encode(written), f"text/xml; charset={encoding}")):
        assert [post.title for post in read_feed(body, said, URL)] == [title]


def test_a_date_without_a_zone_is_of_shanghai() -> None:
    item = "<item><title>a</title><pubDate>2026-09-21 09:30:00</pubDate></item>"
    (post,) = read_feed(f"<rss><channel>{item}</channel></rss>".encode(), "", URL)
    assert post.posted_at == datetime(2026, 9, 21, 1, 30, tzinfo=UTC)


def test_atom_and_json_say_the_same() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">标题</title>
    <link rel="self" href="/self"/><link href="/a"/><id>tag:1</id>
    <updated>2026-09-21T01:30:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">正<b>文</b></div></content>
    <author><name>作者</name></author></entry></feed>"""
    sent = """{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"tag:1","url":"/a",
    "title":"标题","content_html":"<p>正文</p>","date_published":"2026-09-21T09:30:00+08:00",
    "authors":[{"name":"作者"}]},7,{"id":"empty"}]}"""
    assert read_feed(atom.encode(), "", URL) == read_feed(sent.encode(), "", URL)
    (post,) = read_feed(atom.encode(), "", URL)
    assert (post.url, post.words, post.author) == ("http://example.cn/a", "正文", "作者")


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        OUTSIDE,
        "<rss>" + "<a>" * 1_000_000,
        "<rss>" + "<b>" * 99 + "</b>" * 99 + "</rss>",
        "<html><body>404</body></html>",
        "<rss><channel><item>",
        "",
        "nothing",
        "{" * 100_000,
        '{"items": {"a": 1}}',
        '{"items": ' + "[" * 100_000,
        "<" * MIB,
        "<rss>" + "&" * 200_000,
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_feed_is_said_to_be_none(text: str) -> None:
    began = time.process_time()
    with pytest.raises(FeedError) as told:
        read_feed(text.encode(), "text/xml", URL)
    assert told.value.fault is SourceFault.NO_FEED
    assert time.process_time() - began < 2


def test_what_posts_carry_is_bounded_and_harmless() -> None:
    items = "".join(
        f"<item><title>t{n}</title><link>javascript:alert({n})</link><guid>{n}</guid></item>"
        for n in range(600)
    )
    posts = read_feed(f"<rss>{items}</rss>".encode(), "", URL)
    assert len(posts) == 500
    assert {post.url for post in posts} == {""}
    markup = "&lt;b" * 40_000
    long = f"<rss><item><title>{'长' * 999}</title><description>{markup}"
    (post,) = read_feed(f"{long}</description></item></rss>".encode(), "", URL)
    assert len(post.title) == 200
    assert len(post.words) <= 5_000
