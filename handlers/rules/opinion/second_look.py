"""A second look at a post, by its meaning: how likely a bureau has to know of it, what is like it.

An embedding model makes a vector of a text elsewhere (bot/embedding); here is what follows from it.
Vectors of any two texts lie close together: they are compared as they differ from a common centre.
"""

import json
import math
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib.resources import files
from struct import pack, unpack
from typing import Final

from handlers.rules.opinion.alike import Matter, Member, beside_words, contradict
from storage.vocabulary import ItemId

SHARE: Final = 0.3
"""What the meaning counts for in the second look at risk."""
MEANING, TOGETHER, _NEAREST = 0.3, 0.20, 5
_READ = 160


def text_of(title: str, words: str) -> str:
    """Return what is embedded of a post: a title that its words begin with stands there once."""
    return (words if words.startswith(title) else f"{title}。{words}")[:_READ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """The weights of the second look, learned from the project's own labelled texts."""

    centre: Sequence[float]
    weights: Sequence[float]
    bias: float

    def centred(self, vector: Sequence[float]) -> list[float]:
        """Return how a vector differs from the centre, of length 1."""
        apart = [one - other for one, other in zip(vector, self.centre, strict=True)]
        length = math.sqrt(sum(each * each for each in apart)) or 1.0
        return [each / length for each in apart]

    def chance(self, centred: Sequence[float]) -> float:
        """Return how likely a bureau has to know of it, 0 to 1."""
        score = sum(one * other for one, other in zip(centred, self.weights, strict=True))
        return 1 / (1 + math.exp(-score - self.bias))


@cache
def shipped() -> SecondLook:
    """Return the weights that ship (benchmarks/second_look.py makes them)."""
    text = files("handlers.rules.opinion").joinpath("second_look.json").read_text("utf-8")
    return SecondLook(**json.loads(text))


def together(risk: float, chance: float) -> float:
    """Return the second look at a risk, 0 to 100. Grades and their floors are not touched by it."""
    return (1 - SHARE) * risk + SHARE * 100 * chance


def packed(vector: Sequence[float]) -> str:
    """Return a vector as it is kept: half floats."""
    return b64encode(pack(f"<{len(vector)}e", *vector)).decode()


def unpacked(kept: str) -> tuple[float, ...]:
    content = b64decode(kept)
    return unpack(f"<{len(content) // 2}e", content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """An item that is like another by words and meaning, and how much: 0 to 1."""

    item: ItemId
    likeness: float


def kin_of(
    matter: Matter,
    place: str,
    text: str,
    fields: frozenset[str],
    members: Mapping[ItemId, Member],
    cosines: Mapping[ItemId, float],
) -> Kin | None:
    """Return the item that stands for the matter which this one may be about, if any is near.

    The words count for seven tenths and the meaning for three, then place and subject as ever.
    """
    likes: dict[ItemId, list[tuple[float, ItemId]]] = defaultdict(list)
    near = {
        item: member
        for item, member in members.items()
        if not contradict(place, text, member.place, member.text)
    }
    likenesses = matter.likenesses([member.matter for member in near.values()])
    for (item, member), words in zip(near.items(), likenesses, strict=True):
        mixed = (1 - MEANING) * words + MEANING * max(cosines[item], 0.0)
        likeness = beside_words(mixed, place, text, member, fields)
        likes[member.thread].append((likeness, item))
    best = None
    for each in likes.values():
        nearest = nlargest(_NEAREST, each)
        mean = sum(likeness for likeness, _ in nearest) / len(nearest)
        if mean >= TOGETHER and (best is None or mean > best.likeness):
            best = Kin(item=nearest[0][1], likeness=mean)
    return best
