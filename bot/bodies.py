"""The body of a request, never larger than it may be."""

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge


def whole_body(max_bytes: int) -> bytes:
    """Read the body; a length that is announced or reached beyond *max_bytes* stops the reading.

    Raises:
        RequestEntityTooLarge: it is larger.
    """
    # One byte more, since werkzeug cuts a chunked body at its limit without a word.
    request.max_content_length = max_bytes + 1
    body = request.get_data(cache=False)
    if len(body) > max_bytes:
        raise RequestEntityTooLarge
    return body
