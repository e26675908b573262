"""How WeCom measures and cuts text."""

LIMIT = 2048


def clip(text: str, limit: int = LIMIT) -> str:
    """Cut at *limit* bytes of UTF-8, as WeCom does: in silence, and be it inside a character."""
    return text.encode()[:limit].decode(errors="ignore")


def size(text: str) -> int:
    return len(text.encode())
