"""What a clue says in its one line."""

import pytest

from handlers.rules.clues import read_clue
from storage.vocabulary import ClueCategory


@pytest.mark.parametrize(
    ("text", "category", "words", "url"),
    [
        (
            "某市燃气事故致3人受伤 https://a.cn/1?x=2，",
            ClueCategory.ELSEWHERE,
            "某市燃气事故致3人受伤",
            "https://a.cn/1?x=2",
        ),
        ("苗头：金色家园业主在建群", ClueCategory.EARLY_SIGN, "金色家园业主在建群", ""),
        ("业主群说周三集体去售楼处", ClueCategory.EARLY_SIGN, "业主群说周三集体去售楼处", ""),
        ("晚报曝光老旧小区改造返工", ClueCategory.NEGATIVE, "晚报曝光老旧小区改造返工", ""),
        ("住建部印发房屋体检办法", ClueCategory.POLICY, "住建部印发房屋体检办法", ""),
        ("外地做法 邻市推行物业信用分", ClueCategory.PRACTICE, "邻市推行物业信用分", ""),
        ("我区首例加装电梯共建", ClueCategory.FIRST, "我区首例加装电梯共建", ""),
        ("邻市充电棚起火，2人受伤", ClueCategory.ELSEWHERE, "邻市充电棚起火，2人受伤", ""),
        ("天气转凉", ClueCategory.OTHER, "天气转凉", ""),
        ("https://a.cn/1", ClueCategory.OTHER, "", "https://a.cn/1"),
    ],
)
def test_a_line_is_read(text: str, category: ClueCategory, words: str, url: str) -> None:
    said = read_clue(text)
    assert (said.category, said.words, said.url) == (category, words, url)
