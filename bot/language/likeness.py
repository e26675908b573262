"""How like the declared examples of each intent a text is: naive Bayes over characters and pairs.

What has no cue is understood by it, and what has several is settled by it. It is counted anew from
the examples at every start: nothing is stored that could differ from them.

What a feature says of every kind stands in one integer, in lanes of 64 bits, so that those of a
text are added up for all kinds at once.
"""

import math
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import add

from bot.language.normalise import cleaned, plain
from handlers.kit.examples import Example

_LINK = re.compile(r"https?://\S+")
_DIGITS = re.compile(r"\d+|[一二两三四五六七八九十]+(?=[号天月日点篇个周])")
_SPACE = re.compile(r"\s+")
_KIND = re.compile(r"[a-z_]+")

_READ = 60  # characters
_SMOOTHING = 0.02
_LENGTH = 0.4  # how far a long text's features are scaled down
# Weights, in hundredths: of a character, of a pair, of either in its context, of the context.
_SINGLE, _PAIR, _SINGLE_HERE, _PAIR_HERE = 70, 100, 42, 60
_CONTEXT, _ROLE = 300, 70

_UNIT = 2**24  # of a logarithm in a lane: a sum of some 250 features with their weights fits it

Scores = dict[str, float]
_UNKNOWN = "unknown"


def _kind_of(example: Example) -> str:
    """Return the intent; what has nothing in common but that it is not done is kept apart."""
    if example.intent != _UNKNOWN:
        return example.intent
    why = example.slots.get("guard") or example.slots.get("clarify") or ""
    return f"{_UNKNOWN} {why}"


class Likeness:
    """Knows the examples."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._counts: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for example in examples:
            counts = self._counts[_kind_of(example)]
            weights = features(plain(cleaned(example.text)), example.context, (example.role,))
            scale = _scale(weights)
            for name, weight in weights.items():
                counts[name] = counts.get(name, 0.0) + weight * scale
        self._names = frozenset[str]().union(*self._counts.values())
        whole = _SMOOTHING * len(self._names)
        self._base = [
            (kind, math.log(_SMOOTHING / (sum(counts.values()) + whole)))
            for kind, counts in self._counts.items()
        ]
        self._unknown = [kind for kind in self._counts if kind.startswith(_UNKNOWN)]
        self._unpack = struct.Struct(f"<{len(self._base)}Q")
        self._gains: dict[str, int] = {}

    def scores(self, said: str, context: str, roles: Iterable[str]) -> Scores:
        """Return a logarithm for each intent; the higher, the more like its examples."""
        weights = features(said, context, roles)
        gains = self._gains
        packed = known = 0
        for name, weight in weights.items():
            if name in self._names:
                known += weight
                packed += weight * (gains.get(name) or self._gains_of(name))
        scale = _scale(weights)
        lanes = self._unpack.unpack(packed.to_bytes(self._unpack.size, "little"))
        scores = {
            kind: (known * base + gained / _UNIT) * scale
            for (kind, base), gained in zip(self._base, lanes, strict=True)
        }
        if self._unknown:
            scores[_UNKNOWN] = max(scores.pop(kind) for kind in self._unknown)
        return scores

    def _gains_of(self, name: str) -> int:
        """Return what a feature speaks for each kind with, and keep it."""
        counts = (counts.get(name, 0.0) for counts in self._counts.values())
        lanes = (round(math.log1p(count / _SMOOTHING) * _UNIT) for count in counts)
        gains = int.from_bytes(self._unpack.pack(*lanes), "little")
        self._gains[name] = gains
        return gains


def _scale(weights: Mapping[str, int]) -> float:
    return 0.01 / math.pow(sum(weights.values()) / 100, _LENGTH)


def features(said: str, context: str, roles: Iterable[str]) -> dict[str, int]:
    """Return what is seen in a plain text: its context, its characters and pairs of them."""
    text = _SPACE.sub("", _DIGITS.sub("0", _LINK.sub("U", said[: 2 * _READ])))[:_READ]
    text = f"^{text}$"
    singles, pairs = set(text), set(map(add, text, text[1:]))
    found = dict.fromkeys(singles, _SINGLE) | dict.fromkeys(pairs, _PAIR)
    if kind := _KIND.match(context):
        here = f"{kind[0]}|"
        found |= dict.fromkeys([here + each for each in singles], _SINGLE_HERE)
        found |= dict.fromkeys([here + each for each in pairs], _PAIR_HERE)
        asked = context.split(" ", maxsplit=1)[0] if kind[0] in {"ask", "confirm"} else kind[0]
        found[f"c={asked}"] = _CONTEXT
    else:
        found["c=-"] = _CONTEXT
    for role in roles:
        found[f"r={role}"] = _ROLE
    return found
