"""Text cut to what WeCom carries."""

TEXT_BYTES = 2048


def split_text(text: str, limit: int = TEXT_BYTES) -> list[str]:
    """Cut *text* into parts of at most *limit* UTF-8 bytes that join to *text* again.

    A part ends after a line break where there is one in its second half, and never inside a
    character. No text, no parts. Halves of surrogate pairs become question marks.
    """
    data = text.encode("utf-8", "replace")
    parts = []
    while data:
        part = _first(data, limit)
        parts.append(part.decode())
        data = data[len(part) :]
    return parts


def clip(text: str, length: int) -> str:
    """Return *text* in at most *length* characters, with … where something was left out."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _first(data: bytes, limit: int) -> bytes:
    if len(data) <= limit:
        return data
    # Continuation bytes are 10xxxxxx: step back to where a character begins.
    end = limit
    while data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - the bit pattern is its own name
        end -= 1
    if not end:
        raise ValueError("the limit is smaller than a character")
    line_break = data.rfind(b"\n", end // 2, end)
    return data[: line_break + 1] if line_break >= 0 else data[:end]
