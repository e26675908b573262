from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import markup
from bot.channel.crypto import CallbackCrypto
from bot.channel.reply import sealed_reply, text_reply
from bot.channel.texts import clip, split_text
from storage.vocabulary import UserId

from .vectors import CORP, KEY, TOKEN, opened_reply

ALICE = UserId("alice")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ENCODABLE = st.text(st.characters(exclude_categories=["Cs"]))


@given(ENCODABLE, st.integers(4, 50))
def test_parts_fit_and_join_to_the_whole(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert "".join(parts) == text
    assert all(1 <= len(part.encode()) <= limit for part in parts)


def test_a_text_is_cut_after_a_line_where_it_can_be() -> None:
    assert split_text("第一行\n第二行\n第三行", 24) == ["第一行\n第二行\n", "第三行"]
    assert split_text("一行很长很长的字\n尾", 12) == ["一行很长", "很长的字", "\n尾"]


def test_a_text_of_exactly_the_limit_is_one_part() -> None:
    text = "汉" * 682 + "ab"
    assert split_text(text) == [text]
    assert len(split_text(text + "c")) == 2


def test_no_text_has_no_parts_and_half_a_pair_does_no_harm() -> None:
    assert split_text("") == []
    assert split_text("\ud83d") == ["?"]
    with pytest.raises(ValueError, match="smaller than a character"):
        split_text("汉字", 2)


def test_clipping_shows_that_something_was_left_out() -> None:
    assert clip("宣传科", 3) == "宣传科"
    assert clip("宣传科长", 3) == "宣传…"


@given(st.text(max_size=300))
def test_a_reply_arrives_as_it_was_said_and_cannot_break_out(content: str) -> None:
    crypto = CallbackCrypto(TOKEN, KEY, CORP)
    sealed = sealed_reply(crypto, text_reply(ALICE, CORP, content, NOW), NOW)
    reply = opened_reply(sealed.encode())
    said = {child.tag: child.text or "" for child in reply}
    kept = markup.printable(content).replace("\r\n", "\n").replace("\r", "\n")
    assert said == {
        "ToUserName": "alice",
        "FromUserName": CORP,
        "CreateTime": "1767225600",
        "MsgType": "text",
        "Content": kept,
    }


def test_a_forged_end_of_the_content_stays_content() -> None:
    forged = "hi]]></Content><MsgType><![CDATA[image"
    reply = markup.parse(text_reply(ALICE, CORP, forged, NOW))
    assert markup.text(reply, "Content") == forged
    assert markup.text(reply, "MsgType") == "text"


def test_a_reply_that_wecom_would_cut_is_an_error() -> None:
    text_reply(ALICE, CORP, "x" * 2048, NOW)
    with pytest.raises(ValueError, match="2048"):
        text_reply(ALICE, CORP, "汉" * 683, NOW)
