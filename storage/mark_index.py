"""Which items have which marks: sorted arrays that a process has at hand.

┌ part: marks in order, who has each ┐ ┌ part ┐ ┌ part ┐     each at least twice as long as the
└ the oldest ────────────────────────┘ └──────┘ └──────┘     next one: there are never many
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BYTES_OF_A_MARK, _BYTES_OF_A_PRINT = 8, 12


class Part(NamedTuple):
    """Marks in order, and an item that has each; of one mark the newest item comes last."""

    marks: NDArray[np.int64]
    items: NDArray[np.uint32]

    @classmethod
    def of(cls, prints: Collection[tuple[int, int]]) -> "Part":
        """Make one of pairs: a mark, and an item that has it."""
        pairs = np.array(list(prints), np.int64).reshape(-1, 2)
        marks, items = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
        return cls(np.ascontiguousarray(marks), items.astype(np.uint32))

    @classmethod
    def joined(cls, parts: Sequence["Part"]) -> "Part":
        """Make one of several, the oldest first."""
        return reduce(cls.with_newer, MarkIndex().with_more(parts).parts)

    def with_newer(self, newer: "Part") -> "Part":
        """Return this one and a newer one as one."""
        places = np.searchsorted(self.marks, newer.marks, "right")
        return Part(
            np.insert(self.marks, places, newer.marks), np.insert(self.items, places, newer.items)
        )

    def packed(self) -> str:
        """Return it as text, to be kept."""
        marks, items = self.marks.astype("<i8"), self.items.astype("<u4")
        return b64encode(marks.tobytes() + items.tobytes()).decode()

    @classmethod
    def unpacked(cls, packed: str) -> "Part":
        content = b64decode(packed)
        middle = len(content) // _BYTES_OF_A_PRINT * _BYTES_OF_A_MARK
        marks = np.frombuffer(content[:middle], "<i8").astype(np.int64)
        return cls(marks, np.frombuffer(content[middle:], "<u4").astype(np.uint32))


class MarkIndex:
    """Parts of an index, the oldest first; it does not change."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        self.parts = parts

    def with_more(self, new: Sequence[Part]) -> "MarkIndex":
        """Return one with newer parts besides."""
        parts = [*self.parts]
        for part in new:
            parts.append(part)
            while len(parts) > 1 and len(parts[-2].marks) < 2 * len(parts[-1].marks):
                parts[-2:] = [parts[-2].with_newer(parts[-1])]
        return MarkIndex(parts)

    def holders(self, marks: Collection[int], most: int) -> dict[int, list[int]]:
        """Return who has each of *marks*, of many the newest *most*, the newest last."""
        asked = np.array(sorted(marks), np.int64)
        found: dict[int, list[int]] = {}
        for part in self.parts:
            begins = np.searchsorted(part.marks, asked)
            held = part.marks.take(begins, mode="clip") == asked
            ends = np.searchsorted(part.marks, asked[held], "right")
            newest = np.maximum(begins[held], ends - most)
            counts = ends - newest
            stops = np.cumsum(counts)
            places = np.repeat(ends - stops, counts) + np.arange(counts.sum())
            items = part.items[places].tolist()
            for mark, count, stop in zip(
                asked[held].tolist(), counts.tolist(), stops.tolist(), strict=True
            ):
                found.setdefault(mark, []).extend(items[stop - count : stop])
        return {mark: sorted(items)[-most:] for mark, items in found.items()}
