from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel.envelope import open_envelope
from bot.channel.refusals import EnvelopeError, Refusal

from .vectors import MESSAGE_BODY, MESSAGE_CIPHERTEXT

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<xml><Encrypt>&b;</Encrypt></xml>"""


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert open_envelope(b"\xef\xbb\xbf" + MESSAGE_BODY) == MESSAGE_CIPHERTEXT


def test_a_declaration_cannot_change_the_encoding() -> None:
    declared = b'<?xml version="1.0" encoding="utf-16"?>' + MESSAGE_BODY
    assert open_envelope(declared) == MESSAGE_CIPHERTEXT


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (BILLION_LAUGHS, Refusal.DOCTYPE),
        (BILLION_LAUGHS.replace(b"DOCTYPE", b"doctype"), Refusal.DOCTYPE),
        (b"<xml><!EnTiTy a 'b'></xml>", Refusal.DOCTYPE),
        (BILLION_LAUGHS.decode().encode("utf-16"), Refusal.NOT_UTF8),
        (BILLION_LAUGHS.decode().encode("utf-16-be"), Refusal.NOT_XML),
        (b"\xff\xfe\x00", Refusal.NOT_UTF8),
        (b"", Refusal.NOT_XML),
        (b"{}", Refusal.NOT_XML),
        (MESSAGE_BODY[:-1], Refusal.NOT_XML),
        (MESSAGE_BODY[:200], Refusal.NOT_XML),
        (b"<xml><Encrypt>&xxe;</Encrypt></xml>", Refusal.NOT_XML),
        (b"<xml></xml>", Refusal.MISSING_ELEMENT),
        (b"<xml><Encrypt> </Encrypt></xml>", Refusal.MISSING_ELEMENT),
        (b"<xml><a><Encrypt>x</Encrypt></a></xml>", Refusal.MISSING_ELEMENT),
        (b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>", Refusal.DOUBLED_ELEMENT),
        (b"<xml><Encrypt>a</Encrypt><AgentID/><AgentID/></xml>", Refusal.DOUBLED_ELEMENT),
    ],
)
def test_what_is_no_envelope_is_refused(body: bytes, reason: Refusal) -> None:
    with pytest.raises(EnvelopeError) as caught:
        open_envelope(body)
    assert caught.value.reason is reason


@given(st.binary(max_size=400))
def test_noise_is_an_envelope_or_a_refusal(body: bytes) -> None:
    survives(body)


@given(st.data())
def test_a_mutated_envelope_is_an_envelope_or_a_refusal(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(MESSAGE_BODY)))
    end = data.draw(st.integers(start, min(start + 20, len(MESSAGE_BODY))))
    middle = data.draw(st.one_of(st.binary(max_size=20), st.just(b"<!DOCTYPE a>")))
    survives(MESSAGE_BODY[:start] + middle + MESSAGE_BODY[end:])


def survives(body: bytes) -> None:
    with suppress(EnvelopeError):
        assert open_envelope(body)
