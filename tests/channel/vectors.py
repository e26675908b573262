"""The samples that WeCom publishes, and callbacks made after them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.channel import markup
from bot.channel.crypto import CallbackCrypto

TOKEN = "QDG6eK"  # noqa: S105 - published
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP = "wx5823bf96d3bd56c7"

MESSAGE_QUERY = {
    "msg_signature": "477715d11cdb4164915debcba66cb864d751f3e6",
    "timestamp": "1409659813",
    "nonce": "1372623149",
}
MESSAGE_CIPHERTEXT = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUp"
    "j911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue"
    "06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+"
    "3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH"
    "27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8"
    "R07+qN+E7Q=="
)
MESSAGE_BODY = (
    f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName>"
    f"<Encrypt><![CDATA[{MESSAGE_CIPHERTEXT}]]></Encrypt>"
    "<AgentID><![CDATA[218]]></AgentID></xml>"
).encode()

ECHO_QUERY = {
    "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    "timestamp": "1409659589",
    "nonce": "263014780",
    "echostr": (
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    ),
}
ECHO = b"1616140317555161061"


@dataclass(frozen=True, slots=True)
class Callback:
    query: dict[str, str]
    body: bytes


def callback(
    message: str | bytes, *, timestamp: int, corp: str = CORP, token: str = TOKEN
) -> Callback:
    """Encrypt and sign *message* as WeCom does."""
    crypto = CallbackCrypto(token, KEY, corp)
    plain = message.encode() if isinstance(message, str) else message
    ciphertext = crypto.seal(plain)
    query = {"timestamp": str(timestamp), "nonce": "n0nce"}
    query["msg_signature"] = crypto.sign(query["timestamp"], query["nonce"], ciphertext)
    body = (
        f"<xml><ToUserName><![CDATA[{corp}]]></ToUserName>"
        f"<AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>"
    )
    return Callback(query, body.encode())


def text_message(content: str = "投稿 春天来了", msg_id: str = "1") -> str:
    return (
        "<xml><ToUserName><![CDATA[corp]]></ToUserName>"
        "<FromUserName><![CDATA[Alice]]></FromUserName><CreateTime>1767225600</CreateTime>"
        "<MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content.replace(']]>', ']]]]><![CDATA[>')}]]></Content>"
        f"<MsgId>{msg_id}</MsgId><AgentID>1000002</AgentID></xml>"
    )


def event(name: str, fields: str = "", sender: str = "Alice", at: int = 1767225600) -> bytes:
    return (
        "<xml><ToUserName><![CDATA[corp]]></ToUserName>"
        f"<FromUserName><![CDATA[{sender}]]></FromUserName><CreateTime>{at}</CreateTime>"
        f"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event>{fields}"
        "<AgentID>1000002</AgentID></xml>"
    ).encode()


def opened_reply(body: bytes) -> Element:
    """Open a passive reply as WeCom does."""
    outer = markup.parse(body.decode())
    fields = {child.tag: child.text or "" for child in outer}
    plain = CallbackCrypto(TOKEN, KEY, CORP).open(
        fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"], fields["Encrypt"]
    )
    return markup.parse(plain.decode())
