"""A text that has to fit: that something was left out shows."""


def clipped(text: str, most: int) -> str:
    """Return a text in at most *most* characters, the last of which is … where more was said."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def clipped_in_paper(text: str, most: int) -> str:
    """Return *most* characters of a text, and behind them the …… of papers where more was said."""
    return text if len(text) <= most else f"{text[:most]}……"
