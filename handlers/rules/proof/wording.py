"""用词: common slips, sensitive words, and marks that stand alone or double."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from handlers.rules.proof.finding import Finding, Found, Item, Word

_DOUBLED = re.compile(r"([，。、；：])[，。、；：]+|(?<![的了])的的(?!确)")
_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "「": "」"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}


def wording(item: Item, slips: Sequence[Word], sensitive: Sequence[Word]) -> Iterator[Found]:
    """Yield words of either list wherever they stand in title and body."""
    for in_title, text in ((True, item.title), (False, item.body)):
        for code, words in ((Finding.SLIP, slips), (Finding.SENSITIVE, sensitive)):
            for start, word in _listed(text, tuple(words)):
                yield Found(
                    code=code,
                    in_title=in_title,
                    start=start,
                    end=start + len(word.word),
                    words=word.word,
                    instead=word.instead,
                )
        for start, end in sorted({*_doubled(text), *_alone(text)}):
            yield Found(
                code=Finding.PUNCTUATION,
                in_title=in_title,
                start=start,
                end=end,
                words=text[start:end],
            )


def _listed(text: str, words: tuple[Word, ...]) -> Iterator[tuple[int, Word]]:
    if not words:
        return
    pattern, by_word = _compiled(words)
    for found in pattern.finditer(text):
        word = by_word[found[0]]
        before, after = text[: found.start()], text[found.end() :]
        if word.before and re.search(f"(?:{word.before})$", before[-8:]):
            continue
        if word.after and re.match(word.after, after):
            continue
        yield found.start(), word


@lru_cache(maxsize=32)
def _compiled(words: tuple[Word, ...]) -> tuple[re.Pattern[str], dict[str, Word]]:
    """Return one pattern of all words, the longest first."""
    by_word = {each.word: each for each in words}
    ordered = sorted(by_word, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), by_word


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    for found in _DOUBLED.finditer(text):
        yield found.span()


def _alone(text: str) -> Iterator[tuple[int, int]]:
    """Yield marks that open or close nothing, paragraph by paragraph."""
    at = 0
    for line in text.split("\n"):
        waiting: list[tuple[str, int]] = []
        for place, char in enumerate(line, at):
            if char in _PAIRS:
                waiting.append((char, place))
            elif char in _CLOSING:
                if waiting and waiting[-1][0] == _CLOSING[char]:
                    waiting.pop()
                else:
                    yield place, place + 1
        for _, place in waiting:
            yield place, place + 1
        at += len(line) + 1
