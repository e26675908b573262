"""The passive reply: what is said in the answer to the callback itself."""

import secrets
from datetime import datetime

from bot.channel.crypto import CallbackCrypto
from bot.channel.markup import cdata, printable
from bot.channel.texts import TEXT_BYTES
from storage.vocabulary import UserId


def text_reply(recipient: UserId, corp_id: str, content: str, now: datetime) -> str:
    """Return the plain XML of a text reply.

    Raises:
        ValueError: WeCom would cut the text, perhaps inside a character.
    """
    if len(printable(content).encode()) > TEXT_BYTES:
        raise ValueError(f"a reply is at most {TEXT_BYTES} bytes long")
    return (
        f"<xml><ToUserName>{cdata(recipient)}</ToUserName>"
        f"<FromUserName>{cdata(corp_id)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType>{cdata('text')}</MsgType>"
        f"<Content>{cdata(content)}</Content></xml>"
    )


def sealed_reply(crypto: CallbackCrypto, reply: str, now: datetime) -> str:
    """Return the XML that carries *reply* encrypted and signed."""
    timestamp = str(int(now.timestamp()))
    nonce = secrets.token_hex(8)
    ciphertext = crypto.seal(reply.encode())
    return (
        f"<xml><Encrypt>{cdata(ciphertext)}</Encrypt>"
        f"<MsgSignature>{cdata(crypto.sign(timestamp, nonce, ciphertext))}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp>"
        f"<Nonce>{cdata(nonce)}</Nonce></xml>"
    )
