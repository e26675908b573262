"""How well posts in many voices are judged: numbers, crowds, disguises, order, places, a no.

The posts of `opinion_voices.tsv` were written and labelled before they were held against any list.
Those of one half (by a sum over the text, matters and copies together) may be looked at when rules
are mended; the others are held back: of them only figures are printed. Who wrote the lists had
written these posts, so the fresh ones, written when the lists had been mended, say best how far
they reach. They are not quite blind either: their figures asked for the rule of complaints, and
three gaps of the grammar of numbers were closed with some of them in mind.

Run it with: python -m benchmarks.opinion_voices [--wrong]
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from benchmarks.bureau import report
from benchmarks.opinion_quality import (
    OWN,
    Labelled,
    copies_and_cases,
    families,
    judged,
    on_own_set,
    own_set,
)
from handlers.rules.opinion.judging import Judgement
from handlers.rules.opinion.relevance import OWN_FIELD, Ground

_SET = Path(__file__).with_name("opinion_voices.tsv")
STRANGERS = Path(__file__).with_name("opinion_strangers.tsv")
"""Complaints in idiomatic words, beside notices and neighbours' chatter; see docs/opinion.md."""
_REPORTS = Path(__file__).with_name("opinion_reports.tsv")
_LISTS = OWN | {"上级": "南州市 南州", "单位": "江北住建", "简称": "友好 前进", "重名": "城关镇"}
_FRESH = "fresh"
_COUNTED = ("dead", "hurt", "poisoned", "crowd", "trapped")


@dataclass(frozen=True, slots=True)
class Voice:
    """A labelled post; *people* are the counts of who is in it, with a + at least so many."""

    family: str
    item: Labelled
    people: Mapping[str, str]

    @property
    def half(self) -> str:
        """What it is for: to mend rules by, to be held back, or written after that."""
        if self.family == _FRESH:
            return _FRESH
        key = self.item.case or self.item.copy or self.item.text
        return "held back" if crc32(f"half {key}".encode()) % 2 else "looked at"


def voices() -> list[Voice]:
    """Return the posts in the order in which they were written."""
    with _SET.open(encoding="utf-8", newline="") as file:
        return [_voice(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _voice(row: Mapping[str, str]) -> Voice:
    return Voice(row["family"], Labelled.of(row), _people(row["people"]))


def _people(written: str) -> Mapping[str, str]:
    return dict(part.partition("=")[::2] for part in written.split(";") if part)


def heard(text: str) -> Judgement:
    """Judge a text as the bureau of the set does."""
    return judged(text, _ground())


@cache
def _ground() -> Ground:
    return Ground({name: words.split() for name, words in _LISTS.items()})


def counts_of(found: Judgement) -> Mapping[str, int]:
    """Return who was read to be in a post."""
    harm, seen = found.harm, found.signs
    every = (harm.dead, harm.hurt, harm.poisoned, seen.crowd, int(seen.trapped))
    return dict(zip(_COUNTED, every, strict=True))


def is_read(written: str, read: int) -> bool:
    """Tell whether a count is the labelled one, or no less than it where that is a least one."""
    least = int(written.rstrip("+"))
    return read >= least if written.endswith("+") else read == least


def numbers(posts: Sequence[Voice]) -> dict[str, float]:
    """Return how many counts of people are right, where there are some and where there are none."""
    return _people_right((post.item.text, post.people) for post in posts)


def reports() -> list[tuple[str, Mapping[str, str]]]:
    """Return reports of accidents, drills and what only sounds so, with who was harmed."""
    with _REPORTS.open(encoding="utf-8", newline="") as file:
        return [
            (f"{row['title']}\n{row['text']}", _people(row["people"]))
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def harm_in_reports() -> dict[str, float]:
    """Return how many of the dead and the hurt are right in the reports."""
    right = _people_right(reports())
    return {name: share for name, share in right.items() if name.startswith(("dead", "hurt"))}


def _people_right(posts: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, float]:
    told: Counter[str] = Counter()
    for text, people in posts:
        read = counts_of(heard(text))
        for name in _COUNTED:
            some = "some" if name in people else "none"
            told[f"{name}_{some}"] += 1
            told[f"{name}_{some}_right"] += is_read(people.get(name, "0"), read[name])
    rights = [
        (name, told[f"{name}_{some}"], some) for name in _COUNTED for some in ("some", "none")
    ]
    return {
        f"{name}_{some}_right": told[f"{name}_{some}_right"] / count
        for name, count, some in rights
        if count
    }


def grades(posts: Sequence[Voice]) -> dict[str, int]:
    """Return how often one grade was suggested where another is labelled, of own risks."""
    pairs = Counter(
        f"{post.item.grade}_as_{heard(post.item.text).suggestion.grade}"
        for post in posts
        if post.item.own and post.item.risk
    )
    return dict(sorted(pairs.items()))


def halves_of_voices() -> Mapping[str, list[Voice]]:
    """Return the half that may be looked at, the one that is held back, and the fresh ones."""
    found: dict[str, list[Voice]] = defaultdict(list)
    for post in voices():
        found[post.half].append(post)
    return found


def measured() -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield figures by what they are of, and by half."""
    for half, posts in sorted(halves_of_voices().items()):
        items = [post.item for post in posts]
        yield "all", half, on_own_set(items, heard)
        yield "people", half, numbers(posts)
        yield "grades", half, dict(grades(posts))
        for family in dict.fromkeys(post.family for post in posts if half != _FRESH):
            of_family = [post.item for post in posts if post.family == family]
            yield family, half, on_own_set(of_family, heard)
        same = [post.item for post in posts if post.family == "same"]
        if same:
            yield "copies", half, copies_and_cases(same)
    yield "strangers", "all", on_own_set(own_set(STRANGERS), heard)
    yield "reports", "all", harm_in_reports()


def _wrong(posts: Sequence[Voice]) -> Iterator[str]:
    for post in posts:
        item, found = post.item, heard(post.item.text)
        read = counts_of(found)
        said = [
            f"{name} {post.people.get(name, '0')}!={read[name]}"
            for name in _COUNTED
            if not is_read(post.people.get(name, "0"), read[name])
        ]
        if item.own != (found.relevance.value >= OWN_FIELD):
            said.append(f"own {found.relevance.value}")
        if item.own and item.topic != "none" and item.topic not in families(found):
            said.append(f"topic {item.topic}: {'/'.join(families(found))}")
        if (item.own and item.risk) != found.alarming:
            said.append(f"alarm {found.alarming} {found.risk:.0f}")
        if item.own and item.risk and item.grade is not found.suggestion.grade:
            said.append(f"grade {item.grade} as {found.suggestion.grade}")
        if said:
            yield f"{post.family}\t{'; '.join(said)}\t{item.text}\t{'、'.join(found.why)}"


def main() -> None:
    """Print the figures, and what is wrong in the half that may be looked at."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--wrong", action="store_true", help="list what is wrong of one half")
    for name, half, figures in measured():
        report("opinion-voices", of=name, half=half, **figures)
    if arguments.parse_args().wrong:
        print("\n".join(_wrong(halves_of_voices()["looked at"])))


if __name__ == "__main__":
    main()
