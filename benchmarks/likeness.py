"""How surely an edited copy of an older draft is found, and how often something else is.

In memory and of the rules alone, one line for each kind of edit. Run it with:
python -m benchmarks.likeness [--drafts 20000] [--times 300]
"""

import argparse
import random
import time
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from functools import cache

from benchmarks.bureau import report
from handlers.rules import similarity
from handlers.rules.similarity import Threshold, likeliest, likeness, marks_of, profile_of
from storage.queries.similarity import MOST_HOLDERS
from storage.vocabulary import UnitId
from tests.harness.drafts import EDITS, MadeDraft, made_draft

COMPARED = 6
_HERE = UnitId("bureau")
Index = Mapping[int, Sequence[int]]


def index_of(history: Sequence[MadeDraft]) -> Index:
    """Return the newest holders of each mark, as the tables keep them."""
    index: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=MOST_HOLDERS))
    for number, draft in enumerate(history):
        for mark in marks_of(_HERE, draft.title, draft.body):
            index[mark].append(number)
    return {mark: tuple(holders) for mark, holders in index.items()}


def found_like(new: MadeDraft, history: Sequence[MadeDraft], index: Index) -> list[int]:
    """Return the numbers of those that count as alike, out of the likeliest."""
    marks = marks_of(_HERE, new.title, new.body)
    holders = {mark: index[mark] for mark in marks if mark in index}
    profile = profile_of(new.title, new.body)
    return [
        number
        for number in likeliest(holders, COMPARED)
        if likeness(profile, profile_of(history[number].title, history[number].body)).kind(
            Threshold()
        )
    ]


def measure(drafts: int, times: int) -> None:
    dice = random.Random(11)  # noqa: S311 - made-up drafts
    history = [made_draft(dice) for _ in range(drafts)]
    index = index_of(history)
    for edit, change in EDITS.items():
        right = told = 0
        began = time.process_time()
        for number in dice.sample(range(drafts), times):
            found = found_like(change(dice, history[number]), history, index)
            right, told = right + (number in found), told + len(found)
        cpu = (time.process_time() - began) / times * 1000
        precision = right / max(told, 1)
        facts = {"edit": edit, "drafts": drafts, "times": times, "cpu_ms": cpu}
        report("likeness", **facts, recall=right / times, precision=precision)
    strangers = [found_like(made_draft(dice), history, index) for _ in range(times)]
    wrong = sum(map(bool, strangers)) / times
    report("likeness", edit="new", drafts=drafts, times=times, told_of_something=wrong)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--drafts", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=300)
    asked = parser.parse_args()
    # The made-up drafts have few words: each is hashed once.
    similarity.hash_of = cache(similarity.hash_of)
    measure(asked.drafts, asked.times)


if __name__ == "__main__":
    main()
