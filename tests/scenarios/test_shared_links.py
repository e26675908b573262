"""A link that is shared from a browser or another chat: what it is for is asked, and done."""

import pytest

from tests.harness.databases import on_sqlite
from tests.harness.rows import all_rows
from tests.harness.service import Chat

TITLE, ABOUT = "金色家园停工半年", "业主拍视频 点赞2万"
URL = "https://www.douyin.com/video/1"


@on_sqlite
@pytest.mark.parametrize(
    ("answer", "heard", "table"),
    [
        ("1", "1号《金色家园停工半年》已开始", "draft_parts"),
        ("报舆情", "已登记1号舆情《金色家园停工半年", "opinion_items"),
        ("3", "信息线索1已记下", "clues"),
    ],
)
def test_one_number_or_word_says_what_a_link_is_for(
    bureau: Chat, answer: str, heard: str, table: str
) -> None:
    alice = bureau.phone("alice")
    alice.simulated.sends_link(TITLE, ABOUT, URL)
    alice.hears(
        "收到链接《金色家园停工半年》，要怎么办？", "1. 写成稿件", "2. 报舆情", "3. 报信息线索"
    )
    alice.says(answer)
    alice.hears(heard)
    kept = str(all_rows(bureau.services.database)[table])
    assert all(each in kept for each in (TITLE, ABOUT, URL))


@on_sqlite
def test_a_link_does_not_push_aside_what_is_asked(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("3号楼电梯困人，有人拍了视频")
    alice.hears("1. ", "2. ", "3. ")
    alice.simulated.sends_link(TITLE, ABOUT, URL)
    alice.hears("链接没有收。请先回复上面的问题，再发一次。")
    alice.says("2")
    alice.hears("已登记1号舆情")
    alice.simulated.sends_link("", "", URL)
    alice.hears(f"收到链接《{URL}》")
