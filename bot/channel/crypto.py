"""Sign, verify, encrypt and decrypt what WeCom and this app say to each other."""

import base64
import binascii
import hmac
import secrets
import struct

from wechatpy.crypto.base import WeChatCipher  # noqa: TID251 - here is where its types stop
from wechatpy.crypto.pkcs7 import PKCS7Encoder  # noqa: TID251 - here is where its types stop
from wechatpy.utils import WeChatSigner  # noqa: TID251 - here is where its types stop

from bot.channel.refusals import EnvelopeError, Refusal

_KEY = 32
_CIPHER_BLOCK = 16
_PADDING = 32  # WeCom pads to 32 bytes, not to the cipher's block
_RANDOM = 16
_HEAD = _RANDOM + 4


class CallbackCrypto:
    """The crypto of one app's callback address.

    wechatpy gives the cipher, the padding and the digest. Its own `decrypt_message` is not used: it
    compares signatures in variable time, looks at the last padding byte only, takes any length,
    pads with a guessable random and fails with six kinds of exception.
    """

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        """Take what the console shows; *receive_id* is the corp id for an app of one's own.

        Raises:
            ValueError: the key is not 43 characters of base64.
        """
        try:
            key = base64.b64decode(encoding_aes_key + "=", validate=True)
        except binascii.Error:
            key = b""
        if len(key) != _KEY:
            raise ValueError("encoding_aes_key must be the 43 characters that the console shows")
        self._token = token
        self._receive_id = receive_id.encode()
        self._cipher = WeChatCipher(key)

    def sign(self, timestamp: str, nonce: str, ciphertext: str) -> str:
        signer = WeChatSigner()
        signer.add_data(self._token, timestamp, nonce, ciphertext)
        return str(signer.signature)

    def open(self, signature: str, timestamp: str, nonce: str, ciphertext: str) -> bytes:
        """Verify the signature, then decrypt.

        Raises:
            EnvelopeError: forged, damaged, or meant for another corp.
        """
        # A query string that was not percent-encoded turns `+` into a space on its way here.
        ciphertext = ciphertext.replace(" ", "+")
        expected = self.sign(timestamp, nonce, ciphertext)
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
            raise EnvelopeError(Refusal.BAD_SIGNATURE)
        return self._decrypt(ciphertext)

    def seal(self, message: bytes) -> str:
        """Encrypt *message*; since the IV is fixed, only the random prefix hides equal messages."""
        head = secrets.token_bytes(_RANDOM) + struct.pack("!I", len(message))
        plain: bytes = PKCS7Encoder.encode(head + message + self._receive_id)
        return base64.b64encode(self._cipher.encrypt(plain)).decode("ascii")

    def _decrypt(self, ciphertext: str) -> bytes:
        content = _unpadded(self._cipher.decrypt(_blocks(ciphertext)))
        if len(content) < _HEAD:
            raise EnvelopeError(Refusal.BAD_LENGTH)
        (length,) = struct.unpack("!I", content[_RANDOM:_HEAD])
        if length > len(content) - _HEAD:
            raise EnvelopeError(Refusal.BAD_LENGTH)
        message, receive_id = content[_HEAD : _HEAD + length], content[_HEAD + length :]
        if not hmac.compare_digest(receive_id, self._receive_id):
            raise EnvelopeError(Refusal.WRONG_RECEIVE_ID)
        return message


def _blocks(ciphertext: str) -> bytes:
    try:
        data = base64.b64decode(ciphertext, validate=True)
    except ValueError:  # binascii.Error is one, and so is a character outside ASCII
        raise EnvelopeError(Refusal.BAD_BASE64) from None
    if not data or len(data) % _CIPHER_BLOCK:
        raise EnvelopeError(Refusal.BAD_BLOCK)
    return data


def _unpadded(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= _PADDING or plain[-count:] != bytes([count]) * count:
        raise EnvelopeError(Refusal.BAD_PADDING)
    return plain[:-count]
