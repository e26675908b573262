"""Words that are hidden from filters are read as they are meant, and quoted as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.opinion.disguises import swaps, ways
from handlers.rules.opinion.plain import plain

WAYS = st.sampled_from(sorted(ways().items()))
PLAIN_HAN = st.text(st.sampled_from("今天的小区里有人说这个楼盘"), max_size=6)


@given(WAYS, PLAIN_HAN, PLAIN_HAN)
def test_every_way_of_hiding_is_read_between_other_words(
    way: tuple[str, str], before: str, after: str
) -> None:
    written, meant = way
    read = plain(f"{before},{written},{after}")
    assert read.text == f"{before},{meant},{after}"
    assert read.quoted(len(before) + 1, len(before) + 1 + len(meant)) == written


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("锦绣城 烂 w e i 楼", "锦绣城烂尾楼"),
        ("ＬＡＮＷＥＩ了", "烂尾了"),
        ("強 chai", "强拆"),
        ("煤气💥了，着🔥", "煤气爆了,着火"),
        ("木娄板开裂", "楼板开裂"),
        ("业主维木又，退💰", "业主维权,退钱"),
        ("火兰尾，有人足兆楼", "烂尾,有人跳楼"),
    ],
)
def test_widths_blanks_and_pictures_hide_nothing(text: str, read: str) -> None:
    assert plain(text).text == read


@pytest.mark.parametrize(
    "text",
    [
        "titan tank",
        "repeat after me bad weather",
        "lan球馆wei护",
        "服务业发展真正地",
        "自行车停公交站",
        "围墙拆除",
        "天黑前到家",
        "突然气温下降",
        "周末特卖🔥",
        "开业💥💥",
        "显示微信号",
        "2024了几个",
        "成长价值",
        "兰花展尾声",
        "BZ医院",
        "wifi密码",
    ],
)
def test_ordinary_words_and_other_languages_hide_nothing(text: str) -> None:
    assert swaps(plain(text).text) == []
    assert plain(text).hidden == ()
