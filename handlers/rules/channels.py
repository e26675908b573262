"""Which of a bureau's channels a text names: by the names people use, and never by a guess."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType

_NEAR = 0.45
_MARKS = "《》“”\"'「」『』 \t\n的"
_SPOKEN: Mapping[str, str] = MappingProxyType(
    {"门户网站": "网站", "官方网站": "网站", "官网": "网站", "县": "区", "人民政府": "政府"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a channel is called; *key* is how the caller knows it."""

    key: str
    names: tuple[str, ...]


def plain(text: str) -> str:
    """Write a name as it is compared: half width, lower case, without marks and variants."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(char for char in text if char not in _MARKS)
    for said, meant in _SPOKEN.items():
        text = text.replace(said, meant)
    return text


def named_in(text: str, channels: Iterable[Names]) -> Sequence[Sequence[str]]:
    """Return for each place of *text* that names channels the keys that it may mean.

    The longest name wins at its place: 省住建厅网站 is not 住建厅网站. A name that several
    channels share gives several keys.
    """
    text = plain(text)
    found: dict[tuple[int, int], list[str]] = {}
    for channel in channels:
        for name in {plain(each) for each in channel.names}:
            start = text.find(name) if name else -1
            while start >= 0:
                keys = found.setdefault((start, start + len(name)), [])
                if channel.key not in keys:
                    keys.append(channel.key)
                start = text.find(name, start + len(name))
    places: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= other[0] or start >= other[1] for other in places):
            places.append((start, end))
    several = [tuple(found[place]) for place in sorted(places)]
    return list(dict.fromkeys(several))


def nearest(said: str, channels: Iterable[Names], count: int) -> Sequence[str]:
    """Return the keys of the channels whose names are most like *said*, the likest first."""
    said = plain(said)
    scored = [
        (max(_likeness(said, plain(name)) for name in channel.names), channel.key)
        for channel in channels
    ]
    likest = sorted(scored, key=lambda pair: -pair[0])
    return [key for score, key in likest[:count] if score >= _NEAR]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
