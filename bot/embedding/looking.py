"""Items are embedded some at a time, compared with those of the last days, and kept.

The rows are the mailbox: whatever may be ours and has no vector yet is wanted. Nobody waits for
this process and nothing is told to it; where it is gone, all else goes on as if it were off.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.embedding.model import Embedder
from bot.services import Services
from handlers.opinion.capability import WINDOW, Embedded, look_again
from handlers.rules.opinion.second_look import shipped, text_of, unpacked
from storage.queries.opinion_vectors import Wanting
from storage.vocabulary import ItemId, UnitId

log = structlog.get_logger()

_AT_ONCE = 16
_OVERLAP = 2000
"""So many numbers are looked at again: of two transactions the later number may come first."""
_NEAREST = 16
_REMEMBERED = 20_000
_FRESH = timedelta(days=1)
"""After so long what is remembered is read again, without what has become too old."""


@dataclass
class Memory:
    """The vectors of a bureau's items of the last days, as read at *since*."""

    since: datetime
    items: list[ItemId]
    vectors: NDArray[np.float32]

    def near(self, centred: NDArray[np.float32]) -> Mapping[ItemId, float]:
        """Return the items that are nearest, with their cosines."""
        cosines = self.vectors[: len(self.items)] @ centred
        best = np.argsort(cosines)[-_NEAREST:]
        return {self.items[at]: float(cosines[at]) for at in best}

    def add(self, item: ItemId, centred: NDArray[np.float32]) -> None:
        """Remember one more; when it is full, the older half is forgotten."""
        if len(self.items) == len(self.vectors):
            half = len(self.items) // 2
            self.vectors[: len(self.items) - half] = self.vectors[half:]
            del self.items[:half]
        self.vectors[len(self.items)] = centred
        self.items.append(item)


@dataclass
class Looker:
    """Takes second looks, round after round."""

    services: Services
    embed: Embedder
    _after: int | None = None
    _memories: dict[UnitId, Memory] = field(default_factory=dict)

    def round(self) -> int:
        """Look at some items; return how many. No transaction is open while they are embedded."""
        wanted = self._wanted()
        if not wanted:
            return 0
        vectors = self.embed([text_of(one.title, one.words) for one in wanted])
        embedded: dict[UnitId, list[Embedded]] = defaultdict(list)
        for one, vector in zip(wanted, vectors, strict=True):
            embedded[one.bureau].append(self._compared(one, shipped().centred(vector)))
        for bureau, each in embedded.items():
            with self.services.database.begin() as uow:
                look_again(self.services.context(uow), bureau, each)
        return len(wanted)

    def _wanted(self) -> Sequence[Wanting]:
        since = self.services.now() - WINDOW
        with self.services.database.reading() as uow:
            last = uow.opinion_vectors.last()
            if self._after is None:
                bureaus = [one.id for one in uow.members.bureaus()]
                self._after = uow.opinion_vectors.first_since(since, bureaus)
            wanted = uow.opinion_vectors.wanting(self._after, since, _AT_ONCE)
        if not wanted:
            self._after = max(self._after, last - _OVERLAP)
        return wanted

    def _compared(self, one: Wanting, centred: Sequence[float]) -> Embedded:
        memory = self._memory(one.bureau)
        vector = np.asarray(centred, dtype=np.float32)
        near = {item: cosine for item, cosine in memory.near(vector).items() if item != one.id}
        if one.id not in memory.items:  # of a round that failed
            memory.add(one.id, vector)
        return Embedded(item=one, centred=centred, near=near)

    def _memory(self, bureau: UnitId) -> Memory:
        now = self.services.now()
        known = self._memories.get(bureau)
        if known is not None and now - known.since < _FRESH:
            return known
        with self.services.database.reading() as uow:
            kept = uow.opinion_vectors.kept(bureau, now - WINDOW, _REMEMBERED // 2)
        space = np.zeros((_REMEMBERED, len(shipped().centre)), dtype=np.float32)
        memory = self._memories[bureau] = Memory(since=now, items=[], vectors=space)
        for one in reversed(kept):
            memory.add(one.item, np.asarray(unpacked(one.vector), dtype=np.float32))
        return memory


def loop(looker: Looker, stop: threading.Event, seconds: float) -> None:
    """Look again and again until told to stop; a round that fails is logged."""
    while not stop.wait(seconds):
        try:
            while not stop.is_set() and looker.round():
                pass
        except Exception:
            # What was wanted is still wanted, a moment later.
            log.exception("second_look_failed")
