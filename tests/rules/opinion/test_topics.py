"""Topics that people write, against posts that hide what they say."""

import json
from pathlib import Path

import pytest
import re2  # type: ignore[import-untyped]  # it brings no types
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from handlers.rules.opinion.literals import literals_of
from handlers.rules.opinion.matching import Matcher, Post
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.topics import read_topics

TOPICS = """
# what the bureau wants to hear of
[词表 本地]
武进|常武
[全局过滤]
电视剧|小说
[征地拆迁]  @级别:2  @去:宣传科,李主任  @限:20/日
强拆|违建|拆迁补偿
强制~8~拆除
"集体上访"  /\\d+人(聚集|围堵)/ => 群体聚集
+{本地}
!演习 !彩排
[欠薪]
(欠薪|讨薪)&(工地|项目部)!外省
标题:塌方
"""


def matcher(text: str) -> Matcher:
    read = read_topics(text)
    assert read.faults == ()
    made = Matcher(read.topics, read.filters)
    assert made.faults == []
    return made


KNOWN = matcher(TOPICS)


@pytest.mark.parametrize(
    ("title", "body", "why"),
    [
        ("武进昨晚强拆", "", [("征地拆迁", "强拆|违建|拆迁补偿", ("强拆",))]),
        ("武進昨晚強 .拆🔥", "", [("征地拆迁", "强拆|违建|拆迁补偿", ("強 .拆",))]),
        ("武进拆除时被强制搬离", "", [("征地拆迁", "强制~8~拆除", ("拆除时被强制",))]),
        ("武进强制" + "很" * 9 + "拆除", "", []),
        ("有３０人围堵", "武进售楼处", [("征地拆迁", "群体聚集", ("３０人围堵",))]),
        ("昨晚强拆", "别处的事", []),
        ("武进强拆应急演习", "", []),
        ("电视剧里武进强拆", "", []),
        ("工地讨薪", "", [("欠薪", "(欠薪|讨薪)&(工地|项目部)!外省", ("讨薪", "工地"))]),
        ("外省工地讨薪", "", []),
        ("路面塌方", "", [("欠薪", "标题:塌方", ("塌方",))]),
        ("路面", "塌方", []),
        ("他很强。拆了再说，武进", "", []),
    ],
)
def test_which_line_fits_and_where(
    title: str, body: str, why: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    post = Post.of(title, body)
    told = [
        (hit.topic.name, hit.label, tuple(post.plain.quoted(*span) for span in hit.spans))
        for hit in KNOWN.hits(post)
        if hit.label != "{本地}"
    ]
    assert told == why


def test_the_settings_of_a_topic_are_read() -> None:
    topic = read_topics(TOPICS).topics[0]
    assert (topic.severity, topic.routes, topic.cap) == (2, ("宣传科", "李主任"), 20)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("欠薪", 1, "上面没有"),
        ("[a]\n(欠薪", 2, "少一个 )"),
        ("[a]\n欠薪\n[a]\n讨薪", 3, "写了两次，上次在第1行"),
        ("[a] @级别:9\n欠薪", 1, "不认识 '@级别:9'"),
        ("[a]\n# 没有词", 1, "没有要找的词"),
        ("[a]\n/\\d+/", 1, "没有一定会出现的词"),
        ("[a]\n!欠薪", 1, "没有要找的词"),
        ("[a]\n欠薪\n/(人/", 3, "正则表达式 /(人/ 有误"),
        ("[a]\n欠薪\n/欠 薪/", 3, "不会有 '欠 薪'"),
        ("[a]\n欠薪\n{外地}", 3, "没有词表 {外地}"),
        ("[a]\n欠薪~99~工地", 2, "0 到 50"),
        ("[a]\n欠薪\n***", 3, "没有字了"),
        ("[a]\n欠薪 =>", 2, "=> 后面要写名称"),
        ("[a]\n欠薪&", 2, "看不懂"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, line: int, said: str) -> None:
    read = read_topics(text)
    faults = [*read.faults, *Matcher(read.topics, read.filters).faults]
    assert any(fault.line == line and said in fault.text for fault in faults), faults


@given(st.text(alphabet='强拆武进 |&!~()"/{}[]+=>@#8\\d\n标题:', max_size=60))
def test_whatever_is_written_is_read_or_named(text: str) -> None:
    read = read_topics(f"[a]\n{text}")
    assert read.faults or read.topics


HIDDEN = st.text(alphabet=" .·*-_★🔥\u200b\ufe0f\u3164\uffa0#", max_size=3)


@given(st.lists(HIDDEN, min_size=3, max_size=3), st.sampled_from(["拆遷補償", "拆迁补偿"]))
def test_a_word_is_found_however_it_is_hidden(between: list[str], word: str) -> None:
    hidden = word[0] + "".join(gap + char for gap, char in zip(between, word[1:], strict=True))
    post = Post.of(f"武进{hidden}呢")
    hits = KNOWN.hits(post)
    assert [post.plain.quoted(*span) for span in hits[0].spans] == [hidden]


@given(st.text(max_size=40))
def test_every_place_in_the_plain_spelling_is_a_place_in_what_was_sent(text: str) -> None:
    spelled = plain(text)
    for place, char in enumerate(spelled.text):
        assert char in plain(spelled.quoted(place, place + 1)).text


PATTERNS = (
    "\\d+(多)?(人|户|名).{0,6}(聚集|围|堵)",
    "(强|违)拆",
    "拆+迁{2}补?偿",
    "[甲乙]方(?:欠薪|讨薪)",
    "a|欠薪",
    "围堵\\.?",
)


@given(st.data(), st.sampled_from(PATTERNS))
def test_a_text_that_fits_has_one_of_the_literals(data: st.DataObject, pattern: str) -> None:
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    literals = literals_of(pattern)
    assert literals
    if re2.fullmatch(pattern, text):
        assert any(literal in text for literal in literals)


def test_topics_are_checked_and_tried_at_the_shell(tmp_path: Path) -> None:
    topics, posts = tmp_path / "a.topics", tmp_path / "posts.txt"
    topics.write_text("[欠薪]\n欠薪&工地\n", "utf-8")
    posts.write_text("工地\t欠·薪三个月\n没事\n", "utf-8")
    tried = CliRunner().invoke(app, ["topics", "try", str(topics), "--on", str(posts)])
    assert [json.loads(line)["hits"] for line in tried.stdout.splitlines()] == [
        [{"topic": "欠薪", "line": 2, "label": "欠薪&工地", "found": ["欠·薪", "工地"]}],
        [],
    ]
    topics.write_text("[欠薪]\n(欠薪\n", "utf-8")
    checked = CliRunner().invoke(app, ["topics", "check", str(topics)])
    assert checked.exit_code == 1
    assert f"{topics}:2: 少一个 )" in checked.stderr
