"""Many topics against many posts: one pass over the text for all words, then only what they call.

Each rule has words of which one is in every post that it fits, and is asked where one of them
stands; a post without any of them costs the pass and nothing else.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from handlers.rules.opinion.expressions import (
    Both,
    Either,
    Expression,
    InTitle,
    Near,
    Regular,
    Without,
    Word,
    compiled,
)
from handlers.rules.opinion.plain import Plain, plain
from handlers.rules.opinion.topics import Fault, Rule, Topic

NO_ANCHOR = (
    "主题 {name} 没有一定会出现的词，会比对每一条；请加一个词，或把 ! 改成和词在一起"
    " / this would be tried on every post: it needs a word that must be there"
)

Span = tuple[int, int]
Spans = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Post:
    """What is looked at, in plain spelling; the title stands before a line break."""

    plain: Plain
    title_ends: int

    @classmethod
    def of(cls, title: str, body: str = "") -> "Post":
        """Return a post as it was written."""
        whole = plain(f"{title}\n{body}")
        return cls(whole, whole.text.find("\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Why a topic fits: which line of it, by its label, and where in the plain spelling."""

    topic: Topic
    label: str
    line: int
    spans: tuple[Span, ...]


class Matcher:
    """Topics and filters, ready to be held against posts; safe to be shared by threads."""

    def __init__(self, topics: Sequence[Topic], filters: Sequence[Rule] = ()) -> None:
        self.faults: list[Fault] = []
        self._numbers = count()
        self._asking: dict[str, set[int]] = defaultdict(set)
        self._always: set[int] = set()
        self._filters = self._rules(filters)
        self._called: dict[int, _Called] = {}
        self._calling: dict[int, tuple[_Rule, Topic]] = {}
        for topic in topics:
            if not _topic_anchors(topic):
                self.faults.append(Fault(topic.line, NO_ANCHOR.format(name=topic.name)))
                continue
            rules_of = (topic.any_of, topic.all_of, topic.none_of)
            called = _Called(*map(self._rules, rules_of))
            self._called[topic.line] = called
            for each in called.any_of or called.all_of:
                self._calling[each.number] = each, topic
        rules = [
            rule for topic in topics for rule in (*topic.any_of, *topic.all_of, *topic.none_of)
        ]
        words = {word for rule in (*rules, *filters) for word in _words(rule.asks)}
        self._words = sorted(words)
        self._automaton = AhoCorasick(self._words, implementation=Implementation.DFA)

    def _rules(self, rules: Iterable[Rule]) -> list["_Rule"]:
        """Note by which words rules are asked about; one that needs none is always."""
        noted = []
        for rule in rules:
            each = _Rule(next(self._numbers), rule, _needs(rule.asks))
            noted.append(each)
            if not each.needs:
                self._always.add(each.number)
                continue
            for word in _surest(each.needs):
                self._asking[word].add(each.number)
        return noted

    def hits(self, post: Post) -> list[Hit]:
        """Return why each topic fits that does, a hit for each line of it."""
        found = self._automaton.find_matches_as_indexes(post.plain.text, overlapping=True)
        if not found:
            return []
        spans: dict[str, list[Span]] = defaultdict(list)
        for word, start, end in found:
            spans[self._words[word]].append((start, end))
        asked = self._always.union(*(self._asking[word] for word in spans if word in self._asking))
        seen = _Seen(post, spans, frozenset(spans), asked)
        calling = (self._calling[number] for number in asked if number in self._calling)
        called = {topic.line: topic for rule, topic in calling if seen.fits(rule)}
        if not called or any(map(seen.fits, self._filters)):
            return []
        return [
            hit
            for line, topic in sorted(called.items())
            for hit in _of_topic(topic, self._called[line], seen)
        ]


class _Rule(NamedTuple):
    """A rule by its number, and sets of words: of each of them one is there where it fits."""

    number: int
    rule: Rule
    needs: Sequence[frozenset[str]]


class _Called(NamedTuple):
    """The rules of a topic."""

    any_of: Sequence[_Rule]
    all_of: Sequence[_Rule]
    none_of: Sequence[_Rule]


def _of_topic(topic: Topic, called: _Called, seen: "_Seen") -> list[Hit]:
    if any(map(seen.fits, called.none_of)):
        return []
    musts = [(each.rule, seen.fits(each)) for each in called.all_of]
    if not all(spans for _, spans in musts):
        return []
    some = [
        (each.rule, spans)
        for each in called.any_of
        if each.number in seen.asked and (spans := seen.fits(each))
    ]
    if called.any_of and not some:
        return []
    return [
        Hit(
            topic=topic,
            label=rule.label,
            line=rule.line,
            spans=tuple(spans),
        )
        for rule, spans in (*some, *musts)
    ]


