"""How many posts a second are held against the topics of a bureau, beside a loop over its words.

In memory and of the rules alone: 500 topics of 10 words each. Run it with:
python -m benchmarks.topics [--posts 20000]
"""

import argparse
import random
import time
from collections.abc import Sequence

from benchmarks.bureau import report
from handlers.rules.opinion.matching import Matcher, Post
from handlers.rules.opinion.topics import read_topics
from tests.harness.drafts import made_draft

TOPICS, WORDS = 500, 10
_CHARS = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 2500))


def words(dice: random.Random, count: int) -> list[str]:
    """Return made-up words of two to four characters, none twice."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(_CHARS, k=dice.choice((2, 3, 3, 4))))] = None
    return list(found)


def topics_of(known: Sequence[str]) -> str:
    """Return a file of topics: alternatives, both of two, near, a filter."""
    parts = []
    for number in range(TOPICS):
        a, b, c, d, e, f, *rest = known[number * WORDS : (number + 1) * WORDS]
        parts.append(
            f"[主题{number}]\n{a}|{b}\n{c}&{d}\n{e}~8~{f}\n{'|'.join(rest[:3])}\n!{rest[3]}"
        )
    return "\n".join(parts)


def measure(count: int) -> None:
    dice = random.Random(7)  # noqa: S311 - made-up words and posts
    known = words(dice, TOPICS * WORDS)
    posts = []
    for number in range(count):
        draft = made_draft(dice)
        body = draft.body[:60]
        posts.append((draft.title, body + dice.choice(known) if number % 3 == 0 else body))
    began = time.process_time()
    read = read_topics(topics_of(known))
    matcher = Matcher(read.topics, read.filters)
    built = time.process_time() - began
    Post.of("", "")  # the table of characters is made once
    began = time.process_time()
    spelled = [Post.of(*post) for post in posts]
    spelling = time.process_time() - began
    began = time.process_time()
    hits = sum(bool(matcher.hits(post)) for post in spelled)
    matching = time.process_time() - began
    sample = spelled[: max(count // 50, 1)]
    began = time.process_time()
    for post in sample:
        [word for word in known if word in post.plain.text]
    loop = (time.process_time() - began) / len(sample)
    report(
        "topics",
        posts=count,
        characters=sum(len(post.plain.text) for post in spelled) / count,
        words=len(known),
        hit=hits,
        build_cpu_ms=built * 1000,
        spelled_per_cpu_s=count / spelling,
        matched_per_cpu_s=count / matching,
        both_per_cpu_s=count / (spelling + matching),
        loop_per_cpu_s=1 / loop,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    measure(parser.parse_args().posts)
