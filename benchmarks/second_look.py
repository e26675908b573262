"""Make and measure the second look at risk: weights on what an embedding model makes of a text.

python -m benchmarks.second_look           how well, learned from the half that was looked at
python -m benchmarks.second_look --write   learn from the whole set, and write the file that ships

It needs the extra `embedding`. What it learns from is benchmarks/opinion_set.tsv and nothing else.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from heapq import nlargest
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.bureau import report
from benchmarks.opinion_quality import (
    BLIND,
    Labelled,
    Stream,
    average_precision,
    halves,
    in_matters,
    judged,
    own_matters,
    own_set,
)
from bot.embedding.model import Embedder, load
from handlers.rules.opinion.alike import MEMBERS, Look
from handlers.rules.opinion.second_look import (
    SHARE,
    SecondLook,
    kin_of,
    shipped,
    text_of,
    together,
)
from storage.vocabulary import ItemId

_RIDGE, _ROUNDS, _STEP = 1.0, 2000, 2.0
Floats = NDArray[np.float64]


def learned(embed: Embedder, items: Sequence[Labelled]) -> SecondLook:
    """Fit a logistic regression to which items a bureau has to know of."""
    text = files("handlers.rules.opinion").joinpath("common.txt").read_text("utf-8")
    common = [line for line in text.splitlines() if not line.startswith("#")]
    centre = np.asarray(embed(common), dtype=np.float64).mean(axis=0)
    parted = np.asarray(embed([one.text for one in items]), dtype=np.float64) - centre
    parted /= np.linalg.norm(parted, axis=1, keepdims=True)
    wanted: Floats = np.array([float(one.own and one.risk) for one in items])
    weights, bias = np.zeros(parted.shape[1]), 0.0
    for _ in range(_ROUNDS):
        missed = 1 / (1 + np.exp(-(parted @ weights + bias))) - wanted
        weights -= _STEP * (parted.T @ missed + _RIDGE * weights) / len(items)
        bias -= _STEP * float(missed.mean())
    rounded = [tuple(round(float(each), 4) for each in values) for values in (centre, weights)]
    return SecondLook(centre=rounded[0], weights=rounded[1], bias=round(bias, 4))


def measured(embed: Embedder, look: SecondLook, items: Sequence[Labelled]) -> dict[str, float]:
    """Return how well items are ranked by the rules, by their meaning, and by both."""
    ranks: dict[str, list[tuple[float, bool]]] = {"rules": [], "meaning": [], "both": []}
    for one, vector in zip(items, embed([one.text for one in items]), strict=True):
        risk, chance = judged(one.text).risk, look.chance(look.centred(vector))
        for name, value in zip(ranks, (risk, chance, together(risk, chance)), strict=True):
            ranks[name].append((value, one.own and one.risk))
    return {f"ap_{name}": average_precision(scored) for name, scored in ranks.items()}


class Meant(Stream):
    """Items one after another, each with the matter that words and meaning together suggest."""

    def __init__(self, embed: Embedder, place_of: Callable[[str, str], str]) -> None:
        super().__init__(place_of)
        self._embed = embed
        self._meanings: list[Floats] = []

    def take(self, title: str, words: str, url: str = "") -> tuple[int | None, int]:
        (vector,) = self._embed([text_of(title, words)])
        self._meanings.append(np.array(shipped().centred(vector)))
        return super().take(title, words, url)

    def _thread(self, new: Look, place: str, fields: frozenset[str], number: int) -> int:
        cosines = [float(one @ self._meanings[-1]) for one in self._meanings[:-1]]
        nearest = nlargest(MEMBERS, range(number), key=cosines.__getitem__)
        near = {ItemId(one): cosines[one] for one in nearest}
        members = {item: self._member(item) for item in near}
        kin = kin_of(new.matter, place, new.text, fields, members, near)
        return number if kin is None else self._seen[kin.item].thread


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    embed, items = load(), own_set()
    if parser.parse_args().write:
        look = learned(embed, items)
        made = {"centre": look.centre, "weights": look.weights, "bias": look.bias}
        path = Path(str(files("handlers.rules.opinion").joinpath("second_look.json")))
        path.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
        return
    parts = halves(items)
    half = learned(embed, parts["looked at"])
    report("second-look", of="held back", share=SHARE, **measured(embed, half, parts["held back"]))
    kept = cache(lambda text: embed([text])[0])
    streams = partial(Meant, lambda texts: [kept(text) for text in texts])
    report("second-look", of="matters", **in_matters(own_matters(), streams=streams))
    report("second-look", of="matters, words alone", **in_matters(own_matters()))
    report("second-look", of="blind", share=SHARE, **measured(embed, shipped(), own_set(BLIND)))


if __name__ == "__main__":
    main()