@dataclass(frozen=True)
class _Seen:
    """A post and where each word stands in it; *asked* are the rules that its words ask about."""

    post: Post
    spans: Spans
    words: frozenset[str]
    asked: Collection[int]

    def fits(self, called: _Rule) -> list[Span]:
        """Return where a rule fits; most do not, and their words say so."""
        if called.number not in self.asked:
            return []
        for need in called.needs:
            if need.isdisjoint(self.words):
                return []
        return self.find(called.rule.asks)

    def find(self, asked: Expression) -> list[Span]:
        """Return where what is asked for stands; nothing where it does not."""
        match asked:
            case Word():
                return list(self.spans.get(asked.text, ()))
            case Regular():
                return self._regular(asked)
            case Near():
                return list(self._near(asked))
            case Either():
                return self._either(asked)
            case Both():
                return self._both(asked)
            case Without():
                return [] if self.find(asked.part) else [(0, 0)]
            case InTitle():
                spans = self.find(asked.part)
                return [span for span in spans if span[1] <= self.post.title_ends]

    def _either(self, asked: Either) -> list[Span]:
        if not asked.words:
            return [span for part in asked.parts for span in self.find(part)]
        there = filter(self.spans.__contains__, asked.words)
        return [span for word in there for span in self.spans[word]]

    def _both(self, asked: Both) -> list[Span]:
        each = [(part, self.find(part)) for part in asked.parts]
        if not all(spans for _, spans in each):
            return []
        return [span for part, spans in each if not isinstance(part, Without) for span in spans]

    def _near(self, asked: Near) -> Iterator[Span]:
        lefts, rights = map(self._places, asked.sides)
        yield from _followed(lefts, rights, asked.gap)
        yield from _followed(rights, lefts, asked.gap)

    def _places(self, side: frozenset[str]) -> list[Span]:
        return sorted(span for word in side & self.words for span in self.spans[word])

    def _regular(self, asked: Regular) -> list[Span]:
        if asked.literals and not any(literal in self.spans for literal in asked.literals):
            return []
        return [found.span() for found in _pattern(asked.pattern).finditer(self.post.plain.text)]


def _followed(firsts: Sequence[Span], nexts: Sequence[Span], gap: int) -> Iterator[Span]:
    """Yield from where a first begins to where the nearest next ends, *gap* characters apart."""
    for start, end in firsts:
        place = bisect_left(nexts, (end, 0))
        if place < len(nexts) and nexts[place][0] <= end + gap:
            yield start, nexts[place][1]


@cache
def _pattern(pattern: str) -> Any:
    return compiled(pattern)


def _topic_anchors(topic: Topic) -> frozenset[str]:
    """Return words of which one is in each post that fits; none if there are no such words."""
    musts = [_anchors(rule.asks) for rule in topic.all_of]
    return _surest([_all_of([_anchors(rule.asks) for rule in topic.any_of]), *musts])


def _anchors(asked: Expression) -> frozenset[str]:
    match asked:
        case Word():
            return frozenset({asked.text})
        case Regular():
            return frozenset(asked.literals)
        case Near():
            return _surest(asked.sides)
        case Either():
            return _all_of([_anchors(part) for part in asked.parts])
        case Both():
            return _surest([_anchors(part) for part in asked.parts])
        case Without():
            return frozenset()
        case InTitle():
            return _anchors(asked.part)


def _needs(asked: Expression) -> list[frozenset[str]]:
    """Return sets of words, of each of which one is in every post that fits."""
    match asked:
        case Near():
            return list(asked.sides)
        case Both():
            return [need for part in asked.parts for need in _needs(part)]
        case InTitle():
            return _needs(asked.part)
        case _:
            anchors = _anchors(asked)
            return [anchors] if anchors else []


def _all_of(each: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return all anchors of alternatives; none if one of them has none."""
    return frozenset().union(*each) if each and all(each) else frozenset()


def _surest(each: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return the anchors that call least often: the longest words, then the fewest."""
    return max(each, key=lambda words: (min(map(len, words), default=0), -len(words)))


def _words(asked: Expression) -> Iterator[str]:
    match asked:
        case Word():
            yield asked.text
        case Regular():
            yield from asked.literals
        case Near():
            yield from (word.text for word in (*asked.left, *asked.right))
        case Either() | Both():
            for part in asked.parts:
                yield from _words(part)
        case Without() | InTitle():
            yield from _words(asked.part)
