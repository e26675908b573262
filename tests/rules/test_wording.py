"""When a change is one of wording only, so that who approved need not read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.wording import changed_share, only_wording_changed

TEXT = (
    "9月20日，区住建局组织检查组到城东片区，对辖区餐饮场所的燃气使用情况开展安全检查。"
    "局长李明要求立即整改。检查组共检查38家，发现隐患五处，整改率达到95%，没有人员受伤。"
    "检查依据《城镇燃气管理条例》进行，王芳陪同。"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("立即整改", "马上整改"),
        ("开展安全检查", "开展了安全检查"),
        ("，整改率", "；整改率"),
        ("情况开展", "状况开展"),
    ],
)
def test_other_words_for_the_same_are_wording(old: str, new: str) -> None:
    assert old in TEXT
    assert only_wording_changed(TEXT, TEXT.replace(old, new), ["王芳"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("38", "83"),
        ("五处", "六处"),
        ("95%", "96%"),
        ("9月20日", "9月21日"),
        ("没有人员", "有人员"),
        ("局长李明", "副局长李明"),
        ("区住建局", "市住建局"),
        ("《城镇燃气管理条例》", "《燃气管理条例》"),
        ("王芳陪同", "王方陪同"),
        ("检查组共检查38家", ""),
        ("发现隐患五处，整改率达到95%", "整改率达到95%，发现隐患五处"),
    ],
)
def test_what_is_said_otherwise_is_no_wording(old: str, new: str) -> None:
    assert old in TEXT
    assert not only_wording_changed(TEXT, TEXT.replace(old, new), ["王芳"])


def test_much_that_was_rewritten_is_no_wording() -> None:
    plain = "我们深入群众走访座谈，听取意见建议，改进工作作风，推动服务下沉基层，提升群众满意程度。"
    assert only_wording_changed(plain, plain.replace("深入", "走进"))
    assert not only_wording_changed(plain, plain[:20] + "得到大家认可" + plain[30:])


@given(st.text(max_size=60))
def test_the_same_text_is_always_wording_and_nothing_of_it_changed(text: str) -> None:
    assert only_wording_changed(text, text)
    assert changed_share(text, text) == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_it_is_the_same_in_both_directions(one: str, other: str) -> None:
    assert only_wording_changed(one, other) == only_wording_changed(other, one)
    assert 0 <= changed_share(one, other) <= 1
