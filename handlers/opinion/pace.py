"""How many posts of a topic come in these hours, beside the same hours of other days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from handlers.kit.context import Context
from handlers.rules.opinion.risk import velocity
from storage.vocabulary import UnitId

_SAME_HOURS, _DAYS = 3, 14
_FEW_HOURS = 64


class Pace:
    """The hours of the topics of posts that come together."""

    def __init__(self, ctx: Context, bureau: UnitId, posts: Iterable[tuple[str, datetime]]) -> None:
        """Look up what was counted so far; *posts* are topics and when each post was found."""
        self._bureau = bureau
        topics: set[str] = set()
        hours: set[datetime] = set()
        for topic, moment in posts:
            if topic:
                topics.add(topic)
                hours.update(_hours(_hour(moment)))
        self._found = Counter(dict(ctx.uow.opinion.hours(bureau, topics, hours)))
        self._new: Counter[tuple[str, datetime]] = Counter()

    def count(self, topic: str, moment: datetime) -> float:
        """Count one more post of a topic; return how unusual so many are now, 0 to 1."""
        if not topic:
            return 0.0
        hours = _hours(_hour(moment))
        self._found[topic, hours[0]] += 1
        self._new[topic, hours[0]] += 1
        counts = [self._found[topic, hour] for hour in hours]
        return velocity(sum(counts[:_SAME_HOURS]), sum(counts[_SAME_HOURS:]) / _DAYS)

    def keep(self, ctx: Context) -> None:
        """Keep what was counted."""
        ctx.uow.opinion.count_hours(self._bureau, self._new)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


@lru_cache(_FEW_HOURS)
def _hours(hour: datetime) -> Sequence[datetime]:
    """Return the last three hours, then the same ones of fourteen days."""
    return [
        hour - timedelta(days=days, hours=back)
        for days in range(_DAYS + 1)
        for back in range(_SAME_HOURS)
    ]
