"""Numbers of persons are found whatever their spelling; other long numbers are not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.personal_data import PersonalKind, masked, personal_data

IDENTITY, MOBILE, CARD = PersonalKind.IDENTITY, PersonalKind.MOBILE, PersonalKind.BANK_CARD


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张某，身份证号11010519491231002X。", [(IDENTITY, "11010519491231002X")]),
        (
            "身份证１１０１０５１９４９１２３１００２ｘ",
            [(IDENTITY, "１１０１０５１９４９１２３１００２ｘ")],
        ),
        ("联系人手机13812345678，", [(MOBILE, "13812345678")]),
        ("电话138 1234 5678转告", [(MOBILE, "138 1234 5678")]),
        ("电话138-1234-5678", [(MOBILE, "138-1234-5678")]),
        ("拨打+86 13812345678", [(MOBILE, "+86 13812345678")]),
        ("卡号6222 0212 3456 7890 128", [(CARD, "6222 0212 3456 7890 128")]),
        ("账户6225881414207430", [(CARD, "6225881414207430")]),
        ("账户6225 8814 1420 7430", [(CARD, "6225 8814 1420 7430")]),
        (
            "甲13812345678，乙11010519491231002X",
            [(MOBILE, "13812345678"), (IDENTITY, "11010519491231002X")],
        ),
        ("末位不对的110105194912310021", []),
        ("末位不对的卡6225881414207431", []),
        ("全是零0000000000000000和1111111111111111", []),
        ("投资13800138000元", []),
        ("发电13800138000千瓦时", []),
        ("热线12345、0512-65218888", []),
        ("信用代码91320500MA1MXXXX12", []),
        ("编号2138123456789", []),
        ("增长13812345678.5", []),
        ("", []),
    ],
)
def test_what_is_a_persons_number(text: str, found: list[tuple[PersonalKind, str]]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in personal_data(text)] == found


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (MOBILE, "+86 138-1234-5678", "138****5678"),
        (IDENTITY, "11010519491231002X", "110*************2X"),
        (CARD, "6225 8814 1420 7430", "6225********7430"),
    ],
)
def test_a_masked_number_shows_only_its_ends(kind: PersonalKind, number: str, shown: str) -> None:
    assert masked(kind, number) == shown


@given(st.text(alphabet="0123456789 -+xX１２号元.", max_size=80))
def test_any_text_has_an_answer_in_order_and_without_overlaps(text: str) -> None:
    found = personal_data(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert set("*") <= set(masked(one.kind, text[one.start : one.end]))
