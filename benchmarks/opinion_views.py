"""How many of the views that reports read from posts are right, on a set of its own.

The posts of `opinion_views.tsv` were written for it, sixteen for each view, before they were held
against the lists of `handlers/rules/opinion/views.py`. Every second one may be looked at when the
lists are mended; the others are held back and judge that.

Run it with: python -m benchmarks.opinion_views [--wrong]
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handlers.rules.opinion.views import view_of

_SET = Path(__file__).with_name("opinion_views.tsv")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post, and the view that a reader finds in it."""

    view: str
    text: str


def labelled() -> tuple[list[Labelled], list[Labelled]]:
    """Return the posts that may be looked at, and those that are held back."""
    with _SET.open(encoding="utf-8", newline="") as file:
        posts = [Labelled(row["view"], row["text"]) for row in csv.DictReader(file, delimiter="\t")]
    return posts[::2], posts[1::2]


def right(posts: Sequence[Labelled]) -> float:
    """Return what part of the posts is given the view that they hold."""
    return sum(view_of(one.text) == one.view for one in posts) / len(posts)


def _print(name: str, posts: Sequence[Labelled]) -> None:
    found = Counter(view_of(one.text) for one in posts)
    meant = Counter(one.view for one in posts)
    both = Counter(one.view for one in posts if view_of(one.text) == one.view)
    print(f"{name}: {len(posts)} posts, right {right(posts):.2f}")
    for view in meant:
        precision = both[view] / found[view] if found[view] else 1.0
        print(f"  {view}  precision {precision:.2f}  recall {both[view] / meant[view]:.2f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--wrong", action="store_true", help="list what is wrong of the first")
    looked_at, held_back = labelled()
    _print("looked at", looked_at)
    _print("held back", held_back)
    if arguments.parse_args().wrong:
        for one in looked_at:
            if (found := view_of(one.text)) != one.view:
                print(f"{one.view} -> {found}\t{one.text}")


if __name__ == "__main__":
    main()
