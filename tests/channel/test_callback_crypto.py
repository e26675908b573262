import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto.base import WeChatCipher  # noqa: TID251 - the oracle
from wechatpy.work.crypto import WeChatCrypto  # noqa: TID251 - the oracle

from bot.channel import markup
from bot.channel.crypto import CallbackCrypto
from bot.channel.envelope import open_envelope
from bot.channel.refusals import EnvelopeError, Refusal

from .vectors import (
    CORP,
    ECHO,
    ECHO_QUERY,
    KEY,
    MESSAGE_BODY,
    MESSAGE_CIPHERTEXT,
    MESSAGE_QUERY,
    TOKEN,
)

CRYPTO = CallbackCrypto(TOKEN, KEY, CORP)
ORACLE = WeChatCrypto(TOKEN, KEY, CORP)


def opened(ciphertext: str, crypto: CallbackCrypto = CRYPTO) -> bytes:
    return crypto.open(CRYPTO.sign("1", "n", ciphertext), "1", "n", ciphertext)


def refusal_of(ciphertext: str) -> Refusal:
    with pytest.raises(EnvelopeError) as caught:
        opened(ciphertext)
    return caught.value.reason


def encrypted(plain: bytes) -> str:
    """Encrypt *plain* as it is, frame and padding included."""
    return base64.b64encode(WeChatCipher(base64.b64decode(KEY + "=")).encrypt(plain)).decode()


def padded(plain: bytes) -> bytes:
    count = 32 - len(plain) % 32
    return plain + bytes([count]) * count


def test_the_official_message_opens() -> None:
    query = MESSAGE_QUERY
    plain = CRYPTO.open(
        query["msg_signature"], query["timestamp"], query["nonce"], open_envelope(MESSAGE_BODY)
    )
    message = {child.tag: child.text for child in markup.parse(plain.decode())}
    assert message["Content"] == "hello"
    assert message["MsgId"] == "4561255354251345929"
    assert message["ToUserName"] == CORP


@pytest.mark.parametrize("plus", ["+", " "])
def test_the_official_echo_opens_even_with_its_plus_signs_turned_into_spaces(plus: str) -> None:
    query = ECHO_QUERY
    echo = query["echostr"].replace("+", plus)
    assert CRYPTO.open(query["msg_signature"], query["timestamp"], query["nonce"], echo) == ECHO


@given(st.text())
def test_wechatpy_and_we_open_what_the_other_seals(message: str) -> None:
    ciphertext = CRYPTO.seal(message.encode())
    envelope = {"Encrypt": ciphertext}
    signature = CRYPTO.sign("1", "n", ciphertext)
    assert ORACLE.decrypt_message(envelope, signature, "1", "n") == message

    theirs = markup.parse(ORACLE.encrypt_message(message, "n", "1"))
    fields = {child.tag: child.text or "" for child in theirs}
    assert CRYPTO.open(fields["MsgSignature"], "1", "n", fields["Encrypt"]) == message.encode()


@pytest.mark.parametrize(
    "signature", ["", "0" * 40, "签名", MESSAGE_QUERY["msg_signature"].upper()]
)
def test_a_forged_signature_is_refused_before_anything_is_decrypted(signature: str) -> None:
    with pytest.raises(EnvelopeError) as caught:
        CRYPTO.open(signature, "1409659813", "1372623149", MESSAGE_CIPHERTEXT)
    assert caught.value.reason is Refusal.BAD_SIGNATURE


def test_a_message_for_another_corp_is_refused() -> None:
    stranger = CallbackCrypto(TOKEN, KEY, "another corp")
    assert refusal_of(stranger.seal(b"<xml/>")) is Refusal.WRONG_RECEIVE_ID


@pytest.mark.parametrize(
    ("ciphertext", "reason"),
    [
        ("", Refusal.BAD_BLOCK),
        ("!!!", Refusal.BAD_BASE64),
        ("密文", Refusal.BAD_BASE64),
        ("QUJD", Refusal.BAD_BLOCK),
        (encrypted(bytes(32)), Refusal.BAD_PADDING),
        (encrypted(bytes(31) + b"\x21"), Refusal.BAD_PADDING),
        (encrypted(bytes(30) + b"\x01\x02"), Refusal.BAD_PADDING),
        (encrypted(padded(b"short")), Refusal.BAD_LENGTH),
        (encrypted(padded(bytes(16) + struct.pack("!I", 2**32 - 1) + b"x")), Refusal.BAD_LENGTH),
        (encrypted(padded(bytes(20) + b"other")), Refusal.WRONG_RECEIVE_ID),
    ],
)
def test_damage_under_a_good_signature_has_a_name(ciphertext: str, reason: Refusal) -> None:
    assert refusal_of(ciphertext) is reason


@given(st.binary(max_size=200))
def test_no_ciphertext_raises_anything_but_a_refusal(noise: bytes) -> None:
    assert refusal_of(base64.b64encode(noise).decode())


def test_equal_messages_have_different_ciphertexts() -> None:
    assert CRYPTO.seal(b"yes") != CRYPTO.seal(b"yes")


@pytest.mark.parametrize("key", ["", "short", KEY + "=", "!" * 43])
def test_a_malformed_key_is_told_at_start_up(key: str) -> None:
    with pytest.raises(ValueError, match="43 characters"):
        CallbackCrypto(TOKEN, key, CORP)
