"""A file of topics: taken into force, or tried (试跑) on what was found lately before it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.kit.context import SYSTEM, Context
from handlers.rules.opinion.matching import Matcher, Post
from handlers.rules.opinion.topics import Fault, read_topics
from storage.models import OpinionTopics
from storage.vocabulary import UnitId

MOST_TRIED = 20_000
_TOO_OFTEN = 0.2
_FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a file of topics does with *items*: hits by topic and by line of it.

    *never* are the lines that hit nothing, *often* those that hit more than one item in five; each
    is named by its number and its label. *examples* has for each topic the latest title.
    """

    items: int
    hit: int
    topics: tuple[tuple[str, int], ...]
    never: tuple[tuple[int, str], ...]
    often: tuple[tuple[int, str], ...]
    examples: dict[str, str]


def take_topics(ctx: Context, bureau: UnitId, text: str) -> Sequence[Fault] | int:
    """Put a file of topics in force; return its version, or its faults and leave all as it is."""
    read = read_topics(text)
    if faults := sorted([*read.faults, *Matcher(read.topics, read.filters).faults]):
        return faults
    version = ctx.uow.opinion.topics_version(bureau)
    if version and ctx.uow.opinion.topics(bureau) == text:
        return version
    ctx.uow.opinion.add_topics(
        OpinionTopics(
            bureau=bureau,
            version=version + 1,
            text=text,
            imported_at=ctx.now,
            imported_by=ctx.me.userid if ctx.me is not None else SYSTEM,
        )
    )
    ctx.audit("opinion_topics:import", bureau, after={"version": version + 1})
    return version + 1


def try_topics(ctx: Context, bureau: UnitId, text: str, days: int) -> Trial:
    """Hold a file of topics against what the bureau found in the last *days*."""
    read = read_topics(text)
    matcher = Matcher(read.topics, read.filters)
    found = ctx.uow.opinion.texts_since(bureau, ctx.now - timedelta(days=days), MOST_TRIED)
    topics: Counter[str] = Counter()
    lines: Counter[tuple[int, str]] = Counter()
    examples: dict[str, str] = {}
    hit = 0
    for title, words in found:
        hits = matcher.hits(Post.of(title, words))
        hit += bool(hits)
        topics.update({one.topic.name for one in hits})
        lines.update({(one.line, one.label) for one in hits})
        for one in hits:
            examples.setdefault(one.topic.name, title)
    known = {(rule.line, rule.label) for topic in read.topics for rule in topic.any_of}
    often = [line for line, count in lines.items() if count > max(_TOO_OFTEN * len(found), _FEW)]
    return Trial(
        items=len(found),
        hit=hit,
        topics=tuple(topics.most_common()),
        never=tuple(sorted(known - set(lines))),
        often=tuple(sorted(often)),
        examples=examples,
    )
