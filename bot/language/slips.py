"""Slips against known words: homophones (投搞, 退会), pinyin (tongguo, che hui).

Only asked when a text was not understood as it stands.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

_LATIN = re.compile(r"[a-z]{2,}(?:[ '][a-z]{2,})*")
_FIRST, _LAST = ord("一"), ord("鿿")
_CHINESE = re.compile(r"[一-鿿]+")
_READ = 40  # characters; a slip in a command stands near its beginning
# Small words around a command: wo yao tougao, mian darao yi xiaoshi.
_SMALL: dict[str, str] = dict(
    zip(
        (
            *("wo", "yao", "xiang", "bang", "qing", "de", "ge", "tian", "hao", "jin", "wan"),
            *("yi", "liang", "er", "san", "si", "wu", "ban", "xiaoshi", "fenzhong"),
        ),
        (*"我要想帮请的个天号今晚一两二三四五半", "小时", "分钟"),
        strict=True,
    )
)
_SMALL_SPELT = re.compile("|".join(sorted(_SMALL, key=len, reverse=True)))
_LOOKALIKES = str.maketrans("撒徹", "撤撤")


class Slips:
    """Knows how the words of the commands sound."""

    def __init__(self, words: Iterable[str]) -> None:
        known = {word for word in words if len(word) > 1}
        self._words = sorted(known, key=lambda word: (-len(word), word))

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], str]:
        return {_syllables(word): word for word in self._words}

    @cached_property
    def _spelt(self) -> dict[str, str]:
        return {"".join(_sounded(word)): word for word in self._words}

    def prepare(self) -> None:
        """Load what would be loaded for the first slip."""
        _ = self._sounds, self._spelt

    def mend(self, plain: str) -> str | None:
        """Return *plain* with the words that were probably meant; None if there are none."""
        head, rest = plain[:_READ], plain[_READ:]
        mended = _LATIN.sub(self._respelt, head)
        mended = _CHINESE.sub(self._resounded, mended.translate(_LOOKALIKES))
        return mended + rest if mended != head else None

    def _respelt(self, found: re.Match[str]) -> str:
        syllables: list[str] = re.split(r"[ ']", found[0])
        for at in range(len(syllables)):
            letters = "".join(syllables[at:])
            for spelling, word in self._spelt.items():
                if letters.startswith(spelling):
                    before = (_SMALL.get(each, each) for each in syllables[:at])
                    return "".join(before) + word + _small(letters[len(spelling) :])
            if syllables[at] not in _SMALL:
                break
        return found[0]

    def _resounded(self, found: re.Match[str]) -> str:
        run = found[0]
        sounds = _syllables(run)
        for at in range(len(run)):
            for size in (4, 3, 2):
                word = self._sounds.get(sounds[at : at + size])
                if word and len(sounds) == len(run) and run[at : at + size] not in self._words:
                    return run[:at] + word + run[at + size :]
        return run


def _small(letters: str) -> str:
    """Return *letters* in characters, if small words are all that they are."""
    words = _SMALL_SPELT.findall(letters)
    return "".join(map(_SMALL.__getitem__, words)) if "".join(words) == letters else letters


@lru_cache(maxsize=1024)
def _syllables(run: str) -> tuple[str, ...]:
    return tuple(_blurred(sound) for sound in _sounded(run))


def _sounded(run: str) -> list[str]:
    sounds, places = _pronunciations()
    return [sounds[places[ord(each) - _FIRST]] or each for each in run]


@cache
def _pronunciations() -> tuple[Sequence[str], Sequence[int]]:
    """Return all sounds, and for each character after 一 the place of its commonest one.

    They are pypinyin's; the package itself takes 10 MB and a third of a second for them.
    """
    sounds, places = [""], array("H", bytes(2 * (_LAST - _FIRST + 1)))
    for line in Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8").splitlines():
        sound, characters = line.split()
        for each in characters:
            places[ord(each) - _FIRST] = len(sounds)
        sounds.append(sound)
    return sounds, places


def _blurred(sound: str) -> str:
    """Drop what phones and dialects mix up: zh/z, ch/c, sh/s, final ng/n."""
    if sound[:2] in {"zh", "ch", "sh"}:
        sound = sound[0] + sound[2:]
    return sound.removesuffix("g") if sound.endswith("ng") else sound
