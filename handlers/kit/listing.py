"""Lists that fit into one message: as many lines as there is room for; the rest comes after."""

from collections.abc import Sequence

LINE_BYTES = 1500
"""What the lines of a list may take of a message's 2,048 bytes; the rest is for what stands around
them, of which the link to the page is the longest."""


def fitting(lines: Sequence[str]) -> list[str]:
    """Return the first of *lines*, as many as fit, and never none of some."""
    room = LINE_BYTES
    taken: list[str] = []
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0 and taken:
            break
        taken.append(line)
    return taken
