"""The outer, unauthenticated XML of a callback: what carries the ciphertext."""

import re

from bot.channel import markup
from bot.channel.refusals import EnvelopeError, Refusal

_DOCUMENT_TYPE = re.compile(r"<!\s*(doctype|entity)", re.IGNORECASE)


def open_envelope(body: bytes) -> str:
    """Return the ciphertext in *body*, which anybody may have written.

    1. Refuse what is not UTF-8, and any document type or entity, before a parser sees it.
    2. Parse; refuse what is truncated.
    3. Refuse a missing `Encrypt` and any element that comes twice.

    `ToUserName` and `AgentID` are not asked for: the receive id inside the ciphertext is what
    counts, and it is authenticated.

    Raises:
        EnvelopeError: any of the above.
    """
    document = markup.decode(body)
    if _DOCUMENT_TYPE.search(document):
        raise EnvelopeError(Refusal.DOCTYPE)
    root = markup.parse(document)
    names = [child.tag for child in root]
    if len(names) != len(set(names)):
        raise EnvelopeError(Refusal.DOUBLED_ELEMENT)
    return markup.required(root, "Encrypt")
