"""The official vectors of page 90968, and what must be refused."""

import pytest

from bot.simulator.crypto import Envelope, EnvelopeCipher, EnvelopeError
from bot.simulator.wire import XmlError, from_xml, text_of, to_xml

from .kit import AES_KEY, CORP_ID, TOKEN

ECHO = Envelope(
    encrypt=(
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    ),
    timestamp="1409659589",
    nonce="263014780",
    signature="5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
)
HELLO = Envelope(
    encrypt=(
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3Qczc"
        "dCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLj"
        "vd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMn"
        "vw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k"
        "22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2Yoy"
        "yH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
    ),
    timestamp="1409659813",
    nonce="1372623149",
    signature="477715d11cdb4164915debcba66cb864d751f3e6",
)


@pytest.fixture
def cipher() -> EnvelopeCipher:
    return EnvelopeCipher(TOKEN, AES_KEY, CORP_ID)


def test_the_official_echo_opens(cipher: EnvelopeCipher) -> None:
    assert cipher.open(ECHO) == "1616140317555161061"


def test_the_official_message_opens(cipher: EnvelopeCipher) -> None:
    message = from_xml(cipher.open(HELLO))
    assert text_of(message, "Content") == "hello"
    assert text_of(message, "MsgId") == "4561255354251345929"


@pytest.mark.parametrize("length", range(70))
def test_every_length_of_padding_opens_again(cipher: EnvelopeCipher, length: int) -> None:
    envelope = cipher.seal("x" * length, timestamp="1", nonce="2")
    assert cipher.open(envelope) == "x" * length


def test_a_wrong_signature_is_refused(cipher: EnvelopeCipher) -> None:
    forged = Envelope(encrypt=HELLO.encrypt, timestamp="1", nonce="2", signature=HELLO.signature)
    with pytest.raises(EnvelopeError, match="signature"):
        cipher.open(forged)


def test_another_corps_envelope_is_refused(cipher: EnvelopeCipher) -> None:
    other = EnvelopeCipher(TOKEN, AES_KEY, "wwanother")
    with pytest.raises(EnvelopeError, match="receive id"):
        cipher.open(other.seal("hello", timestamp="1", nonce="2"))


def test_a_closing_cdata_in_a_text_stays_text() -> None:
    text = "a]]></Content><MsgType>forged ]]> 😀"
    assert text_of(from_xml(to_xml([("Content", text)])), "Content") == text


def test_a_document_type_is_refused() -> None:
    with pytest.raises(XmlError):
        from_xml('<!DOCTYPE xml [<!ENTITY a "b">]><xml>&a;</xml>')
