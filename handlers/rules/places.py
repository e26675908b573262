"""Where a signed draft may go: what was noted with the sign-off, 只发… and 不发…."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from handlers.rules.channels import plain

_NOTED = re.compile(r"(?P<how>只发|不发)(?P<what>[^,，。;；）)\n]+)")
_LISTED = re.compile(r"[、/和与及跟]")
_KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "媒体": frozenset({"media"}),
        "报纸": frozenset({"media"}),
        "网站": frozenset({"site"}),
        "公众号": frozenset({"account"}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel, as far as a note can mean it."""

    names: tuple[str, ...]
    family: str


def barring_note(place: Place, notes: Iterable[str]) -> str:
    """Return the note of a sign-off that bars *place*; empty if none does."""
    for note in notes:
        for found in _NOTED.finditer(note):
            meant = any(_means(word, place) for word in _words(found["what"]))
            if meant == (found["how"] == "不发"):
                return found[0]
    return ""


def _words(what: str) -> Sequence[str]:
    return [word.strip() for word in _LISTED.split(what) if word.strip()]


def _means(word: str, place: Place) -> bool:
    """Tell whether a word of a note means the channel: by a name, a part of it, or its kind."""
    if place.family in _KINDS.get(word, ()):
        return True
    said = plain(word)
    return bool(said) and any(said in plain(name) or plain(name) in said for name in place.names)
