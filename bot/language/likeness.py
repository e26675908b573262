"""How like the declared examples of each intent a text is: naive Bayes over characters and pairs.

What has no cue is understood by it, and what has several is settled by it. It is counted anew from
the examples at every start: nothing is stored that could differ from them.

What a feature says of every kind stands in one integer, in lanes of 64 bits, so that those of a
text are added up for all kinds at once. The last lane is 1 in each, and so counts them.
"""

import math
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import add, mul
from typing import NamedTuple

from bot.language.normalise import cleaned, plain
from handlers.kit.examples import Example

_LINK = re.compile(r"https?://\S+")
_DIGITS = re.compile(r"\d+|[一二两三四五六七八九十]+(?=[号天月日点篇个周])")
_SPACE = re.compile(r"\s+")
_KIND = re.compile(r"[a-z_]+")

_READ = 60  # characters
_SMOOTHING = 0.02
_LENGTH = 0.4  # how far a long text's features are scaled down
# In hundredths: of a character, of a pair, of either in its context, of the context, of a role.
_WEIGHTS = (70, 100, 42, 60, 300, 70)

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
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(_empty)
        for example in examples:
            of_kind = counts[_kind_of(example)]
            said = features(plain(cleaned(example.text)), example.context, (example.role,))
            scale = said.scale()
            for weight, seen in said.weighted():
                more = weight * scale
                for name in seen:
                    of_kind[name] += more
        # What is unknown stands last, so that the likeliest of it is found among its own.
        kinds = sorted(counts, key=lambda kind: kind.startswith(_UNKNOWN))
        names = frozenset[str]().union(*counts.values())
        whole = _SMOOTHING * len(names)
        self._base = [math.log(_SMOOTHING / (sum(counts[kind].values()) + whole)) for kind in kinds]
        self._intents = [kind for kind in kinds if not kind.startswith(_UNKNOWN)]
        self._gains = _Gains([counts[kind] for kind in kinds], names)

    def scores(self, said: str, context: str, roles: Iterable[str]) -> Scores:
        """Return a logarithm for each intent; the higher, the more like its examples."""
        seen = features(said, context, roles)
        gain = self._gains.__getitem__
        *gained, known = self._gains.lanes(
            sum(weight * sum(map(gain, names)) for weight, names in seen.weighted())
        )
        scale = seen.scale()
        of_base, of_gain = known * scale, scale / _UNIT
        scores = [
            of_base * base + of_gain * each for base, each in zip(self._base, gained, strict=True)
        ]
        found = dict(zip(self._intents, scores, strict=False))
        if unknown := scores[len(found) :]:
            found[_UNKNOWN] = max(unknown)
        return found


class _Gains(dict[str, int]):
    """What each feature speaks for the kinds with, as lanes; worked out when it is first seen."""

    def __init__(self, counts: Sequence[Mapping[str, float]], names: frozenset[str]) -> None:
        self._counts = counts
        self._names = names
        self._packed = struct.Struct(f"<{len(counts) + 1}Q")

    def lanes(self, packed: int) -> Sequence[int]:
        return self._packed.unpack(packed.to_bytes(self._packed.size, "little"))

    def __missing__(self, name: str) -> int:
        if name not in self._names:
            return 0
        lanes = (
            round(math.log1p(counts.get(name, 0.0) / _SMOOTHING) * _UNIT) for counts in self._counts
        )
        self[name] = packed = int.from_bytes(self._packed.pack(*lanes, 1), "little")
        return packed


class Features(NamedTuple):
    """What is seen in a text: names of features by their weight."""

    singles: Sequence[str]
    pairs: Sequence[str]
    singles_here: Sequence[str]
    pairs_here: Sequence[str]
    context: Sequence[str]
    roles: Sequence[str]

    def weighted(self) -> Iterable[tuple[int, Sequence[str]]]:
        return zip(_WEIGHTS, self, strict=True)

    def scale(self) -> float:
        """Return how much each counts: less in a long text."""
        whole = sum(map(mul, _WEIGHTS, map(len, self)))
        return 0.01 / math.pow(whole / 100, _LENGTH)


def features(said: str, context: str, roles: Iterable[str]) -> Features:
    """Return what is seen in a plain text: its context, its characters and pairs of them."""
    text = _SPACE.sub("", _DIGITS.sub("0", _LINK.sub("U", said[: 2 * _READ])))[:_READ]
    text = f"^{text}$"
    singles, pairs = list(set(text)), list(set(map(add, text, text[1:])))
    singles_here: Sequence[str] = ()
    pairs_here: Sequence[str] = ()
    where = "-"
    if kind := _KIND.match(context):
        here = f"{kind[0]}|"
        singles_here = [here + each for each in singles]
        pairs_here = [here + each for each in pairs]
        where = context.split(" ", maxsplit=1)[0] if kind[0] in {"ask", "confirm"} else kind[0]
    return Features(
        singles=singles,
        pairs=pairs,
        singles_here=singles_here,
        pairs_here=pairs_here,
        context=[f"c={where}"],
        roles=[f"r={role}" for role in roles],
    )


def _empty() -> defaultdict[str, float]:
    return defaultdict(float)
