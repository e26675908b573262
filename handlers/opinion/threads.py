"""Who has said what posts are about: voices of threads, and how often one was repeated."""

from collections import Counter
from collections.abc import Iterable

from handlers.kit.context import Context
from handlers.opinion.coming import Coming
from handlers.opinion.knowing import Known
from storage.vocabulary import ItemId

_MOST_VOICES = 64


class Threads:
    """The threads that posts which come together belong to."""

    def __init__(self, ctx: Context, known: Iterable[Known]) -> None:
        """Look up who has said so far what posts are about."""
        firsts = {each.thread for each in known if each.thread is not None}
        said = ctx.uow.opinion.voices(firsts)
        self._voices = {first: list(voices) for first, voices in said.items()}
        self._joined: set[ItemId] = set()
        self._copied: Counter[ItemId] = Counter()

    def joined(self, one: Coming, known: Known) -> int:
        """Count a post with its thread; return how many voices have said it by now."""
        if known.copy_of is not None:
            self._copied[known.copy_of] += 1
        if known.thread is None:
            self._voices[one.id] = [one.voice]
            return 1
        voices = self._voices.setdefault(known.thread, [])
        count = len({one.voice, *voices})
        if one.voice not in voices and len(voices) < _MOST_VOICES:
            voices.append(one.voice)
            self._joined.add(known.thread)
        return count

    def keep(self, ctx: Context) -> None:
        """Keep what was counted."""
        ctx.uow.opinion.join({first: self._voices[first] for first in self._joined})
        ctx.uow.opinion.copied(self._copied)
