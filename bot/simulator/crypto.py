"""The vendor's side of the encryption: AES-256-CBC envelopes and their signatures (page 90968)."""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_PAD_TO = 32
_RANDOM = 16
_HEAD = _RANDOM + 4


class EnvelopeError(ValueError):
    """An envelope that WeCom would refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A ciphertext in Base64 with what is signed beside it."""

    encrypt: str
    timestamp: str
    nonce: str
    signature: str


class EnvelopeCipher:
    """Seals and opens envelopes for one corp, with the token and key of its app's callback."""

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        self._token = token
        self._key = base64.b64decode(encoding_aes_key + "=")
        self._receive_id = receive_id.encode()

    def seal(self, text: str, *, timestamp: str, nonce: str) -> Envelope:
        message = text.encode()
        plain = secrets.token_bytes(_RANDOM) + struct.pack("!I", len(message)) + message
        plain += self._receive_id
        pad = _PAD_TO - len(plain) % _PAD_TO
        worker = self._aes().encryptor()
        sealed = worker.update(plain + bytes([pad]) * pad) + worker.finalize()
        encrypt = base64.b64encode(sealed).decode()
        return Envelope(
            encrypt=encrypt,
            timestamp=timestamp,
            nonce=nonce,
            signature=self._sign(timestamp, nonce, encrypt),
        )

    def open(self, envelope: Envelope) -> str:
        """Return the text inside.

        Raises:
            EnvelopeError: the signature, the padding, the length or the receive id is wrong.
        """
        expected = self._sign(envelope.timestamp, envelope.nonce, envelope.encrypt)
        if not hmac.compare_digest(expected.encode(), envelope.signature.encode()):
            raise EnvelopeError("wrong signature")
        try:
            worker = self._aes().decryptor()
            padded = worker.update(base64.b64decode(envelope.encrypt, validate=True))
            padded += worker.finalize()
        except (ValueError, binascii.Error) as error:
            raise EnvelopeError("not a ciphertext in Base64") from error
        return self._unpack(padded)

    def _unpack(self, padded: bytes) -> str:
        pad = padded[-1] if padded else 0
        if not 1 <= pad <= _PAD_TO or padded[-pad:] != bytes([pad]) * pad:
            raise EnvelopeError("wrong padding")
        plain = padded[:-pad]
        if len(plain) < _HEAD:
            raise EnvelopeError("too short")
        (length,) = struct.unpack("!I", plain[_RANDOM:_HEAD])
        message, receive_id = plain[_HEAD : _HEAD + length], plain[_HEAD + length :]
        if receive_id != self._receive_id:
            raise EnvelopeError("wrong receive id")
        try:
            return message.decode()
        except UnicodeDecodeError as error:
            raise EnvelopeError("not UTF-8") from error

    def _sign(self, timestamp: str, nonce: str, encrypt: str) -> str:
        values = sorted([self._token, timestamp, nonce, encrypt])
        return hashlib.sha1("".join(values).encode(), usedforsecurity=False).hexdigest()

    def _aes(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
