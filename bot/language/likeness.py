"""How like the declared examples of each intent a text is: naive Bayes over characters and pairs.

What has no cue is understood by it, and what has several is settled by it. It is counted anew from
the examples at every start: nothing is stored that could differ from them.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.language.normalise import cleaned, plain
from handlers.kit.examples import Example

_LINK = re.compile(r"https?://\S+")
_DIGITS = re.compile(r"\d+|[一二两三四五六七八九十]+(?=[号天月日点篇个周])")
_SPACE = re.compile(r"\s+")
_KIND = re.compile(r"[a-z_]+")

_READ = 60  # characters
_SMOOTHING = 0.02
_LENGTH = 0.4  # how far a long text's features are scaled down
_SINGLE, _PAIR, _HERE = 0.7, 1.0, 0.6  # weights of a character, of a pair, of either in its context
_CONTEXT, _ROLE = 3.0, 0.7

Scores = dict[str, float]
_Kind = tuple[str, str]  # an intent, and of what is unknown what it is refused or asked for


def _kind_of(example: Example) -> _Kind:
    """Keep apart what has nothing in common but that it is not done."""
    if example.intent != "unknown":
        return example.intent, ""
    return "unknown", str(example.slots.get("guard") or example.slots.get("clarify") or "")


class Likeness:
    """Knows the examples."""

    def __init__(self, examples: Iterable[Example]) -> None:
        totals: defaultdict[_Kind, float] = defaultdict(float)
        counts: defaultdict[str, defaultdict[_Kind, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        for example in examples:
            said = plain(cleaned(example.text))
            kind = _kind_of(example)
            for name, weight in features(said, example.context, (example.role,)).items():
                counts[name][kind] += weight
                totals[kind] += weight
        size = len(counts)
        self._base = {
            kind: math.log(_SMOOTHING / (total + _SMOOTHING * size))
            for kind, total in totals.items()
        }
        self._gains = {
            name: [(kind, math.log(1 + count / _SMOOTHING)) for kind, count in found.items()]
            for name, found in counts.items()
        }

    def scores(self, said: str, context: str, roles: Iterable[str]) -> Scores:
        """Return a logarithm for each intent; the higher, the more like its examples."""
        known = [
            (weight, gains)
            for name, weight in features(said, context, roles).items()
            if (gains := self._gains.get(name))
        ]
        whole = sum(weight for weight, _ in known)
        scores = {kind: whole * base for kind, base in self._base.items()}
        for weight, gains in known:
            for kind, gain in gains:
                scores[kind] += weight * gain
        best: Scores = {}
        for (intent, _), score in scores.items():
            best[intent] = max(score, best.get(intent, score))
        return best


def features(said: str, context: str, roles: Iterable[str]) -> Mapping[str, float]:
    """Return what is seen in a plain text: its context, its characters and pairs of them."""
    text = _SPACE.sub("", _DIGITS.sub("0", _LINK.sub("U", said[: 2 * _READ])))[:_READ]
    text = f"^{text}$"
    found: dict[str, float] = {}
    kind = _KIND.match(context)
    here = f"{kind[0]}|" if kind else ""
    if kind:
        asked = context.split(" ", maxsplit=1)[0] if kind[0] in {"ask", "confirm"} else kind[0]
        found[f"c={asked}"] = _CONTEXT
    else:
        found["c=-"] = _CONTEXT
    for role in roles:
        found[f"r={role}"] = _ROLE
    for size, weight in ((1, _SINGLE), (2, _PAIR)):
        for at in range(len(text) - size + 1):
            found[text[at : at + size]] = weight
            if here:
                found[here + text[at : at + size]] = weight * _HERE
    scale = sum(found.values()) ** _LENGTH
    return {name: weight / scale for name, weight in found.items()}
