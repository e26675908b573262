"""A mark of secrecy is found however it is written, and ordinary words are not marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.secrecy import secrecy_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("绝密", "绝密"),
        ("绝密★启用前", "绝密"),
        ("机密★10年\n关于……的报告", "机密"),
        ("这是机密文件，帮我报一下", "机密"),
        ("机密 封面", "机密"),
        ("密级：", "密级"),
        ("密级：秘密", "密级"),
        ("本件为秘密级", "密级"),
        ("秘密★", "秘密"),
        ("秘密 ☆ 5年", "秘密"),
        ("秘密＊", "秘密"),
        ("秘密⭐️长期", "秘密"),
        ("通知\n  秘密  \n各科室：", "秘密"),
        ("通知\r\n秘密\r\n各科室：", "秘密"),
        ("秘密 10年", "秘密"),
        ("【秘密】通知", "秘密"),
        ("关于房产的报告（秘密）.docx", "秘密"),
        ("［秘　密］", "秘密"),
        ("秘密★通知里附了绝密件", "绝密"),
        ("内部资料，请勿外传", "内部资料"),
        ("内部 文件", "内部文件"),
        ("【内部文件】", "内部文件"),
        ("此件请注意保存", "注意保存"),
        ("「内部」", "内部"),
        ("【 内部 】情况.docx", "内部"),
        ("（内部）", "内部"),
        ("絕密", "绝密"),
        ("機　密", "机密"),
        ("內部資料", "内部资料"),
        ("机\u200b密", "机密"),
        ("内\ufeff部 资\u00ad料", "内部资料"),
        ("⽂字：密\u2060级", "密级"),
    ],
)
def test_a_mark_is_found(text: str, mark: str) -> None:
    assert secrecy_mark(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我局开展保守国家秘密宣传教育",
        "保守秘密，人人有责",
        "秘密花园小区加装电梯",
        "《秘密》观影活动",
        "老房子里的“秘密”",
        "楼道里没有秘密\n大家都知道",
        "内部装修暂停营业",
        "加强内部管理",
        "内部",
        "大楼内部 设施受损，资料受潮",
        "谨防泄露手机密码",
        "司机密切配合",
        "洗衣机密封圈老化",
        "拒绝密切接触",
        "亲密级别",
        "密级配沥青路面完工",
        "锦绣花园电梯检查",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert secrecy_mark(text) is None


def test_a_flood_of_spaces_is_no_burden() -> None:
    assert secrecy_mark("秘密" + " " * 100_000 + "花园") is None


HIDING = st.text(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f \u3000\u00a0\t\u2003"))
MARKS = ["绝密", "机密", "秘密★", "秘密*", "密级", "内部资料", "内部文件", "注意保存"]


@given(data=st.data(), mark=st.sampled_from([*MARKS, "【秘密】", "「内部」", "\n秘密\n"]))
def test_nothing_invisible_hides_a_mark(data: st.DataObject, mark: str) -> None:
    spread = "".join(char + data.draw(HIDING) for char in mark)
    assert secrecy_mark(f"各科室：{spread}请阅") == secrecy_mark(mark)


@given(before=st.text(), mark=st.sampled_from(MARKS), after=st.text())
def test_the_surrounding_text_does_not_hide_a_mark(before: str, mark: str, after: str) -> None:
    assert secrecy_mark(f"{before}\n{mark}\n{after}") is not None


@pytest.mark.parametrize("text", ["投稿 秘密\n各科室：", "投稿：秘密 5年\n各科室：", "投稿秘密"])
def test_a_mark_is_found_behind_the_word_that_hands_it_in(text: str) -> None:
    assert secrecy_mark(text) == "秘密"


def test_a_title_with_the_everyday_word_may_be_handed_in() -> None:
    assert secrecy_mark("投稿 秘密花园小区加装电梯\n投稿人：张三") is None
