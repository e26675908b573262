"""Numbers in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.numerals import NUMERAL, number


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("１２", 12),
        ("2万", 20_000),
        ("零", 0),
        ("〇", 0),
        ("零五", 5),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二十三", 23),
        ("廿", 20),
        ("廿五", 25),
        ("卅一", 31),
        ("一百", 100),
        ("一百零二", 102),
        ("一百〇二", 102),
        ("一百一十", 110),
        ("一百二", 120),
        ("一百二十三", 123),
        ("两千零五十", 2050),
        ("一千零一", 1001),
        ("两千三", 2300),
        ("九千九百九十九", 9999),
        ("两万", 20_000),
        ("两万三", 23_000),
        ("两万零三", 20_003),
        ("三万五千", 35_000),
        ("一亿两千万", 120_000_000),
        ("二〇二六", 2026),
        ("一二三四五", 12_345),
        ("壹", 1),
        ("拾贰", 12),
        ("叁佰贰拾", 320),
    ],
)
def test_a_numeral_is_a_number(word: str, value: int) -> None:
    assert number(word) == value
    assert re.fullmatch(NUMERAL, word)


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "a",
        "12a",
        "几",
        "半",
        "十十",
        "百",
        "万",
        "一万万",
        "三百千",
        "1二",
        "1.5",
        "-1",
        "²",
        "两万十",
    ],
)
def test_what_is_no_number_is_none(word: str) -> None:
    assert number(word) is None


@given(st.text() | st.text(st.sampled_from("零〇一二三两十百千万亿廿壹拾0123４")))
def test_any_word_is_a_number_or_none(word: str) -> None:
    value = number(word)
    assert value is None or value >= 0


@given(st.integers(0, 10**15))
def test_digits_are_themselves(value: int) -> None:
    assert number(str(value)) == value


def in_words(value: int) -> str:
    """Write a number below 10,000 as one says it."""
    digits, words, gap = f"{value:04}", "", ""
    for char, unit in zip(digits, ("千", "百", "十", ""), strict=True):
        if char == "0":
            gap = "零" if words else ""
        else:
            words, gap = f"{words}{gap}{'零一二三四五六七八九'[int(char)]}{unit}", ""
    return words or "零"


@given(st.integers(0, 9999))
def test_what_is_written_in_words_is_read_again(value: int) -> None:
    assert number(in_words(value)) == value


def test_a_long_run_is_no_number() -> None:
    assert number("1" * 100_000) is None
    assert number("一" * 100_000) is None
